#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/protection.hpp"
#include "json/value.hpp"
#include "store/database.hpp"

// What is set for collections, in the tables.
namespace kansli::documents::detail {

// The columns that read_settings() reads, all NULL where nothing is set: `k` is documents_collection.
inline constexpr std::string_view collection_columns = "k.owner, k.access, k.class, k.secrecy";
inline constexpr int collection_column_count = 4;
[[nodiscard]] CollectionSettings read_settings(const store::Statement& row, int first_column,
                                               std::string_view name);

// Those that have been set.
[[nodiscard]] Result<std::map<std::string, CollectionSettings>> load_collections(
    store::Connection& connection);
// Nothing set: as a collection is until somebody sets something.
[[nodiscard]] Result<CollectionSettings> load_collection(store::Connection& connection,
                                                         std::string_view name);
[[nodiscard]] Result<void> store_collection(store::Connection& connection, const CollectionSettings& settings,
                                            Timestamp moment);

[[nodiscard]] json::Value to_json(const CollectionSettings& settings);

// Every entry of a list is a name: text on one line.
[[nodiscard]] Result<void> check_access_list(const access::AccessList& list);

// A name for the command line and for addresses: 1–64 bytes, printable, no slash.
[[nodiscard]] Result<void> check_collection_name(std::string_view name);

// A title that somebody has typed: no sign in it lets it be shown as another.
[[nodiscard]] Result<void> check_title(std::string_view title);

}  // namespace kansli::documents::detail
