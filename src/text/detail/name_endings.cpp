#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

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

template <std::size_t Count>
bool ends_with_one_of(std::string_view folded, const std::array<std::string_view, Count>& endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) {
        return folded.size() >= ending.size() + shortest_stem && folded.ends_with(ending);
    });
}

}  // namespace

bool is_patronymic(std::string_view folded) {
    constexpr auto endings =
        std::to_array<std::string_view>({"sson", "ssons", "sdotter", "sdotters", "dóttir"});
    return ends_with_one_of(folded, endings);
}

bool has_patronymic_ending(std::string_view folded) {
    return ends_with_one_of(folded, patronymic_endings);
}

bool has_surname_ending(std::string_view folded) {
    if (folded.ends_with('s') && ends_with_one_of(folded.substr(0, folded.size() - 1), surname_endings))
        return true;
    return ends_with_one_of(folded, surname_endings);
}

bool is_common_form(std::string_view folded) {
    return ends_with_one_of(folded, common_endings);
}

}  // namespace kansli::text::detail
