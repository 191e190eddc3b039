#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "store/database.hpp"

// Marks on things for the sake of a person that they are about (GDPR art. 16 and 18): that a thing's processing is restricted, and that
// it has been corrected. A thing is named by its id: a document's, a version's, a proposal's, or thing_of_entry(). The mark says which entry
// of the record tells why; all functions work inside the caller's transaction, which writes that entry too.
// The rooms that show things ask here whether they may: a restricted thing is shown to nobody on any ordinary path.
namespace kansli::record {

// "entry:17".
[[nodiscard]] std::string thing_of_entry(std::int64_t number);

struct RestrictionMark {
    std::int64_t entry = 0;
    std::string thing{};
    std::optional<std::int64_t> lifted{};  // the entry that lifted it
};

// conflict when the thing is restricted already.
[[nodiscard]] Result<void> restrict_thing(store::Connection& connection, std::string_view thing,
                                          std::int64_t entry);
// not_found when no restriction of that entry is in force.
[[nodiscard]] Result<void> lift_restriction(store::Connection& connection, std::int64_t restriction,
                                            std::int64_t entry);
[[nodiscard]] Result<bool> is_restricted(store::Connection& connection, std::string_view thing);
[[nodiscard]] Result<std::set<std::string, std::less<>>> restricted_things(store::Connection& connection);
// Newest first, also those that were lifted.
[[nodiscard]] Result<std::vector<RestrictionMark>> restrictions(store::Connection& connection);

[[nodiscard]] Result<void> mark_corrected(store::Connection& connection, std::string_view thing,
                                          std::int64_t entry);
// The entries that correct a thing, in order.
[[nodiscard]] Result<std::vector<std::int64_t>> corrections_of(store::Connection& connection,
                                                               std::string_view thing);

}  // namespace kansli::record
