#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/detail/shape.hpp"
#include "assistants/inquiry.hpp"
#include "core/ascii.hpp"
#include "text/language.hpp"

// Whether a text holds the kind of thing that a question asks for.
namespace kansli::assistants {

namespace {

constexpr auto numerals = std::to_array<std::string_view>({
    "en",           "ett",    "två",     "tre",     "fyra",        "fem",           "sex",
    "sju",          "åtta",   "nio",     "tio",     "elva",        "tolv",          "tretton",
    "fjorton",      "femton", "sexton",  "sjutton", "arton",       "nitton",        "tjugo",
    "trettio",      "fyrtio", "femtio",  "sextio",  "sjuttio",     "åttio",         "nittio",
    "hundra",       "tusen",  "hälften", "halva",   "tredjedel",   "fjärdedel",     "femtedel",
    "dubbla",       "noll",   "ingen",   "inget",   "kostnadsfri", "kostnadsfritt", "avgiftsfri",
    "avgiftsfritt", "gratis",
});

constexpr auto periods = std::to_array<std::string_view>({
    "dag",        "dagar",   "dagen",     "dygn",     "vecka",    "veckor",    "veckan",   "månad",
    "månader",    "månaden", "år",        "året",     "årligen",  "timme",     "timmar",   "timmen",
    "minut",      "minuter", "kvartal",   "halvår",   "termin",   "sekunder",  "genast",   "omedelbart",
    "skyndsamt",  "snarast", "dröjsmål",  "måndag",   "måndagar", "tisdag",    "tisdagar", "onsdag",
    "onsdagar",   "torsdag", "torsdagar", "fredag",   "fredagar", "lördag",    "lördagar", "söndag",
    "söndagar",   "vardag",  "vardagar",  "helg",     "helger",   "januari",   "februari", "mars",
    "april",      "maj",     "juni",      "juli",     "augusti",  "september", "oktober",  "november",
    "december",   "våren",   "sommaren",  "hösten",   "vintern",  "klockan",   "kl",       "förskott",
    "efterskott", "tills",   "löpande",   "dagligen", "veckovis", "månadsvis", "årsvis",   "kvällar",
    "dagtid",
});

constexpr auto at_once = std::to_array<std::string_view>({
    "genast",   "omedelbart", "omgående",    "skyndsamt",   "snarast",   "dröjsmål",    "löpande",
    "dagligen", "årligen",    "regelbundet", "varannan",    "vartannat", "tillsvidare", "vidare",
    "veckovis", "månadsvis",  "årsvis",      "kvartalsvis", "permanent", "livstid",
});

constexpr auto sums = std::to_array<std::string_view>({
    "kr",
    "krona",
    "kronor",
    "öre",
    "procent",
    "tkr",
    "mkr",
    "miljon",
    "miljoner",
    "prisbasbelopp",
    "prisbasbeloppet",
    "basbelopp",
    "euro",
});

constexpr auto free_of_charge = std::to_array<std::string_view>({
    "gratis",
    "kostnadsfri",
    "kostnadsfria",
    "kostnadsfritt",
    "avgiftsfri",
    "avgiftsfria",
    "avgiftsfritt",
    "självkostnad",
    "självkostnadspris",
});

constexpr auto actors = std::to_array<std::string_view>({
    "kommunen",       "regionen",      "staten",       "fullmäktige", "kommunstyrelsen", "nämnden",
    "styrelsen",      "länsstyrelsen", "regeringen",   "riksdagen",   "myndigheten",     "domstolen",
    "polisen",        "åklagaren",     "rektorn",      "rektor",      "huvudmannen",     "chefen",
    "chef",           "sökanden",      "ägaren",       "byggherren",  "leverantören",    "vårdnadshavaren",
    "vårdnadshavare", "ordföranden",   "handläggaren", "handläggare", "delegat",         "personen",
    "personal",       "entreprenören", "företaget",    "föreningen",  "förvaltningen",   "enheten",
    "kontaktcenter",  "den",           "du",           "vi",          "den som",         "eleven",
});

constexpr auto demands = std::to_array<std::string_view>({
    "får",     "ska",        "skall",    "måste",     "krävs",     "kräver",   "behöver", "behövs",
    "kan",     "inte",       "ej",       "aldrig",    "förbjudet", "tillåtet", "rätt",    "rätten",
    "skyldig", "skyldighet", "undantag", "ja",        "nej",       "alltid",   "bör",     "tillåts",
    "gäller",  "är",         "ingår",    "bestämmer", "beslutar",  "omfattas", "räknas",  "undantas",
});

// A Swedish telephone number: seven digits or more, the first a zero, with blanks and hyphens only between them.
bool holds_telephone(std::string_view text) {
    int digits = 0;
    bool leading_zero = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (digits == 0) leading_zero = c == '0';
            if (++digits >= 7 && leading_zero) return true;
        } else if (c != ' ' && c != '-' && c != '/') {
            digits = 0;
        }
    }
    return false;
}

bool counts(std::string_view word) {
    return has_ascii_digit(word) || among(numerals, word);
}

// A number with a unit of time at most two words after it, or a word for at once and again and again.
bool holds_period(const Shape& shape) {
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        if (among(at_once, shape.at(at))) return true;
        const bool repeated = shape.at(at) == "varje" || shape.at(at) == "per" || shape.at(at) == "samma" ||
                              shape.at(at) == "var";
        if (!repeated && !counts(shape.at(at))) continue;
        if (among(units, shape.at(at + 1)) || among(units, shape.at(at + 2))) return true;
    }
    return false;
}

bool holds_price(const Shape& shape) {
    if (shape.has_any(free_of_charge)) return true;
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        if (!counts(shape.at(at))) continue;
        // "1 320 kronor" is three words, "1,5 miljoner kronor" too.
        for (std::size_t next = at + 1; next <= at + 3; ++next) {
            if (among(sums, shape.at(next))) return true;
        }
    }
    return false;
}

bool holds_name(std::string_view text, const std::vector<text::Token>& tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (is_name(text, tokens, at)) return true;
    }
    return false;
}

// Two capitals in a row, as people's names have: "Anna Ek".
bool holds_full_name(std::string_view text, const std::vector<text::Token>& tokens) {
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        const auto between = text.substr(tokens[at - 1].end, tokens[at].start - tokens[at - 1].end);
        const auto first = text.substr(tokens[at - 1].start, tokens[at - 1].end - tokens[at - 1].start);
        if (between == " " && first != tokens[at - 1].folded && is_name(text, tokens, at)) return true;
    }
    return false;
}

bool is_word_for(const Term& term, const std::string& folded) {
    const auto stem = text::stem(folded);
    return stem == term.stem ||
           std::ranges::any_of(term.wordings,
                               [&](const text::Wording& wording) { return wording.stems.front() == stem; }) ||
           (term.stem.size() > 3 && stem.ends_with(term.stem));
}

// "högst två uthus", "antalet platser är 40": a number near what is counted.
bool holds_count(const Term& counted, const Shape& shape) {
    constexpr std::size_t near = 4;
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        if (!is_word_for(counted, shape.tokens[at].folded)) continue;
        for (auto other = at > near ? at - near : 0; other <= at + near; ++other) {
            if (other == at || !counts(shape.at(other))) continue;
            // "en" and "ett" are numbers only right before what is counted.
            const bool article = shape.at(other) == "en" || shape.at(other) == "ett";
            if (!article || other + 1 == at) return true;
        }
    }
    return false;
}

}  // namespace

bool is_name(std::string_view text, const std::vector<text::Token>& tokens, std::size_t at) {
    if (at == 0) return false;
    const auto written = text.substr(tokens[at].start, tokens[at].end - tokens[at].start);
    if (written == tokens[at].folded || has_ascii_digit(written)) return false;
    const auto between = text.substr(tokens[at - 1].end, tokens[at].start - tokens[at - 1].end);
    return between.find_first_of(".?!:") == std::string_view::npos;
}

bool meets(Cue cue, std::string_view text) {
    const auto tokens = text::words(text);
    const Shape shape{tokens};
    switch (cue) {
        case Cue::none:
            return true;
        case Cue::amount:
            return has_ascii_digit(text) || shape.has_any(numerals);
        case Cue::price:
            return holds_price(shape) || text.find('%') != std::string_view::npos;
        case Cue::time:
            return shape.has_any(periods) || has_ascii_digit(text);
        case Cue::period:
            return holds_period(shape);
        case Cue::name:
            return holds_full_name(text, tokens);
        case Cue::person:
            return shape.has_any(actors) || holds_name(text, tokens);
        case Cue::telephone:
            return holds_telephone(text);
        case Cue::address:
            return text.find('@') != std::string_view::npos ||
                   (has_ascii_digit(text) && holds_name(text, tokens));
        case Cue::place:
            return holds_name(text, tokens) || has_ascii_digit(text);
        case Cue::consent:
            return shape.has_any(demands);
    }
    return true;
}

bool meets(const Inquiry& inquiry, std::string_view text) {
    if (inquiry.cue != Cue::amount || inquiry.counted.word.empty()) return meets(inquiry.cue, text);
    const auto tokens = text::words(text);
    return holds_count(inquiry.counted, Shape{tokens});
}

}  // namespace kansli::assistants
