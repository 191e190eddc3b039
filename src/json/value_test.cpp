#include "json/value.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using json::Value;

namespace {

rc::Gen<std::string> any_text() {
    return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 300)),
                        [](const std::vector<int>& letters) {
                            std::string text;
                            for (const int letter : letters) {
                                if (letter < 0x80) {
                                    text += static_cast<char>(letter);
                                } else if (letter < 200) {
                                    text += letter % 2 == 0 ? "å" : "\xF0\x9F\x98\x80";
                                } else {
                                    text += letter % 2 == 0 ? "\xEE\x80\x80" : "é";
                                }
                            }
                            return text;
                        });
}

double any_double() {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    const auto number = std::bit_cast<double>(bits);
    return std::isfinite(number) ? number : 0.5;
}

Value any_value(int depth) {  // NOLINT(misc-no-recursion)
    const int kind = *rc::gen::inRange(0, depth > 0 ? 9 : 7);
    switch (kind) {
        case 0:
            return Value();
        case 1:
            return Value(*rc::gen::arbitrary<bool>());
        case 2:
            return Value(*rc::gen::arbitrary<std::int64_t>());
        case 3:
            return Value(*rc::gen::arbitrary<std::uint64_t>());
        case 4:
            return Value(any_double());
        case 5:
            return Value(*rc::gen::inRange(-9, 9) / 4.0);
        case 6:
            return Value(*any_text());
        default:
            break;
    }
    Value container = kind == 7 ? Value::array() : Value::object();
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        if (kind == 7) {
            container.push_back(any_value(depth - 1));
        } else {
            container[*any_text()] = any_value(depth - 1);
        }
    }
    return container;
}

std::string error_of(std::string_view text) {
    const auto value = json::parse(text);
    return value ? "" : to_line(value.error());
}

}  // namespace

TEST_CASE("what is written is read back the same, in every form") {
    CHECK(rc::check([] {
        const Value value = any_value(3);
        RC_ASSERT(json::parse(json::write(value)).value() == value);
        RC_ASSERT(json::parse(json::pretty(value)).value() == value);
        const auto canonical = json::canonical_of(value);
        RC_ASSERT(json::parse(canonical).value() == value);
        RC_ASSERT(json::canonical(json::pretty(value)).value() == canonical);
    }));
}

TEST_CASE("doubles are written as ECMAScript does: the samples of RFC 8785, appendix B") {
    const std::vector<std::pair<double, std::string>> samples = {
        {0.0, "0"},
        {-0.0, "0"},
        {5e-324, "5e-324"},
        {-1.7976931348623157e308, "-1.7976931348623157e+308"},
        {9007199254740992.0, "9007199254740992"},
        {295147905179352830000.0, "295147905179352830000"},
        {9.999999999999997e22, "9.999999999999997e+22"},
        {1e23, "1e+23"},
        {999999999999999700000.0, "999999999999999700000"},
        {1e21, "1e+21"},
        {0.000001, "0.000001"},
        {9.999999999999997e-7, "9.999999999999997e-7"},
        {333333333.3333332, "333333333.3333332"},
        {-0.0000033333333333333333, "-0.0000033333333333333333"},
        {1424953923781206.2, "1424953923781206.2"},
        {100.0, "100"},
        {0.1, "0.1"},
        {12.5, "12.5"},
    };
    for (const auto& [number, text] : samples)
        CHECK(json::write(Value(number)) == text);
    CHECK(json::write(Value(std::numeric_limits<double>::infinity())) == "null");
}

TEST_CASE("the canonical form is that of RFC 8785, section 3.2") {
    const auto* input = R"({
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    })";
    CHECK(json::canonical(input).value() ==
          "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
          "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    // Section 3.2.3: sorted by UTF-16 code units, so the emoji (D83D) goes before U+FB33.
    CHECK(json::canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
                          "\"\\u00f6\":7}")
              .value() == "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
}

TEST_CASE("text that is no JSON is refused with its place") {
    CHECK(error_of("{\"a\": 1,\n \"b\": x}") == "rad 2, kolumn 7: Texten är inte giltig JSON.");
    CHECK(error_of("") == "rad 1, kolumn 1: Texten tar slut mitt i JSON-värdet.");
    CHECK(error_of("[1, 2").find("Texten tar slut") != std::string::npos);
    CHECK(error_of("1 2").find("Något står kvar") != std::string::npos);
    CHECK(error_of("{\"a\":1,\"b\":2,\"a\":3}").find("\"a\" förekommer två gånger") != std::string::npos);
    CHECK(error_of("{\"\":1,\"\":{}}").find("\"\" förekommer två gånger") != std::string::npos);
    CHECK(error_of("1e400").find("för stort") != std::string::npos);
    CHECK(error_of("123456789012345678901234567890e300").find("för stort") != std::string::npos);
    for (const auto* wrong :
         {"nul", "01", "+1", ".5", "[1,]", "{,}", "'a'", "\"\x01\"", "\"\\x\"", "\"\\ud800\"", "NaN",
          "// c\n1", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\xEF\xBB\xBF{}"}) {
        CAPTURE(wrong);
        CHECK_FALSE(json::parse(wrong).has_value());
    }
    CHECK(json::parse(" \n[1] \n").has_value());
    CHECK(json::parse("1e-400").value() == Value(0.0));
}

TEST_CASE("numbers are exact") {
    CHECK(json::parse("9223372036854775807").value().as_integer() == 9223372036854775807);
    CHECK(json::parse("18446744073709551615").value().as_unsigned() == 18446744073709551615U);
    CHECK(json::write(json::parse("18446744073709551615").value()) == "18446744073709551615");
    CHECK(json::parse("3.0").value().as_integer() == 3);
    CHECK_FALSE(json::parse("3.5").value().as_integer().has_value());
    CHECK_FALSE(json::parse("-1").value().as_unsigned().has_value());
    for (const double whole : {922337203685475840.0, -922337203685475840.0, 0x1p63, -0x1p63, 0x1p64 - 2048}) {
        CAPTURE(whole);
        CHECK(json::parse(json::write(Value(whole))).value() == Value(whole));
    }
    CHECK(json::canonical_of(Value(922337203685475840.0)) == json::canonical_of(Value(922337203685475840)));
    CHECK(json::parse("0.1").value().as_number() == 0.1);
    CHECK(json::parse("2.2250738585072011e-308").value().as_number() == 2.2250738585072011e-308);
}

TEST_CASE("depth and size are limited") {
    const std::string deep = std::string(64, '[') + std::string(64, ']');
    CHECK(json::parse(deep).has_value());
    CHECK(json::parse("[" + deep + "]").error().code == ErrorCode::too_large);
    CHECK(json::parse(std::string(1'000'000, '[')).error().code == ErrorCode::too_large);
    CHECK(json::parse("[1,2]", {.bytes = 4}).error().code == ErrorCode::too_large);
}

TEST_CASE("ill-formed UTF-8 never leaves") {
    CHECK(json::write(Value("a\xFFz\xC3")) == "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"");
    CHECK(rc::check(
        [](const std::string& bytes) { RC_ASSERT(json::parse(json::write(Value(bytes))).has_value()); }));
}

TEST_CASE("garbage is refused without harm, and damage to good text gives a value or an error") {
    CHECK(rc::check([] {
        std::string text = json::pretty(any_value(3));
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
        const auto byte = *rc::gen::arbitrary<char>();
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                text.insert(at, 1, byte);
                break;
            case 1:
                text.resize(at);
                break;
            default:
                text.append(text.substr(at));
                break;
        }
        const auto value = json::parse(text);
        if (value) RC_ASSERT(json::parse(json::write(*value)).value() == *value);
    }));
}

TEST_CASE("values are built and walked") {
    Value value;
    value["hits"].push_back(Value::object())["path"] = "9 kap. 4 §";
    value["a/b"]["~"] = 3;
    CHECK(json::write(value) == R"({"hits":[{"path":"9 kap. 4 §"}],"a/b":{"~":3}})");
    CHECK(*value.at("/hits/0/path")->as_string() == "9 kap. 4 §");
    CHECK(value.at("/a~1b/~0")->as_integer() == 3);
    CHECK(value.at("") == &value);
    CHECK(value.at("/hits/1") == nullptr);
    CHECK(value.at("/hits/x") == nullptr);
    CHECK(value.at("hits") == nullptr);
    CHECK(json::pretty(value["hits"]) == "[\n  {\n    \"path\": \"9 kap. 4 §\"\n  }\n]");
    CHECK(json::pretty(Value::array()) == "[]");
    CHECK(json::parse(R"({"a":1,"b":2})").value() == json::parse(R"({"b":2,"a":1.0})").value());
}
