#include "plan/routing/swap_star.hpp"

namespace kansli::plan::routing {

namespace {

// A route from which the stop at `leaving` goes, and into which `coming` comes behind position `behind`. Either may be absent.
Parts<4> with_exchange(const WorkingRoute& route, int leaving, const Part& coming, int behind) {
    const int end = route.end();
    if (leaving == 0) return {{{&route, 0, behind}, coming, {&route, behind + 1, end}, {}}};
    if (coming.empty()) return {{{&route, 0, leaving - 1}, {&route, leaving + 1, end}, {}, {}}};
    if (behind < leaving)
        return {{{&route, 0, behind}, coming, {&route, behind + 1, leaving - 1}, {&route, leaving + 1, end}}};
    return {{{&route, 0, leaving - 1}, {&route, leaving + 1, behind}, coming, {&route, behind + 1, end}}};
}

}  // namespace

bool SwapStar::improve(int one, int other) {
    evaluate(one, other, ones_);
    evaluate(other, one, others_);
    Exchange best;
    consider_pairs(one, other, best);
    consider_single(one, other, ones_, true, best);
    consider_single(other, one, others_, false, best);
    return best.change < 0 && make(one, other, best);
}

// What it changes to take each visit out of its route, and where it goes best in the other.
void SwapStar::evaluate(int from, int into, std::vector<Visitor>& visitors) const {
    const WorkingRoute& route = plan_->route(from);
    const WorkingRoute& target = plan_->route(into);
    visitors.assign(static_cast<std::size_t>(route.size()) + 1, {});
    for (int position = 1; position <= route.size(); ++position) {
        Visitor& visitor = visitors[static_cast<std::size_t>(position)];
        visitor.removal = plan_->detour(from, position - 1, position + 1, Solution::no_node);
        for (int behind = 0; behind <= target.size(); ++behind) {
            Candidate found{behind, plan_->detour(into, behind, behind + 1, route[position])};
            for (Candidate& candidate : visitor.best) {
                if (candidate.position < 0 || found.change < candidate.change) std::swap(candidate, found);
                if (found.position < 0) break;
            }
        }
    }
}

// The best place for a visit in a route that the stop at `leaving` leaves, whose removal changes the cost by `removal`.
SwapStar::Candidate SwapStar::best_without(int into, int leaving, const Visitor& visitor, Cost removal,
                                           Node visit) const {
    Candidate best{leaving - 1, plan_->detour(into, leaving - 1, leaving + 1, visit) - removal};
    for (const Candidate& candidate : visitor.best) {
        if (candidate.position < 0) break;
        if (candidate.position == leaving || candidate.position == leaving - 1) continue;
        if (candidate.change < best.change) best = candidate;
        break;  // the others are no better
    }
    return best;
}

void SwapStar::consider_pairs(int one, int other, Exchange& best) const {
    const WorkingRoute& a = plan_->route(one);
    const WorkingRoute& b = plan_->route(other);
    for (int i = 1; i <= a.size(); ++i) {
        const Visitor& from_a = ones_[static_cast<std::size_t>(i)];
        for (int j = 1; j <= b.size(); ++j) {
            const Visitor& from_b = others_[static_cast<std::size_t>(j)];
            Cost change = from_a.removal + from_b.removal;
            if (change >= best.change) continue;
            change += plan_->load_change(one, a[i], b[j]) + plan_->load_change(other, b[j], a[i]);
            if (change >= best.change) continue;
            const Candidate into_b = best_without(other, j, from_a, from_b.removal, a[i]);
            const Candidate into_a = best_without(one, i, from_b, from_a.removal, b[j]);
            change += into_a.change + into_b.change;
            if (change < best.change) best = {change, i, j, into_b.position, into_a.position};
        }
    }
}

void SwapStar::consider_single(int from, int into, const std::vector<Visitor>& visitors, bool from_first,
                               Exchange& best) const {
    const WorkingRoute& route = plan_->route(from);
    for (int position = 1; position <= route.size(); ++position) {
        const Visitor& visitor = visitors[static_cast<std::size_t>(position)];
        const Cost change = visitor.removal + visitor.best[0].change +
                            plan_->load_change(from, route[position], Solution::no_node) +
                            plan_->load_change(into, Solution::no_node, route[position]);
        if (change >= best.change) continue;
        best = from_first ? Exchange{change, position, 0, visitor.best[0].position, -1}
                          : Exchange{change, 0, position, -1, visitor.best[0].position};
    }
}

bool SwapStar::make(int one, int other, const Exchange& exchange) {
    const WorkingRoute& a = plan_->route(one);
    const WorkingRoute& b = plan_->route(other);
    const Part from_a = exchange.from_one == 0 ? Part{} : Part{&a, exchange.from_one, exchange.from_one};
    const Part from_b =
        exchange.from_other == 0 ? Part{} : Part{&b, exchange.from_other, exchange.from_other};
    return improve_by(
        *plan_, TwoRoutes<4, 4>{one, with_exchange(a, exchange.from_one, from_b, exchange.into_one), other,
                                with_exchange(b, exchange.from_other, from_a, exchange.into_other)});
}

}  // namespace kansli::plan::routing
