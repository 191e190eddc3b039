#include <array>
#include <cstddef>
#include <string_view>

#include "text/detail/endings.hpp"
#include "text/detail/names.hpp"

namespace kansli::text::detail {

namespace {

constexpr std::size_t shortest_stem = 2;  // bytes before the ending

constexpr auto patronymic_endings = std::to_array<std::string_view>(
    {"sson",   "ssons", "sdotter", "sdotters", "dóttir", "dottir", "qvist",  "quist",  "ström",
     "ströms", "kvist", "kvists",  "gren",     "grens",  "blom",   "skiöld", "skjöld", "stierna",
     "hielm",  "nescu", "oğlu",    "oglu",     "ović",   "ovic",   "ević",   "evic",   "enko",
     "owski",  "owska", "ewski",   "ewska",    "czyk",   "wicz",   "poulos", "shvili"});
constexpr auto surname_endings = std::to_array<std::string_view>(
    {"strøm",  "lund",   "berg",   "bergh", "blad",  "inen",  "onen",    "anen",  "änen",  "löv",   "löf",
     "stedt",  "mark",   "man",    "mann",  "dahl",  "dal",   "holm",    "borg",  "bäck",  "beck",  "sten",
     "strand", "fors",   "forss",  "sjö",   "skog",  "sköld", "stjärna", "krona", "crona", "feldt", "fält",
     "hammar", "hult",   "roth",   "vall",  "wall",  "ling",  "lind",    "ell",   "én",    "éen",   "lin",
     "din",    "rin",    "ius",    "ander", "mäki",  "ela",   "elä",     "ala",   "älä",   "ski",   "ska",
     "ić",     "ič",     "vic",    "zade",  "zadeh", "pour",  "ian",     "ov",    "ova",   "ev",    "eva",
     "escu",   "idis",   "akis",   "ez",    "rot",   "felt",  "haag",    "stam",  "näs",   "åker",  "brandt",
     "hjelm",  "krantz", "crantz", "svärd", "spets", "lilja", "ros",     "gård",  "ängen", "nius"});
constexpr auto common_endings = std::to_array<std::string_view>(
    {"ningen",      "ningar",     "ning",      "heten",    "het",        "heter",    "tionen",
     "tion",        "verket",     "nämnden",   "nämnd",    "styrelsen",  "styrelse", "partiet",
     "enheten",     "skolan",     "skola",     "skolor",   "gården",     "hemmet",   "huset",
     "hus",         "kyrkan",     "kyrka",     "parken",   "park",       "badet",    "hallen",
     "hall",        "gatan",      "gata",      "vägen",    "väg",        "torget",   "torg",
     "stigen",      "platsen",    "lagen",     "lag",      "balken",     "rätten",   "rådet",
     "förbundet",   "förbund",    "kommun",    "kommunen", "bolaget",    "bolag",    "centrum",
     "centralen",   "området",    "klubben",   "klubb",    "föreningen", "förening", "sjukhuset",
     "biblioteket", "programmet", "projektet", "avtalet",  "planen",     "kontoret", "kontor",
     "salen",       "rummet",     "loppet",    "dagen",    "veckan",     "slottet",  "slott",
     "bron",        "sjön",       "älven",     "ån",       "viken",      "ön",       "hamnen",
     "stationen",   "staden",     "stad",      "byn",      "landet",     "länet",    "län",
     "posten",      "bladet",     "tidningen", "fonden",   "akten",      "modellen", "systemet",
     "tjänsten",    "erna",       "orna",      "arna",     "ande",       "ende",     "else",
     "elser"});

}  // namespace

bool is_patronymic(std::string_view written) {
    if (written.ends_with('s')) written.remove_suffix(1);
    return written.size() > 6 &&
           (written.ends_with("sson") || written.ends_with("sdotter") || written.ends_with("dóttir"));
}

bool has_patronymic_ending(std::string_view folded) {
    static const Endings endings(patronymic_endings);
    return endings.end(folded, shortest_stem);
}

bool has_surname_ending(std::string_view folded) {
    static const Endings endings(surname_endings);
    return endings.end(folded, shortest_stem) ||
           (folded.ends_with('s') && endings.end(folded.substr(0, folded.size() - 1), shortest_stem));
}

bool is_common_form(std::string_view folded) {
    static const Endings endings(common_endings);
    return endings.end(folded, shortest_stem);
}

}  // namespace kansli::text::detail
