#pragma once

#include <algorithm>
#include <array>
#include <string_view>

// Small words of Swedish that a sentence's meaning turns on, folded.
namespace kansli::grounding::detail {

template <typename List, typename Item>
constexpr bool among(const List& list, const Item& word) {
    return std::ranges::find(list, word) != list.end();
}

inline constexpr auto negations = std::to_array<std::string_view>(
    {"inte", "ej", "icke", "aldrig", "ingen", "inget", "inga", "varken", "ingenting"});

// Verbs and participles that deny what stands beside them.
inline constexpr auto denials = std::to_array<std::string_view>(
    {"undantas",    "undantagen", "undantagna", "undantaget", "undantag",  "befriad", "befriade",
     "befriat",     "befrias",    "slipper",    "slippa",     "fria",      "lovfri",  "lovfritt",
     "bygglovsfri", "lovbefriad", "lovbefriat", "obehövligt", "obehövlig", "onödig",  "onödigt"});

inline constexpr auto prohibitions =
    std::to_array<std::string_view>({"förbjudet", "förbjuden", "förbjudna", "förbjuds", "otillåtet",
                                     "otillåten", "otillåtna", "hindrar", "förbjuder"});

inline constexpr auto requiring = std::to_array<std::string_view>(
    {"ska",      "skall",        "måste",         "krävs",         "kräver",  "krävas",    "skyldig",
     "skyldiga", "skyldigt",     "skyldighet",    "behöver",       "behövs",  "fordras",   "fordrar",
     "åligger",  "obligatorisk", "obligatoriskt", "obligatoriska", "tvungen", "nödvändigt"});

inline constexpr auto permitting =
    std::to_array<std::string_view>({"får", "kan", "tillåtet", "tillåten", "tillåtna", "tillåts", "möjligt",
                                     "möjlighet", "rätt", "tillåter", "fritt"});

inline constexpr auto recommending =
    std::to_array<std::string_view>({"bör", "rekommenderas", "rekommenderar", "lämpligen", "uppmanas"});

// "om kommunen inte beslutar annat": says that something may be otherwise, and denies nothing.
inline constexpr auto otherwise = std::to_array<std::string_view>({"annat", "annorlunda", "annars"});

// "ansökan om", "rätt om": after these "om" opens no condition.
inline constexpr auto before_prepositional_om = std::to_array<std::string_view>(
    {"ansökan",      "ansöka",   "ansöker",  "söka",       "söker",   "begäran",     "beslut",
     "beslutar",     "besluta",  "beslutet", "fråga",      "frågor",  "uppgift",     "uppgifter",
     "information",  "anmälan",  "avtal",    "krav",       "kravet",  "regler",      "bestämmelser",
     "föreskrifter", "avgift",   "ledighet", "ärende",     "ärenden", "del",         "gång",
     "gånger",       "timmar",   "hand",     "erbjudande", "spärr",   "avtalsspärr", "hänsyn",
     "handlar",      "kännedom", "prövning", "året",       "dygnet",  "tillbyggnad", "kronor",
     "dagar",        "månader",  "beslutas", "ärendet",    "råd",     "underrättas"});

// Verbs that are the only one of many a clause: what follows a comma with one of them is a clause of its own.
inline constexpr auto plain_verbs = std::to_array<std::string_view>(
    {"är",         "har",        "blir",     "gäller",      "kostar",     "finns",    "betalas", "betalar",
     "beslutar",   "beslutas",   "prövas",   "prövar",      "svarar",     "ansvarar", "lämnas",  "lämnar",
     "utförs",     "görs",       "gör",      "fattas",      "fattar",     "sker",     "räknas",  "omfattar",
     "omfattas",   "upphör",     "beviljas", "tas",         "ges",        "ger",      "kräver",  "röjs",
     "röjer",      "påbörjas",   "startar",  "utgår",       "sätts",      "söks",     "anmäls",  "flyttas",
     "flyttar",    "reser",      "minskas",  "sänks",       "höjs",       "täcker",   "räcker",  "hålls",
     "håller",     "består",     "innebär",  "ansöks",      "utses",      "utser",    "stämmer", "överklagas",
     "tillkommer", "ersätts",    "skickas",  "besvaras",    "tillfaller", "gick",     "går",     "kommer",
     "står",       "ingår",      "följs",    "planteras",   "skickar",    "saknar",   "saknas",  "undantas",
     "förordnas",  "fastställs", "krävs",    "installeras", "byts"});

inline constexpr auto universals =
    std::to_array<std::string_view>({"alltid", "aldrig", "alla", "samtliga", "oavsett", "undantagslöst"});

inline constexpr auto qualifiers = std::to_array<std::string_view>(
    {"normalt", "regel", "vanligtvis", "vanligen",  "oftast",     "normalfallet", "vissa",
     "om",      "utom",  "endast",     "bara",      "förutom",    "när",          "såvida",
     "dock",    "högst", "minst",      "särskilda", "synnerliga", "små"});

inline constexpr auto exclusives =
    std::to_array<std::string_view>({"endast", "bara", "enbart", "uteslutande", "blott"});

// What costs nothing, which is said in as many ways with as without a "no".
inline constexpr auto free_of_charge =
    std::to_array<std::string_view>({"gratis", "kostnadsfri", "kostnadsfritt", "kostnadsfria", "avgiftsfri",
                                     "avgiftsfritt", "avgiftsfria", "ingenting"});
inline constexpr auto charges =
    std::to_array<std::string_view>({"avgift", "avgiften", "kostnad", "kostnader", "ersättning"});

inline constexpr auto joints =
    std::to_array<std::string_view>({"och", "samt", "eller", "men", "medan", "respektive", "varav", "dock"});

inline constexpr auto also =
    std::to_array<std::string_view>({"även", "också", "ändå", "likaså", "fortfarande"});

inline constexpr auto weekdays =
    std::to_array<std::string_view>({"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"});

}  // namespace kansli::grounding::detail
