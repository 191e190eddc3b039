#include "json/binder.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "core/id.hpp"
#include "json/schema.hpp"

namespace made_up {

using CaseId = kansli::Id<struct CaseTag>;

enum class Colour : std::uint8_t { red, dark_green, default_ };
KANSLI_DESCRIBE_ENUM(Colour, red, dark_green, default_)

struct Case {
    struct Tag {
        std::string name{};
        int vikt = 0;
        friend bool operator==(const Tag&, const Tag&) = default;
    };
    CaseId id{};
    std::vector<Tag> taggar{};
    std::optional<double> share{};
    std::map<std::string, Colour> colours{};
    kansli::Date day{};
    kansli::Timestamp moment{};
    std::uint8_t small = 0;
    bool class_ = false;
    friend bool operator==(const Case&, const Case&) = default;
};
KANSLI_DESCRIBE(Case::Tag, name, vikt)
KANSLI_DESCRIBE(Case, id, taggar, share, colours, day, moment, small, class_)

struct Settings {
    int port = 8480;
    std::string name = "Kansli";
    std::vector<std::int64_t> numbers{};
    std::optional<Colour> colour{};
    std::optional<Case::Tag> tag{};
};
KANSLI_DESCRIBE(Settings, port, name, numbers, colour, tag)

// A tree, to see that types may contain themselves.
struct Node {
    std::string text{};
    std::vector<Node> below{};
};
KANSLI_DESCRIBE(Node, text, below)

struct Nothing {};
KANSLI_DESCRIBE(Nothing)

struct Mixed {
    kansli::json::Value anything{};
    std::vector<bool> flags{};
    std::int16_t low = 0;
    std::uint64_t high = 0;
};
KANSLI_DESCRIBE(Mixed, anything, flags, low, high)

namespace inner {
struct Node {
    std::optional<int> number{};
};
KANSLI_DESCRIBE(Node, number)
}  // namespace inner

}  // namespace made_up

using namespace kansli;
using made_up::Case;
using made_up::Colour;
using made_up::Settings;

namespace {

std::string ask(std::string_view text) {
    const auto value = json::read<Case>(text);
    return value ? "" : to_line(value.error());
}

const std::string good =
    R"({"id":"a1","taggar":[{"name":"väg","vikt":3}],"share":null,"colours":{"x":"dark_green"},"day":"2026-01-31",)"
    R"("moment":"2026-01-31T08:30:00.000Z","small":7,"class":true})";

std::string replaced(std::string_view from, std::string_view to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a struct is written in the order of its description and read back") {
    const auto value = json::read<Case>(good).value();
    CHECK(value.id.str() == "a1");
    CHECK(value.taggar == std::vector<Case::Tag>{{"väg", 3}});
    CHECK(value.colours.at("x") == Colour::dark_green);
    CHECK(to_string(value.day) == "2026-01-31");
    CHECK(value.class_);
    CHECK(json::write(value) == good);
    CHECK(json::write_canonical(value).value() == json::canonical(good).value());
}

TEST_CASE("every struct is read back as it was") {
    CHECK(rc::check([](const std::vector<std::pair<std::string, int>>& tags, std::uint8_t small, bool flag) {
        Case value;
        value.id = made_up::CaseId("id");
        value.day = parse_date("2024-02-29").value();
        value.small = small;
        value.class_ = flag;
        if (flag) value.share = static_cast<double>(small) / 7.0;
        for (const auto& [name, weight] : tags) {
            // Only well-formed text comes back as it was.
            const auto clean = *json::parse(json::write(json::Value(name))).value().as_string();
            value.taggar.push_back({clean, weight});
            value.colours[clean] = weight % 2 == 0 ? Colour::red : Colour::default_;
        }
        RC_ASSERT(json::read<Case>(json::write(value)).value() == value);
    }));
}

TEST_CASE("what does not fit is told with the pointer of the field") {
    CHECK(ask(replaced("\"vikt\":3", "\"vikt\":\"3\"")) == "/taggar/0/vikt: Ska vara ett heltal.");
    CHECK(ask(replaced("\"vikt\":3", "\"vikt\":3.5")) == "/taggar/0/vikt: Ska vara ett heltal.");
    CHECK(ask(replaced("\"vikt\":3", "\"vikt\":3000000000")) ==
          "/taggar/0/vikt: Ska vara ett heltal från -2147483648 till 2147483647.");
    CHECK(ask(replaced(":7", ":256")) == "/small: Ska vara ett heltal från 0 till 255.");
    CHECK(ask(replaced(":7", ":-1")) == "/small: Ska vara ett heltal från 0 till 255.");
    CHECK(ask(replaced("\"id\":\"a1\",", "")) == "/id: Saknas.");
    CHECK(ask(replaced("\"a1\"", "1")) == "/id: Ska vara en text.");
    CHECK(ask(replaced("dark_green", "blue")) == "/colours/x: Ska vara något av: red, dark_green, default.");
    CHECK(ask(replaced("\"x\":\"dark", "\"a/b~c\":\"x")).starts_with("/colours/a~1b~0c: "));
    CHECK(
        ask(replaced("2026-01-31\"", "2026-02-31\"")).starts_with("/day: \"2026-02-31\" är inte ett datum."));
    CHECK(ask(replaced("true", "1")) == "/class: Ska vara true eller false.");
    CHECK(ask(replaced("null", "\"1\"")) == "/share: Ska vara ett tal.");
    CHECK(ask(replaced("[{\"name\":\"väg\",\"vikt\":3}]", "{}")) == "/taggar: Ska vara en lista.");
    CHECK(ask(replaced("{\"x\":\"dark_green\"}", "[]")) == "/colours: Ska vara ett objekt.");
    CHECK(ask(replaced("\"vikt\":3", "\"vikt\":3,\"wikt\":4")) ==
          "/taggar/0/wikt: Fältet är okänt. Kända fält: name, vikt.");
    CHECK(ask("[]") == "Ska vara ett objekt.");
    CHECK(ask("{").starts_with("rad 1, kolumn 2: Texten tar slut"));
}

TEST_CASE("optional, lists and maps may be absent; other members only when asked for") {
    const auto value = json::read<Case>(
        R"({"id":"a","day":"2026-01-31","moment":"2026-01-31T08:30:00.000Z","small":0,"class":false})");
    REQUIRE(value.has_value());
    CHECK(value->taggar.empty());
    CHECK_FALSE(value->share.has_value());

    CHECK(json::read<Settings>("{}").error().where == "/port");
    const json::ReadOptions defaults{.absent = json::ReadOptions::Absent::keep_default};
    CHECK(json::read<Settings>("{}", defaults).value().port == 8480);
    CHECK(json::read<Settings>(R"({"name":"B"})", defaults).value().name == "B");
    const json::ReadOptions lenient{.unknown = json::ReadOptions::Unknown::ignore,
                                    .absent = json::ReadOptions::Absent::keep_default};
    CHECK(json::read<Settings>(R"({"colour":"red","other":1})", lenient).value().colour == Colour::red);
    CHECK(json::read<Settings>(R"({"other":1})", defaults).error().where == "/other");
}

TEST_CASE("texts and lists may have a limit, and a name is told by its beginning") {
    using Texts = std::vector<std::string>;
    const json::ReadOptions options{.longest_text = 3, .most_elements = 2};
    CHECK(json::read<Texts>(R"(["abc","d"])", options).has_value());
    CHECK(json::read<Texts>(R"(["a","abcd"])", options).error().where == "/1");
    CHECK(json::read<Texts>(R"(["a","b","c"])", options).error().code == ErrorCode::invalid_input);
    const std::string name(10'000, 'n');
    CHECK(to_line(json::read<Settings>("{\"" + name + "\":1,\"port\":1}").error()).size() < 400);
    CHECK(to_line(json::parse("{\"" + name + "\":1,\"" + name + "\":2}").error()).size() < 400);
}

TEST_CASE("types of every sort are bound") {
    const auto mixed = json::read<made_up::Mixed>(
        R"({"anything":{"a":[1]},"flags":[true,false],"low":-32768,"high":18446744073709551615})");
    REQUIRE(mixed.has_value());
    CHECK(mixed->anything.at("/a/0")->as_integer() == 1);
    CHECK(json::write(*mixed) ==
          R"({"anything":{"a":[1]},"flags":[true,false],"low":-32768,"high":18446744073709551615})");
    CHECK(json::write(made_up::Nothing{}) == "{}");
    CHECK(json::read<std::vector<int>>("[1,2]").value() == std::vector<int>{1, 2});
    CHECK(json::read<std::vector<int>>("[1,true]").error().where == "/1");
    const auto tree = json::read<made_up::Node>(R"({"text":"a","below":[{"text":"b"}]})");
    CHECK(tree.value().below.at(0).text == "b");
    std::string deep = R"({"text":"a"})";
    for (int i = 0; i < 40; ++i)
        deep = R"({"text":"a","below":[)" + deep + "]}";
    CHECK(json::read<made_up::Node>(deep).error().code == ErrorCode::too_large);
}

TEST_CASE("names of enum values") {
    CHECK(json::enum_name(Colour::dark_green) == "dark_green");
    CHECK(json::enum_value<Colour>("default") == Colour::default_);
    CHECK_FALSE(json::enum_value<Colour>("Dark_Green").has_value());
    CHECK(json::enum_name(static_cast<Colour>(77)).empty());
}

TEST_CASE("schemas follow the types, with shared components") {
    json::Schemas schemas;
    json::Value all;
    all["case"] = schemas.of<Case>(json::Direction::write);
    all["case_read"] = schemas.of<Case>(json::Direction::read);
    all["settings"] = schemas.of<Settings>(json::Direction::read);
    all["tree"] = schemas.of<made_up::Node>(json::Direction::write);
    all["other_node"] = schemas.of<made_up::inner::Node>(json::Direction::write);
    all["mixed"] = schemas.of<made_up::Mixed>(json::Direction::read);
    all["list"] = schemas.of<std::vector<std::optional<Colour>>>(json::Direction::read);
    all["components"] = schemas.components();
    const auto expected = read_file(KANSLI_SOURCE_DIR "/tests/golden/json/schemas.json").value();
    CHECK(json::pretty(all) + "\n" == expected);
}
