#include "archive/subject_search.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/corrections.hpp"
#include "archive/detail/excerpt.hpp"
#include "archive/detail/item_text.hpp"
#include "archive/detail/protector.hpp"
#include "archive/detail/seeker.hpp"
#include "archive/retention.hpp"
#include "desk/desk.hpp"
#include "documents/hidden_references.hpp"
#include "documents/sources.hpp"
#include "glossary/glossary.hpp"
#include "jobs/queue.hpp"
#include "measures/survey.hpp"
#include "record/marks.hpp"

namespace kansli::archive {

namespace {

constexpr std::size_t around_mention = 200;   // bytes of text on each side of a mention
constexpr std::size_t most_places = 50;       // shown of one thing; all are counted
constexpr std::size_t longest_own_row = 400;  // bytes of a row that is the person's without a mention

// One search on its way.
class SubjectSearch {
  public:
    SubjectSearch(const SubjectStores& stores, const access::Caller& caller, detail::Seeker seeker,
                  const VisitItem& visit, const SubjectProgress& progress, std::stop_token stop)
        : stores_(stores),
          caller_(caller),
          seeker_(std::move(seeker)),
          visit_(visit),
          progress_(progress),
          stop_(std::move(stop)),
          hidden_(stores.library, caller, documents::Restricted::shown) {}

    [[nodiscard]] Result<void> run() {
        TRY(stores_.database.read([&](store::Connection& connection) -> Result<void> {
            const auto versions = TRY(documents::kept_versions(connection));
            restricted_ = TRY(record::restricted_things(connection));
            const auto notes = all_table_notes();
            all_ = static_cast<std::int64_t>(versions.size() + notes.size()) + 1;
            if (access::may(caller_, access::Right::audit)) TRY(search_record(connection));
            TRY(advance());
            for (const auto& version : versions) {
                TRY(search_version(connection, version));
                TRY(advance());
            }
            for (const auto& note : notes) {
                if (note.personal == store::Personal::searched) TRY(search_table(connection, note));
                TRY(advance());
            }
            return {};
        }));
        return {};
    }

  private:
    [[nodiscard]] Result<void> check_stop() const {
        if (!stop_.stop_requested()) return {};
        return fail(ErrorCode::cancelled, "Sökningen avbröts.");
    }

    [[nodiscard]] Result<void> advance() {
        if (progress_) progress_(++done_, all_);
        return check_stop();
    }

    void add_places(SubjectItem& item, std::string_view text) const {
        const auto mentions = seeker_.in(text);
        item.mentions = static_cast<std::int64_t>(mentions.size());
        for (const auto& mention : mentions) {
            if (item.places.size() == most_places) break;
            const auto from = mention.start > around_mention ? mention.start - around_mention : 0;
            item.places.push_back(detail::excerpt(text, from, mention.end + around_mention));
        }
    }

    [[nodiscard]] bool is_restricted(std::string_view thing) const { return restricted_.contains(thing); }

    [[nodiscard]] Result<void> search_record(store::Connection& connection) {
        return record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
            TRY(check_stop());
            const bool own = seeker_.owns(entry.actor);
            if (entry.content_removed()) return {};
            const bool may_mention = seeker_.may_be_in(entry.content) || seeker_.may_be_in(entry.actor) ||
                                     seeker_.may_be_in(entry.subject);
            if (!own && !may_mention) return {};
            SubjectItem item{.part = Part::entry,
                             .id = std::to_string(entry.number),
                             .kind = entry.kind,
                             .title = fmt::format("Anteckning {}", entry.number),
                             .moment = entry.moment,
                             .own = own};
            if (may_mention) add_places(item, detail::text_of(entry));
            if ((!own && item.mentions == 0) || TRY(hidden_.in(entry))) return {};
            item.restricted =
                is_restricted(record::thing_of_entry(entry.number)) || is_restricted(entry.subject);
            item.corrections = TRY(detail::corrections_of(connection, record::thing_of_entry(entry.number)));
            return visit_(std::move(item));
        });
    }

    [[nodiscard]] Result<void> search_version(store::Connection& connection,
                                              const documents::KeptVersion& version) {
        const auto text = detail::text_of(version, TRY(documents::text_of(connection, version.id)));
        if (!seeker_.may_be_in(text)) return {};
        SubjectItem item{.part = Part::document,
                         .id = version.id.str(),
                         .document = version.document.str(),
                         .kind = std::string(documents::to_string(version.attributes.kind)),
                         .title = version.attributes.title,
                         .moment = version.imported,
                         .current = version.current,
                         .restricted = version.restricted};
        add_places(item, text);
        if (item.mentions == 0 || !TRY(documents::may_look_after(connection, caller_, version.id))) return {};
        item.corrections = TRY(detail::corrections_of(connection, item.id));
        return visit_(std::move(item));
    }

    [[nodiscard]] Result<void> search_table(store::Connection& connection, const store::TableNote& note) {
        auto& rows = TRY(connection.prepare(note.rows)).get();
        rows.bind();
        while (TRY(rows.step())) {
            TRY(check_stop());
            const bool own = seeker_.owns(rows.view(2));
            if (!own && !seeker_.may_be_in(rows.view(3))) continue;
            const auto text = rows.text(3);
            SubjectItem item{.part = note.table == "desk_proposals" ? Part::proposal : Part::other,
                             .id = rows.text(0),
                             .kind = std::string(note.about),
                             .own = own};
            if (!rows.view(1).empty()) item.moment = TRY(parse_timestamp(rows.view(1)));
            add_places(item, text);
            if (item.mentions == 0 && own) item.places.push_back(detail::excerpt(text, 0, longest_own_row));
            if (item.places.empty() || TRY(hidden_.in(text))) continue;
            if (item.part == Part::proposal) {
                item.title = text.substr(0, text.find('\n'));
                item.restricted = is_restricted(item.id);
                item.corrections = TRY(detail::corrections_of(connection, item.id));
            }
            TRY(visit_(std::move(item)));
        }
        return {};
    }

    const SubjectStores& stores_;
    const access::Caller& caller_;
    detail::Seeker seeker_;
    const VisitItem& visit_;
    const SubjectProgress& progress_;
    std::stop_token stop_;
    documents::HiddenReferences hidden_;
    std::set<std::string, std::less<>> restricted_{};
    std::int64_t done_ = 0;
    std::int64_t all_ = 0;
};

}  // namespace

std::vector<store::TableNote> all_table_notes() {
    std::vector<store::TableNote> notes;
    for (const auto room :
         {record::Record::table_notes(), desk::Desk::table_notes(), documents::Library::table_notes(),
          documents::SourceList::table_notes(), access::People::table_notes(), jobs::Queue::table_notes(),
          Retention::table_notes(), measures::Survey::table_notes(), glossary::Glossary::table_notes(),
          store::own_table_notes()})
        notes.insert(notes.end(), room.begin(), room.end());
    return notes;
}

std::vector<CoveredTable> coverage() {
    std::vector<CoveredTable> tables;
    for (const auto& note : all_table_notes())
        tables.push_back(
            {std::string(note.table), note.personal != store::Personal::none, std::string(note.about)});
    return tables;
}

Result<std::vector<SubjectAccount>> accounts_of(const SubjectStores& stores, const Subject& subject) {
    const auto seeker = TRY(detail::Seeker::create(subject));
    std::vector<SubjectAccount> accounts;
    for (const auto& user : TRY(stores.people.users())) {
        if (seeker.in(user.name).empty()) continue;
        accounts.push_back({.id = user.id.str(),
                            .user_name = user.user_name,
                            .name = user.name,
                            .email = user.email,
                            .roles = user.roles,
                            .groups = user.groups,
                            .department = user.department,
                            .review_kinds = user.review_kinds,
                            .disabled = user.disabled,
                            .created = user.created,
                            .last_signed_in = user.last_signed_in});
    }
    return accounts;
}

Result<void> each_of_subject(const SubjectStores& stores, const access::Caller& caller,
                             const Subject& subject, const VisitItem& visit, const SubjectProgress& progress,
                             std::stop_token stop) {
    TRY(detail::require_protector(caller));
    auto seeker = TRY(detail::Seeker::create(subject));
    for (const auto& account : TRY(accounts_of(stores, subject)))
        seeker.add_account(account);
    return SubjectSearch(stores, caller, std::move(seeker), visit, progress, std::move(stop)).run();
}

}  // namespace kansli::archive
