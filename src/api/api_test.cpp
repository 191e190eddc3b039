#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "api/calls.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "json/value.hpp"

using namespace kansli;
using namespace kansli::api;

TEST_CASE("an error becomes a problem with its status, its place and its cure") {
    const auto response =
        problem({ErrorCode::not_found, "Dokumentet finns inte.", "abc", "Sök igen."}, "0a1b");
    CHECK(response.status == 404);
    const auto body = json::parse(std::get<std::string>(response.body)).value();
    CHECK(*body.find("detail")->as_string() == "Dokumentet finns inte.");
    CHECK(*body.find("where")->as_string() == "abc");
    CHECK(*body.find("advice")->as_string() == "Sök igen.");
    CHECK(*body.find("code")->as_string() == "not_found");
    CHECK(*body.find("request")->as_string() == "0a1b");
    CHECK(problem({ErrorCode::busy, "Upptaget.", "", ""}, "").status == 429);
}

TEST_CASE("every code has a status of its own kind") {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        CHECK(status_of(static_cast<ErrorCode>(code)) >= 400);
    }
}

namespace {

// What machines ask that watch over the server.
const std::set<std::string> watching{"getHealth", "getReadiness", "getMetrics"};
// What a browser asks before it is known whose it is.
const std::set<std::string> entering{"signIn", "signInWithPassword", "getSignInWays", "startOpenId",
                                     "finishOpenId"};

}  // namespace

TEST_CASE("the description names every route with its right, and each operation once") {
    const auto table = all_routes();
    const auto description = json::parse(openapi(table)).value();
    std::set<std::string> ids;
    for (const auto& route : table.routes()) {
        CHECK(ids.insert(route.operation.id).second);
        CHECK(description.find("paths")->find(route.operation.path) != nullptr);
        const bool in_api =
            route.operation.path.starts_with("/api/") ||
            (route.operation.path.starts_with("/scim/v2/") && route.operation.right == Right::provision);
        CHECK(in_api != watching.contains(route.operation.id));
    }
    CHECK(ids.size() > 25);
}

TEST_CASE("only signing in and watching is open to anyone") {
    const auto table = all_routes();
    for (const auto& route : table.routes()) {
        const bool open = entering.contains(route.operation.id) || watching.contains(route.operation.id);
        CHECK((route.operation.right == Right::anyone) == open);
    }
}

TEST_CASE("a parameter that an operation does not know is refused by name, with those that it knows") {
    const auto table = all_routes();
    const auto operation = [&](const std::string& id) {
        return std::ranges::find(table.routes(), id, [](const Route& route) { return route.operation.id; })
            ->operation;
    };
    const auto asked = [](const std::string& name) {
        http::Request request;
        request.query = {{name, "bygglov"}};
        return request;
    };
    CHECK(check_query(operation("search"), asked("words")).has_value());
    const auto refused = check_query(operation("search"), asked("q"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::invalid_input);
    CHECK(refused.error().where == "q");
    CHECK(refused.error().advice.find("words, collection") != std::string::npos);
    const auto none_known = check_query(operation("listOwnProposals"), asked("kind"));
    REQUIRE_FALSE(none_known.has_value());
    CHECK(none_known.error().advice == "Den här adressen tar inga parametrar.");
    // What other systems and watchers send is theirs to choose.
    CHECK(check_query(operation("finishOpenId"), asked("session_state")).has_value());
    CHECK(check_query(operation("getHealth"), asked("x")).has_value());
}

TEST_CASE("numbers are whole, within their limits, and named when wrong") {
    CHECK(whole_number("12", "limit", 1, 100) == 12);
    for (const auto* wrong : {"", "0", "101", "1.5", "-1", "12x", "99999999999999999999"}) {
        CHECK(whole_number(wrong, "limit", 1, 100).error().where == "limit");
    }
}
