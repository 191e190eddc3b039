#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "archive/holding.hpp"
#include "archive/plan.hpp"
#include "archive/rule.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::archive {

// What a run came to. It stands in the record as an entry of kind "retention_run".
struct RunReport {
    std::int64_t entry = 0;  // of the record: its number is also the run's
    std::string plan{};      // the hash that was confirmed
    std::int64_t record = 0;
    std::int64_t documents = 0;
    std::int64_t jobs = 0;
    std::int64_t surveys = 0;
};
KANSLI_DESCRIBE(RunReport, entry, plan, record, documents, jobs, surveys)

// The retention schedule of one data folder, its holds, and the runs.
//
// A run has two parts. One transaction removes everything of the plan from the database and writes the record. Then the traces
// are wiped: originals, pictures of pages, uploads and old copies of the database in the data folder, the search index, the free
// parts of the database file. What is to be wiped is noted in the transaction, so a run that is killed is completed by
// the next one, by finish(), or when the server starts. Copies that were made before the run (`kansli backup`) keep what they
// have until they are let go; later ones do not have it. When one of the former has been restored, the log of removals
// (removal_log.hpp) tells what it has brought back, and a run of its own removes that again.
//
// Rights: everything that changes something needs Right::protect; a run also a named person.
// Threads: any. Processes: one wipes at a time.
class Retention {
  public:
    using Clock = std::function<Timestamp()>;
    // Builds the search index anew from the library.
    using RebuildIndex = std::function<Result<void>()>;

    Retention(store::Database& database, const store::DataFolder& folder, record::Record& record,
              RebuildIndex rebuild_index, Clock clock = now);
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // The oldest first, also those that are no longer in force.
    [[nodiscard]] Result<std::vector<RetentionRule>> rules();
    // Adds a rule, whose id is ours to give. `instead_of` ends another the day before. invalid_input names the field that is wrong.
    [[nodiscard]] Result<RetentionRule> set_rule(const access::Caller& caller, RetentionRule rule,
                                                 const std::optional<RuleId>& instead_of = {});
    // From today on the rule is not used; it stays in the list. conflict when it has ended.
    [[nodiscard]] Result<RetentionRule> end_rule(const access::Caller& caller, const RuleId& id);

    [[nodiscard]] Result<std::vector<LegalHold>> holds();
    // invalid_input when it names nothing that it holds, or a document or an entry that there is not, or gives no reason.
    [[nodiscard]] Result<LegalHold> place_hold(const access::Caller& caller, LegalHold hold);
    [[nodiscard]] Result<LegalHold> lift_hold(const access::Caller& caller, const HoldId& id);

    // What a run would remove now. Changes nothing.
    [[nodiscard]] Result<Plan> plan(const access::Caller& caller);
    // Removes what the plan of that hash removes. conflict when the plan is another by now: look at it again. forbidden
    // unless the caller is a person. The traces are left to finish().
    [[nodiscard]] Result<RunReport> run(const access::Caller& caller, const std::string& plan_hash);

    // The folder's log of removals as it is now; empty when there is none. A restored folder has that which lay beside the copies.
    [[nodiscard]] Result<std::string> log() const;
    // Adds the runs of the record to it. finish() does so, too.
    [[nodiscard]] Result<void> keep_log();
    // What the runs of a log have removed and is here all the same. Changes nothing; corrupt when the log does not hold.
    [[nodiscard]] Result<Plan> returned(const access::Caller& caller, std::string_view log);
    // Removes it, as run() does.
    [[nodiscard]] Result<RunReport> run_again(const access::Caller& caller, std::string_view log,
                                              const std::string& plan_hash);

    // Whether traces of a run remain to be wiped.
    [[nodiscard]] Result<bool> unfinished();
    // Wipes them and keeps the log; does nothing when there are none. busy when an import does not end.
    [[nodiscard]] Result<void> finish();

  private:
    // Which plan there is, as the transaction sees it.
    using Planning = std::function<Result<Plan>(store::Connection&, Date today)>;
    [[nodiscard]] Result<std::vector<Item>> items_in(store::Connection& connection,
                                                     const std::vector<LegalHold>& holds);
    [[nodiscard]] Planning by_rules();
    [[nodiscard]] Planning by_log(std::vector<RemovedBefore> removed);
    [[nodiscard]] Result<Plan> show(const access::Caller& caller, const Planning& planning);
    [[nodiscard]] Result<RunReport> carry_out(const access::Caller& caller, const std::string& plan_hash,
                                              const Planning& planning, bool again);
    [[nodiscard]] Result<void> remove_all(store::Connection& connection, const access::Caller& caller,
                                          const Plan& plan, Timestamp moment);

    store::Database& database_;
    const store::DataFolder& folder_;
    record::Record& record_;
    RebuildIndex rebuild_index_;
    Clock clock_;
    std::vector<std::unique_ptr<Holding>> holdings_;
};

}  // namespace kansli::archive
