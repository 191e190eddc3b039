#include "grounding/detail/actors.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_set>

#include "text/language.hpp"

namespace kansli::grounding::detail {

namespace {

constexpr auto actor_words = std::to_array<std::string_view>({
    "kommunen",
    "kommun",
    "regionen",
    "staten",
    "regeringen",
    "riksdagen",
    "kommunfullmäktige",
    "fullmäktige",
    "kommunstyrelsen",
    "länsstyrelsen",
    "polisen",
    "polismyndigheten",
    "försäkringskassan",
    "skatteverket",
    "kronofogden",
    "domstolen",
    "förvaltningsrätten",
    "kammarrätten",
    "tingsrätten",
    "hovrätten",
    "rektorn",
    "rektor",
    "läraren",
    "lärare",
    "huvudmannen",
    "huvudman",
    "vårdnadshavaren",
    "läkaren",
    "läkare",
    "sjuksköterskan",
    "handläggaren",
    "byggherren",
    "sökanden",
    "fastighetsägaren",
    "ägaren",
    "leverantören",
    "anbudsgivaren",
    "upphandlingschefen",
    "kommundirektören",
    "förvaltningschefen",
    "socialchefen",
    "trafikingenjören",
    "stadsarkitekten",
    "ordföranden",
    "valnämnden",
    "socialnämnden",
    "byggnadsnämnden",
    "miljönämnden",
    "trafiknämnden",
    "samhällsbyggnadsnämnden",
    "nämnden",
    "styrelsen",
    "utskottet",
    "revisorerna",
    "dataskyddsombudet",
    "biståndshandläggaren",
    "räddningstjänsten",
    "församlingen",
    "kyrkan",
    "gravrättsinnehavaren",
    "medresenären",
    "ledsagaren",
    "resenären",
    "förslagsställaren",
    "förvaltningen",
    "bolaget",
    "entreprenören",
    "hyresvärden",
    "hyresgästen",
    "arbetsgivaren",
    "åklagaren",
    "överförmyndaren",
    "förmyndaren",
    "krisledningsnämnden",
    "gravrättsinnehavare",
    "skolverket",
    "socialstyrelsen",
    "naturvårdsverket",
    "boverket",
    "trafikverket",
    "transportstyrelsen",
    "livsmedelsverket",
    "arbetsmiljöverket",
    "upphandlingsmyndigheten",
    "inköpschefen",
    "enhetschefen",
    "chefen",
    "kommunchefen",
    "arbetstagaren",
    "dödsboet",
    "dödsbo",
    "registratorn",
    "arkivarien",
});

const std::unordered_set<std::string>& stems() {
    static const std::unordered_set<std::string> known = [] {
        std::unordered_set<std::string> set;
        for (const auto word : actor_words)
            set.insert(text::stem(word));
        return set;
    }();
    return known;
}

bool is_board(std::string_view word) {
    return word.find("nämnd") != std::string_view::npos;
}

// "nämnden" of "byggnadsnämnden", "polisen" of "polismyndigheten".
bool is_short_for(std::string_view word, std::string_view whole) {
    constexpr std::size_t shortest = 5;  // bytes
    return word.size() >= shortest && word.size() < whole.size() &&
           (whole.ends_with(word) || whole.starts_with(word)) && word != "kommun";
}

bool stands_for(std::string_view word, std::string_view other) {
    if (is_short_for(word, other)) return true;
    const bool municipal = word == "kommun" || word == text::stem("förvaltningen");
    return municipal && (is_board(other) || other == text::stem("förvaltningen"));
}

}  // namespace

bool is_actor(std::string_view folded) {
    const auto stem = text::stem(folded);
    constexpr auto endings =
        std::to_array<std::string_view>({"nämnd", "domstol", "delegation", "myndighet", "styrels",
                                         "inspektion", "ombudsman", "handläggar", "ingenjör"});
    return stems().contains(stem) || std::ranges::any_of(endings, [&](std::string_view ending) {
               return std::string_view(stem).ends_with(ending);
           });
}

bool may_stand_for(std::string_view actor, std::string_view other) {
    if (!is_actor(other)) return false;
    const auto a = text::stem(actor);
    const auto b = text::stem(other);
    return a == b || is_short_for(actor, other) || is_short_for(other, actor) || stands_for(a, b) ||
           stands_for(b, a);
}

}  // namespace kansli::grounding::detail
