#include "assistants/inquiry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/detail/shape.hpp"
#include "core/ascii.hpp"
#include "text/language.hpp"
#include "text/references.hpp"

namespace kansli::assistants {

namespace {

constexpr double number_weight = 0.3;  // a number in a question is mostly the asker's own
constexpr double unknown_verb = 0.5;   // documents say it another way
constexpr double of_compound = 0.9;    // "altantak" for "tak" and for "altan"
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

constexpr auto calls = std::to_array<std::string_view>(
    {"telefonnummer", "telefonnumret", "mobilnummer", "nummer", "numret", "telefon", "telefonen"});
constexpr auto addresses =
    std::to_array<std::string_view>({"mejl", "mejladress", "mailadress", "mail", "adress", "adressen",
                                     "postadress", "besöksadress", "kontaktuppgifter", "epostadress"});

bool is_number(std::string_view word) {
    return !word.empty() && word.front() >= '0' && word.front() <= '9' &&
           word.find_first_not_of("0123456789,.") == std::string_view::npos;
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
    return std::ranges::any_of(shape.tokens, [](const text::Token& token) {
        return token.folded == "får" || token.folded == "måste";
    });
}

// "Vem är …", "Vad heter …": who it is by name, not who acts.
bool asks_name(const Shape& shape) {
    return shape.has_pair("vad", "heter") || shape.has_pair("vem", "är") || shape.has_pair("vem", "heter") ||
           shape.has_pair("vilka", "är") || shape.has_pair("vem", "var");
}

Cue cue_of(const Shape& shape) {
    if (asks_name(shape)) return Cue::name;
    if (shape.has("vem") || shape.has("vems")) return Cue::person;
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

// The noun after "hur många", over what describes it.
std::string_view counted_word(const Shape& shape) {
    for (std::size_t at = 0; at + 2 < shape.tokens.size(); ++at) {
        if (shape.at(at) != "hur" || shape.at(at + 1) != "många") continue;
        const auto word = shape.at(at + 2);
        return word == "olika" || word == "nya" || word == "fria" ? shape.at(at + 3) : word;
    }
    return {};
}

Term term_of(std::string_view word) {
    Term term;
    term.word = word;
    term.stem = text::stem(word);
    return term;
}

// By token. An expression of several words is what any of them that says something stands for, and its first when none does.
std::vector<std::vector<text::Wording>> wordings_of(const std::vector<text::Token>& tokens,
                                                    const text::Lexicon& lexicon, Date day) {
    std::vector<std::vector<text::Wording>> wordings(tokens.size());
    for (const auto& meaning : lexicon.meanings(tokens, day)) {
        bool tied = false;
        for (const auto token : meaning.tokens) {
            const auto& word = tokens[token].folded;
            if (text::is_light_word(word) || among(shaping, word)) continue;
            wordings[token] = meaning.wordings;
            tied = true;
        }
        if (!tied) wordings[meaning.tokens.front()] = meaning.wordings;
    }
    return wordings;
}

// The quantity that a token is part of.
std::optional<text::Quantity> quantity_of(const text::Token& token,
                                          const std::vector<text::Quantity>& quantities) {
    const auto found = std::ranges::find_if(quantities, [&](const text::Quantity& quantity) {
        return quantity.start <= token.start && token.end <= quantity.end;
    });
    return found == quantities.end() ? std::nullopt : std::optional(*found);
}

// Told by its place, since endings tell little: after "att" or somebody who does it, after "kan" in the infinitive, or before "jag".
bool is_verb_here(const Shape& shape, std::size_t at) {
    constexpr auto doers =
        std::to_array<std::string_view>({"jag", "vi", "man", "du", "ni", "hon", "han", "de"});
    constexpr auto helpers = std::to_array<std::string_view>(
        {"att", "får", "kan", "ska", "måste", "vill", "bör", "skulle", "kunde", "behöver", "inte"});
    const auto before = at > 0 ? shape.at(at - 1) : std::string_view{};
    return among(doers, before) || among(doers, shape.at(at + 1)) ||
           (among(helpers, before) && shape.at(at).ends_with('a'));
}

// A word that stands nowhere is as likely the asker's own as what the question is about: it weighs as the known ones do, names apart.
void temper_unknown(Inquiry& inquiry) {
    double known = 0;
    double count = 0;
    for (const auto& term : inquiry.terms) {
        if (!term.known || term.number) continue;
        known += term.weight;
        ++count;
    }
    for (auto& term : inquiry.terms) {
        if (!term.known && !term.name && count > 0) term.weight = std::min(term.weight, known / count);
        if (!term.known && term.doing) term.weight *= unknown_verb;
    }
}

// "9 kap. 4 § PBL". A place beside which no statute stands is in the only one that the question names.
std::vector<PointedAt> places_in(std::string_view question) {
    const auto all = text::references(question);
    std::set<std::string> named;
    for (const auto& reference : all)
        if (reference.names_statute()) named.insert(reference.statute);
    std::vector<PointedAt> places;
    for (const auto& reference : all) {
        if (reference.section.empty()) continue;
        const bool only = reference.statute.empty() && named.size() == 1;
        const std::string& statute = only ? *named.begin() : reference.statute;
        if (!statute.empty()) places.push_back({statute, text::path_of(reference)});
    }
    return places;
}

}  // namespace

double Inquiry::weight() const {
    double sum = 0;
    for (const auto& term : terms)
        sum += term.weight;
    return sum;
}

Inquiry inquire(std::string_view question, const text::Lexicon& lexicon, Date day) {
    const auto tokens = text::words(question);
    const auto wordings = wordings_of(tokens, lexicon, day);
    const auto quantities = text::quantities(question);
    Inquiry inquiry;
    inquiry.question = question;
    inquiry.pointed_at = places_in(question);
    inquiry.cue = cue_of(Shape{tokens});
    inquiry.asked = asked_rule(question);
    if (inquiry.cue == Cue::amount) {
        const auto counted = counted_word(Shape{tokens});
        if (!counted.empty() && !text::is_light_word(counted)) inquiry.counted = term_of(counted);
    }
    std::set<std::string> seen;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const auto& word = tokens[at].folded;
        auto term = term_of(word);
        term.wordings = wordings[at];
        if ((text::is_light_word(word) || among(shaping, word)) && term.wordings.empty()) continue;
        term.shown = std::string(question.substr(tokens[at].start, tokens[at].end - tokens[at].start));
        term.name = is_name(question, tokens, at);
        term.quantity = quantity_of(tokens[at], quantities);
        term.number = is_number(word) || (term.quantity && term.quantity->start == tokens[at].start);
        term.doing = is_verb_here(Shape{tokens}, at);
        term.names_kind = names_kind(inquiry.cue, word);
        if (word.size() < 2 && !term.number) continue;
        if (seen.insert(term.stem).second) inquiry.terms.push_back(std::move(term));
    }
    return inquiry;
}

void note_respelled(Inquiry& inquiry, std::string_view read, std::string_view written) {
    for (auto& term : inquiry.terms) {
        if (term.word != read) continue;
        term.respelled = true;
        term.shown = written;
    }
}

void note_joined(Inquiry& inquiry, std::string_view first, std::string_view second,
                 std::string_view compound) {
    for (auto& term : inquiry.terms) {
        if (term.word != first && term.word != second) continue;
        term.wordings.push_back({{text::stem(compound)}, std::string(compound), of_compound});
    }
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
    temper_unknown(inquiry);
}

std::string search_words(std::string_view question, Cue cue) {
    std::string words(question);
    if (cue == Cue::price) words += " avgift taxa kronor";
    return words;
}

}  // namespace kansli::assistants
