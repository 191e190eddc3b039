#include "desk/detail/rows.hpp"

#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::desk::detail {

namespace {

using namespace std::chrono_literals;

// A page tells every half minute that it is still open.
constexpr auto claim_lifetime = 2min;

constexpr std::string_view columns =
    "p.id, p.kind, p.title, p.prepared, p.input, p.output, p.evidence, p.confidence, p.model, p.settings, "
    "p.milliseconds, p.information_class, p.text, p.owner, p.owner_name, p.department, p.state, p.version, "
    "p.created, p.submitted, p.deadline, p.note, p.principal, p.recipient, p.recipient_name, p.approver, "
    "p.changed_by, p.entry, c.person, c.name, c.since";

std::optional<std::string> text_of(const std::optional<Date>& day) {
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

std::optional<std::string> text_of(const std::optional<Timestamp>& moment) {
    return moment ? std::optional(to_string(*moment)) : std::nullopt;
}

// What was decided is not told to whoever is to give a second opinion.
void make_blind(Proposal& proposal) {
    proposal.state = State::waiting;
    proposal.text = proposal.made.text;
    proposal.changed_by.clear();
    proposal.approver = {};
    proposal.reviewed_by = {};
}

}  // namespace

Result<std::vector<std::string>> sources_in(store::Connection& connection, Look look, const std::string& of) {
    std::string_view sql;
    switch (look) {
        case Look::one:
            sql = "SELECT version FROM desk_sources WHERE proposal = ?1";
            break;
        case Look::own:
            sql =
                "SELECT DISTINCT s.version FROM desk_sources s JOIN desk_proposals p ON p.id = s.proposal "
                "WHERE p.owner = ?1";
            break;
        case Look::waiting:
            sql =
                "SELECT DISTINCT s.version FROM desk_sources s JOIN desk_proposals p ON p.id = s.proposal "
                "WHERE ?1 = ?1 AND (p.state IN ('waiting', 'waiting_second') OR EXISTS (SELECT 1 FROM "
                "desk_samples a WHERE a.proposal = p.id AND a.second_person IS NULL))";
            break;
    }
    auto& rows = TRY(connection.prepare(sql)).get();
    rows.bind(of);
    std::vector<std::string> versions;
    while (TRY(rows.step()))
        versions.push_back(rows.text(0));
    return versions;
}

std::string claims_living_at(Timestamp moment) {
    return to_string(moment - claim_lifetime);
}

Result<Viewer> viewer(store::Connection& connection, const access::Caller& caller, Kinds kinds,
                      const SourceRules& rules, Timestamp now, Look look, const ProposalId& id) {
    std::vector<std::string> reviewed_kinds;
    for (const auto& kind : kinds) {
        if (access::may_review(caller, kind.name)) reviewed_kinds.emplace_back(kind.name);
    }
    auto sources = TRY(sources_in(connection, look, look == Look::one ? id.str() : caller.id.str()));
    return Viewer{.person = caller.id.str(),
                  .kinds = json::write(reviewed_kinds),
                  .principals = json::write(access::principals_of(caller)),
                  .everything = access::is_keeper(caller),
                  .any_list = access::Viewer(caller).passes_lists(),
                  .living = claims_living_at(now),
                  .hidden = json::write(TRY(rules.hidden(connection, caller, std::move(sources))))};
}

const std::string& sees() {
    static const std::string condition = fmt::format("((p.owner = ?1 OR {}) AND {})", reviewed, open_now);
    return condition;
}

const std::string& select_proposals() {
    static const std::string select = fmt::format(
        "SELECT {}, ({} AND {}), (SELECT r.person FROM desk_reviews r WHERE r.proposal = p.id AND r.undone "
        "IS "
        "NULL ORDER BY r.number DESC LIMIT 1), p.walled, p.experiment, p.arm, p.drawn_for, p.drawn, "
        "p.cpu_milliseconds, p.joules FROM desk_proposals p LEFT JOIN desk_claims c ON "
        "c.proposal = "
        "p.id AND c.seen > ?6 AND c.person <> ?1 ",
        columns, reviewed, for_second_look);
    return select;
}

Result<Proposal> proposal_of_row(const store::Statement& row) {
    Proposal proposal{.id = ProposalId(row.text(0)),
                      .text = row.text(12),
                      .owner = access::UserId(row.text(13)),
                      .owner_name = row.text(14),
                      .department = row.text(15),
                      .state = TRY(read_name<State>(row.view(16))),
                      .version = row.integer(17),
                      .created = TRY(parse_timestamp(row.view(18))),
                      .note = row.text(21),
                      .principal = row.text(22),
                      .recipient = access::UserId(row.text(23)),
                      .recipient_name = row.text(24),
                      .approver = access::UserId(row.text(25)),
                      .changed_by = row.text(26),
                      .entry = row.integer(27),
                      .second_look = row.integer(31) != 0,
                      .assignment = {row.text(34), TRY(read_name<Arm>(row.view(35))),
                                     ProposalId(row.text(36)), row.real(37)},
                      .reviewed_by = access::UserId(row.text(32))};
    proposal.made = {.kind = row.text(1),
                     .title = row.text(2),
                     .text = row.text(3),
                     .input = row.text(4),
                     .output = row.text(5),
                     .evidence = row.text(6),
                     .confidence = row.real(7),
                     .model = row.text(8),
                     .settings = row.text(9),
                     .milliseconds = row.real(10),
                     .cpu_milliseconds = row.real(38),
                     .information_class = TRY(read_name<access::InformationClass>(row.view(11))),
                     .readers = access::ReadRule({}, row.integer(33) != 0)};
    if (!row.is_null(39)) proposal.made.joules = row.real(39);
    if (!row.is_null(19)) proposal.submitted = TRY(parse_timestamp(row.view(19)));
    if (!row.is_null(20)) proposal.deadline = TRY(parse_date(row.view(20)));
    if (!row.is_null(28)) {
        proposal.opened_by =
            Claim{access::UserId(row.text(28)), row.text(29), TRY(parse_timestamp(row.view(30))), false};
    }
    if (proposal.second_look) make_blind(proposal);
    return proposal;
}

Result<Proposal> load(store::Connection& connection, const Viewer& viewer, const ProposalId& id) {
    auto& row = TRY(connection.prepare(select_proposals() + "WHERE p.id = ?8 AND " + sees())).get();
    if (!TRY(bind_viewer(row, viewer, id.str()).step()))
        return fail(ErrorCode::not_found, "Förslaget finns inte.", id.str());
    auto proposal = TRY(proposal_of_row(row));
    auto& walls =
        TRY(connection.prepare("SELECT wall, principal FROM desk_walls WHERE proposal = ?1 ORDER BY wall"))
            .get();
    walls.bind(id.str());
    std::map<std::int64_t, access::AccessList> lists;
    while (TRY(walls.step())) {
        access::AccessList& list = lists[walls.integer(0)];
        if (const auto principal = walls.text(1); !principal.empty()) list.push_back(principal);
    }
    std::vector<access::AccessList> each;
    for (auto& [wall, list] : lists)
        each.push_back(std::move(list));
    proposal.made.readers = access::ReadRule(std::move(each), proposal.made.readers.is_walled());
    return proposal;
}

Result<void> insert(store::Connection& connection, const Proposal& proposal) {
    const auto& made = proposal.made;
    TRY(connection.execute(
        "INSERT INTO desk_proposals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
        "?15, "
        "?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)",
        proposal.id.str(), made.kind, made.title, made.text, made.input, made.output, made.evidence,
        made.confidence, made.model, made.settings, made.milliseconds,
        json::enum_name(made.information_class), proposal.text, proposal.owner.str(), proposal.owner_name,
        proposal.department, json::enum_name(proposal.state), proposal.version, to_string(proposal.created),
        text_of(proposal.submitted), text_of(proposal.deadline), proposal.note, proposal.principal,
        proposal.recipient.str(), proposal.recipient_name, proposal.approver.str(), proposal.changed_by,
        proposal.entry, made.readers.is_walled(), proposal.assignment.experiment,
        json::enum_name(proposal.assignment.arm), proposal.assignment.drawn_for.str(),
        proposal.assignment.number, made.cpu_milliseconds, made.joules));
    // Evidence of another form than quotes names no versions.
    TRY(connection.execute(
        "INSERT OR IGNORE INTO desk_sources SELECT ?1, version FROM (SELECT CASE quote.type WHEN 'object' "
        "THEN coalesce(json_extract(quote.value, '$.version'), '') ELSE '' END AS version "
        "FROM json_each(CASE WHEN json_valid(?2) THEN ?2 ELSE '[]' END) quote) WHERE version <> ''",
        proposal.id.str(), made.evidence));
    int wall = 0;
    for (access::AccessList list : made.readers.lists()) {
        if (list.empty()) list.emplace_back();  // a row that names nobody
        for (const auto& principal : list)
            TRY(connection.execute("INSERT OR IGNORE INTO desk_walls VALUES (?1, ?2, ?3)", proposal.id.str(),
                                   wall, principal));
        ++wall;
    }
    return {};
}

Result<void> save(store::Connection& connection, Proposal& proposal) {
    TRY(connection.execute(
        "UPDATE desk_proposals SET text = ?3, state = ?4, version = version + 1, submitted = ?5, deadline = "
        "?6, note = ?7, principal = ?8, recipient = ?9, recipient_name = ?10, approver = ?11, changed_by = "
        "?12 WHERE id = ?1 AND version = ?2",
        proposal.id.str(), proposal.version, proposal.text, json::enum_name(proposal.state),
        text_of(proposal.submitted), text_of(proposal.deadline), proposal.note, proposal.principal,
        proposal.recipient.str(), proposal.recipient_name, proposal.approver.str(), proposal.changed_by));
    if (connection.changes() != 1)
        return fail(ErrorCode::conflict, "Förslaget har ändrats av någon annan.", proposal.id.str(),
                    "Ladda om det.");
    ++proposal.version;
    return {};
}

Result<void> check_version(const Proposal& proposal, std::int64_t version) {
    if (proposal.version == version) return {};
    const auto who = proposal.changed_by.empty() ? std::string("någon annan") : proposal.changed_by;
    return fail(ErrorCode::conflict,
                is_decided(proposal.state)
                    ? fmt::format("Förslaget är redan avgjort av {}.", who)
                    : fmt::format("Förslaget har ändrats av {} sedan du öppnade det.", who),
                proposal.id.str(), "Ladda om förslaget.");
}

Result<void> check_claim(const Proposal& proposal) {
    if (!proposal.opened_by) return {};
    return fail(ErrorCode::conflict, fmt::format("{} har förslaget öppet just nu.", proposal.opened_by->name),
                proposal.id.str(), "Ta ett annat förslag, eller prata med varandra om det här.");
}

Failure cannot(const Proposal& proposal) {
    return fail(ErrorCode::conflict,
                is_decided(proposal.state)
                    ? fmt::format("Förslaget är redan avgjort av {}.", proposal.changed_by)
                    : std::string("Det går inte att göra med förslaget som det är nu."),
                proposal.id.str(), "Ladda om förslaget.");
}

Result<std::vector<ReviewRow>> load_reviews(store::Connection& connection, const ProposalId& id) {
    auto& row = TRY(connection.prepare(
                        "SELECT number, person, name, action, reason, seconds, batch, moment, state_before, "
                        "state_after, text_before, text_after, approver_before, undone FROM desk_reviews "
                        "WHERE proposal = ?1 ORDER BY number"))
                    .get();
    row.bind(id.str());
    std::vector<ReviewRow> reviews;
    while (TRY(row.step())) {
        reviews.push_back({.number = row.integer(0),
                           .person = row.text(1),
                           .name = row.text(2),
                           .action = TRY(read_name<Action>(row.view(3))),
                           .reason = row.text(4),
                           .seconds = row.real(5),
                           .batch = row.integer(6) != 0,
                           .moment = TRY(parse_timestamp(row.view(7))),
                           .state_before = TRY(read_name<State>(row.view(8))),
                           .state_after = TRY(read_name<State>(row.view(9))),
                           .text_before = row.text(10),
                           .text_after = row.text(11),
                           .approver_before = row.text(12),
                           .undone = !row.is_null(13)});
    }
    return reviews;
}

Result<std::int64_t> insert_review(store::Connection& connection, const ProposalId& id,
                                   const ReviewRow& review) {
    TRY(connection.execute(
        "INSERT INTO desk_reviews (proposal, person, name, action, reason, seconds, batch, moment, "
        "state_before, state_after, text_before, text_after, approver_before, distance) VALUES (?1, ?2, ?3, "
        "?4, ?5, "
        "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        id.str(), review.person, review.name, json::enum_name(review.action), review.reason, review.seconds,
        review.batch, to_string(review.moment), json::enum_name(review.state_before),
        json::enum_name(review.state_after), review.text_before, review.text_after, review.approver_before,
        review.distance));
    return connection.last_row_id();
}

Result<Decision> DecisionRows::load(store::Connection& connection, const Proposal& proposal) {
    const auto reviews = TRY(load_reviews(connection, proposal.id));
    for (auto review = reviews.rbegin(); review != reviews.rend(); ++review) {
        if (review->undone || !is_decided(review->state_after)) continue;
        Decision decision;
        decision.proposal_ = proposal.id;
        decision.kind_ = proposal.made.kind;
        decision.outcome_ = review->action == Action::accept ? Outcome::accepted
                            : review->action == Action::edit ? Outcome::edited
                                                             : Outcome::rejected;
        decision.text_ = review->text_after;
        decision.reason_ = review->reason;
        decision.person_ = access::UserId(review->person);
        decision.name_ = review->name;
        if (is_decided(proposal.state)) return decision;
        break;
    }
    return fail(ErrorCode::conflict, "Förslaget är inte avgjort.", proposal.id.str());
}

}  // namespace kansli::desk::detail
