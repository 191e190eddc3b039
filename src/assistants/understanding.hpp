#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assistants/inquiry.hpp"
#include "json/describe.hpp"
#include "text/lexicon.hpp"

// What was made of a question before anything was looked for, told so that whoever asked can put it right. Pure.
namespace kansli::assistants {

struct UnderstoodWording {
    std::string text{};    // "komplementbyggnad"
    double closeness = 0;  // 0–1: how surely the same is meant
};
KANSLI_DESCRIBE(UnderstoodWording, text, closeness)

// A few words of the question that belong together, in its order.
struct UnderstoodExpression {
    std::string expression{};  // "bygga ut"; what a correction names
    std::vector<UnderstoodWording>
        wordings{};  // what else was looked for, closest first; empty: only what was typed
};
KANSLI_DESCRIBE(UnderstoodExpression, expression, wordings)

// A word that was looked for as it is usually spelt.
struct Respelling {
    std::string typed{};
    std::string read_as{};
};
KANSLI_DESCRIBE(Respelling, typed, read_as)

// What whoever asks says of the lexicon.
enum class CorrectionKind : std::uint8_t {
    means,      // the expression means the term, and what else it means
    means_not,  // it does not mean the term
};
KANSLI_DESCRIBE_ENUM(CorrectionKind, means, means_not)

struct UnderstoodCorrection {
    CorrectionKind kind = CorrectionKind::means;
    std::string expression{};
    std::string term{};
    bool suggested = false;  // it waits as a suggestion to the municipality's glossary
};
KANSLI_DESCRIBE(UnderstoodCorrection, kind, expression, term, suggested)

struct Understanding {
    Cue asks_for = Cue::none;
    std::vector<UnderstoodExpression> expressions{};
    std::vector<Respelling> respelled{};
    std::vector<UnderstoodCorrection> corrections{};  // of this question alone, in the order given
};
KANSLI_DESCRIBE(Understanding, asks_for, expressions, respelled, corrections)

// `lexicon`: with which the inquiry was made, the corrections on top.
[[nodiscard]] Understanding understand(const Inquiry& inquiry, const text::Lexicon& lexicon, Date day,
                                       const std::vector<text::LexiconEntry>& corrections);

}  // namespace kansli::assistants
