#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kansli::store {

enum class Personal : std::uint8_t {
    none,      // tells nothing of people
    searched,  // every row is looked through
    through,   // its rows are told together with another's
};

// What a table holds about people, declared beside its schema: a register extract (GDPR art. 15) goes through them. A test
// requires a note of every table there is.
struct TableNote {
    std::string_view table;
    Personal personal = Personal::none;
    // In Swedish. What a row is to the person it tells of; why there is nothing, or with what it is told.
    std::string_view about;
    // Of a table that is searched, SQL with the columns id, moment, owner, text: an id, when it was written (may be empty), the id of the
    // person whose it is (may be empty), and all that it says.
    std::string_view rows;

    [[nodiscard]] static constexpr TableNote nothing(std::string_view table, std::string_view why) {
        return {table, Personal::none, why, {}};
    }
    [[nodiscard]] static constexpr TableNote told_with(std::string_view table, std::string_view with) {
        return {table, Personal::through, with, {}};
    }
    [[nodiscard]] static constexpr TableNote searched(std::string_view table, std::string_view about,
                                                      std::string_view rows) {
        return {table, Personal::searched, about, rows};
    }
};

// Of the tables that this room keeps for itself.
[[nodiscard]] std::span<const TableNote> own_table_notes();

}  // namespace kansli::store
