#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "archive/rule.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

// The schedule, the holds and the runs whose traces remain, as rows. All functions work inside the caller's transaction.
namespace kansli::archive::detail {

[[nodiscard]] std::span<const store::Migration> retention_schema();
[[nodiscard]] std::span<const store::TableNote> retention_table_notes();

[[nodiscard]] Result<std::vector<RetentionRule>> load_rules(store::Connection& connection);
// A new rule, or the rule of that id as it is now.
[[nodiscard]] Result<void> store_rule(store::Connection& connection, const RetentionRule& rule);
[[nodiscard]] Result<RetentionRule> load_rule(store::Connection& connection, const RuleId& id);

[[nodiscard]] Result<std::vector<LegalHold>> load_holds(store::Connection& connection);
[[nodiscard]] Result<void> store_hold(store::Connection& connection, const LegalHold& hold);
[[nodiscard]] Result<LegalHold> load_hold(store::Connection& connection, const HoldId& id);

// A run whose traces are to be wiped, with the originals that it may have left without a version.
[[nodiscard]] Result<void> note_traces(store::Connection& connection, std::int64_t run,
                                       const std::set<std::string>& originals);
struct Traces {
    std::vector<std::int64_t> runs{};
    std::set<std::string> originals{};
};
[[nodiscard]] Result<Traces> load_traces(store::Connection& connection);
[[nodiscard]] Result<void> forget_traces(store::Connection& connection,
                                         const std::vector<std::int64_t>& runs);

}  // namespace kansli::archive::detail
