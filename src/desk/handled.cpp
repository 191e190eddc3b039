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

// A review as measuring sees it.
struct Reviewed {
    std::string person{};
    double seconds = 0;
    bool batch = false;
    Timestamp moment{};
    std::optional<Timestamp> undone{};
    std::optional<double> distance{};
    std::optional<Outcome> outcome{};  // when it decided
};

Outcome outcome_of(Action action) {
    return action == Action::accept ? Outcome::accepted
           : action == Action::edit ? Outcome::edited
                                    : Outcome::rejected;
}

Result<std::map<Handled*, std::vector<Reviewed>>> read_reviews(store::Connection& connection,
                                                               const ById& items) {
    auto& row = TRY(connection.prepare(
                        "SELECT r.proposal, r.person, r.action, r.seconds, r.batch, r.moment, r.undone, "
                        "r.distance, r.state_after FROM desk_reviews r ORDER BY r.number"))
                    .get();
    row.bind();
    std::map<Handled*, std::vector<Reviewed>> reviews;
    while (TRY(row.step())) {
        const auto found = items.find(row.view(0));
        if (found == items.end()) continue;
        Reviewed one{.person = row.text(1),
                     .seconds = row.real(3),
                     .batch = row.integer(4) != 0,
                     .moment = TRY(parse_timestamp(row.view(5))),
                     .undone = TRY(moment_at(row, 6))};
        if (!row.is_null(7)) one.distance = row.real(7);
        if (is_decided(TRY(detail::read_name<State>(row.view(8)))))
            one.outcome = outcome_of(TRY(detail::read_name<Action>(row.view(2))));
        reviews[found->second].push_back(std::move(one));
    }
    return reviews;
}

void add_reviews(Handled& item, const std::vector<Reviewed>& reviews, const PeriodOf& period_of) {
    const auto decision = std::ranges::find_if(reviews, [&](const Reviewed& one) {
        return one.outcome && (!one.undone || period_of(*one.undone) > period_of(one.moment));
    });
    const bool decided = decision != reviews.end();
    const auto counts = [&](Timestamp moment) {
        return !decided || period_of(moment) <= period_of(decision->moment);
    };
    for (const auto& one : reviews) {
        if (!counts(one.moment)) continue;
        item.seconds += one.seconds;
        if (std::ranges::find(item.reviewers, one.person) == item.reviewers.end())
            item.reviewers.push_back(one.person);
        item.reopened = item.reopened || (one.undone && counts(*one.undone));
    }
    if (!decided) return;
    item.outcome = decision->outcome;
    item.decided = decision->moment;
    item.batch = decision->batch;
    item.distance = decision->distance;
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
        TRY(connection.prepare("SELECT proposal, first_outcome = second_outcome, moment FROM desk_samples "
                               "WHERE second_outcome IS NOT NULL ORDER BY review"))
            .get();
    looks.bind();
    while (TRY(looks.step())) {
        const auto found = items.find(looks.view(0));
        // The first is told of; one of a decision made anew would move it.
        if (found == items.end() || found->second->second_opinion) continue;
        found->second->second_opinion = {looks.integer(1) != 0, TRY(parse_timestamp(looks.view(2)))};
    }
    return {};
}

}  // namespace

Result<std::vector<Handled>> handled(store::Connection& connection, const PeriodOf& period_of) {
    auto items = TRY(read_items(connection));
    ById by_id;
    for (auto& item : items)
        by_id[item.id.str()] = &item;
    for (const auto& [item, reviews] : TRY(read_reviews(connection, by_id)))
        add_reviews(*item, reviews, period_of);
    TRY(add_the_rest(connection, by_id));
    return items;
}

}  // namespace kansli::desk
