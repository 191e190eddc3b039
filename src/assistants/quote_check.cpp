#include "assistants/quote_check.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "grounding/sentence_check.hpp"
#include "text/language.hpp"

namespace kansli::assistants {

namespace {

std::string_view in_words(grounding::Reason reason) {
    using enum grounding::Reason;
    switch (reason) {
        case none:
            return {};
        case no_quotes:
            return "meningen anger inget citat";
        case too_long:
            return "meningen är för lång";
        case number:
            return "talet står inte i citaten";
        case date:
            return "tidpunkten står inte i citaten";
        case limit:
            return "gränsen går åt ett annat håll i citaten";
        case other_thing:
            return "citaten säger det om något annat";
        case reference:
            return "citaten hänvisar inte dit";
        case name:
            return "namnet står inte i citaten";
        case actor:
            return "det är någon annan i citaten";
        case force:
            return "citaten säger det med en annan styrka";
        case negation:
            return "meningen nekar inte som citaten";
        case opposite:
            return "citaten säger motsatsen";
        case other_word:
            return "citaten har ett annat ord";
        case exception:
            return "citaten säger det inte så allmänt";
        case left_out:
            return "gränsen i citaten är utelämnad";
        case not_found:
            return "orden finns inte i citaten";
        case weak_support:
            return "citaten ger för svagt stöd";
    }
    return {};
}

// "talet står inte i citaten: ”1 250” (i citaten ”1 240”)"
std::string told(const grounding::Verdict& verdict) {
    std::string reason(in_words(verdict.reason));
    if (!verdict.words.empty()) reason += fmt::format(": ”{}”", fmt::join(verdict.words, "”, ”"));
    if (!verdict.quoted.empty()) reason += fmt::format(" (i citaten ”{}”)", verdict.quoted);
    return reason;
}

// What follows a quote that is repeated word for word; the whole when none is, or nothing follows.
std::string_view after_quote(std::string_view sentence, std::span<const grounding::Quote> quotes) {
    for (const auto& quote : quotes) {
        if (sentence.size() > quote.text.size() && sentence.starts_with(quote.text))
            return sentence.substr(quote.text.size());
    }
    return sentence;
}

// What is made up may hide behind a sentence that holds, so each is looked at by itself.
SentenceVerdict check_each(std::string_view written, std::span<const grounding::Quote> quotes,
                           const grounding::CheckContext& context) {
    const auto sentences = text::sentences(written);
    for (const auto& span : sentences) {
        const auto verdict = grounding::check(
            after_quote(written.substr(span.start, span.end - span.start), quotes), quotes, context);
        if (verdict.ruling != grounding::Ruling::supported) return {false, told(verdict)};
    }
    return {!sentences.empty(), sentences.empty() ? "meningen säger ingenting" : ""};
}

}  // namespace

SentenceCheck quote_check(text::LexiconSource lexicon, const model::StaticEmbedding& embedding) {
    return
        [lexicon = std::move(lexicon), &embedding](
            std::string_view sentence, std::span<const SentenceQuote> quotes, Date day) -> SentenceVerdict {
            const auto words = lexicon();
            if (!words) return {false, words.error().message};
            std::vector<grounding::Quote> said;
            for (const auto& quote : quotes)
                said.push_back({quote.text, quote.source, quote.place});
            return check_each(sentence, said, {**words, embedding, day});
        };
}

}  // namespace kansli::assistants
