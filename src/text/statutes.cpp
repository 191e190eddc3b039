#include "text/statutes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/ascii.hpp"

namespace kansli::text {

namespace {

struct ShortName {
    std::string_view name;
    std::string_view number;
    bool also_a_word = false;  // counts only as written here
};

// In municipal use, from the guidance of SKR and the authorities concerned.
constexpr auto short_names = std::to_array<ShortName>({
    {"AML", "1977:1160"},     {"ATL", "1982:673"},        {"BrB", "1962:700"},       {"FBL", "1970:988"},
    {"FL", "2017:900", true}, {"FPL", "1971:291"},        {"HSL", "2017:30"},        {"JB", "1970:994"},
    {"KL", "2017:725", true}, {"LAS", "1982:80", true},   {"LAV", "2006:412", true}, {"LOA", "1994:260"},
    {"LOU", "2016:1145"},     {"LOV", "2008:962", true},  {"LSO", "2003:778"},       {"LSS", "1993:387"},
    {"LUF", "2016:1146"},     {"LUK", "2016:1147", true}, {"LVM", "1988:870"},       {"LVU", "1990:52"},
    {"MB", "1998:808", true}, {"MBL", "1976:580"},        {"MPF", "2013:251"},       {"OSF", "2009:641"},
    {"OSL", "2009:400"},      {"PBF", "2011:338"},        {"PBL", "2010:900"},       {"PDL", "2008:355"},
    {"PSL", "2010:659"},      {"RB", "1942:740", true},   {"RF", "1974:152"},        {"SFB", "2010:110"},
    {"SkolL", "2010:800"},    {"SoF", "2001:937"},        {"SoL", "2025:400", true}, {"TF", "1949:105"},
    {"UB", "1981:774", true}, {"VL", "1971:948", true},   {"YGL", "1991:1469"},      {"ÄB", "1958:637", true},
    {"FB", "1949:381", true}, {"GDPR", "2016/679"},
});

struct LongName {
    std::string_view name;  // folded, its words divided by one blank
    std::string_view number;
};

constexpr auto long_names = std::to_array<LongName>({
    {"alkohollagen", "2010:1622"},
    {"anläggningslagen", "1973:1149"},
    {"arbetsmiljölagen", "1977:1160"},
    {"arbetstidslagen", "1982:673"},
    {"avfallsförordningen", "2020:614"},
    {"bibliotekslagen", "2013:801"},
    {"brottsbalken", "1962:700"},
    {"cybersäkerhetslagen", "2025:1506"},
    {"dataskyddsförordningen", "2016/679"},
    {"diskrimineringslagen", "2008:567"},
    {"fastighetsbildningslagen", "1970:988"},
    {"förordning 2016 679", "2016/679"},
    {"förordning eu 2016 679", "2016/679"},
    {"förordningen eu 2016 679", "2016/679"},
    {"förvaltningslagen", "2017:900"},
    {"förvaltningsprocesslagen", "1971:291"},
    {"föräldrabalken", "1949:381"},
    {"hälso och sjukvårdslagen", "2017:30"},
    {"jordabalken", "1970:994"},
    {"kamerabevakningslagen", "2018:1200"},
    {"kommunallagen", "2017:725"},
    {"konkurrenslagen", "2008:579"},
    {"kulturmiljölagen", "1988:950"},
    {"lagen om allmänna vattentjänster", "2006:412"},
    {"lagen om anställningsskydd", "1982:80"},
    {"lagen om offentlig upphandling", "2016:1145"},
    {"lagen om skydd mot olyckor", "2003:778"},
    {"lagen om stöd och service till vissa funktionshindrade", "1993:387"},
    {"lagen om upphandling av koncessioner", "2016:1147"},
    {"lagen om upphandling inom försörjningssektorerna", "2016:1146"},
    {"lagen om valfrihetssystem", "2008:962"},
    {"lagen om vård av missbrukare i vissa fall", "1988:870"},
    {"medbestämmandelagen", "1976:580"},
    {"miljöbalken", "1998:808"},
    {"miljöprövningsförordningen", "2013:251"},
    {"offentlighets och sekretessförordningen", "2009:641"},
    {"offentlighets och sekretesslagen", "2009:400"},
    {"ordningslagen", "1993:1617"},
    {"patientdatalagen", "2008:355"},
    {"patientsäkerhetslagen", "2010:659"},
    {"plan och byggförordningen", "2011:338"},
    {"plan och bygglagen", "2010:900"},
    {"regeringsformen", "1974:152"},
    {"rättegångsbalken", "1942:740"},
    {"semesterlagen", "1977:480"},
    {"skadeståndslagen", "1972:207"},
    {"skolförordningen", "2011:185"},
    {"skollagen", "2010:800"},
    {"socialförsäkringsbalken", "2010:110"},
    {"socialtjänstförordningen", "2025:468"},
    {"socialtjänstlagen", "2025:400"},
    {"säkerhetsskyddslagen", "2018:585"},
    {"trafikförordningen", "1998:1276"},
    {"tryckfrihetsförordningen", "1949:105"},
    {"utsökningsbalken", "1981:774"},
    {"väglagen", "1971:948"},
    {"yttrandefrihetsgrundlagen", "1991:1469"},
    {"ärvdabalken", "1958:637"},
});

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_ascii_digit);
}

constexpr std::size_t shortest_name = 2;
constexpr std::size_t longest_short_name = 5;

std::string_view short_name(std::string_view written, std::string_view folded) {
    if (written.size() < shortest_name || written.size() > longest_short_name) return {};
    for (const ShortName& name : short_names) {
        const bool same = name.also_a_word ? written == name.name
                                           : folded.size() == name.name.size() && folded == fold(name.name);
        if (same) return name.number;
    }
    return {};
}

bool begin_with(std::span<const Token> words, std::string_view name, std::size_t& used) {
    for (used = 0; used < words.size() && !name.empty(); ++used) {
        const std::string& word = words[used].folded;
        if (!name.starts_with(word)) return false;
        name.remove_prefix(word.size());
        if (name.empty()) continue;
        if (name.front() != ' ') return false;
        name.remove_prefix(1);
    }
    return name.empty();
}

}  // namespace

bool is_statute_number(std::string_view word) {
    constexpr std::size_t colon = 4;
    constexpr std::size_t longest = 9;
    return word.size() > colon + 1 && word.size() <= longest && word[colon] == ':' &&
           all_digits(word.substr(0, colon)) && all_digits(word.substr(colon + 1));
}

StatuteName statute_name_at(std::string_view text, std::span<const Token> words) {
    if (words.empty()) return {};
    const Token& first = words.front();
    StatuteName found;
    if (const auto number = short_name(text.substr(first.start, first.end - first.start), first.folded);
        !number.empty())
        found = {number, 1};
    for (const LongName& name : long_names) {
        std::size_t used = 0;
        if (begin_with(words, name.name, used) && used > found.words) found = {name.number, used};
    }
    return found;
}

std::string_view statute_named(std::string_view written) {
    const auto all = words(written);
    const auto name = statute_name_at(written, all);
    return name.words == all.size() ? name.number : std::string_view{};
}

}  // namespace kansli::text
