#include "api/scim.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "api/scim_filter.hpp"
#include "api/scim_patch.hpp"

using namespace kansli;
using namespace kansli::api::scim;

TEST_CASE("filters are comparisons joined by and") {
    CHECK(parse_filter("userName eq \"a b\"").value() == std::vector<Condition>{{"username", "a b"}});
    CHECK(parse_filter(" USERNAME  EQ \"\\u00e5\" and active eq True ").value() ==
          std::vector<Condition>{{"username", "å"}, {"active", "true"}});
    CHECK(parse_filter("urn:ietf:params:scim:schemas:core:2.0:User:emails.value eq \"x\"").value() ==
          std::vector<Condition>{{"emails.value", "x"}});
    CHECK(parse_filter("emails[type eq \"work\"].value eq \"x\"").value() ==
          std::vector<Condition>{{"emails.value", "x"}});
    for (const auto* text :
         {"", " ", "a", "a eq", "a eq b", "a eq \"", "a eq \"\\\"", "a co \"b\"", "a eq \"b\" or c eq \"d\"",
          "a eq \"b\" and", "not (a eq \"b\")", "(a eq \"b\")", "a[b eq \"c\"", "a eq 1", "a eq \"b\" x",
          "a[b[c eq \"d\"] eq \"e\"].f eq \"g\""}) {
        CAPTURE(text);
        const auto outcome = parse_filter(text);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().where == in_filter);
    }
}

TEST_CASE("paths name an attribute and what is chosen of it") {
    CHECK(parse_path("members").value() == AttributePath{"members", {}});
    CHECK(parse_path("members[value eq \"1\"]").value() == AttributePath{"members", {{"value", "1"}}});
    CHECK(parse_path("emails[type eq \"work\" and primary eq true].value").value() ==
          AttributePath{"emails.value", {{"type", "work"}, {"primary", "true"}}});
    CHECK(parse_path("urn:ietf:params:scim:schemas:core:2.0:User:name.formatted")->attribute ==
          "name.formatted");
    // Another schema's attribute is not taken for one of ours.
    CHECK(parse_path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:userName")->attribute !=
          "username");
    for (const auto* text : {"", "[", "a[", "a[]", "a[b]", "a]", "a b", "a[b eq \"c\"]d"}) {
        CAPTURE(text);
        const auto outcome = parse_path(text);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().where == in_path);
    }
}

TEST_CASE("an error tells its kind as SCIM calls it") {
    const auto body_of_refusal = [](const Error& error) {
        return json::parse(std::get<std::string>(refusal(error, "").body)).value();
    };
    const auto taken = body_of_refusal({ErrorCode::conflict, "Upptaget.", "user_name", "Välj ett annat."});
    CHECK(*taken.find("scimType")->as_string() == "uniqueness");
    CHECK(*taken.find("status")->as_string() == "409");
    CHECK(*taken.find("detail")->as_string() == "Upptaget. Välj ett annat.");
    CHECK(body_of_refusal({ErrorCode::not_found, "Nej.", "1", ""}).find("scimType") == nullptr);
}
