#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "assistants/understanding.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "json/describe.hpp"
#include "text/lexicon.hpp"

namespace kansli::assistants {

struct Question {
    std::string text{};
    std::vector<std::string> collections{};  // empty: all
    Date as_of{};
    // What whoever asks says that words mean or do not: each one expression and one term. They hold for this question alone.
    std::vector<text::LexiconEntry> corrections{};
    // The language model, or the place, that is to write the answer; empty: any that may; `no_model`: none.
    std::string model{};
};

inline constexpr std::string_view no_model = "none";

// A sentence of the answer tied to its source. `quote` is byte for byte the version's text between `start` and `end`.
struct Citation {
    std::string sentence{};
    std::string quote{};
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string title{};
    std::string reference{};
    std::string path{};
    std::optional<int> page{};
    std::size_t start = 0;
    std::size_t end = 0;
    bool valid = true;  // applied on the day that was asked about
};
KANSLI_DESCRIBE(Citation, sentence, quote, document, version, title, reference, path, page, start, end, valid)

// A document to read instead, when there is no answer.
struct Reading {
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string title{};
    std::string path{};
    int section = 0;
};
KANSLI_DESCRIBE(Reading, document, version, title, path, section)

// A rule that belongs to a quoted one. `tie` says how, in Swedish: "gäller trots", "hänvisar till", "har undantag i".
struct Related {
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string title{};
    std::string path{};
    int section = 0;  // ordinal
    std::string tie{};
};
KANSLI_DESCRIBE(Related, document, version, title, path, section, tie)

// How an answer got its words, where a language model is connected.
struct Wording {
    bool written = false;  // by the model, each sentence checked against its quotes; else it is quotes
    std::string model{};
    std::optional<std::string> reason{};  // why it is quotes
    int dropped = 0;                      // sentences of the model that did not hold; the record has them
};
KANSLI_DESCRIBE(Wording, written, model, reason, dropped)

// An answer in which every sentence has its quote, or a refusal with a reason. Never both, never neither.
struct Answer {
    bool answerable = false;
    double support = 0;  // calibrated, 0–1
    std::string answer{};
    std::vector<Citation> citations{};
    std::vector<Related> related{};  // to what is quoted, in the order of the quotes
    std::optional<std::string> reason{};
    std::vector<Reading> nearest{};  // of the control group: what a search found
    // The provisions of its sources that are secret: "OSL 26 kap. 1 §"; empty: none is.
    std::string secrecy{};
    access::InformationClass information_class = access::InformationClass::open;  // the highest of them
    std::optional<std::int64_t> entry{};                                          // its number in the record
    std::optional<std::string> proposal{};  // its draft on the desk, which belongs to whoever asked
    bool control =
        false;  // drawn to the control group of an experiment: no answer was made, a person writes it
    Understanding understanding{};
    std::optional<Wording> wording{};  // none: no language model is connected or was to write
};
KANSLI_DESCRIBE(Answer, answerable, support, answer, citations, related, reason, nearest, secrecy,
                information_class, entry, proposal, control, understanding, wording)

// For whoever waits for an answer.
struct Watch {
    std::stop_token stop{};           // asked to stop when they have gone: no model writes any longer
    std::function<void()> writing{};  // called when a language model begins to write
};

// Answers from the library's documents.
// Threads: any.
class Answerer {
  public:
    virtual ~Answerer() = default;
    // Also keeps the question, its evidence and the outcome as a proposal: a draft on the desk, and an entry in the record.
    [[nodiscard]] virtual Result<Answer> answer(const access::Caller& caller, const Question& question,
                                                const Watch& watch) = 0;
    [[nodiscard]] Result<Answer> answer(const access::Caller& caller, const Question& question) {
        return answer(caller, question, {});
    }
};

}  // namespace kansli::assistants
