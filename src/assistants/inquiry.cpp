#include "assistants/inquiry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.hpp"

namespace kansli::assistants {

namespace {

using text::Token;

constexpr double number_weight = 0.3;  // a number in a question is mostly the asker's own
constexpr double least_weight = 0.3;   // of a word that stands nearly everywhere

// Words that only shape a question and stand in no answer because of it. text:: has the common stop words.
constexpr auto shaping = std::to_array<std::string_view>({
    "behöver", "brukar", "exempel", "får",          "fråga",  "går",  "göra",     "kr",
    "krona",   "kronor", "kvadrat", "kvadratmeter", "länge",  "lång", "långt",    "meter",
    "många",   "mycket", "ofta",    "procent",      "snabbt", "fort", "stor",     "stora",
    "stort",   "hög",    "högt",    "höga",         "sker",   "tid",  "vilken",   "vilket",
    "kostar",  "kosta",  "innebär", "betyder",      "säger",  "står", "kommunen", "kommun",
    "enligt",  "bor",    "bli",     "blir",         "år",     "året", "idag",
});

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

constexpr auto units = std::to_array<std::string_view>({
    "dag",      "dagar",         "dagars",   "dygn",     "vecka",     "veckor", "veckors",
    "månad",    "månader",       "månaders", "år",       "års",       "timme",  "timmar",
    "timmars",  "minut",         "minuter",  "minuters", "kvartal",   "halvår", "arbetsdagar",
    "vardagar", "kalenderdagar", "årskurs",  "termin",   "terminer",  "gång",   "gånger",
    "månaden",  "året",          "veckan",   "dagen",    "kvartalet",
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

constexpr auto calls = std::to_array<std::string_view>(
    {"telefonnummer", "telefonnumret", "mobilnummer", "nummer", "numret", "telefon", "telefonen"});
constexpr auto addresses =
    std::to_array<std::string_view>({"mejl", "mejladress", "mailadress", "mail", "adress", "adressen",
                                     "postadress", "besöksadress", "kontaktuppgifter", "epostadress"});

template <typename List>
bool among(const List& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

bool is_number(std::string_view word) {
    return !word.empty() && word.front() >= '0' && word.front() <= '9' &&
           word.find_first_not_of("0123456789,.") == std::string_view::npos;
}

bool has_digit(std::string_view text) {
    return text.find_first_of("0123456789") != std::string_view::npos;
}

// Words that name the kind of thing itself: a sum of kronor is an "avgift" without saying so.
bool names_kind(Cue cue, std::string_view word) {
    constexpr auto price =
        std::to_array<std::string_view>({"avgift", "avgiften", "avgifter", "taxa", "taxan", "kostnad",
                                         "kostnaden", "pris", "priset", "belopp", "beloppet"});
    constexpr auto period =
        std::to_array<std::string_view>({"tidsfrist", "tidsfristen", "frist", "fristen", "tiden"});
    switch (cue) {
        case Cue::price:
            return among(price, word);
        case Cue::period:
            return among(period, word);
        case Cue::telephone:
            return among(calls, word);
        case Cue::address:
            return among(addresses, word);
        default:
            return false;
    }
}

// A capital that no sentence beginning explains.
bool is_name(std::string_view question, const std::vector<Token>& tokens, std::size_t at) {
    if (at == 0) return false;
    const auto written = question.substr(tokens[at].start, tokens[at].end - tokens[at].start);
    if (written == tokens[at].folded || has_digit(written)) return false;
    const auto between = question.substr(tokens[at - 1].end, tokens[at].start - tokens[at - 1].end);
    return between.find_first_of(".?!:") == std::string_view::npos;
}

struct Shape {
    const std::vector<Token>& tokens;

    [[nodiscard]] std::string_view at(std::size_t index) const {
        return index < tokens.size() ? std::string_view(tokens[index].folded) : std::string_view{};
    }
    [[nodiscard]] bool has(std::string_view word) const {
        return std::ranges::find(tokens, word, &Token::folded) != tokens.end();
    }
    [[nodiscard]] bool has_pair(std::string_view first, std::string_view second) const {
        for (std::size_t index = 0; index + 1 < tokens.size(); ++index) {
            if (at(index) == first && at(index + 1) == second) return true;
        }
        return false;
    }
    template <typename List>
    [[nodiscard]] bool has_any(const List& list) const {
        return std::ranges::any_of(tokens, [&](const Token& token) { return among(list, token.folded); });
    }
};

bool asks_period(const Shape& shape) {
    constexpr auto direct = std::to_array<std::string_view>(
        {"tidsfrist", "frist", "handläggningstid", "handläggningstiden", "uppsägningstid", "preskriptionstid",
         "preskriptionstiden", "löptid"});
    constexpr auto after_how = std::to_array<std::string_view>({"länge", "ofta", "snabbt", "fort", "snart"});
    if (shape.has_any(direct)) return true;
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        const bool how = shape.at(at) == "hur";
        if (how && among(after_how, shape.at(at + 1))) return true;
        if (how && shape.at(at + 1) == "många" && among(units, shape.at(at + 2))) return true;
        if (how && shape.at(at + 1) == "lång" && text::stem(shape.at(at + 2)).ends_with("tid")) return true;
    }
    return shape.has_pair("vilken", "tid");
}

bool asks_time(const Shape& shape) {
    constexpr auto direct =
        std::to_array<std::string_view>({"när", "datum", "öppettider", "öppettiderna", "klockslag", "tider"});
    if (shape.has_any(direct)) return true;
    return shape.has_pair("vilken", "dag") || shape.has_pair("vilken", "tidpunkt") ||
           shape.has_pair("hur", "tidigt") || shape.has_pair("hur", "sent");
}

bool asks_price(const Shape& shape) {
    constexpr auto cost = std::to_array<std::string_view>({"kostar", "kosta", "kostade", "kostnaden"});
    constexpr auto named = std::to_array<std::string_view>(
        {"avgift", "avgiften", "avgifter", "timavgift", "maxavgift", "pris", "priset", "belopp", "beloppet",
         "taxa", "skattesats", "beloppsgräns", "kostnad", "hyra", "bot", "böter", "ersättning", "bidrag"});
    if (shape.has_any(cost) && (shape.has("vad") || shape.has_pair("hur", "mycket"))) return true;
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        const auto word = shape.at(at);
        const bool which = word == "vilken" || word == "vilket" || word == "vilka" || word == "vad";
        if (which && (among(named, shape.at(at + 1)) || among(named, shape.at(at + 2)))) return true;
        if (word == "hur" && (among(named, shape.at(at + 2)) || among(named, shape.at(at + 3)))) return true;
    }
    return shape.has_pair("hur", "mycket") &&
           (shape.has("betala") || shape.has("betalar") || shape.has("kronor"));
}

bool asks_amount(const Shape& shape) {
    constexpr auto after_how = std::to_array<std::string_view>(
        {"mycket", "många", "stor", "stora", "stort", "hög", "höga", "högt", "lång", "långt", "nära", "djup",
         "brett", "gammal", "tjockt", "tung"});
    constexpr auto named =
        std::to_array<std::string_view>({"procent", "åldersgräns", "höjd", "area", "byggnadsarea", "avstånd",
                                         "antal", "ålder", "värde", "skala"});
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        const auto word = shape.at(at);
        if (word == "hur" && among(after_how, shape.at(at + 1))) return true;
        const bool which = word == "vilken" || word == "vilket" || word == "vilka" || word == "vad";
        if (which && (among(named, shape.at(at + 1)) || among(named, shape.at(at + 2)))) return true;
    }
    return false;
}

bool asks_consent(const Shape& shape) {
    constexpr auto openings = std::to_array<std::string_view>(
        {"får", "kan", "måste",   "behöver", "behövs",  "krävs",   "kräver", "ska",
         "är",  "har", "gäller",  "ingår",   "räknas",  "går",     "blir",   "finns",
         "tas", "tar", "slipper", "betalar", "hjälper", "skottar", "kostar"});
    if (among(openings, shape.at(0))) return true;
    return std::ranges::any_of(
        shape.tokens, [](const Token& token) { return token.folded == "får" || token.folded == "måste"; });
}

Cue cue_of(const Shape& shape) {
    const bool who = shape.has("vem") || shape.has("vems");
    if (who) return Cue::person;
    if (shape.has_any(calls)) return Cue::telephone;
    if (shape.has_any(addresses)) return Cue::address;
    if (asks_period(shape)) return Cue::period;
    if (asks_time(shape)) return Cue::time;
    if (asks_price(shape)) return Cue::price;
    if (asks_amount(shape)) return Cue::amount;
    if (shape.at(0) == "var" || shape.at(0) == "vart") return Cue::place;
    if (asks_consent(shape)) return Cue::consent;
    return Cue::none;
}

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
    return has_digit(word) || among(numerals, word);
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

bool holds_name(std::string_view text, const std::vector<Token>& tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (is_name(text, tokens, at)) return true;
    }
    return false;
}

}  // namespace

double Inquiry::weight() const {
    double sum = 0;
    for (const auto& term : terms)
        sum += term.weight;
    return sum;
}

Inquiry inquire(std::string_view question) {
    const auto tokens = text::words(question);
    Inquiry inquiry;
    inquiry.cue = cue_of(Shape{tokens});
    std::set<std::string> seen;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const auto& word = tokens[at].folded;
        if (text::is_light_word(word) || among(shaping, word)) continue;
        Term term;
        term.word = word;
        term.stem = text::stem(word);
        term.shown = std::string(question.substr(tokens[at].start, tokens[at].end - tokens[at].start));
        term.name = is_name(question, tokens, at);
        term.number = is_number(word);
        term.names_kind = names_kind(inquiry.cue, word);
        term.synonyms = text::synonyms(word);
        if (word.size() < 2 && !term.number) continue;
        if (seen.insert(term.stem).second) inquiry.terms.push_back(std::move(term));
    }
    return inquiry;
}

void weigh(Inquiry& inquiry, std::span<const std::int64_t> sections_with, std::int64_t sections_with_any) {
    auto all = static_cast<double>(std::max<std::int64_t>(sections_with_any, 1));
    for (const auto with : sections_with)
        all = std::max(all, static_cast<double>(with));
    for (std::size_t at = 0; at < inquiry.terms.size() && at < sections_with.size(); ++at) {
        auto& term = inquiry.terms[at];
        const auto with = static_cast<double>(sections_with[at]);
        term.known = sections_with[at] > 0;
        term.weight = std::max(least_weight, std::log(1 + all / (1 + with)));
        if (term.number) term.weight *= number_weight;
    }
}

std::string search_words(std::string_view question, Cue cue) {
    std::string words(question);
    if (cue == Cue::price) words += " avgift taxa kronor";
    return words;
}

bool meets(Cue cue, std::string_view text) {
    const auto tokens = text::words(text);
    const Shape shape{tokens};
    switch (cue) {
        case Cue::none:
            return true;
        case Cue::amount:
            return has_digit(text) || shape.has_any(numerals);
        case Cue::price:
            return holds_price(shape) || text.find('%') != std::string_view::npos;
        case Cue::time:
            return shape.has_any(periods) || has_digit(text);
        case Cue::period:
            return holds_period(shape);
        case Cue::person:
            return shape.has_any(actors) || holds_name(text, tokens);
        case Cue::telephone:
            return holds_telephone(text);
        case Cue::address:
            return text.find('@') != std::string_view::npos || (has_digit(text) && holds_name(text, tokens));
        case Cue::place:
            return holds_name(text, tokens) || has_digit(text);
        case Cue::consent:
            return shape.has_any(demands);
    }
    return true;
}

}  // namespace kansli::assistants
