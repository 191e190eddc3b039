#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/rule.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

// The engine of the retention schedule: rules × holds × things × today. No clock, no store.
namespace kansli::archive {

// What becomes of a thing, and why.
enum class Outcome : std::uint8_t {
    goes,           // its time is out
    no_rule,        // nobody has decided, so it is kept
    kept_for_ever,  // so decided
    not_happened,   // what the time is counted from has not happened
    not_yet,        // its time is not out
    log_floor,      // it is out, but a log is kept for six months
    held,           // it is out, but a hold says no
    bound,          // it can never go
    restricted,     // its processing is restricted: it is stored and nothing else (GDPR art. 18.2)
};
KANSLI_DESCRIBE_ENUM(Outcome, goes, no_rule, kept_for_ever, not_happened, not_yet, log_floor, held, bound,
                     restricted)

// AI Act (EU 2024/1689), art. 26.6: a deployer keeps the logs of a high-risk system for at least six months. The program cannot
// know which systems a municipality has classed so, so all its logs are kept so long: entries of the record and jobs.
inline constexpr int log_floor_months = 6;
[[nodiscard]] constexpr bool is_log(Stock stock) {
    return stock == Stock::record || stock == Stock::job;
}

struct Verdict {
    Outcome outcome = Outcome::no_rule;
    RuleId rule{};              // the one that decides; empty when none does
    HoldId hold{};              // when held
    std::optional<Date> due{};  // the first day on which it may go

    [[nodiscard]] bool goes() const { return outcome == Outcome::goes; }
};

// When several rules fit, the one that keeps longest decides; "for ever" is longest. A rule fits when it is in force today.
[[nodiscard]] Verdict judge(const std::vector<RetentionRule>& rules, const std::vector<LegalHold>& holds,
                            const Item& item, Date today);

// The first day on which a thing may go `months` after a day: the day after as many whole months. The months of a day that the last
// month lacks end with that month.
[[nodiscard]] Date first_day_after(Date day, int months);

[[nodiscard]] bool is_in_force(const RetentionRule& rule, Date today);
[[nodiscard]] bool fits(const RetentionRule& rule, const Item& item);
// Not when it has been lifted.
[[nodiscard]] bool holds_back(const LegalHold& hold, const Item& item);

// One line of a dry run.
struct PlannedRemoval {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    std::string title{};
    std::string document{};
    std::string fingerprint{};
    std::string original{};
    Timestamp created{};
    RuleId rule{};
    Date due{};
};
KANSLI_DESCRIBE(PlannedRemoval, stock, id, kind, title, document, fingerprint, original, created, rule, due)

struct HeldBack {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    std::string title{};
    HoldId hold{};
};
KANSLI_DESCRIBE(HeldBack, stock, id, kind, title, hold)

// A dry run: what would go today and why the rest stays.
struct Plan {
    Date day{};
    std::string hash{};  // of what goes, and of the rules behind it word for word
    std::vector<PlannedRemoval> removals{};
    std::vector<RetentionRule> rules{};          // those that make something go
    std::vector<HeldBack> held{};                // what would go but for a hold
    std::map<std::string, std::int64_t> kept{};  // how many stay, by the name of the outcome
};
KANSLI_DESCRIBE(Plan, day, hash, removals, rules, held, kept)

// Requires: ids of rules and holds differ.
[[nodiscard]] Plan make_plan(const std::vector<RetentionRule>& rules, const std::vector<LegalHold>& holds,
                             const std::vector<Item>& items, Date today);

// What a run has removed, as its log tells.
struct RemovedBefore {
    Stock stock = Stock::record;
    std::string id{};
    std::string fingerprint{};
    RetentionRule rule{};  // by which it went
    Date day{};            // of the run
};

// What is here although it was removed before, since an older copy was restored. That it goes has been decided and confirmed, so the
// rules are not asked again; holds are, and what can never go stays.
[[nodiscard]] Plan make_repeated_plan(const std::vector<RemovedBefore>& removed,
                                      const std::vector<LegalHold>& holds, const std::vector<Item>& items,
                                      Date today);

}  // namespace kansli::archive
