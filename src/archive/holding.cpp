#include "archive/holding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "archive/detail/readable_text.hpp"
#include "archive/mention.hpp"
#include "archive/removal_log.hpp"
#include "desk/desk.hpp"
#include "documents/removal.hpp"
#include "jobs/queue.hpp"
#include "json/value.hpp"
#include "measures/survey.hpp"
#include "measures/week.hpp"
#include "record/marks.hpp"

namespace kansli::archive {

namespace {

// The entry by which a person decides on a proposal; its subject is that of the proposal's own entry.
constexpr std::string_view decision_kind = "proposal_reviewed";

constexpr std::array<std::string_view, 6> removal_kinds = {
    record::content_removed_kind, retention_run_kind,  "retention_rule_set",
    "retention_rule_ended",       "legal_hold_placed", "legal_hold_lifted"};

// The holds that go by what a text mentions, ready to look for it.
class Seekers {
  public:
    explicit Seekers(const std::vector<LegalHold>& holds) {
        for (const LegalHold& hold : holds) {
            const bool by_text = !hold.person.empty() || !hold.case_number.empty();
            if (!hold.lifted && by_text)
                seekers_.push_back({&hold, Sought(hold.person), Sought(hold.case_number)});
        }
    }
    [[nodiscard]] bool none() const { return seekers_.empty(); }

    // `reference`: the case that the thing belongs to, whether its text says so or not.
    [[nodiscard]] std::vector<HoldId> in(std::string_view text, std::string_view reference = {}) const {
        std::vector<HoldId> found;
        for (const auto& [hold, person, case_number] : seekers_) {
            const bool person_there = hold->person.empty() || person.is_in(text);
            const bool case_there =
                hold->case_number.empty() || hold->case_number == reference || case_number.is_in(text);
            if (person_there && case_there) found.push_back(hold->id);
        }
        return found;
    }

  private:
    struct Seeker {
        const LegalHold* hold = nullptr;
        Sought person;
        Sought case_number;
    };
    std::vector<Seeker> seekers_{};
};

std::string decision_of(const RetentionRule& rule) {
    auto decision = json::Value::object();
    decision["rule"] = rule.id.str();
    decision["name"] = rule.name;
    decision["legal_ground"] = rule.legal_ground;
    decision["decision"] = rule.decision;
    decision["decided_by"] = rule.decided_by;
    decision["decided"] = to_string(rule.decided);
    return json::write(decision);
}

// Restricted are an entry itself and those about a thing that is.
Bound bound_of(const record::Entry& entry, const std::set<std::string, std::less<>>& restricted) {
    if (restricted.contains(entry.subject) || restricted.contains(record::thing_of_entry(entry.number)))
        return Bound::restricted;
    if (tells_of_removal(entry.kind)) return Bound::log;
    return entry.format == 1 ? Bound::format : Bound::free;
}

class RecordHolding final : public Holding {
  public:
    explicit RecordHolding(record::Record& record) : record_(record) {}

    [[nodiscard]] Stock stock() const override { return Stock::record; }

    [[nodiscard]] Result<std::vector<Item>> items(store::Connection& connection,
                                                  const std::vector<LegalHold>& holds) override {
        const Seekers seekers(holds);
        const auto restricted = TRY(record::restricted_things(connection));
        std::vector<Item> found;
        std::vector<std::string> subjects;  // of the items, in order
        std::map<std::string, Timestamp> decisions;
        TRY(record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
            if (entry.kind == decision_kind) decisions[entry.subject] = entry.moment;
            if (entry.content_removed()) return {};
            Item item{.stock = Stock::record,
                      .id = std::to_string(entry.number),
                      .kind = entry.kind,
                      .fingerprint = entry.content_hash,
                      .bound = bound_of(entry, restricted),
                      .created = entry.moment};
            if (!seekers.none()) {
                const auto text = entry.actor + "\n" + detail::readable_text(entry.content);
                item.mentioned = seekers.in(text);
            }
            found.push_back(std::move(item));
            subjects.push_back(entry.subject);
            return {};
        }));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto decided = decisions.find(subjects[i]);
            if (decided != decisions.end()) found[i].decided = decided->second;
        }
        return found;
    }

    [[nodiscard]] Result<void> remove(store::Connection& connection, const PlannedRemoval& removal,
                                      const RemovalOrder& order) override {
        std::int64_t number = 0;
        std::from_chars(removal.id.data(), removal.id.data() + removal.id.size(), number);
        const auto entry = TRY(record_.entry(number));
        TRY(record_.remove_content(connection, order.caller, number, decision_of(order.rule), order.moment));
        // The desk has what it works on for itself.
        return desk::Desk::forget(connection, desk::ProposalId(entry.subject));
    }

  private:
    record::Record& record_;
};

class DocumentHolding final : public Holding {
  public:
    [[nodiscard]] Stock stock() const override { return Stock::document; }

    [[nodiscard]] Result<std::vector<Item>> items(store::Connection& connection,
                                                  const std::vector<LegalHold>& holds) override {
        const Seekers seekers(holds);
        std::vector<Item> found;
        for (auto& version : TRY(documents::kept_versions(connection))) {
            Item item{.stock = Stock::document,
                      .id = version.id.str(),
                      .kind = std::string(documents::to_string(version.attributes.kind)),
                      .title = version.attributes.title,
                      .information_class = version.attributes.information_class,
                      .owner = version.attributes.owner,
                      .document = version.document.str(),
                      .fingerprint = version.text_hash,
                      .original = version.file_hash,
                      .bound = version.restricted ? Bound::restricted : Bound::free,
                      .created = version.imported,
                      .withdrawn = version.withdrawn,
                      .replaced = version.replaced};
            if (!seekers.none()) {
                const auto text = version.attributes.title + "\n" + version.file_name + "\n" +
                                  TRY(documents::text_of(connection, version.id));
                item.mentioned = seekers.in(text, version.attributes.reference);
            }
            found.push_back(std::move(item));
        }
        return found;
    }

    [[nodiscard]] Result<void> remove(store::Connection& connection, const PlannedRemoval& removal,
                                      const RemovalOrder& order) override {
        return documents::remove_version(connection, documents::VersionId(removal.id), order.moment);
    }
};

class JobHolding final : public Holding {
  public:
    [[nodiscard]] Stock stock() const override { return Stock::job; }

    [[nodiscard]] Result<std::vector<Item>> items(store::Connection& connection,
                                                  const std::vector<LegalHold>& holds) override {
        const Seekers seekers(holds);
        std::vector<Item> found;
        for (const auto& job : TRY(jobs::Queue::ended(connection))) {
            Item item{.stock = Stock::job,
                      .id = job.id.str(),
                      .kind = job.kind,
                      .created = job.finished.value_or(job.created)};
            if (!seekers.none()) {
                item.mentioned =
                    seekers.in(detail::readable_text(job.payload) + detail::readable_text(job.progress) +
                               detail::readable_text(job.result));
            }
            found.push_back(std::move(item));
        }
        return found;
    }

    [[nodiscard]] Result<void> remove(store::Connection& connection, const PlannedRemoval& removal,
                                      const RemovalOrder& /*order*/) override {
        return jobs::Queue::forget(connection, jobs::JobId(removal.id));
    }
};

// Answers to surveys are nobody's, so no hold can name one.
class SurveyHolding final : public Holding {
  public:
    [[nodiscard]] Stock stock() const override { return Stock::survey; }

    [[nodiscard]] Result<std::vector<Item>> items(store::Connection& connection,
                                                  const std::vector<LegalHold>& /*holds*/) override {
        std::vector<Item> found;
        for (const auto& answer : TRY(measures::Survey::kept(connection))) {
            found.push_back({.stock = Stock::survey,
                             .id = answer.id,
                             .kind = answer.kind,
                             .created = std::chrono::sys_days(measures::sunday_of(answer.week))});
        }
        return found;
    }

    [[nodiscard]] Result<void> remove(store::Connection& connection, const PlannedRemoval& removal,
                                      const RemovalOrder& /*order*/) override {
        return measures::Survey::forget(connection, removal.id);
    }
};

}  // namespace

bool tells_of_removal(std::string_view kind) {
    return std::ranges::find(removal_kinds, kind) != removal_kinds.end();
}

std::vector<std::unique_ptr<Holding>> all_holdings(record::Record& record) {
    std::vector<std::unique_ptr<Holding>> holdings;
    holdings.push_back(std::make_unique<RecordHolding>(record));
    holdings.push_back(std::make_unique<DocumentHolding>());
    holdings.push_back(std::make_unique<JobHolding>());
    holdings.push_back(std::make_unique<SurveyHolding>());
    return holdings;
}

}  // namespace kansli::archive
