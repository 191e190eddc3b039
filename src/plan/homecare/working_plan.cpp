#include "plan/homecare/working_plan.hpp"

#include <algorithm>
#include <utility>

namespace kansli::plan::homecare {

WorkingPlan::WorkingPlan(const Problem& problem, Plan plan)
    : problem_(problem),
      plan_(std::move(plan)),
      positions_(plan_.order.size()),
      blocks_((plan_.order.size() + block - 1) / block),
      carers_((blocks_ + 1) * problem.carers().size()),
      sums_(blocks_),
      new_carers_(carers_.size()),
      new_sums_(blocks_),
      least_touched_(plan_.order.size()) {
    for (std::size_t i = 0; i < plan_.order.size(); ++i)
        positions_[plan_.order[i]] = i;
    for (std::size_t i = 0; i < problem.carers().size(); ++i) {
        const Carer& carer = problem.carers()[i];
        carers_[i] = new_carers_[i] = {carer.shift.opens, carer.base};
    }
    touch(0, plan_.order.size());
    (void)propose();
    accept();
}

Cost WorkingPlan::cost_of(const Sums& sums) const {
    const Weights& weights = problem_.weights();
    const Cost travel = weights.travel * sums.travel;
    if (!problem_.late_is_allowed()) return travel;
    return travel + weights.lateness * sums.lateness + weights.worst_lateness * sums.worst;
}

Time WorkingPlan::broken_of(const Sums& sums) const {
    return sums.overtime + (problem_.late_is_allowed() ? 0 : sums.lateness);
}

void WorkingPlan::touch(std::size_t first, std::size_t last) {
    least_touched_ = std::min(least_touched_, first);
    most_touched_ = std::max(most_touched_, last);
}

void WorkingPlan::shift(std::size_t from, std::size_t to) {
    auto* const order = plan_.order.data();
    if (from < to) {
        std::rotate(order + from, order + from + 1, order + to + 1);
    } else {
        std::rotate(order + to, order + from, order + from + 1);
    }
    for (std::size_t i = std::min(from, to); i <= std::max(from, to); ++i)
        positions_[order[i]] = i;
}

void WorkingPlan::move_visit(std::size_t from, std::size_t to) {
    if (from == to) return;
    shift(from, to);
    touch(std::min(from, to), std::max(from, to));
    undo_.push_back({Undo::Kind::moved, from, to});
}

void WorkingPlan::swap_visits(std::size_t one, std::size_t other) {
    std::swap(plan_.order[one], plan_.order[other]);
    positions_[plan_.order[one]] = one;
    positions_[plan_.order[other]] = other;
    touch(std::min(one, other), std::max(one, other));
    undo_.push_back({Undo::Kind::swapped, one, other});
}

void WorkingPlan::set_carer(Index task, Index carer) {
    undo_.push_back({Undo::Kind::given, task, plan_.carer[task]});
    plan_.carer[task] = carer;
    const std::size_t position = positions_[problem_.visit_of(task)];
    touch(position, position);
}

Time WorkingPlan::begin_at(Index task, Whereabouts& carer, Sums& sums) const {
    const Task& next = problem_.tasks()[task];
    const Time way = problem_.travel(static_cast<Index>(carer.place), next.place);
    sums.travel += way;
    return std::max(carer.free + way, next.window.opens);
}

void WorkingPlan::finish(Index task, Time begin, Whereabouts& carer, Sums& sums) const {
    const Task& done = problem_.tasks()[task];
    const Time late = std::max<Time>(0, begin - done.window.closes);
    sums.lateness += late;
    sums.worst = std::max(sums.worst, late);
    carer = {begin + done.service, done.place};
}

WorkingPlan::Sums WorkingPlan::go_through(std::size_t number, Whereabouts* carers) const {
    Sums sums;
    const std::size_t end = std::min((number + 1) * block, plan_.order.size());
    for (std::size_t i = number * block; i < end; ++i) {
        const Visit& visit = problem_.visits()[plan_.order[i]];
        Whereabouts& one = carers[plan_.carer[visit.first]];
        Time first = begin_at(visit.first, one, sums);
        if (visit.is_double()) {
            Whereabouts& other = carers[plan_.carer[visit.second]];
            const Time second = std::max(begin_at(visit.second, other, sums), first + visit.least_gap);
            first = std::max(first, second - visit.most_gap);
            finish(visit.second, second, other, sums);
        }
        finish(visit.first, first, one, sums);
    }
    return sums;
}

WorkingPlan::Sums WorkingPlan::go_home(const Whereabouts* carers) const {
    Sums sums;
    for (std::size_t i = 0; i < problem_.carers().size(); ++i) {
        const Carer& carer = problem_.carers()[i];
        const Time way = problem_.travel(static_cast<Index>(carers[i].place), carer.base);
        sums.travel += way;
        sums.overtime += std::max<Time>(0, carers[i].free + way - carer.shift.closes);
    }
    return sums;
}

WorkingPlan::Sums WorkingPlan::total() const {
    Sums sums = reaches_end_ ? new_home_ : home_;
    for (std::size_t i = 0; i < blocks_; ++i) {
        const Sums& part = i >= first_ && i < last_ ? new_sums_[i] : sums_[i];
        sums.travel += part.travel;
        sums.lateness += part.lateness;
        sums.worst = std::max(sums.worst, part.worst);
    }
    return sums;
}

WorkingPlan::Proposal WorkingPlan::propose() {
    const std::size_t crew = problem_.carers().size();
    first_ = std::min(least_touched_ / block, blocks_);
    const Whereabouts* before = carers_.data() + first_ * crew;
    for (last_ = first_; last_ < blocks_; ++last_) {
        if (last_ * block > most_touched_ && std::equal(before, before + crew, carers_.data() + last_ * crew))
            break;
        Whereabouts* const after = new_carers_.data() + (last_ + 1) * crew;
        std::copy(before, before + crew, after);
        new_sums_[last_] = go_through(last_, after);
        before = after;
    }
    reaches_end_ = last_ == blocks_;
    if (reaches_end_) new_home_ = go_home(before);
    new_now_ = total();
    return {cost_of(new_now_), broken_of(new_now_)};
}

void WorkingPlan::accept() {
    const auto crew = static_cast<std::ptrdiff_t>(problem_.carers().size());
    const auto begin = static_cast<std::ptrdiff_t>(first_ + 1) * crew;
    const auto end = static_cast<std::ptrdiff_t>(last_ + 1) * crew;
    if (begin < end)
        std::copy(new_carers_.begin() + begin, new_carers_.begin() + end, carers_.begin() + begin);
    for (std::size_t i = first_; i < last_; ++i)
        sums_[i] = new_sums_[i];
    if (reaches_end_) home_ = new_home_;
    now_ = new_now_;
    least_touched_ = plan_.order.size();
    most_touched_ = 0;
    undo_.clear();
}

void WorkingPlan::reject() {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
        switch (undo->kind) {
            case Undo::Kind::moved:
                shift(undo->other, undo->one);
                break;
            case Undo::Kind::swapped:
                std::swap(plan_.order[undo->one], plan_.order[undo->other]);
                positions_[plan_.order[undo->one]] = undo->one;
                positions_[plan_.order[undo->other]] = undo->other;
                break;
            case Undo::Kind::given:
                plan_.carer[undo->one] = static_cast<Index>(undo->other);
                break;
        }
    }
    least_touched_ = plan_.order.size();
    most_touched_ = 0;
    undo_.clear();
}

}  // namespace kansli::plan::homecare
