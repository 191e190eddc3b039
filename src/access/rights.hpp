#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "json/describe.hpp"

namespace kansli::access {

// What a person is in the house. A person can hold several; none includes another but for reading.
enum class Role : std::uint8_t {
    reader,                   // ask, search and read
    editor,                   // bring documents in and describe them
    reviewer,                 // decide on proposals, of the kinds named for the person
    administrator,            // people, sources, settings
    auditor,                  // the record and the measures
    data_protection_officer,  // register extracts, restriction, retention, release
    service,                  // another program, with an API key: nothing but what the key's scope names
};
KANSLI_DESCRIBE_ENUM(Role, reader, editor, reviewer, administrator, auditor, data_protection_officer, service)

// What a route or an operation asks for.
enum class Right : std::uint8_t {
    anyone,      // nobody need be signed in
    account,     // one's own sign-in: password, sessions, keys; never within the scope of a key
    read,        // ask, search, read
    edit,        // import and describe documents
    review,      // see the desk; each kind is asked for apart, with may_review()
    administer,  // people, departments, sources, settings
    measure,     // see the measures, which never tell of one person
    audit,       // read the record
    protect,     // retention, release, register extracts
    provision,   // keep people and groups as another program says (SCIM)
};
KANSLI_DESCRIBE_ENUM(Right, anyone, account, read, edit, review, administer, measure, audit, protect,
                     provision)

// A set of rights.
class Rights {
  public:
    constexpr Rights() = default;
    constexpr Rights(std::initializer_list<Right> rights) {
        for (const Right right : rights)
            bits_ |= bit(right);
    }

    [[nodiscard]] constexpr bool has(Right right) const {
        return right == Right::anyone || (bits_ & bit(right)) != 0;
    }
    constexpr Rights& operator|=(Rights other) {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr bool operator==(Rights, Rights) = default;

  private:
    static constexpr std::uint32_t bit(Right right) { return 1U << static_cast<unsigned>(right); }
    std::uint32_t bits_ = 0;
};

// The one table of what each role may do.
[[nodiscard]] constexpr Rights rights_of(Role role) {
    switch (role) {
        case Role::reader:
            return {Right::account, Right::read};
        case Role::editor:
            return {Right::account, Right::read, Right::edit};
        case Role::reviewer:
            return {Right::account, Right::read, Right::review};
        case Role::administrator:
            return {Right::account, Right::read, Right::edit, Right::administer, Right::measure};
        case Role::auditor:
            return {Right::account, Right::measure, Right::audit};
        case Role::data_protection_officer:
            return {Right::account, Right::measure, Right::audit, Right::protect};
        case Role::service:
            return {Right::read, Right::edit, Right::provision};
    }
    return {};
}
[[nodiscard]] Rights rights_of(std::span<const Role> roles);

}  // namespace kansli::access
