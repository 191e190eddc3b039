#include "archive/subject_rights.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/corrections.hpp"
#include "archive/detail/item_text.hpp"
#include "archive/detail/protector.hpp"
#include "archive/release.hpp"
#include "core/visible_text.hpp"
#include "desk/desk.hpp"
#include "documents/hidden_references.hpp"
#include "documents/removal.hpp"
#include "json/binder.hpp"
#include "record/marks.hpp"

namespace kansli::archive {

namespace {

constexpr std::string_view restriction_kind = "personal_data_restricted";
constexpr std::string_view lift_kind = "restriction_lifted";
constexpr std::size_t longest_reason = 4000;  // bytes

struct RestrictionContent {
    PartName thing{};
    RestrictionGround ground = RestrictionGround::accuracy;
    std::string reason{};
};
KANSLI_DESCRIBE(RestrictionContent, thing, ground, reason)

struct LiftContent {
    std::int64_t restriction = 0;
    std::string reason{};
};
KANSLI_DESCRIBE(LiftContent, restriction, reason)

Result<void> check_words(const std::string& text, std::string_view field, std::string_view missing) {
    if (is_blank(text)) return fail(ErrorCode::invalid_input, std::string(missing), std::string(field));
    if (text.size() <= longest_reason) return {};
    return fail(ErrorCode::too_large, "Texten är för lång.", std::string(field), "Skriv högst 4 000 tecken.");
}

Failure unknown_thing(const PartName& name) {
    return fail(ErrorCode::not_found, "Uppgiften finns inte, är gallrad, eller så får du inte se den.",
                name.id);
}

Result<void> require_auditor(const access::Caller& caller) {
    if (access::may(caller, access::Right::audit)) return {};
    return fail(ErrorCode::forbidden, "Det här kräver rätten att granska protokollet.");
}

// What is read of the record's entry about a release; see Release::make.
struct ReleasedLog {
    std::string case_number{};
    std::optional<std::string> recipient{};
    std::vector<ItemName> items{};
};
KANSLI_DESCRIBE(ReleasedLog, case_number, recipient, items)

// What of the record's entry about a release counts as having received one of the things.
Result<std::optional<Recipient>> recipient_of_release(const record::Entry& entry,
                                                      const std::vector<ItemName>& wanted) {
    if (entry.content_removed()) return std::nullopt;
    const auto log =
        TRY(json::read<ReleasedLog>(entry.content, {.unknown = json::ReadOptions::Unknown::ignore}));
    const bool went_out = std::ranges::any_of(
        log.items, [&](const ItemName& item) { return std::ranges::find(wanted, item) != wanted.end(); });
    if (!went_out) return std::nullopt;
    return Recipient{.moment = entry.moment,
                     .way = "release",
                     .target = log.recipient.value_or(log.case_number),
                     .by = entry.actor,
                     .title = log.case_number};
}

Recipient recipient_of(const desk::Desk::Sent& sent) {
    return {.moment = sent.delivery.moment,
            .way = std::string(json::enum_name(sent.delivery.way)),
            .target = sent.delivery.target,
            .by = sent.delivery.name,
            .title = sent.title};
}

}  // namespace

SubjectRights::SubjectRights(SubjectStores stores, Clock clock) : stores_(stores), clock_(std::move(clock)) {
}

Result<SubjectFindings> SubjectRights::find(const access::Caller& caller, const Subject& subject,
                                            const SubjectProgress& progress, std::stop_token stop) {
    SubjectFindings findings;
    TRY(each_of_subject(
        stores_, caller, subject,
        [&](SubjectItem item) -> Result<void> {
            if (++findings.total <= static_cast<std::int64_t>(most_findings))
                findings.items.push_back(std::move(item));
            return {};
        },
        progress, std::move(stop)));
    findings.accounts = TRY(accounts_of(stores_, subject));
    return findings;
}

Result<SubjectRights::Target> SubjectRights::find_target(store::Connection& connection,
                                                         const access::Caller& caller, const PartName& name) {
    documents::HiddenReferences hidden(stores_.library, caller, documents::Restricted::shown);
    if (name.part == Part::document) {
        // A document by its own id, or by that of one of its versions.
        const bool by_version = name.id.starts_with('v');
        const auto document = by_version ? documents::document_of(connection, documents::VersionId(name.id))
                                         : Result<documents::DocumentId>(documents::DocumentId(name.id));
        if (!document) return unknown_thing(name);
        auto versions = TRY(documents::versions_of(connection, *document));
        if (versions.empty() || TRY(hidden.in(document->str()))) return unknown_thing(name);
        return Target{Part::document, document->str(), by_version ? name.id : versions.back(),
                      std::move(versions)};
    }
    if (name.part == Part::proposal) {
        const auto said = TRY(desk::Desk::said(connection, desk::ProposalId(name.id)));
        if (!said || TRY(hidden.in(said->evidence))) return unknown_thing(name);
        return Target{.part = Part::proposal, .thing = name.id};
    }
    if (name.part != Part::entry)
        return fail(ErrorCode::invalid_input, "Det här kan inte rättas eller begränsas för sig.", "thing",
                    "Ändra det där det hör hemma: kontot, källan eller jobbet.");
    const auto number = detail::entry_number(name.id);
    if (!number) return unknown_thing(name);
    const auto entry = record::Record::entry(connection, *number);
    if (!entry && entry.error().code == ErrorCode::not_found) return unknown_thing(name);
    if (!entry) return Failure(entry.error());
    if (entry->content_removed() || TRY(hidden.in(*entry))) return unknown_thing(name);
    if (TRY(desk::Desk::said(connection, desk::ProposalId(entry->subject))))
        return Target{.part = Part::proposal, .thing = entry->subject};
    return Target{.part = Part::entry, .thing = record::thing_of_entry(*number)};
}

Result<Restriction> SubjectRights::restrict(const access::Caller& caller, const NewRestriction& wanted) {
    TRY(detail::require_protector(caller));
    TRY(check_words(wanted.reason, "reason", "Skriv varför behandlingen begränsas."));
    Restriction made;
    TRY(stores_.database.write([&](store::Connection& connection) -> Result<void> {
        const auto target = TRY(find_target(connection, caller, wanted.thing));
        const RestrictionContent content{
            {target.part, target.part == Part::entry ? wanted.thing.id : target.thing},
            wanted.ground,
            wanted.reason};
        const auto entry = TRY(stores_.record.append(connection, caller, restriction_kind, target.thing,
                                                     json::write(content), clock_()));
        TRY(record::restrict_thing(connection, target.thing, entry.number));
        if (target.part == Part::document) TRY(documents::restriction_changed(connection));
        made = TRY(view(connection, caller, entry.number, target.thing, std::nullopt));
        return {};
    }));
    return made;
}

Result<Restriction> SubjectRights::lift(const access::Caller& caller, std::int64_t restriction,
                                        const std::string& reason) {
    TRY(detail::require_protector(caller));
    TRY(check_words(reason, "reason", "Skriv varför begränsningen hävs."));
    Restriction lifted;
    TRY(stores_.database.write([&](store::Connection& connection) -> Result<void> {
        const auto marks = TRY(record::restrictions(connection));
        const auto mark = std::ranges::find(marks, restriction, &record::RestrictionMark::entry);
        if (mark == marks.end())
            return fail(ErrorCode::not_found, "Begränsningen finns inte.", std::to_string(restriction));
        const auto entry =
            TRY(stores_.record.append(connection, caller, lift_kind, mark->thing,
                                      json::write(LiftContent{restriction, reason}), clock_()));
        TRY(record::lift_restriction(connection, restriction, entry.number));
        TRY(documents::restriction_changed(connection));
        lifted = TRY(view(connection, caller, restriction, mark->thing, entry.number));
        return {};
    }));
    return lifted;
}

Result<std::vector<Restriction>> SubjectRights::restrictions(const access::Caller& caller) {
    TRY(require_auditor(caller));
    std::vector<Restriction> all;
    TRY(stores_.database.read([&](store::Connection& connection) -> Result<void> {
        for (const auto& mark : TRY(record::restrictions(connection)))
            all.push_back(TRY(view(connection, caller, mark.entry, mark.thing, mark.lifted)));
        return {};
    }));
    return all;
}

Result<Restriction> SubjectRights::view(store::Connection& connection, const access::Caller& caller,
                                        std::int64_t number, std::string_view thing,
                                        std::optional<std::int64_t> lifted) {
    const auto entry = TRY(record::Record::entry(connection, number));
    Restriction shown{.entry = number,
                      .thing = {Part::entry, std::string(thing)},
                      .moment = entry.moment,
                      .by = entry.actor};
    if (!entry.content_removed()) {
        auto content = TRY(json::read<RestrictionContent>(entry.content));
        shown.thing = std::move(content.thing);
        shown.ground = content.ground;
        shown.reason = std::move(content.reason);
    }
    shown.title = TRY(title_of(connection, caller, shown.thing));
    if (!lifted) return shown;
    const auto end = TRY(record::Record::entry(connection, *lifted));
    shown.lifted = end.moment;
    shown.lifted_by = end.actor;
    if (!end.content_removed()) shown.lift_reason = TRY(json::read<LiftContent>(end.content)).reason;
    return shown;
}

Result<std::string> SubjectRights::title_of(store::Connection& connection, const access::Caller& caller,
                                            const PartName& thing) {
    if (thing.part == Part::entry) return "Anteckning " + thing.id;
    documents::HiddenReferences hidden(stores_.library, caller, documents::Restricted::shown);
    if (thing.part == Part::proposal) {
        const auto said = TRY(desk::Desk::said(connection, desk::ProposalId(thing.id)));
        return said && !TRY(hidden.in(said->evidence)) ? said->title : std::string();
    }
    if (TRY(hidden.in(thing.id))) return std::string();
    return TRY(documents::title_of(connection, documents::DocumentId(thing.id))).value_or("");
}

Result<std::string> SubjectRights::text(const access::Caller& caller, std::int64_t restriction) {
    TRY(require_auditor(caller));
    Target target;
    std::optional<std::string> said;
    TRY(stores_.database.read([&](store::Connection& connection) -> Result<void> {
        const auto marks = TRY(record::restrictions(connection));
        const auto mark = std::ranges::find(marks, restriction, &record::RestrictionMark::entry);
        if (mark == marks.end())
            return fail(ErrorCode::not_found, "Begränsningen finns inte.", std::to_string(restriction));
        const auto shown = TRY(view(connection, caller, mark->entry, mark->thing, mark->lifted));
        target = TRY(find_target(connection, caller, shown.thing));
        if (target.part == Part::entry) target.thing = shown.thing.id;
        if (target.part != Part::proposal) return {};
        if (const auto found = TRY(desk::Desk::said(connection, desk::ProposalId(target.thing))))
            said = found->title + "\n\n" + found->text;
        return {};
    }));
    if (said) return *said + detail::correction_text(TRY(corrections_of(target.thing)));
    const detail::SubjectParts parts{stores_.database, stores_.record, stores_.library};
    if (target.part == Part::entry) return detail::kept_text(parts, caller, {Stock::record, target.thing});
    return detail::kept_text(parts, caller, {Stock::document, target.version});
}

Result<CorrectionNote> SubjectRights::correct(const access::Caller& caller, const NewCorrection& wanted) {
    TRY(detail::require_protector(caller));
    TRY(check_words(wanted.right, "right", "Skriv vad som är rätt."));
    TRY(check_words(wanted.reason, "reason", "Skriv varför uppgiften rättas."));
    if (wanted.wrong.size() > longest_reason)
        return fail(ErrorCode::too_large, "Texten är för lång.", "wrong", "Skriv högst 4 000 tecken.");
    if (wanted.replaced && wanted.thing.part != Part::document)
        return fail(ErrorCode::invalid_input, "Bara en äldre version av ett dokument kan tas ur sökningen.",
                    "replaced");
    CorrectionNote made;
    TRY(stores_.database.write([&](store::Connection& connection) -> Result<void> {
        const auto target = TRY(find_target(connection, caller, wanted.thing));
        const auto& thing = target.part == Part::document ? target.version : target.thing;
        const detail::CorrectionContent content{thing,        target.part,   wanted.wrong,
                                                wanted.right, wanted.reason, wanted.replaced};
        const auto entry = TRY(stores_.record.append(connection, caller, correction_kind, thing,
                                                     json::write(content), clock_()));
        TRY(record::mark_corrected(connection, thing, entry.number));
        if (wanted.replaced)
            TRY(documents::mark_corrected(connection, documents::VersionId(thing), entry.number));
        made = TRY(detail::corrections_of(connection, thing)).back();
        return {};
    }));
    return made;
}

Result<std::vector<CorrectionNote>> SubjectRights::corrections_of(std::string_view thing) {
    std::vector<CorrectionNote> notes;
    TRY(stores_.database.read([&](store::Connection& connection) -> Result<void> {
        notes = TRY(detail::corrections_of(connection, thing));
        return {};
    }));
    return notes;
}

Result<std::vector<Recipient>> SubjectRights::recipients(const access::Caller& caller,
                                                         const PartName& thing) {
    TRY(detail::require_protector(caller));
    std::vector<Recipient> found;
    TRY(stores_.database.read([&](store::Connection& connection) -> Result<void> {
        const auto target = TRY(find_target(connection, caller, thing));
        std::vector<desk::Desk::Sent> sent;
        if (target.part == Part::document) sent = TRY(desk::Desk::sent_quoting(connection, target.versions));
        if (target.part == Part::proposal)
            sent = TRY(desk::Desk::sent(connection, desk::ProposalId(target.thing)));
        for (const auto& one : sent)
            found.push_back(recipient_of(one));
        std::vector<ItemName> wanted;
        for (const auto& version : target.versions)
            wanted.push_back({Stock::document, version});
        if (target.part == Part::entry) wanted.push_back({Stock::record, thing.id});
        return record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
            // The entries of a proposal go out one by one.
            if (target.part == Part::proposal && entry.subject == target.thing)
                wanted.push_back({Stock::record, std::to_string(entry.number)});
            if (entry.kind != release_kind) return {};
            if (auto recipient = TRY(recipient_of_release(entry, wanted))) found.push_back(*recipient);
            return {};
        });
    }));
    std::ranges::stable_sort(found, {}, &Recipient::moment);
    return found;
}

}  // namespace kansli::archive
