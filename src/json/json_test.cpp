#include <doctest/doctest.h>

#include "json/binder.hpp"

namespace made_up {
enum class Colour : std::uint8_t { red, dark_green, default_ };
KANSLI_DESCRIBE_ENUM(Colour, red, dark_green, default_)
struct Outer {
    struct Tag {
        std::string name{};
        int weight = 0;
    };
    kansli::Id<struct OuterTag> id{};
    std::vector<Tag> tags{};
    std::optional<double> share{};
    std::map<std::string, Colour> colours{};
    kansli::Date day{};
    kansli::Timestamp moment{};
    std::uint8_t small = 0;
    bool class_ = false;
    kansli::json::Value anything{};
};
KANSLI_DESCRIBE(Outer::Tag, name, weight)
KANSLI_DESCRIBE(Outer, id, tags, share, colours, day, moment, small, class_, anything)
}  // namespace made_up

TEST_CASE("smoke") {
    made_up::Outer o;
    o.day = kansli::parse_date("2026-01-31").value();
    o.tags.push_back({"a", 3});
    o.colours["x"] = made_up::Colour::default_;
    const auto text = kansli::json::write(o);
    MESSAGE(text);
    auto back = kansli::json::read<made_up::Outer>(text);
    if (!back) MESSAGE(kansli::to_line(back.error()));
    REQUIRE(back.has_value());
    CHECK(kansli::json::write(*back) == text);
}
