#include "assistants/word_check.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::assistants {

namespace {

struct Words {
    std::vector<std::string> forms{};
    std::vector<std::string> written{};
    std::ptrdiff_t denials = 0;
};

bool denies(std::string_view folded) {
    return folded == "inte" || folded == "ej" || folded == "icke" || folded == "aldrig" ||
           folded == "ingen" || folded == "inget" || folded == "inga";
}

bool is_number(std::string_view word) {
    return std::ranges::all_of(word, is_ascii_digit);
}

// "1 240" is one number.
void add_words(std::string_view text, Words& words) {
    std::size_t last_end = std::string_view::npos;
    for (const auto& token : text::words(text)) {
        const bool goes_on = !words.forms.empty() && last_end != std::string_view::npos &&
                             token.folded.size() == 3 && is_number(token.folded) &&
                             is_ascii_digit(words.forms.back().back()) && token.start - last_end <= 2;
        last_end = token.end;
        if (goes_on) {
            words.forms.back() += token.folded;
            words.written.back() += " " + token.folded;
            continue;
        }
        words.forms.push_back(has_ascii_digit(token.folded) ? token.folded : text::stem(token.folded));
        words.written.push_back(token.folded);
        if (denies(token.folded)) ++words.denials;
    }
}

}  // namespace

SentenceVerdict check_words(std::string_view sentence, std::span<const SentenceQuote> quotes, Date /*day*/) {
    Words said;
    for (const auto& quote : quotes)
        add_words(quote.text, said);
    Words told;
    add_words(sentence, told);
    if (told.forms.empty()) return {false, "meningen säger ingenting"};
    if (told.denials != said.denials) return {false, "meningen nekar inte som citaten"};
    auto place = said.forms.begin();
    for (std::size_t at = 0; at < told.forms.size(); ++at) {
        place = std::find(place, said.forms.end(), told.forms[at]);
        if (place == said.forms.end()) return {false, "”" + told.written[at] + "” står inte så i citaten"};
        ++place;
    }
    return {true, {}};
}

}  // namespace kansli::assistants
