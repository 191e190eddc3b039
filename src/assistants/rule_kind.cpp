#include "assistants/rule_kind.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "assistants/detail/shape.hpp"
#include "text/language.hpp"
#include "text/quantities.hpp"

namespace kansli::assistants {

namespace {

constexpr double of_no_kind = 0.3;
constexpr std::size_t before_negation = 3;  // words: "får den som söker inte"
constexpr std::size_t near_period = 4;      // words: "inom en tid av tre veckor"

constexpr auto negations = std::to_array<std::string_view>({"inte", "ej", "icke", "aldrig", "varken"});
constexpr auto permitting =
    std::to_array<std::string_view>({"får", "tillåtet", "tillåten", "tillåtna", "tillåts"});
constexpr auto forbidding = std::to_array<std::string_view>(
    {"förbjudet", "förbjuden", "förbjudna", "förbjuds", "otillåtet", "otillåten", "förbud", "förbudet"});
constexpr auto demanding =
    std::to_array<std::string_view>({"ska", "skall", "måste", "krävs", "kräver", "skyldig", "skyldiga",
                                     "skyldighet", "åligger", "behöver", "behövs", "fordras"});
// Without which nothing is demanded: "krävs inte". "Ska inte" forbids.
constexpr auto waivable =
    std::to_array<std::string_view>({"krävs", "kräver", "måste", "behöver", "behövs", "fordras", "gäller",
                                     "skyldig", "skyldiga", "omfattas"});
constexpr auto exempting = std::to_array<std::string_view>(
    {"undantas", "undantag", "undantagen", "undantagna", "undantaget", "befrias", "befriad", "befriade",
     "slipper", "dispens", "lovfri", "lovfria", "lovfritt", "avgiftsfri", "avgiftsfritt", "kostnadsfri",
     "kostnadsfritt"});
constexpr auto punishing = std::to_array<std::string_view>({"vite",
                                                            "böter",
                                                            "straff",
                                                            "straffas",
                                                            "fängelse",
                                                            "döms",
                                                            "sanktionsavgift",
                                                            "sanktionsavgiften",
                                                            "byggsanktionsavgift",
                                                            "miljösanktionsavgift",
                                                            "kontrollavgift",
                                                            "överträdelse",
                                                            "återkallas",
                                                            "återkalla",
                                                            "återkrav",
                                                            "återkrävs",
                                                            "föreläggas",
                                                            "förelägga",
                                                            "avstängas",
                                                            "avstängs",
                                                            "skadestånd",
                                                            "rättelse"});
constexpr auto deciding = std::to_array<std::string_view>(
    {"beslutar",   "beslutas",   "prövar",    "prövas",     "ansvarar",  "ansvarig",
     "ansvariga",  "ansvaret",   "ansvar",    "meddelar",   "utövar",    "fastställer",
     "fastställs", "antar",      "delegeras", "delegat",    "delegaten", "beslutanderätt",
     "behörig",    "bemyndigas", "utser",     "handlägger", "handläggs"});
constexpr auto limiting = std::to_array<std::string_view>(
    {"senast", "tidsfrist", "tidsfristen", "frist", "fristen", "genast", "omedelbart", "omgående", "snarast",
     "skyndsamt", "dröjsmål", "uppsägningstid", "uppsägningstiden", "handläggningstid",
     "handläggningstiden"});
constexpr auto opening_periods = std::to_array<std::string_view>(
    {"inom", "före", "efter", "under", "i", "på", "högst", "minst", "längst"});

// Whether a word of the list stands with a negation after it, at most a few words away within the passage.
template <typename List>
bool has_negated(const Shape& shape, const List& list) {
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        if (!among(list, shape.at(at))) continue;
        for (std::size_t after = 1; after <= before_negation; ++after)
            if (among(negations, shape.at(at + after))) return true;
        // "inte krävs", "om det inte behövs"
        if (at > 0 && among(negations, shape.at(at - 1))) return true;
    }
    return false;
}

// Whether a word of the list stands without one.
template <typename List>
bool has_plain(const Shape& shape, const List& list) {
    for (std::size_t at = 0; at < shape.tokens.size(); ++at) {
        if (!among(list, shape.at(at))) continue;
        bool negated = at > 0 && among(negations, shape.at(at - 1));
        for (std::size_t after = 1; after <= before_negation; ++after)
            negated = negated || among(negations, shape.at(at + after));
        if (!negated) return true;
    }
    return false;
}

bool is_period(text::Unit unit) {
    switch (unit) {
        case text::Unit::minute:
        case text::Unit::hour:
        case text::Unit::day:
        case text::Unit::week:
        case text::Unit::month:
        case text::Unit::year:
        case text::Unit::date:
            return true;
        default:
            return false;
    }
}

// A period or a day, a few words after what makes it a limit: "inom tre veckor", "senast den 1 maj 2026".
bool has_limit(const Shape& shape, const std::vector<text::Quantity>& quantities) {
    for (const auto& quantity : quantities) {
        if (!is_period(quantity.unit)) continue;
        for (std::size_t at = 0; at < shape.tokens.size() && shape.tokens[at].start < quantity.start; ++at) {
            if (!among(opening_periods, shape.at(at))) continue;
            const auto near = std::min(at + near_period, shape.tokens.size() - 1);
            if (shape.tokens[near].start >= quantity.start) return true;
        }
    }
    return false;
}

bool has_amount(const std::vector<text::Quantity>& quantities) {
    return std::ranges::any_of(quantities, [](const text::Quantity& quantity) {
        return quantity.unit != text::Unit::none && !is_period(quantity.unit);
    });
}

bool asks_consequence(const Shape& shape) {
    return shape.has_pair("vad", "händer") || shape.has_pair("vad", "blir") ||
           shape.has_pair("vilka", "följder") || shape.has_pair("vilken", "påföljd") ||
           shape.has_pair("vilket", "straff") || shape.has("påföljder");
}

bool asks_deadline(const Shape& shape) {
    constexpr auto direct =
        std::to_array<std::string_view>({"när", "senast", "frist", "tidsfrist", "handläggningstid"});
    return shape.has_any(direct) || shape.has_pair("hur", "länge") || shape.has_pair("hur", "snabbt") ||
           shape.has_pair("hur", "snart") || shape.has_pair("vilken", "tid");
}

// "hur mycket", "hur stor": a degree after "hur".
bool asks_how_much(const Shape& shape) {
    constexpr auto degrees =
        std::to_array<std::string_view>({"mycket", "många", "stor", "stora", "stort", "hög", "höga", "högt",
                                         "lång", "långt", "nära", "dyrt", "djup", "bred"});
    for (std::size_t at = 0; at + 1 < shape.tokens.size(); ++at)
        if (shape.at(at) == "hur" && among(degrees, shape.at(at + 1))) return true;
    return shape.has_pair("vad", "kostar") || shape.has_pair("vilken", "avgift") ||
           shape.has_pair("vilket", "belopp");
}

// The first word that says what is asked decides between "får" and "måste".
QuestionType modal_of(const Shape& shape) {
    constexpr auto may = std::to_array<std::string_view>({"får", "tillåtet", "tillåten", "kan", "rätt"});
    constexpr auto must =
        std::to_array<std::string_view>({"måste", "krävs", "kräver", "behöver", "behövs", "ska", "skall",
                                         "skyldig", "slipper", "obligatoriskt"});
    for (const auto& token : shape.tokens) {
        if (among(may, token.folded)) return QuestionType::permission;
        if (among(must, token.folded)) return QuestionType::duty;
    }
    return QuestionType::other;
}

QuestionType type_of(const Shape& shape) {
    if (asks_consequence(shape)) return QuestionType::consequence;
    if (shape.has_pair("till", "vem") || shape.has_pair("till", "vilken") || shape.at(0) == "var" ||
        shape.at(0) == "vart")
        return QuestionType::place;
    if (shape.has("vem") || shape.has("vems") || shape.has_pair("vilken", "nämnd") ||
        shape.has_pair("vilken", "myndighet"))
        return QuestionType::responsible;
    if (asks_deadline(shape)) return QuestionType::deadline;
    if (asks_how_much(shape)) return QuestionType::amount;
    if (shape.at(0) == "hur") return QuestionType::procedure;
    return modal_of(shape);
}

bool is_negated(const Shape& shape) {
    return shape.has_any(negations) || shape.has("utan") || shape.has("slipper") || shape.has("slippa") ||
           shape.has("undantag");
}

// What each kind is worth to a question, in the order of RuleKind.
using Worths = std::array<double, rule_kind_count>;
Worths worths_of(const AskedRule& asked) {
    //          permission prohibition duty exemption sanction competence deadline amount
    switch (asked.type) {
        case QuestionType::amount:
            return {0.3, 0.3, 0.3, 0.4, 0.4, 0.2, 0.3, 1.0};
        case QuestionType::deadline:
            return {0.3, 0.3, 0.4, 0.3, 0.3, 0.3, 1.0, 0.3};
        case QuestionType::responsible:
            return {0.4, 0.3, 0.5, 0.3, 0.3, 1.0, 0.2, 0.2};
        case QuestionType::place:
            return {0.3, 0.3, 0.6, 0.3, 0.2, 0.8, 0.3, 0.2};
        case QuestionType::permission:
            return asked.negated ? Worths{0.8, 1.0, 0.6, 0.8, 0.3, 0.3, 0.3, 0.4}
                                 : Worths{1.0, 1.0, 0.6, 0.8, 0.3, 0.3, 0.3, 0.4};
        case QuestionType::duty:
            return asked.negated ? Worths{0.5, 0.4, 0.7, 1.0, 0.3, 0.3, 0.3, 0.3}
                                 : Worths{0.5, 0.5, 1.0, 0.9, 0.3, 0.3, 0.3, 0.3};
        case QuestionType::consequence:
            return {0.3, 0.4, 0.4, 0.3, 1.0, 0.4, 0.3, 0.4};
        case QuestionType::procedure:
            return {0.5, 0.3, 1.0, 0.4, 0.2, 0.6, 0.5, 0.3};
        case QuestionType::other:
            break;
    }
    return {1, 1, 1, 1, 1, 1, 1, 1};
}

}  // namespace

AskedRule asked_rule(std::string_view question) {
    const auto tokens = text::words(question);
    const Shape shape{tokens};
    return {type_of(shape), is_negated(shape)};
}

RuleKinds rule_kinds(std::string_view passage) {
    const auto tokens = text::words(passage);
    const Shape shape{tokens};
    const auto quantities = text::quantities(passage);
    constexpr auto ordering = std::to_array<std::string_view>({"ska", "skall", "får"});
    RuleKinds kinds;
    const auto add_if = [&](bool holds, RuleKind kind) {
        if (holds) kinds.add(kind);
    };
    add_if(has_plain(shape, permitting) || shape.has_pair("rätt", "att") || shape.has_pair("rätt", "till"),
           RuleKind::permission);
    add_if(has_negated(shape, permitting) || has_negated(shape, ordering) || shape.has_any(forbidding),
           RuleKind::prohibition);
    add_if(has_plain(shape, demanding), RuleKind::duty);
    add_if(has_negated(shape, waivable) || shape.has_any(exempting), RuleKind::exemption);
    add_if(shape.has_any(punishing), RuleKind::sanction);
    add_if(shape.has_any(deciding), RuleKind::competence);
    add_if(shape.has_any(limiting) || has_limit(shape, quantities), RuleKind::deadline);
    add_if(has_amount(quantities), RuleKind::amount);
    return kinds;
}

double fit(const AskedRule& asked, RuleKinds kinds) {
    if (asked.type == QuestionType::other) return 1;
    if (kinds.empty()) return of_no_kind;
    const auto worths = worths_of(asked);
    double best = 0;
    for (int kind = 0; kind < rule_kind_count; ++kind) {
        if (kinds.has(static_cast<RuleKind>(kind)))
            best = std::max(best, worths[static_cast<std::size_t>(kind)]);
    }
    return best;
}

}  // namespace kansli::assistants
