#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "archive/plan.hpp"
#include "archive/rule.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::archive {

// Who removes, by which decision, when.
struct RemovalOrder {
    const access::Caller& caller;
    const RetentionRule& rule;
    Timestamp moment{};
};

// A stock of things as retention sees it: what there is, and how one of them is taken away. A room whose things are to follow the
// schedule gets a holding and a value of Stock. All functions work inside the caller's transaction.
class Holding {
  public:
    virtual ~Holding() = default;
    [[nodiscard]] virtual Stock stock() const = 0;
    // Everything that there is, the oldest first, with the holds that each thing's text comes under.
    [[nodiscard]] virtual Result<std::vector<Item>> items(store::Connection& connection,
                                                          const std::vector<LegalHold>& holds) = 0;
    [[nodiscard]] virtual Result<void> remove(store::Connection& connection, const PlannedRemoval& removal,
                                              const RemovalOrder& order) = 0;
};

// One of each stock. `record` outlives them.
[[nodiscard]] std::vector<std::unique_ptr<Holding>> all_holdings(record::Record& record);

// Kinds of entries that tell what has been removed, by which decision: they stay as long as the record.
[[nodiscard]] bool tells_of_removal(std::string_view kind);

}  // namespace kansli::archive
