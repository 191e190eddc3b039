#include <algorithm>
#include <array>
#include <string_view>

#include "text/language.hpp"

namespace kansli::text {

namespace {

// Words that say how something is asked, not what it is about: light verbs, particles, degrees, times near the asker. They stand in
// half of all texts and in the question by chance. Sorted by bytes.
constexpr std::array light_words = std::to_array<std::string_view>({
    "aldrig",     "alldeles",   "alltid",     "allting",   "andra",       "annan",      "annars",
    "annat",      "bakom",      "behöva",     "behövas",   "behövde",     "behövdes",   "behöver",
    "behövs",     "behövt",     "beror",      "berätta",   "berättar",    "betyda",     "betyder",
    "bo",         "bodde",      "bor",        "bort",      "borta",       "bortom",     "bott",
    "bra",        "bruka",      "brukade",    "brukar",    "bäst",        "bättre",     "båda",
    "börja",      "började",    "början",     "börjar",    "börjat",      "cirka",      "dags",
    "dessutom",   "direkt",     "dithän",     "dom",       "dra",         "drar",       "drygt",
    "dröja",      "dröjer",     "därifrån",   "egen",      "egentligen",  "eget",       "egna",
    "emellan",    "emot",       "en",         "enbart",    "enda",        "endast",     "ens",
    "ett",        "exakt",      "exempel",    "faktiskt",  "fall",        "fanns",      "fast",
    "fattas",     "finnas",     "fler",       "flera",     "flest",       "fort",       "fortfarande",
    "fortsätta",  "fortsätter", "fram",       "framför",   "framme",      "fråga",      "frågade",
    "frågan",     "frågar",     "frågor",     "fullt",     "fått",        "följa",      "följer",
    "föra",       "förbi",      "förra",      "först",     "första",      "försöka",    "försöker",
    "förut",      "gamla",      "gammal",     "gammalt",   "ganska",      "gavs",       "ge",
    "ger",        "ges",        "gett",       "gick",      "gjorde",      "gjort",      "gjorts",
    "glömde",     "glömma",     "glömmer",    "glömt",     "grej",        "grejer",     "gällande",
    "gällde",     "gärna",      "gå",         "gång",      "gånger",      "gått",       "göras",
    "görs",       "ha",         "haft",       "halv",      "hel",         "hela",       "helst",
    "helt",       "hemifrån",   "heta",       "heter",     "hette",       "hinna",      "hinner",
    "hit",        "hitta",      "hittar",     "hittas",    "hur",         "hurdan",     "hurdana",
    "hända",      "hände",      "händer",     "hänt",      "härifrån",    "hålla",      "håller",
    "hålls",      "hårt",       "hög",        "höga",      "högst",       "högsta",     "högt",
    "höll",       "hör",        "höra",       "hörde",     "idag",        "ifall",      "igen",
    "igenom",     "igår",       "ihop",       "ikväll",    "imorgon",     "in",         "inga",
    "ingen",      "ingenting",  "inget",      "innan",     "inne",        "innebär",    "innebära",
    "innehålla",  "innehåller", "inte",       "istället",  "isär",        "iväg",       "jättemycket",
    "jättestor",  "kalla",      "kallas",     "kanske",    "kolla",       "kollar",     "kom",
    "komma",      "kommer",     "kommit",     "kommun",    "kommunen",    "kommunens",  "kosta",
    "kostade",    "kostar",     "kostat",     "kr",        "krona",       "kronor",     "kvadrat",
    "kvar",       "kvm",        "känna",      "känner",    "lade",        "lagom",      "lagt",
    "leva",       "lever",      "ligga",      "ligger",    "lilla",       "lite",       "liten",
    "litet",      "lägga",      "lägger",     "läggs",     "länge",       "längre",     "längst",
    "lär",        "lätt",       "låg",        "låga",      "lågt",        "lång",       "långa",
    "långt",      "låta",       "låter",      "man",       "massa",       "med",        "mer",
    "mera",       "mest",       "mesta",      "mil",       "mindre",      "minst",      "mot",
    "många",      "möjlig",     "möjliga",    "möjlighet", "möjligt",     "ned",        "nedan",
    "ner",        "nere",       "nog",        "normal",    "normalt",     "nuförtiden", "numera",
    "nuvarande",  "nyss",       "när",        "nära",      "närmaste",    "nästa",      "nästan",
    "någonsin",   "nån",        "nåns",       "nånsin",    "nånting",     "nåt",        "nödvändig",
    "nödvändigt", "ofta",       "oftast",     "ok",        "okej",        "olika",      "omkring",
    "ordentligt", "ordna",      "ordnar",     "par",       "per",         "person",     "personer",
    "plötsligt",  "prata",      "pratar",     "precis",    "procent",     "på",         "rent",
    "riktigt",    "runt",       "räcka",      "räcker",    "räckte",      "rätt",       "rätta",
    "råka",       "råkar",      "sa",         "sade",      "sagt",        "sak",        "saker",
    "samtidigt",  "samtliga",   "satt",       "satte",     "se",          "sen",        "senare",
    "senast",     "senaste",    "ser",        "sett",      "sist",        "sista",      "sitta",
    "sitter",     "själv",      "själva",     "skaffa",    "skaffar",     "ske",        "skedde",
    "sker",       "skett",      "slags",      "slippa",    "slipper",     "sluta",      "slutar",
    "slutet",     "snabb",      "snabbare",   "snabbt",    "snart",       "snälla",     "sorts",
    "speciell",   "speciella",  "speciellt",  "stod",      "stor",        "stora",      "stort",
    "strax",      "stund",      "stycken",    "ställa",    "ställer",     "ställs",     "stå",
    "står",       "stått",      "större",     "största",   "säga",        "säger",      "säkert",
    "sätt",       "sätta",      "sätter",     "sätts",     "så",          "såg",        "sån",
    "såna",       "sånt",       "ta",         "tack",      "tagit",       "tala",       "talar",
    "tar",        "tas",        "tex",        "tid",       "tiden",       "tidig",      "tidigare",
    "tidigast",   "tidigt",     "tillbaka",   "tills",     "tillsammans", "tillåta",    "tillåten",
    "tillåtet",   "tillåtna",   "tillåts",    "titta",     "tog",         "tro",        "tror",
    "tvungen",    "tvungna",    "tycka",      "tycker",    "tydligen",    "typ",        "tänka",
    "tänker",     "undan",      "under",      "undra",     "undrar",      "ungefär",    "upp",
    "uppe",       "ut",         "ute",        "utom",      "vadå",        "vanlig",     "vanliga",
    "vanligen",   "vanligt",    "vanligtvis", "varandra",  "vardera",     "varenda",    "varthän",
    "velat",      "vem",        "verkligen",  "vet",       "veta",        "vidare",     "vilja",
    "vilkendera", "vill",       "ville",      "visa",      "visar",       "viss",       "vissa",
    "visst",      "visste",     "väl",        "väldigt",   "vänta",       "väntar",     "åka",
    "åker",       "år",         "året",       "års",       "åt",          "återigen",   "åtminstone",
    "överallt",   "övrig",      "övriga",     "övrigt",
});

static_assert(std::ranges::is_sorted(light_words));

}  // namespace

bool is_light_word(std::string_view folded) {
    return is_stop_word(folded) || std::ranges::binary_search(light_words, folded);
}

}  // namespace kansli::text
