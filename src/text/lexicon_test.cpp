#include "text/lexicon.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/detail/divided.hpp"
#include "text/detail/lexicon_files.hpp"

using namespace kansli;
using namespace kansli::text;
using namespace std::chrono_literals;

namespace {

constexpr Date today = 2026y / 11 / 30;

Lexicon lexicon_of(const std::vector<std::string_view>& lines) {
    Lexicon lexicon;
    for (const auto line : lines)
        lexicon.add(parse_entry(line).value());
    return lexicon;
}

std::shared_ptr<const Lexicon> shared(const std::vector<std::string_view>& lines) {
    return std::make_shared<const Lexicon>(lexicon_of(lines));
}

Lexicon over(std::shared_ptr<const Lexicon> below, const std::vector<std::string_view>& lines) {
    Lexicon lexicon(std::move(below));
    for (const auto line : lines)
        lexicon.add(parse_entry(line).value());
    return lexicon;
}

// "friggebod: komplementbyggnad 1.0", a line a meaning.
std::vector<std::string> told(const Lexicon& lexicon, std::string_view question, Date day = today) {
    const auto tokens = words(question);
    std::vector<std::string> lines;
    for (const auto& meaning : lexicon.meanings(tokens, day)) {
        std::string line;
        for (const auto token : meaning.tokens)
            line += tokens[token].folded + ' ';
        line += "->";
        for (const auto& wording : meaning.wordings)
            line += ' ' + wording.shown;
        lines.push_back(line);
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an entry is read with its relation and what is said of it") {
    const auto entry =
        parse_entry("friggebod, Friggis < komplementbyggnad,bod | vardag; lag 2010:900; från 2025-12-01")
            .value();
    CHECK(entry.expressions == Lines{"friggebod", "friggis"});
    CHECK(entry.relation == LexicalRelation::narrower);
    CHECK(entry.terms == Lines{"komplementbyggnad", "bod"});
    CHECK(entry.manner == "vardag");
    CHECK(entry.statute == "2010:900");
    CHECK(entry.from == 2025y / 12 / 1);
    CHECK_FALSE(entry.until);
    CHECK(print(entry) ==
          "friggebod, friggis < komplementbyggnad, bod | vardag; lag 2010:900; från 2025-12-01");
}

TEST_CASE("what is no entry is told with what to do") {
    for (const auto* line :
         {"friggebod", "friggebod=bod", "a = b = c", " = bod", "bod = ", "bod, = hus", "bod = bod",
          "bod = hus | vardagligt", "bod = hus | från i går", "bod = hus | vardag; fack",
          "bod = hus | lag PBL", "bod = hus < byggnad", "#bod = hus", "bod ! hus = skjul"})
        CHECK_MESSAGE(!parse_entry(line), line);
    const auto file = parse_lexicon("# bygga\n\nbod = hus\nbod hus\nväg = gata\nskjul, bod ~ hus\n");
    CHECK(file.entries.size() == 3);
    CHECK(file.lines == std::vector<int>{3, 5, 6});
    REQUIRE(file.faults.size() == 2);
    CHECK(file.faults.front().line == 4);
    CHECK(file.faults.back().text == "”bod” och ”hus” står på rad 3 också.");
}

TEST_CASE("what has been printed is read again as the same, and any bytes are read or refused") {
    const auto holds = [](const std::string& line) {
        const auto entry = parse_entry(line);
        if (entry) RC_ASSERT(parse_entry(print(*entry)).value() == *entry);
        (void)parse_lexicon(line);
    };
    CHECK(rc::check("bytes", holds));
    CHECK(rc::check("pieces", [&] {
        const auto piece =
            rc::gen::elementOf(Lines{"bod",   "Ö",  "hus", " = ", " < ",    " ~ ",          " ! ",
                                     "även",  ", ", " | ", "; ",  "vardag", "lag 2010:900", "från 2025-12-01",
                                     "till ", " ",  "=",   "\n",  "#",      "\xC3",         "\xCC\xB8",
                                     "İ"});
        std::string line;
        for (const auto& one : *rc::gen::container<Lines>(piece))
            line += one;
        holds(line);
        holds("bod" + line + " = hus");
    }));
    for (const auto file : text::detail::lexicon_files()) {
        for (const auto& entry : parse_lexicon(file).entries)
            CHECK(parse_entry(print(entry)).value() == entry);
    }
}

TEST_CASE("the longest expression counts, with other words inside, inflected, in either direction") {
    const auto lexicon =
        lexicon_of({"bygga = nybyggnad", "bygga ut = tillbyggnad", "friggebod = komplementbyggnad"});
    CHECK(told(lexicon, "Får jag bygga huset ut mot gatan?") == Lines{"bygga ut -> tillbyggnad"});
    CHECK(told(lexicon, "Får jag bygga ett hus?") == Lines{"bygga -> nybyggnad"});
    CHECK(told(lexicon, "Friggeboden") == Lines{"friggeboden -> komplementbyggnad"});
    CHECK(told(lexicon, "komplementbyggnader") == Lines{"komplementbyggnader -> friggebod"});
    CHECK(told(lexicon, "kvantfysik").empty());
    CHECK(told(lexicon, "").empty());
}

TEST_CASE("a compound means what its last part means, else its first, and counts for less") {
    const auto lexicon = lexicon_of({"stuga < fritidshus", "dagis = förskola"});
    CHECK(told(lexicon, "sommarstugan") == Lines{"sommarstugan -> stugan fritidshus"});
    CHECK(told(lexicon, "dagisplats") == Lines{"dagisplats -> dagis förskola"});
    for (const auto& meaning : lexicon.meanings(words("sommarstugan"), today)) {
        CHECK(meaning.of_part);
        for (const auto& wording : meaning.wordings)
            CHECK(wording.closeness < 1);
    }
}

TEST_CASE("a term counts on the days that the statute used it") {
    const auto lexicon = lexicon_of({"friggebod = komplementbyggnad | från 2025-12-01",
                                     "friggebod = lovbefriad komplementbyggnad | till 2025-11-30"});
    CHECK(told(lexicon, "friggebod") == Lines{"friggebod -> komplementbyggnad"});
    CHECK(told(lexicon, "friggebod", 2025y / 12 / 1) == Lines{"friggebod -> komplementbyggnad"});
    CHECK(told(lexicon, "friggebod", 2025y / 11 / 30) == Lines{"friggebod -> lovbefriad komplementbyggnad"});
}

TEST_CASE("what a lexicon says of an expression counts in place of what the one below says") {
    const auto below = shared({"huset = kommunhus", "huset < byggnad", "dagis = förskola"});
    CHECK(told(over(below, {"huset = kulturhuset kvarnen"}), "huset") ==
          Lines{"huset -> kulturhuset kvarnen"});
    CHECK(told(over(below, {"huset = kulturhuset kvarnen | även"}), "huset") ==
          Lines{"huset -> kommunhus kulturhuset kvarnen byggnad"});
    // A term keeps what it was called, and is called so besides.
    CHECK(told(over(below, {"rådhuset = kommunhus"}), "kommunhuset") ==
          Lines{"kommunhuset -> huset rådhuset"});
    CHECK(told(over(below, {"rådhuset = kommunhus"}), "dagis") == Lines{"dagis -> förskola"});
    CHECK(told(over(below, {"bygga ut = tillbyggnad", "dagis i huset = förskolan kvarnen"}),
               "dagis i huset") == Lines{"dagis i huset -> förskolan kvarnen"});
    CHECK(told(*below, "huset") == Lines{"huset -> kommunhus byggnad"});
}

TEST_CASE("a lexicon can say that an expression does not mean a term") {
    const auto below = shared({"huset = kommunhus", "huset < byggnad", "stuga < fritidshus"});
    CHECK(told(over(below, {"huset ! kommunhus"}), "huset") == Lines{"huset -> byggnad"});
    CHECK(told(over(below, {"huset ! kommunhus"}), "kommunhus").empty());
    CHECK(told(over(below, {"huset ! kommunhus", "huset ! byggnad"}), "huset").empty());
    CHECK(told(over(below, {"stuga ! fritidshus"}), "sommarstugan") == Lines{"sommarstugan -> stugan"});
    CHECK(told(over(below, {"sommarstuga ! fritidshus"}), "sommarstugan") == Lines{"sommarstugan -> stugan"});
    CHECK(told(over(below, {"sommarstuga ! fritidshus"}), "stugan") == Lines{"stugan -> fritidshus"});
    // Whoever lies above has the last word.
    const auto middle = std::make_shared<const Lexicon>(over(below, {"huset ! kommunhus"}));
    CHECK(told(over(middle, {"huset = kommunhus | även"}), "huset") == Lines{"huset -> kommunhus byggnad"});
    CHECK(told(over(middle, {"stuga = torp"}), "huset") == Lines{"huset -> byggnad"});
}

TEST_CASE("what is said beside of a compound leaves what its parts mean") {
    const auto below = shared({"stuga < fritidshus"});
    CHECK(told(over(below, {"sommarstuga = sommarnöje | även"}), "sommarstuga") ==
          Lines{"sommarstuga -> sommarnöje stuga fritidshus"});
    CHECK(told(over(below, {"sommarstuga = sommarnöje"}), "sommarstuga") ==
          Lines{"sommarstuga -> sommarnöje"});
}

TEST_CASE("one expression and one term make an entry that can be written and read") {
    const auto entry = entry_of(" Friggebod", LexicalRelation::same, "komplementbyggnad ").value();
    CHECK(print(entry) == "friggebod = komplementbyggnad | även");
    CHECK(print(entry_of("friggebod", LexicalRelation::unlike, "bod").value()) == "friggebod ! bod");
    for (const auto* term : {"", " ", "a, b", "a | vardag", "a = b", "friggebod", "a\nb", "!", "-"})
        CHECK_MESSAGE(!entry_of("friggebod", LexicalRelation::same, term), term);
    CHECK(rc::check([](const std::string& expression, const std::string& term) {
        const auto made = entry_of(expression, LexicalRelation::same, term);
        if (made) RC_ASSERT(parse_entry(print(*made)).value() == *made);
    }));
}

TEST_CASE("the lexicon that ships has no faults, and is written in lower case") {
    for (const auto file : text::detail::lexicon_files()) {
        for (const auto& fault : parse_lexicon(file).faults)
            FAIL_CHECK(file.substr(0, 60), " line ", fault.line, ": ", fault.text);
        for (const auto line : text::detail::divided(file, '\n')) {
            if (!line.starts_with('#')) CHECK_MESSAGE(fold(line) == line, line);
        }
    }
    CHECK_FALSE(Lexicon::shipped().meanings(words("Vad kostar dagis?"), today).empty());
}

TEST_CASE("closeness lies in 0 to 1 and tokens in the question, whatever is asked") {
    const auto lexicon = lexicon_of({"a = b", "a b < c d", "bc ~ e"});
    CHECK(rc::check([&](const std::string& bytes) {
        const auto tokens = words(bytes);
        for (const auto& meaning : lexicon.meanings(tokens, today)) {
            RC_ASSERT(std::ranges::is_sorted(meaning.tokens));
            RC_ASSERT(meaning.tokens.back() < tokens.size());
            for (const auto& wording : meaning.wordings)
                RC_ASSERT(wording.closeness > 0 && wording.closeness <= 1);
        }
    }));
}
