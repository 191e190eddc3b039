#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "record/checkpoint.hpp"
#include "record/detail/chain.hpp"
#include "record/record.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

// The tables of the record, and their rows.
namespace kansli::record::detail {

// The schema, a step a format.
[[nodiscard]] std::span<const store::Migration> migrations();
[[nodiscard]] std::span<const store::TableNote> table_notes();

// SELECT and the columns that row_of() reads; WHERE and ORDER follow.
inline constexpr std::string_view columns =
    "SELECT number, format, moment, actor, kind, subject, salt, content, content_hash, previous, hash FROM "
    "record ";
// The same from a database whose record is older than formats.
inline constexpr std::string_view columns_before_formats =
    "SELECT number, 1, moment, actor, kind, subject, NULL, content, NULL, previous, hash FROM record ";

[[nodiscard]] Row row_of(const store::Statement& statement);
// corrupt when the moment is none.
[[nodiscard]] Result<Entry> entry_of(const store::Statement& statement);

// The views of an entry; `moment` is the entry's, written out, and lives as long as they.
[[nodiscard]] Row row_of(const Entry& entry, std::string_view moment);

// The last link, which stands apart from the entries so that removing the last of them shows.
struct Head {
    std::int64_t number = 0;
    std::string hash{};
};
[[nodiscard]] Result<Head> load_head(store::Connection& connection);

// Of all checkpoints, in order; of those from `from` on.
[[nodiscard]] Result<std::vector<Checkpoint>> load_checkpoints(store::Connection& connection,
                                                               std::int64_t from = 0);
[[nodiscard]] Result<std::optional<Checkpoint>> last_checkpoint(store::Connection& connection);
// The checkpoint that covers an entry: the first whose number is not below.
[[nodiscard]] Result<std::optional<Checkpoint>> checkpoint_over(store::Connection& connection,
                                                                std::int64_t number);
[[nodiscard]] Result<void> store_checkpoint(store::Connection& connection, const Checkpoint& checkpoint);

// Whether the database has a table, and whether its record has formats: a copy may be of an older version.
[[nodiscard]] Result<bool> has_table(store::Connection& connection, std::string_view name);
[[nodiscard]] Result<bool> has_formats(store::Connection& connection);

}  // namespace kansli::record::detail
