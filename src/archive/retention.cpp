#include "archive/retention.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/protector.hpp"
#include "archive/detail/retention_rows.hpp"
#include "archive/detail/rule_check.hpp"
#include "archive/detail/wiping.hpp"
#include "archive/removal_log.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/visible_text.hpp"
#include "documents/removal.hpp"
#include "json/binder.hpp"

namespace kansli::archive {

namespace {

// Deciding on how long a thing is kept takes no right to know what it is called.
template <typename Line>
Result<void> hide_title(store::Connection& connection, const access::Caller& caller, Line& line) {
    if (line.stock != Stock::document) return {};
    if (!TRY(documents::may_read(connection, caller, documents::VersionId(line.id)))) line.title.clear();
    return {};
}

// The line of the log for one thing: which it was and what it hashed to, not what it said.
json::Value told(const PlannedRemoval& removal) {
    auto value = json::Value::object();
    value["stock"] = json::enum_name(removal.stock);
    value["id"] = removal.id;
    value["kind"] = removal.kind;
    value["created"] = to_string(removal.created);
    value["rule"] = removal.rule.str();
    if (!removal.document.empty()) value["document"] = removal.document;
    if (!removal.fingerprint.empty()) value["hash"] = removal.fingerprint;
    if (!removal.original.empty()) value["file_hash"] = removal.original;
    return value;
}

// `again`: the run removes what a restored copy has brought back.
Result<std::string> log_of(const Plan& plan, bool again) {
    auto removed = json::Value::array();
    for (const auto& removal : plan.removals)
        removed.push_back(told(removal));
    auto content = json::Value::object();
    content["plan"] = plan.hash;
    content["rules"] = TRY(json::parse(json::write(plan.rules)));
    content["removed"] = std::move(removed);
    if (again) content["again"] = true;
    return json::write(content);
}

void count(RunReport& report, Stock stock) {
    switch (stock) {
        case Stock::record:
            ++report.record;
            break;
        case Stock::document:
            ++report.documents;
            break;
        case Stock::job:
            ++report.jobs;
            break;
        case Stock::survey:
            ++report.surveys;
            break;
    }
}

// A hold on what is not there would keep nothing, and whoever placed it would believe that it does.
Result<void> check_there_is(store::Connection& connection, const LegalHold& hold) {
    if (!hold.document.empty() && !TRY(documents::title_of(connection, documents::DocumentId(hold.document))))
        return fail(ErrorCode::invalid_input,
                    fmt::format("Det finns inget dokument med id {}, så stoppet skulle inte skydda något.",
                                visible_text(hold.document)),
                    "document", "Kopiera id ur dokumentets adress: det står efter /dokument/.");
    if (!hold.entry) return {};
    const auto entry = record::Record::entry(connection, *hold.entry);
    if (!entry && entry.error().code == ErrorCode::not_found)
        return fail(
            ErrorCode::invalid_input,
            fmt::format("Protokollet har ingen anteckning med nummer {}, så stoppet skulle inte skydda "
                        "något.",
                        *hold.entry),
            "entry", "Ta numret ur protokollet.");
    if (!entry) return Failure(entry.error());
    return {};
}

Date day_before(Date day) {
    return std::chrono::sys_days(day) - std::chrono::days(1);
}

}  // namespace

Retention::Retention(store::Database& database, const store::DataFolder& folder, record::Record& record,
                     RebuildIndex rebuild_index, Clock clock)
    : database_(database),
      folder_(folder),
      record_(record),
      rebuild_index_(std::move(rebuild_index)),
      clock_(std::move(clock)),
      holdings_(all_holdings(record)) {
}

std::span<const store::TableNote> Retention::table_notes() {
    return detail::retention_table_notes();
}

std::span<const store::Migration> Retention::migrations() {
    return detail::retention_schema();
}

Result<std::vector<RetentionRule>> Retention::rules() {
    std::vector<RetentionRule> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_rules(connection));
        return {};
    }));
    return found;
}

Result<RetentionRule> Retention::set_rule(const access::Caller& caller, RetentionRule rule,
                                          const std::optional<RuleId>& instead_of) {
    TRY(detail::require_protector(caller));
    TRY(detail::check(rule));
    rule.id = RuleId("r" + random_token(8));
    const Timestamp moment = clock_();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        if (instead_of) {
            auto old = TRY(detail::load_rule(connection, *instead_of));
            old.valid_to = day_before(rule.valid_from);
            TRY(detail::store_rule(connection, old));
            TRY(record_.append(connection, caller, "retention_rule_ended", old.id.str(), json::write(old),
                               moment));
        }
        TRY(detail::store_rule(connection, rule));
        TRY(record_.append(connection, caller, "retention_rule_set", rule.id.str(), json::write(rule),
                           moment));
        return {};
    }));
    return rule;
}

Result<RetentionRule> Retention::end_rule(const access::Caller& caller, const RuleId& id) {
    TRY(detail::require_protector(caller));
    const Timestamp moment = clock_();
    const Date today = day_in_sweden(moment);
    RetentionRule rule;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        rule = TRY(detail::load_rule(connection, id));
        if (rule.valid_to && *rule.valid_to < today)
            return fail(ErrorCode::conflict, "Regeln gäller redan inte längre.", rule.name);
        rule.valid_to = day_before(today);
        TRY(detail::store_rule(connection, rule));
        TRY(record_.append(connection, caller, "retention_rule_ended", id.str(), json::write(rule), moment));
        return {};
    }));
    return rule;
}

Result<std::vector<LegalHold>> Retention::holds() {
    std::vector<LegalHold> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_holds(connection));
        return {};
    }));
    return found;
}

Result<LegalHold> Retention::place_hold(const access::Caller& caller, LegalHold hold) {
    TRY(detail::require_protector(caller));
    TRY(detail::check(hold));
    // Nothing fits a blank, so that a hold that asked for one would keep nothing.
    for (std::string* part : {&hold.person, &hold.case_number, &hold.document})
        if (is_blank(*part)) part->clear();
    const Timestamp moment = clock_();
    hold.id = HoldId("h" + random_token(8));
    hold.placed_by = caller.name;
    hold.placed = day_in_sweden(moment);
    hold.lifted.reset();
    hold.lifted_by.clear();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(check_there_is(connection, hold));
        TRY(detail::store_hold(connection, hold));
        TRY(record_.append(connection, caller, "legal_hold_placed", hold.id.str(), json::write(hold),
                           moment));
        return {};
    }));
    return hold;
}

Result<LegalHold> Retention::lift_hold(const access::Caller& caller, const HoldId& id) {
    TRY(detail::require_protector(caller));
    const Timestamp moment = clock_();
    LegalHold hold;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        hold = TRY(detail::load_hold(connection, id));
        if (hold.lifted) return fail(ErrorCode::conflict, "Gallringsstoppet är redan hävt.", hold.reason);
        hold.lifted = day_in_sweden(moment);
        hold.lifted_by = caller.name;
        TRY(detail::store_hold(connection, hold));
        TRY(record_.append(connection, caller, "legal_hold_lifted", id.str(), json::write(hold), moment));
        return {};
    }));
    return hold;
}

Result<std::vector<Item>> Retention::items_in(store::Connection& connection,
                                              const std::vector<LegalHold>& holds) {
    std::vector<Item> items;
    for (const auto& holding : holdings_)
        std::ranges::move(TRY(holding->items(connection, holds)), std::back_inserter(items));
    return items;
}

Retention::Planning Retention::by_rules() {
    return [this](store::Connection& connection, Date today) -> Result<Plan> {
        const auto holds = TRY(detail::load_holds(connection));
        return make_plan(TRY(detail::load_rules(connection)), holds, TRY(items_in(connection, holds)), today);
    };
}

Retention::Planning Retention::by_log(std::vector<RemovedBefore> removed) {
    return [this, removed = std::move(removed)](store::Connection& connection, Date today) -> Result<Plan> {
        const auto holds = TRY(detail::load_holds(connection));
        return make_repeated_plan(removed, holds, TRY(items_in(connection, holds)), today);
    };
}

Result<Plan> Retention::plan(const access::Caller& caller) {
    return show(caller, by_rules());
}

Result<Plan> Retention::returned(const access::Caller& caller, std::string_view log) {
    return show(caller, by_log(TRY(read_removal_log(log))));
}

Result<Plan> Retention::show(const access::Caller& caller, const Planning& planning) {
    TRY(detail::require_protector(caller));
    Plan found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(planning(connection, day_in_sweden(clock_())));
        for (PlannedRemoval& removal : found.removals)
            TRY(hide_title(connection, caller, removal));
        for (HeldBack& held : found.held)
            TRY(hide_title(connection, caller, held));
        return {};
    }));
    return found;
}

Result<void> Retention::remove_all(store::Connection& connection, const access::Caller& caller,
                                   const Plan& plan, Timestamp moment) {
    for (const auto& removal : plan.removals) {
        const auto rule = std::ranges::find(plan.rules, removal.rule, &RetentionRule::id);
        const auto holding = std::ranges::find(holdings_, removal.stock, &Holding::stock);
        TRY((*holding)->remove(connection, removal, {caller, *rule, moment}));
    }
    return {};
}

Result<RunReport> Retention::run(const access::Caller& caller, const std::string& plan_hash) {
    return carry_out(caller, plan_hash, by_rules(), false);
}

Result<RunReport> Retention::run_again(const access::Caller& caller, std::string_view log,
                                       const std::string& plan_hash) {
    return carry_out(caller, plan_hash, by_log(TRY(read_removal_log(log))), true);
}

Result<RunReport> Retention::carry_out(const access::Caller& caller, const std::string& plan_hash,
                                       const Planning& planning, bool again) {
    TRY(detail::require_protector(caller));
    if (access::is_keeper(caller) || access::has_role(caller, access::Role::service)) {
        return fail(ErrorCode::forbidden, "En gallring ska bekräftas av en namngiven person.", {},
                    "Logga in som dig själv, eller ange ditt namn.");
    }
    const Timestamp moment = clock_();
    RunReport report{.plan = plan_hash};
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const Plan plan = TRY(planning(connection, day_in_sweden(moment)));
        if (plan.hash != plan_hash) {
            return fail(ErrorCode::conflict, "Det som skulle gallras är inte längre detsamma.", {},
                        "Gör en ny provkörning och läs igenom den.");
        }
        if (plan.removals.empty()) return fail(ErrorCode::conflict, "Det finns inget att gallra.");
        TRY(remove_all(connection, caller, plan, moment));
        const auto entry = TRY(record_.append(connection, caller, retention_run_kind, plan.hash.substr(0, 16),
                                              TRY(log_of(plan, again)), moment));
        report.entry = entry.number;
        std::set<std::string> originals;
        for (const auto& removal : plan.removals) {
            count(report, removal.stock);
            if (!removal.original.empty()) originals.insert(removal.original);
        }
        return detail::note_traces(connection, entry.number, originals);
    }));
    return report;
}

Result<std::string> Retention::log() const {
    auto text = read_file(folder_.removal_log());
    if (!text && text.error().code == ErrorCode::not_found) return std::string();
    return text;
}

Result<void> Retention::keep_log() {
    std::string runs;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        runs = TRY(write_removal_log(connection));
        return {};
    }));
    return add_missing_lines(folder_.removal_log(), runs);
}

Result<bool> Retention::unfinished() {
    bool found = false;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = !TRY(detail::load_traces(connection)).runs.empty();
        return {};
    }));
    return found;
}

Result<void> Retention::finish() {
    detail::Traces traces;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        traces = TRY(detail::load_traces(connection));
        return {};
    }));
    if (traces.runs.empty()) return {};
    TRY(detail::wipe_files(database_, folder_, traces.originals));
    TRY(rebuild_index_());
    TRY(database_.wipe_removed());
    TRY(keep_log());
    return database_.write(
        [&](store::Connection& connection) { return detail::forget_traces(connection, traces.runs); });
}

}  // namespace kansli::archive
