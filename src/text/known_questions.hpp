#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/lexicon.hpp"

// The questions of data/lexicon/questions: what people ask, in their own words, and where statutes answer.
namespace kansli::text {

struct KnownQuestion {
    std::string question{};
    std::string kind{};                // "får", "hur länge", …
    std::vector<std::string> terms{};  // that the rule uses
    struct Paragraph {
        std::string statute{};  // "2010:900"
        std::string path{};     // "9 kap. 4 §", as documents::Section has it
    };
    std::vector<Paragraph> paragraphs{};  // the one that answers first; empty where no statute does
};

// A whole file. What is faulty is left out and told.
struct KnownQuestionFile {
    std::vector<KnownQuestion> questions{};
    std::vector<LexiconFault> faults{};
};

// Lines "question | kind | terms | paragraphs"; data/lexicon/README.md describes them.
[[nodiscard]] KnownQuestionFile parse_known_questions(std::string_view file);

// Those that ship with the program, read by the first who asks.
[[nodiscard]] std::span<const KnownQuestion> known_questions();

// Asked when they are needed: a program that only imports never is. They outlive whoever asks.
using KnownQuestionSource = std::function<std::span<const KnownQuestion>()>;

}  // namespace kansli::text
