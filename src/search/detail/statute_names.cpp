#include "search/detail/statute_names.hpp"

#include <algorithm>
#include <array>

#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

struct StatuteName {
    std::string_view name;
    std::string_view number;
    bool also_a_word = false;  // counts only as written here
};

// Short names in municipal use, from the guidance of SKR and the authorities concerned. Where a statute was replaced, the
// name stands for the one in force; the old one is found by its number.
constexpr std::array<StatuteName, 39> names = {{
    {"AML", "1977:1160"},     {"ATL", "1982:673"},        {"BrB", "1962:700"},       {"FBL", "1970:988"},
    {"FL", "2017:900", true}, {"FPL", "1971:291"},        {"HSL", "2017:30"},        {"JB", "1970:994"},
    {"KL", "2017:725", true}, {"LAS", "1982:80", true},   {"LAV", "2006:412", true}, {"LOA", "1994:260"},
    {"LOU", "2016:1145"},     {"LOV", "2008:962", true},  {"LSO", "2003:778"},       {"LSS", "1993:387"},
    {"LUF", "2016:1146"},     {"LUK", "2016:1147", true}, {"LVM", "1988:870"},       {"LVU", "1990:52"},
    {"MB", "1998:808", true}, {"MBL", "1976:580"},        {"MPF", "2013:251"},       {"OSF", "2009:641"},
    {"OSL", "2009:400"},      {"PBF", "2011:338"},        {"PBL", "2010:900"},       {"PDL", "2008:355"},
    {"PSL", "2010:659"},      {"RB", "1942:740", true},   {"RF", "1974:152"},        {"SFB", "2010:110"},
    {"SkolL", "2010:800"},    {"SoF", "2001:937"},        {"SoL", "2025:400", true}, {"TF", "1949:105"},
    {"UB", "1981:774", true}, {"VL", "1971:948", true},   {"YGL", "1991:1469"},
}};

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view statute_named(std::string_view written) {
    if (written.size() < 2 || written.size() > 5) return {};
    const std::string folded = text::fold(written);
    for (const StatuteName& name : names) {
        const bool same = name.also_a_word ? written == name.name : folded == text::fold(name.name);
        if (same) return name.number;
    }
    return {};
}

bool is_statute_number(std::string_view word) {
    const std::size_t colon = word.find(':');
    return colon == 4 && word.size() > 5 && word.size() <= 9 && all_digits(word.substr(0, 4)) &&
           all_digits(word.substr(5));
}

}  // namespace kansli::search::detail
