#include "archive/plan.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "core/hash.hpp"
#include "json/binder.hpp"

namespace kansli::archive {

namespace {

std::optional<Timestamp> moment_of(const Item& item, RetentionEvent event) {
    switch (event) {
        case RetentionEvent::created:
            return item.created;
        case RetentionEvent::decided:
            return item.decided;
        case RetentionEvent::withdrawn:
            return item.withdrawn;
        case RetentionEvent::replaced:
            return item.replaced;
    }
    return std::nullopt;
}

// What the rules alone say: the one that keeps longest, without holds and floor.
Verdict judge_by_rules(const std::vector<RetentionRule>& rules, const Item& item, Date today) {
    Verdict verdict;
    for (const RetentionRule& rule : rules) {
        if (!is_in_force(rule, today) || !fits(rule, item)) continue;
        if (!rule.months) return {.outcome = Outcome::kept_for_ever, .rule = rule.id};
        if (verdict.outcome == Outcome::not_happened) continue;
        const auto moment = moment_of(item, rule.event);
        if (!moment) {
            verdict = {.outcome = Outcome::not_happened, .rule = rule.id};
            continue;
        }
        const Date due = first_day_after(day_in_sweden(*moment), *rule.months);
        if (!verdict.due || *verdict.due < due)
            verdict = {.outcome = Outcome::not_yet, .rule = rule.id, .due = due};
    }
    return verdict;
}

bool mentions(const Item& item, const LegalHold& hold) {
    return std::ranges::find(item.mentioned, hold.id) != item.mentioned.end();
}

// Everything by which a removal is known, and nothing of what it says.
json::Value identity_of(const PlannedRemoval& removal) {
    auto value = json::Value::object();
    value["stock"] = json::enum_name(removal.stock);
    value["id"] = removal.id;
    value["fingerprint"] = removal.fingerprint;
    value["rule"] = removal.rule.str();
    value["due"] = to_string(removal.due);
    return value;
}

std::string hash_of(const Plan& plan) {
    auto removals = json::Value::array();
    for (const auto& removal : plan.removals)
        removals.push_back(identity_of(removal));
    auto whole = json::Value::object();
    whole["removals"] = std::move(removals);
    // What was written by json::write() can be read again.
    whole["rules"] = json::parse(json::write(plan.rules)).value_or(json::Value());
    return sha256(json::canonical_of(whole));
}

PlannedRemoval removal_of(const Item& item, const Verdict& verdict) {
    return {.stock = item.stock,
            .id = item.id,
            .kind = item.kind,
            .title = item.title,
            .document = item.document,
            .fingerprint = item.fingerprint,
            .original = item.original,
            .created = item.created,
            .rule = verdict.rule,
            .due = verdict.due.value_or(Date{})};
}

void take(Plan& plan, const Item& item, const Verdict& verdict) {
    if (verdict.goes()) {
        plan.removals.push_back(removal_of(item, verdict));
        return;
    }
    ++plan.kept[std::string(json::enum_name(verdict.outcome))];
    if (verdict.outcome == Outcome::held)
        plan.held.push_back({item.stock, item.id, item.kind, item.title, verdict.hold});
}

// How it ends for what would go unless it is bound or held.
void settle(Verdict& verdict, const std::vector<LegalHold>& holds, const Item& item) {
    const auto hold = std::ranges::find_if(holds, [&](const auto& each) { return holds_back(each, item); });
    verdict.outcome = hold == holds.end() ? Outcome::goes : Outcome::held;
    if (hold != holds.end()) verdict.hold = hold->id;
}

Outcome outcome_of(Bound bound) {
    return bound == Bound::restricted ? Outcome::restricted : Outcome::bound;
}

}  // namespace

Date first_day_after(Date day, int months) {
    Date end = day + std::chrono::months(months);
    if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
    return std::chrono::sys_days(end) + std::chrono::days(1);
}

bool is_in_force(const RetentionRule& rule, Date today) {
    return rule.valid_from <= today && (!rule.valid_to || today <= *rule.valid_to);
}

bool fits(const RetentionRule& rule, const Item& item) {
    return rule.stock == item.stock && (rule.kind.empty() || rule.kind == item.kind) &&
           (!rule.information_class || *rule.information_class == item.information_class) &&
           (rule.owner.empty() || rule.owner == item.owner);
}

bool holds_back(const LegalHold& hold, const Item& item) {
    if (hold.lifted) return false;
    const bool by_text = !hold.person.empty() || !hold.case_number.empty();
    if (by_text && !mentions(item, hold)) return false;
    if (!hold.document.empty() && item.document != hold.document) return false;
    if (hold.entry && (item.stock != Stock::record || item.id != std::to_string(*hold.entry))) return false;
    const Date created = day_in_sweden(item.created);
    return (!hold.from || *hold.from <= created) && (!hold.to || created <= *hold.to);
}

Verdict judge(const std::vector<RetentionRule>& rules, const std::vector<LegalHold>& holds, const Item& item,
              Date today) {
    Verdict verdict = judge_by_rules(rules, item, today);
    if (item.bound != Bound::free && verdict.due)
        return {.outcome = outcome_of(item.bound), .rule = verdict.rule};
    if (!verdict.due || today < *verdict.due) return verdict;
    const Date floor = first_day_after(day_in_sweden(item.created), log_floor_months);
    if (is_log(item.stock) && today < floor)
        return {.outcome = Outcome::log_floor, .rule = verdict.rule, .due = floor};
    settle(verdict, holds, item);
    return verdict;
}

Plan make_repeated_plan(const std::vector<RemovedBefore>& removed, const std::vector<LegalHold>& holds,
                        const std::vector<Item>& items, Date today) {
    // With the fingerprint: after a restore numbers are given anew, and another thing may have one of them.
    std::map<std::tuple<Stock, std::string, std::string>, const RemovedBefore*> known;
    for (const RemovedBefore& each : removed)
        known.emplace(std::tuple(each.stock, each.id, each.fingerprint), &each);
    Plan plan{.day = today};
    std::set<RuleId> used;
    for (const Item& item : items) {
        const auto found = known.find({item.stock, item.id, item.fingerprint});
        if (found == known.end()) continue;
        const RemovedBefore& before = *found->second;
        Verdict verdict{.outcome = outcome_of(item.bound), .rule = before.rule.id, .due = before.day};
        if (item.bound == Bound::free) settle(verdict, holds, item);
        take(plan, item, verdict);
        if (verdict.goes() && used.insert(before.rule.id).second) plan.rules.push_back(before.rule);
    }
    plan.hash = hash_of(plan);
    return plan;
}

Plan make_plan(const std::vector<RetentionRule>& rules, const std::vector<LegalHold>& holds,
               const std::vector<Item>& items, Date today) {
    Plan plan{.day = today};
    for (const Item& item : items)
        take(plan, item, judge(rules, holds, item, today));
    for (const RetentionRule& rule : rules) {
        const bool used =
            std::ranges::any_of(plan.removals, [&](const auto& removal) { return removal.rule == rule.id; });
        if (used) plan.rules.push_back(rule);
    }
    plan.hash = hash_of(plan);
    return plan;
}

}  // namespace kansli::archive
