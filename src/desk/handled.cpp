#include "desk/handled.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "desk/detail/rows.hpp"

namespace kansli::desk {

namespace {

using ById = std::map<std::string, Handled*, std::less<>>;

Result<std::optional<Timestamp>> moment_at(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<Timestamp>();
    return std::optional(TRY(parse_timestamp(row.view(column))));
}

Result<std::vector<Handled>> read_items(store::Connection& connection) {
    auto& row = TRY(connection.prepare(
                        "SELECT p.id, p.kind, p.experiment, p.arm, p.drawn_for, p.drawn, p.owner, p.model, "
                        "p.created, p.submitted, p.milliseconds, p.cpu_milliseconds, p.joules, (SELECT "
                        "group_concat(DISTINCT json_extract(e.value, '$.version')) FROM "
                        "json_each(iif(p.evidence = '', "
                        "'[]', p.evidence)) e) FROM desk_proposals p ORDER BY p.created, p.id"))
                    .get();
    row.bind();
    std::vector<Handled> items;
    while (TRY(row.step())) {
        Handled item{.id = ProposalId(row.text(0)),
                     .kind = row.text(1),
                     .assignment = {row.text(2), TRY(detail::read_name<Arm>(row.view(3))),
                                    ProposalId(row.text(4)), row.real(5)},
                     .owner = access::UserId(row.text(6)),
                     .model = row.text(7),
                     .created = TRY(parse_timestamp(row.view(8))),
                     .submitted = TRY(moment_at(row, 9)),
                     .milliseconds = row.real(10),
                     .cpu_milliseconds = row.real(11)};
        if (!row.is_null(12)) item.joules = row.real(12);
        for (std::string_view left = row.view(13); !left.empty();) {
            const auto comma = std::min(left.find(','), left.size());
            item.sources.emplace_back(left.substr(0, comma));
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
        items.push_back(std::move(item));
    }
    return items;
}

// Reviews in order: the last one that has not been taken back and decided is the decision.
Result<void> add_reviews(store::Connection& connection, const ById& items) {
    auto& row = TRY(connection.prepare(
                        "SELECT r.proposal, r.person, r.action, r.seconds, r.batch, r.moment, r.undone, "
                        "r.distance, r.state_after FROM desk_reviews r ORDER BY r.number"))
                    .get();
    row.bind();
    while (TRY(row.step())) {
        const auto found = items.find(row.view(0));
        if (found == items.end()) continue;
        Handled& item = *found->second;
        item.seconds += row.real(3);
        if (std::ranges::find(item.reviewers, row.view(1)) == item.reviewers.end())
            item.reviewers.push_back(row.text(1));
        if (!row.is_null(6)) {
            item.reopened = true;
            continue;
        }
        if (!is_decided(TRY(detail::read_name<State>(row.view(8))))) continue;
        const auto action = TRY(detail::read_name<Action>(row.view(2)));
        item.outcome = action == Action::accept ? Outcome::accepted
                       : action == Action::edit ? Outcome::edited
                                                : Outcome::rejected;
        item.decided = TRY(parse_timestamp(row.view(5)));
        item.batch = row.integer(4) != 0;
        item.distance = row.is_null(7) ? std::nullopt : std::optional(row.real(7));
    }
    return {};
}

Result<void> add_the_rest(store::Connection& connection, const ById& items) {
    auto& sent = TRY(connection.prepare(
                         "SELECT proposal, way, state, moment FROM desk_deliveries ORDER BY moment, id"))
                     .get();
    sent.bind();
    while (TRY(sent.step())) {
        const auto found = items.find(sent.view(0));
        if (found == items.end()) continue;
        found->second->deliveries.push_back({TRY(detail::read_name<Way>(sent.view(1))),
                                             TRY(detail::read_name<DeliveryState>(sent.view(2))),
                                             TRY(parse_timestamp(sent.view(3)))});
    }
    auto& faults =
        TRY(connection.prepare("SELECT proposal, severity FROM desk_faults ORDER BY number")).get();
    faults.bind();
    while (TRY(faults.step())) {
        const auto found = items.find(faults.view(0));
        if (found != items.end())
            found->second->faults.push_back(TRY(detail::read_name<Severity>(faults.view(1))));
    }
    auto& looks =
        TRY(connection.prepare("SELECT proposal, first_outcome = second_outcome FROM desk_samples WHERE "
                               "second_outcome IS NOT NULL ORDER BY review"))
            .get();
    looks.bind();
    while (TRY(looks.step())) {
        const auto found = items.find(looks.view(0));
        if (found != items.end()) found->second->second_agrees = looks.integer(1) != 0;
    }
    return {};
}

}  // namespace

Result<std::vector<Handled>> handled(store::Connection& connection) {
    auto items = TRY(read_items(connection));
    ById by_id;
    for (auto& item : items)
        by_id[item.id.str()] = &item;
    TRY(add_reviews(connection, by_id));
    TRY(add_the_rest(connection, by_id));
    return items;
}

}  // namespace kansli::desk
