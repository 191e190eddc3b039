#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "json/describe.hpp"

namespace kansli::access {

using UserId = Id<struct UserTag>;

// What a person may do. Each role includes the ones above it.
enum class Role : std::uint8_t {
    reader,         // ask, search and read
    editor,         // also bring documents in and describe them
    administrator,  // also people, sources, settings
};
KANSLI_DESCRIBE_ENUM(Role, reader, editor, administrator)

// How sensitive a text is, after the confidentiality levels of SKR's KLASSA. The order is the order of
// caution.
enum class InformationClass : std::uint8_t { open, internal, confidential, secret };
KANSLI_DESCRIBE_ENUM(InformationClass, open, internal, confidential, secret)

// The groups that may read something. Empty: every signed-in person.
using AccessList = std::vector<std::string>;

// Who asks. Passed by value to everything that reads or writes on somebody's behalf; there is no ambient
// user.
struct Caller {
    UserId id{};
    std::string name{};
    Role role = Role::reader;
    std::vector<std::string> groups{};

    friend bool operator==(const Caller&, const Caller&) = default;
};

// Whoever holds the data folder itself: the command line and the program's own jobs.
[[nodiscard]] Caller keeper();

// True when the list is open to all, when a group is shared, and for administrators.
[[nodiscard]] bool may_read(const Caller& caller, const AccessList& list);

}  // namespace kansli::access
