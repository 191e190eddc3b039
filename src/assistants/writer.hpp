#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answer.hpp"
#include "assistants/wording.hpp"
#include "endpoints/label.hpp"
#include "endpoints/pool.hpp"
#include "endpoints/settings.hpp"
#include "json/describe.hpp"

namespace kansli::assistants {

// How an answer was written by a language model, or why it was not: what the record keeps of it.
struct WritingRecord {
    bool written = false;
    std::string reason{};      // why the answer is quotes; empty when it is written
    std::string request{};     // wording_version
    std::string endpoint{};    // that answered; empty: none
    std::string model{};       // as models.toml names it
    std::string served{};      // as the server calls it
    endpoints::Label label{};  // that the texts needed
    double temperature = 0;
    int attempts = 0;
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    bool tokens_are_estimates = false;
    double kronor = 0;
    double estimated_watt_hours = 0;
    double milliseconds = 0;
    std::vector<DroppedSentence> dropped{};
};
KANSLI_DESCRIBE(WritingRecord, written, reason, request, endpoint, model, served, label, temperature,
                attempts, prompt_tokens, completion_tokens, tokens_are_estimates, kronor,
                estimated_watt_hours, milliseconds, dropped)

struct Writing {
    std::vector<Citation> citations{};  // of the written answer; empty when it is not written
    WritingRecord record{};
};

// Has an answer written by a language model out of the quotes that it consists of, and nothing else. That there is an answer was decided
// before, in code. What the endpoint gives is a proposal: each sentence is checked, and when none holds, or nobody answers, the quotes stay.
// Threads: any.
class AnswerWriter {
  public:
    // `pool` outlives the writer.
    AnswerWriter(endpoints::Pool& pool, endpoints::Rules rules, SentenceCheck check)
        : pool_(pool), rules_(std::move(rules)), check_(std::move(check)) {}

    // Whether a model or an endpoint has that name.
    [[nodiscard]] bool knows(std::string_view name) const { return pool_.knows(name); }

    // What the quotes of an answer come from: the highest class, the collections.
    struct Origin {
        access::InformationClass information_class = access::InformationClass::open;
        std::vector<std::string> collections{};
    };
    // `quoted`: an answer of quotes.
    [[nodiscard]] Writing write(const access::Caller& caller, const Question& question, const Answer& quoted,
                                const Origin& origin, const Watch& watch) const;

  private:
    endpoints::Pool& pool_;
    endpoints::Rules rules_;
    SentenceCheck check_;
};

}  // namespace kansli::assistants
