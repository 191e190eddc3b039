#include "plan/routing/working_route.hpp"

namespace kansli::plan::routing {

WorkingRoute::WorkingRoute(const Problem& problem, std::size_t vehicle_type)
    : problem_(&problem),
      vehicle_(&problem.vehicle_type(vehicle_type)),
      travel_(&problem.travel_of(vehicle_type)),
      type_(vehicle_type) {
    assign({}, Penalties{std::vector<Cost>(problem.dimensions()), 0});
}

void WorkingRoute::assign(const std::vector<Node>& visits, const Penalties& penalties) {
    nodes_.clear();
    at_.clear();
    nodes_.push_back(static_cast<Node>(vehicle().start));
    at_.push_back(problem_->start_of(type_));
    for (const Node visit : visits) {
        nodes_.push_back(visit);
        at_.push_back(problem_->time_of(visit));
    }
    nodes_.push_back(static_cast<Node>(vehicle().end));
    at_.push_back(problem_->end_of(type_));
    update_segments();
    update_costs(penalties);
}

void WorkingRoute::update_segments() {
    const std::size_t stops = nodes_.size();
    const std::size_t dimensions = problem_->dimensions();
    travelled_.assign(stops, 0);
    until_.resize(stops);
    from_.resize(stops);
    loaded_.assign(stops * dimensions, 0);
    until_.front() = at_.front();
    for (std::size_t i = 1; i < stops; ++i) {
        const Leg& leg = travel().at(nodes_[i - 1], nodes_[i]);
        travelled_[i] = travelled_[i - 1] + leg.distance;
        until_[i] = joined(until_[i - 1], at_[i], leg.duration);
        for (std::size_t d = 0; d < dimensions; ++d)
            loaded_[i * dimensions + d] = loaded_[(i - 1) * dimensions + d] + problem_->load_of(nodes_[i], d);
    }
    from_.back() = at_.back();
    for (std::size_t i = stops - 1; i-- > 0;)
        from_[i] = joined(at_[i], from_[i + 1], travel().at(nodes_[i], nodes_[i + 1]).duration);
}

void WorkingRoute::update_costs(const Penalties& penalties) {
    distance_cost_ = time_cost_ = load_cost_ = 0;
    if (empty()) return;
    distance_cost_ = vehicle().fixed + vehicle().per_distance * distance(0, end());
    time_cost_ = cost_of_time(from(0), vehicle(), penalties);
    for (std::size_t d = 0; d < problem_->dimensions(); ++d)
        load_cost_ += cost_of_load(load(0, end(), d), vehicle(), d, penalties);
}

}  // namespace kansli::plan::routing
