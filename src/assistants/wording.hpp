#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/answer.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "endpoints/chat.hpp"
#include "json/describe.hpp"

// What a language model is asked to write of quotes, and what of that can be shown. Pure; threads: any.
namespace kansli::assistants {

// What a check of a sentence says.
struct SentenceVerdict {
    bool holds = false;
    std::string reason{};  // why not, in Swedish
};

// What a sentence is checked against: a quote, or a row of a table with the names of its columns.
struct SentenceQuote {
    std::string_view text{};
    std::string_view source{};  // the document's title
    std::string_view place{};   // "9 kap. 4 §"
};

// Whether the quotes say what the sentence says. `day`: the one that was asked about. Called from any thread.
using SentenceCheck = std::function<SentenceVerdict(std::string_view sentence,
                                                    std::span<const SentenceQuote> quotes, Date day)>;

// A sentence as the model gave it, with the numbers of its quotes, from 1.
struct WrittenSentence {
    std::string text{};
    std::vector<int> quotes{};
};
KANSLI_DESCRIBE(WrittenSentence, text, quotes)

struct DroppedSentence {
    std::string text{};
    std::vector<int> quotes{};
    std::string reason{};
};
KANSLI_DESCRIBE(DroppedSentence, text, quotes, reason)

// Which request is made: it changes when the words of the request do.
inline constexpr std::string_view wording_version = "wording/1";

// The request: the question and the numbered quotes as JSON, so that nothing that stands in them can end them; without signs that nobody
// sees. The answer is bound to a schema of sentences with the numbers of their quotes.
[[nodiscard]] endpoints::ChatRequest wording_request(std::string_view question,
                                                     std::span<const Citation> quotes);

// corrupt when it is not what was asked for.
[[nodiscard]] Result<std::vector<WrittenSentence>> read_wording(std::string_view reply);

// What holds of a model's sentences.
struct HeldWording {
    std::vector<Citation> citations{};  // one for each sentence and quote, in their order
    std::size_t sentences = 0;          // of the model that hold
    std::vector<DroppedSentence> dropped{};
};

// Keeps the sentences that can be shown and that `check` finds in their quotes. Where one is dropped, its quotes stand as they are, unless a
// sentence that holds has them: what the documents say is never lost with it. Citations are those of `quotes` but for
// their sentence, and of a sentence's quotes only those that say it, where some do so by themselves.
[[nodiscard]] HeldWording hold(const std::vector<WrittenSentence>& written, std::span<const Citation> quotes,
                               const SentenceCheck& check, Date day);

// The sentences as running text, each once.
[[nodiscard]] std::string running_text(std::span<const Citation> citations);

}  // namespace kansli::assistants
