// What the desk tells, what is drawn for an item to come, and claims, which tell others that somebody has a proposal open.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "desk/desk.hpp"
#include "desk/detail/rows.hpp"
#include "json/binder.hpp"

namespace kansli::desk {

namespace {

// ?8 kind, ?9 confidence, ?10 handed in before, ?11 deadline. Whoever has approved is not asked for the second approval.
constexpr std::string_view waits =
    "((p.state IN ('waiting', 'waiting_second') AND p.approver <> ?1) OR {})"
    " AND (?8 IS NULL OR p.kind = ?8) AND (?9 IS NULL OR p.confidence >= ?9)"
    " AND (?10 IS NULL OR p.submitted < ?10) AND (?11 IS NULL OR p.deadline <= ?11)";

std::string waiting_condition() {
    return fmt::format("WHERE {} AND {} AND ", detail::reviewed, detail::open_now) +
           fmt::format(fmt::runtime(waits), detail::for_second_look);
}

std::string_view order_by(Order order) {
    switch (order) {
        case Order::deadline:
            return " ORDER BY p.deadline IS NULL, p.deadline, p.submitted, p.id";
        case Order::age:
            return " ORDER BY p.submitted, p.id";
        case Order::confidence:
            return " ORDER BY p.confidence DESC, p.submitted, p.id";
    }
    return "";
}

std::optional<std::string> shown(const std::optional<Date>& day) {
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

std::optional<std::string> shown(const std::optional<Timestamp>& moment) {
    return moment ? std::optional(to_string(*moment)) : std::nullopt;
}

store::Statement& bind_filter(store::Statement& statement, const detail::Viewer& viewer,
                              const Desk::Filter& filter) {
    return detail::bind_viewer(statement, viewer, filter.kind, filter.least_confidence,
                               shown(filter.submitted_before), shown(filter.deadline_until));
}

Result<std::vector<Proposal>> read_all(store::Statement& rows) {
    std::vector<Proposal> found;
    while (TRY(rows.step()))
        found.push_back(TRY(detail::proposal_of_row(rows)));
    return found;
}

}  // namespace

Result<Draw> Desk::draw(const access::Caller& caller, std::string_view kind, const std::string& title) {
    Draw draw{.id = ProposalId(random_token())};
    if (!assign_ || access::is_keeper(caller)) return draw;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        draw.assignment = TRY(assign_(connection, kind, draw.id, clock_()));
        if (draw.assignment.experiment.empty()) return {};
        auto& row =
            TRY(connection.prepare(
                    "SELECT drawn_for FROM desk_proposals WHERE owner = ?1 AND experiment = ?2 "
                    "AND kind = ?3 AND lower(trim(title)) = lower(trim(?4)) ORDER BY created LIMIT 1"))
                .get();
        if (!TRY(row.bind(caller.id.str(), draw.assignment.experiment, kind, title).step())) return {};
        const ProposalId first(row.text(0));
        draw.assignment = TRY(assign_(connection, kind, first, clock_()));
        return {};
    }));
    return draw;
}

Result<std::vector<Proposal>> Desk::waiting(const access::Caller& caller, const Filter& filter) {
    std::vector<Proposal> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto who =
            TRY(detail::viewer(connection, caller, kinds_, rules_, clock_(), detail::Look::waiting));
        const auto sql = detail::select_proposals() + waiting_condition() +
                         std::string(order_by(filter.order)) +
                         fmt::format(" LIMIT {}", std::clamp(filter.limit, 1, 1000));
        found = TRY(read_all(bind_filter(TRY(connection.prepare(sql)).get(), who, filter)));
        return {};
    }));
    return found;
}

Result<std::int64_t> Desk::waiting_count(const access::Caller& caller) {
    std::int64_t count = 0;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto who =
            TRY(detail::viewer(connection, caller, kinds_, rules_, clock_(), detail::Look::waiting));
        // ?6, the limit of living claims, is bound but of no use here.
        const auto sql = "SELECT count(*), ?6 FROM desk_proposals p " + waiting_condition();
        auto& row = bind_filter(TRY(connection.prepare(sql)).get(), who, {});
        TRY(row.step());
        count = row.integer(0);
        return {};
    }));
    return count;
}

Result<std::vector<Proposal>> Desk::own(const access::Caller& caller, int limit) {
    std::vector<Proposal> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto who = TRY(detail::viewer(connection, caller, kinds_, rules_, clock_(), detail::Look::own));
        const auto sql =
            detail::select_proposals() +
            fmt::format("WHERE p.owner = ?1 AND p.state <> 'draft' AND {} ORDER BY p.created DESC LIMIT ?8",
                        detail::open_now);
        found = TRY(read_all(
            detail::bind_viewer(TRY(connection.prepare(sql)).get(), who, std::clamp(limit, 1, 1000))));
        return {};
    }));
    return found;
}

Result<std::int64_t> Desk::returned_count(const access::Caller& caller) {
    std::int64_t count = 0;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto who = TRY(detail::viewer(connection, caller, kinds_, rules_, clock_(), detail::Look::own));
        // The rest of the viewer is bound but of no use here.
        auto& row =
            TRY(connection.prepare(fmt::format("SELECT count(*), ?2, ?3, ?4, ?5, ?6 FROM desk_proposals p "
                                               "WHERE p.owner = ?1 AND p.state = 'returned' AND {}",
                                               detail::open_now)))
                .get();
        TRY(detail::bind_viewer(row, who).step());
        count = row.integer(0);
        return {};
    }));
    return count;
}

Result<Proposal> Desk::proposal(const access::Caller& caller, const ProposalId& id) {
    Proposal found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(load(connection, caller, id));
        return {};
    }));
    return found;
}

Result<std::vector<Review>> Desk::history(const access::Caller& caller, const ProposalId& id) {
    std::vector<Review> reviews;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(load(connection, caller, id)).second_look) return {};
        for (const auto& row : TRY(detail::load_reviews(connection, id))) {
            Review review{.name = row.name,
                          .action = row.action,
                          .reason = row.reason,
                          .seconds = row.seconds,
                          .batch = row.batch,
                          .moment = row.moment,
                          .undone = row.undone};
            if (row.text_before != row.text_after)
                review.difference = text::compare_texts(row.text_before, row.text_after);
            reviews.push_back(std::move(review));
        }
        return {};
    }));
    return reviews;
}

std::vector<Action> Desk::actions(const access::Caller& caller, const Proposal& proposal) const {
    std::vector<Action> possible;
    const bool mine = proposal.owner == caller.id;
    const bool reviews = reviewer(caller, proposal.made.kind).has_value();
    for (const auto action : json::enum_values<Action>()) {
        const bool fits = action == Action::undo
                              ? can_undo(proposal.state) && proposal.reviewed_by == caller.id
                              : after(proposal.state, action).has_value();
        const bool may = action == Action::submit    ? mine
                         : action == Action::deliver ? mine || reviews
                                                     : reviews;
        const bool nothing_to_accept = action == Action::accept && proposal.text.empty();
        const bool second_of_two = action == Action::accept && proposal.state == State::waiting_second;
        if (fits && may && !nothing_to_accept && !(second_of_two && proposal.approver == caller.id))
            possible.push_back(action);
    }
    return possible;
}

Result<Claim> Desk::claim(const Reviewer& reviewer, const ProposalId& id) {
    Claim claim;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto& caller = reviewer.caller();
        const auto proposal = TRY(load(connection, caller, id));
        if (proposal.opened_by) {
            claim = *proposal.opened_by;
            return {};
        }
        if (is_decided(proposal.state))
            return fail(ErrorCode::conflict, "Förslaget är redan avgjort.", id.str());
        const auto moment = clock_();
        auto& row =
            TRY(connection.prepare(
                    "SELECT since FROM desk_claims WHERE proposal = ?1 AND person = ?2 AND seen > ?3"))
                .get();
        row.bind(id.str(), caller.id.str(), detail::claims_living_at(moment));
        claim = {caller.id, caller.name, moment, !TRY(row.step())};
        if (!claim.begun) claim.since = TRY(parse_timestamp(row.view(0)));
        return connection.execute("INSERT OR REPLACE INTO desk_claims VALUES (?1, ?2, ?3, ?4, ?5)", id.str(),
                                  caller.id.str(), caller.name, to_string(claim.since), to_string(moment));
    }));
    return claim;
}

Result<void> Desk::release(const access::Caller& caller, const ProposalId& id) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        return connection.execute("DELETE FROM desk_claims WHERE proposal = ?1 AND person = ?2", id.str(),
                                  caller.id.str());
    });
}

}  // namespace kansli::desk
