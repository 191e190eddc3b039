#include "text/quantities.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidcheck.h>

#include "text/detail/numerals.hpp"

using namespace kansli::text;

namespace {

std::string printed(std::string_view text) {
    std::vector<std::string> all;
    for (const auto& quantity : quantities(text))
        all.push_back(print(quantity));
    return fmt::format("{}", fmt::join(all, " | "));
}

// A number in words, as one writes it together.
std::string spelled_out(std::int64_t number) {
    constexpr auto small = std::to_array<std::string_view>(
        {"noll", "ett",  "två",  "tre",     "fyra",    "fem",    "sex",    "sju",     "åtta",  "nio",
         "tio",  "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"});
    constexpr auto tens = std::to_array<std::string_view>(
        {"tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"});
    const auto with = [](std::int64_t many, std::string_view unit, std::int64_t rest) {
        return spelled_out(many) + std::string(unit) + (rest > 0 ? spelled_out(rest) : "");
    };
    if (number >= 1000) return with(number / 1000, "tusen", number % 1000);
    if (number >= 100) return with(number / 100, "hundra", number % 100);
    if (number < 20) return std::string(small[static_cast<std::size_t>(number)]);
    const auto rest = number % 10;
    return std::string(tens[static_cast<std::size_t>(number / 10 - 2)]) + (rest > 0 ? spelled_out(rest) : "");
}

rc::Gen<Quantity> any_quantity() {
    return rc::gen::exec([] {
        Quantity quantity;
        quantity.unit = static_cast<Unit>(*rc::gen::inRange(0, static_cast<int>(Unit::date) + 1));
        if (quantity.unit != Unit::date) {
            quantity.value = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
            return quantity;
        }
        quantity.value = *rc::gen::inRange<std::int64_t>(1000, 10'000) * 10'000 +
                         *rc::gen::inRange<std::int64_t>(1, 13) * 100 +
                         *rc::gen::inRange<std::int64_t>(1, 29);
        return quantity;
    });
}

}  // namespace

TEST_CASE("a quantity is the same however it is written") {
    for (const auto* text : {"30 kvm", "30kvm", "30 m²", "30m²", "30 m2", "30 kvadratmeter",
                             "trettio kvadrat", "trettio kvadratmeter", "30,0 kvm"}) {
        CAPTURE(text);
        CHECK(printed(text) == "30 m²");
    }
    for (const auto* text : {"femtusen kronor", "5 000 kr", "5000 kr", "5.000 kronor", "5 tusen kronor",
                             "fem tusen kronor", "5 tkr", "5000:-", "5\u00A0000\u00A0kr"}) {
        CAPTURE(text);
        CHECK(printed(text) == "5000 kr");
    }
    for (const auto* text :
         {"1 december 2025", "den 1 december 2025", "2025-12-01", "1/12 2025", "1/12-2025", "1 dec. 2025"}) {
        CAPTURE(text);
        CHECK(printed(text) == "2025-12-01");
    }
    CHECK(printed("två veckor") == "2 veckor");
    CHECK(printed("en vecka") == "1 veckor");
    CHECK(printed("25 procent, 25 % och 25%") == "25 % | 25 % | 25 %");
    CHECK(printed("1,8 meter") == "1,8 m");
    CHECK(printed("1,5 miljoner kronor") == "1500000 kr");
    CHECK(printed("etthundratjugofem dagar") == "125 dagar");
    CHECK(printed("högst 1 320 000 kronor") == "1320000 kr");
}

TEST_CASE("units are not converted") {
    CHECK_FALSE(quantities("två veckor")[0].same_as(quantities("14 dagar")[0]));
    CHECK_FALSE(quantities("100 cm")[0].same_as(quantities("1 m")[0]));
    CHECK(quantities("tre månader")[0].same_as(quantities("inom 3 månader")[0]));
}

TEST_CASE("what is no quantity is none") {
    for (const auto* text : {"9 kap. 4 §", "§ 4", "en altan", "ett hus", "en min", "2010:900", "8a",
                             "1 december", "1/12", "hundratals", "", "10.20.30"}) {
        CAPTURE(text);
        CHECK(printed(text) == "");
    }
    CHECK(printed("28 elever och tjugoåtta lärare") == "28 | 28");
    CHECK(printed("2025 100 kr") == "2025 | 100 kr");
    CHECK(printed("31 februari 2025") == "31 | 2025");
}

TEST_CASE("a quantity knows where it stands") {
    const std::string text = "Får jag bygga trettio kvadrat stort?";
    const auto found = quantities(text);
    REQUIRE(found.size() == 1);
    CHECK(text.substr(found[0].start, found[0].end - found[0].start) == "trettio kvadrat");
}

TEST_CASE("what print writes is read as the same") {
    CHECK(rc::check("one quantity, from the first byte to the last", [] {
        const auto quantity = *any_quantity();
        const auto text = print(quantity);
        RC_LOG() << text << "\n";
        const auto read = quantities(text);
        RC_ASSERT(read.size() == 1);
        RC_ASSERT(read[0].same_as(quantity));
        RC_ASSERT(read[0].start == 0);
        RC_ASSERT(read[0].end == text.size());
    }));
    CHECK(rc::check("numbers in words", [] {
        const auto number = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
        RC_ASSERT(detail::numeral(spelled_out(number)) == number);
    }));
}

TEST_CASE("quantities lie in order, whatever the bytes") {
    const auto holds = [](const std::string& text) {
        std::size_t covered = 0;
        for (const auto& quantity : quantities(text)) {
            RC_ASSERT(quantity.start >= covered);
            RC_ASSERT(quantity.end > quantity.start);
            RC_ASSERT(quantity.end <= text.size());
            covered = quantity.end;
        }
    };
    CHECK(rc::check("bytes", holds));
    CHECK(rc::check("pieces of quantities", [&] {
        const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
            std::vector<std::string>{"1", "320", "000", "2025",         " ",        "\u00A0",   "\n",
                                     "-", "/",   "12",  "01",           "m",        "²",        "kr",
                                     "%", ",",   ".",   "tusen",        "miljoner", "december", "en",
                                     "§", "kap", "kvm", "999999999999", ":-"}));
        holds(fmt::format("{}", fmt::join(pieces, "")));
    }));
}
