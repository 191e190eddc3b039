#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "access/api_keys.hpp"
#include "access/attempts.hpp"
#include "access/credentials.hpp"
#include "access/organisation.hpp"
#include "access/people.hpp"
#include "access/secret_box.hpp"
#include "access/sessions.hpp"
#include "access/sign_in.hpp"
#include "core/file.hpp"

// Everything of this room on a real database, with a clock that the test sets.
namespace kansli::access {

// The least work that Argon2id allows: the tests are not about its strength.
inline constexpr PasswordCost cheap{.passes = 1, .bytes = 8192};

struct TestHouse {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    Timestamp moment = parse_timestamp("2026-06-01T08:00:00.000Z").value();
    Clock clock = [this] { return moment; };
    People people{*database, clock};
    Organisation organisation{*database};
    Attempts attempts{clock};
    SecretBox box{folder.path()};
    Credentials credentials{*database, attempts, box, clock, cheap};
    SignIn sign_in{*database, attempts, box, clock, cheap};
    Sessions sessions{*database, clock};
    ApiKeys keys{*database, clock};

    TestHouse() { REQUIRE(database->migrate({People::migrations()}).has_value()); }

    User add(const std::string& name, Role role = Role::reader) {
        return people.create_user({.name = name, .roles = {role}}).value();
    }
    std::string link_to(const User& user) { return credentials.issue_link(user.id).value().token; }
    SignedIn enter(const User& user, const Visit& visit = {}) {
        return sign_in.with_link(link_to(user), visit).value();
    }
    ErrorCode link_error(const std::string& token, const Visit& visit = {}) {
        const auto outcome = sign_in.with_link(token, visit);
        REQUIRE_FALSE(outcome.has_value());
        return outcome.error().code;
    }
};

}  // namespace kansli::access
