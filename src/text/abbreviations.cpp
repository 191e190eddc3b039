#include "text/detail/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kansli::text::detail {

namespace {

// Both lists are sorted by bytes; a test holds them to that.
constexpr std::array never = std::to_array<std::string_view>({
    "a.a",          "adr",        "alt",   "ang",      "anm",     "art",   "avs",    "b.l.a",  "bet",
    "betr",         "bih",        "bil",   "bl",       "bl.a",    "bla",   "c",      "c:a",    "ca",
    "d.v.s",        "d.y",        "d.ä",   "diarienr", "dir",     "dnr",   "doc",    "dr",     "dvs",
    "ekon",         "enl",        "ev",    "ex",       "exkl",    "f.d",   "f.n",    "f.ö",    "fast.bet",
    "fast.beteckn", "fax",        "fd",    "fig",      "fil",     "fr",    "fr.o.m", "frk",    "from.m",
    "fö",           "föreg",      "förf",  "genomsn",  "h.h.v",   "hr",    "i.o.m",  "i.s.f",  "i.st.f",
    "ing",          "inkl",       "ist.f", "jfr",      "jmf",     "jur",   "jämf",   "kand",   "kl",
    "leg",          "lic",        "m.a.o", "m.b.t",    "m.h.a",   "m.t.p", "max",    "med.dr", "mha",
    "min",          "mob",        "motsv", "mtp",      "mån.dag", "n.b",   "nr",     "nuv",    "o.dyl.s",
    "o.u.p",        "ordf",       "p.g.a", "pga",      "prel",    "prof",  "prop",   "resp",   "rskr",
    "s.k",          "s:t",        "s:ta",  "sek.lag",  "sekr",    "sid",   "sk",     "skr",    "spec",
    "st.f",         "st.förordn", "t.ex",  "t.o.m",    "tab",     "tekn",  "tel",    "tf",     "tfn",
    "tj.f",         "to.m",       "u.a.v", "u.p.a",    "v.ordf",  "vik",   "vx",     "ö.h",
});

constexpr std::array can = std::to_array<std::string_view>({
    "a.s.a", "ank",   "apr",  "art.nr", "aug",  "avd",    "avg",  "avr",   "dec",  "dyl",   "e.d",
    "e.dyl", "e.kr",  "ed",   "etc",    "f.f",  "f.k.o",  "f.kr", "f.v.b", "feb",  "febr",  "ff",
    "fl",    "forts", "fre",  "fred",   "ggr",  "helgd",  "i.u",  "jan",   "kap",  "kr",    "kv",
    "kvart", "kvm",   "lör",  "lörd",   "m.fl", "m.fl.a", "m.m",  "m.v",   "mdkr", "mdr",   "mfl",
    "milj",  "mkr",   "mm",   "mn",     "mnkr", "moms",   "mån",  "nov",   "o.d",  "o.dyl", "o.s.v",
    "od",    "okt",   "ons",  "onsd",   "osv",  "pers",   "pl",   "reg",   "s.a",  "sek",   "sep",
    "sept",  "st",    "st.k", "stk",    "sön",  "sönd",   "tim",  "tis",   "tisd", "tkr",   "tn",
    "tors",  "torsd", "tr",   "u.s",    "u.å",  "uppl",   "utg",  "vard",  "vån",  "årg",
});

constexpr std::array lettered = std::to_array<std::string_view>({
    "alternativ", "avsnitt", "bilaga", "block",   "del",   "etapp",  "figur",  "fråga", "grupp",   "hus",
    "kategori",   "klass",   "kolumn", "lokal",   "läge",  "modell", "nivå",   "not",   "område",  "plan",
    "post",       "punkt",   "rad",    "sektion", "skede", "steg",   "tabell", "typ",   "vitamin", "zon",
});

static_assert(std::ranges::is_sorted(never) && std::ranges::is_sorted(can) &&
              std::ranges::is_sorted(lettered));

}  // namespace

Abbreviation abbreviation(std::string_view folded) {
    if (std::ranges::binary_search(never, folded)) return Abbreviation::never_ends;
    if (std::ranges::binary_search(can, folded)) return Abbreviation::can_end;
    return Abbreviation::none;
}

bool names_a_letter(std::string_view folded) {
    return std::ranges::binary_search(lettered, folded);
}

}  // namespace kansli::text::detail
