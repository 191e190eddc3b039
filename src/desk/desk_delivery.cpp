// How approved decisions leave the house.
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "desk/desk.hpp"
#include "desk/detail/address.hpp"
#include "desk/detail/rows.hpp"
#include "json/binder.hpp"

namespace kansli::desk {

namespace {

Result<void> check_target(Way way, const std::string& target) {
    if (way != Way::mail && !target.empty())
        return fail(ErrorCode::invalid_input, "Bara e-post har en adress.", "target");
    return way == Way::mail ? detail::check_address(target, "target") : Result<void>();
}

Result<Delivery> delivery_of_row(const store::Statement& row) {
    return Delivery{.id = DeliveryId(row.text(0)),
                    .way = TRY(detail::read_name<Way>(row.view(1))),
                    .target = row.text(2),
                    .name = row.text(3),
                    .moment = TRY(parse_timestamp(row.view(4))),
                    .state = TRY(detail::read_name<DeliveryState>(row.view(5))),
                    .problem = row.text(6)};
}

// `condition` on a row `p` of desk_proposals, with ?1.
Result<std::vector<Desk::Sent>> sent_where(store::Connection& connection, std::string_view condition,
                                           const std::string& value) {
    auto& rows = TRY(connection.prepare(fmt::format(
                         "SELECT d.id, d.way, d.target, d.name, d.moment, d.state, d.problem, p.id, p.title "
                         "FROM desk_deliveries d JOIN desk_proposals p ON p.id = d.proposal WHERE {} "
                         "ORDER BY d.moment, d.id",
                         condition)))
                     .get();
    rows.bind(value);
    std::vector<Desk::Sent> found;
    while (TRY(rows.step()))
        found.push_back({ProposalId(rows.text(7)), rows.text(8), TRY(delivery_of_row(rows))});
    return found;
}

bool same(const Decision& a, const Decision& b) {
    return a.proposal() == b.proposal() && a.outcome() == b.outcome() && a.text() == b.text() &&
           a.person() == b.person();
}

}  // namespace

Result<Decision> Desk::decision(const access::Caller& caller, const ProposalId& id) {
    std::optional<Decision> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::DecisionRows::load(connection, TRY(load(connection, caller, id))));
        return {};
    }));
    return *std::move(found);
}

Result<Delivery> Desk::deliver(const access::Caller& caller, const Decision& decision, std::int64_t version,
                               Way way, const std::string& target, const Alongside& alongside) {
    TRY(check_target(way, target));
    Delivery delivery{.id = DeliveryId(random_token()),
                      .way = way,
                      .target = target,
                      .name = caller.name,
                      .moment = clock_(),
                      .state = way == Way::mail ? DeliveryState::ordered : DeliveryState::done};
    const auto work = [&](store::Connection& connection, Proposal& proposal) -> Result<void> {
        const auto* kind = find_kind(kinds_, proposal.made.kind);
        if (proposal.owner != caller.id && !access::may_review(caller, proposal.made.kind))
            return fail(ErrorCode::forbidden, "Du får inte lämna ut det här.");
        if (kind == nullptr || !leads_to(*kind, way))
            return fail(ErrorCode::unsupported, "Den här sortens förslag lämnas inte ut så.", "way");
        const auto next = after(proposal.state, Action::deliver);
        if (!next || !decision.approves() ||
            !same(decision, TRY(detail::DecisionRows::load(connection, proposal))))
            return fail(ErrorCode::conflict, "Förslaget är inte godkänt som det är nu.", proposal.id.str(),
                        "Ladda om förslaget.");
        proposal.state = *next;
        TRY(connection.execute("INSERT INTO desk_deliveries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')",
                               delivery.id.str(), proposal.id.str(), json::enum_name(way), target,
                               caller.id.str(), caller.name, to_string(delivery.moment),
                               json::enum_name(delivery.state)));
        auto content = json::Value::object();
        content["delivery"] = delivery.id.str();
        content["way"] = json::enum_name(way);
        content["target"] = target;
        content["decided_by"] = decision.name();
        content["text"] = decision.text();
        TRY(note(connection, caller, "decision_delivered", proposal.id, content));
        return alongside ? alongside(connection, delivery) : Result<void>();
    };
    TRY(change(caller, decision.proposal(), version, work));
    return delivery;
}

Result<void> Desk::delivery_ended(const DeliveryId& id, const std::optional<Error>& problem) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        auto& row =
            TRY(connection.prepare("SELECT proposal, person, name FROM desk_deliveries WHERE id = ?1")).get();
        if (!TRY(row.bind(id.str()).step()))
            return fail(ErrorCode::not_found, "Utlämnandet finns inte.", id.str());
        const ProposalId proposal(row.text(0));
        const access::Caller person{.id = access::UserId(row.text(1)), .name = row.text(2)};
        const auto state = problem ? DeliveryState::failed : DeliveryState::done;
        TRY(connection.execute("UPDATE desk_deliveries SET state = ?2, problem = ?3 WHERE id = ?1", id.str(),
                               json::enum_name(state), problem ? to_line(*problem) : std::string()));
        auto content = json::Value::object();
        content["delivery"] = id.str();
        content["problem"] = problem ? to_line(*problem) : std::string();
        return note(connection, person, problem ? "delivery_failed" : "delivery_done", proposal, content);
    });
}

Result<std::vector<Delivery>> Desk::deliveries(const access::Caller& caller, const ProposalId& id) {
    std::vector<Delivery> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(load(connection, caller, id)).second_look) return {};
        auto& row = TRY(connection.prepare("SELECT id, way, target, name, moment, state, problem FROM "
                                           "desk_deliveries WHERE proposal = ?1 ORDER BY moment, id"))
                        .get();
        row.bind(id.str());
        while (TRY(row.step()))
            found.push_back(TRY(delivery_of_row(row)));
        return {};
    }));
    return found;
}

Result<std::vector<Desk::Sent>> Desk::sent(store::Connection& connection, const ProposalId& id) {
    return sent_where(connection, "p.id = ?1", id.str());
}

Result<std::vector<Desk::Sent>> Desk::sent_quoting(store::Connection& connection,
                                                   const std::vector<std::string>& versions) {
    return sent_where(connection,
                      "p.id IN (SELECT proposal FROM desk_sources WHERE version IN (SELECT value FROM "
                      "json_each(?1)))",
                      json::write(versions));
}

Result<std::optional<Desk::Said>> Desk::said(store::Connection& connection, const ProposalId& id) {
    auto& row =
        TRY(connection.prepare("SELECT title, text, evidence FROM desk_proposals WHERE id = ?1")).get();
    if (!TRY(row.bind(id.str()).step())) return std::nullopt;
    return Said{row.text(0), row.text(1), row.text(2)};
}

Result<std::optional<Desk::Called>> Desk::called(const access::Caller& caller, const ProposalId& id) {
    std::optional<Called> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        {
            auto& row =
                TRY(connection.prepare("SELECT title, entry FROM desk_proposals WHERE id = ?1")).get();
            if (!TRY(row.bind(id.str()).step())) return {};
            found = Called{.title = row.text(0), .entry = row.integer(1)};
        }
        const auto proposal = load(connection, caller, id);
        if (!proposal && proposal.error().code != ErrorCode::not_found) return Failure(proposal.error());
        found->opens = proposal.has_value();
        return {};
    }));
    return found;
}

}  // namespace kansli::desk
