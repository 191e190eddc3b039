#include "plan/routing/working_route.hpp"

namespace kansli::plan::routing {

WorkingRoute::WorkingRoute(const Problem& problem, std::size_t vehicle_type)
    : problem_(&problem), type_(vehicle_type) {
    assign({}, Penalties{std::vector<Cost>(problem.dimensions()), 0});
}

void WorkingRoute::assign(const std::vector<Node>& visits, const Penalties& penalties) {
    stops_.resize(visits.size() + 2);
    stops_.front().node = static_cast<Node>(vehicle().start);
    stops_.front().at = problem_->start_of(type_);
    for (std::size_t i = 0; i < visits.size(); ++i) {
        stops_[i + 1].node = visits[i];
        stops_[i + 1].at = problem_->time_of(visits[i]);
    }
    stops_.back().node = static_cast<Node>(vehicle().end);
    stops_.back().at = problem_->end_of(type_);
    update_segments();
    update_costs(penalties);
}

void WorkingRoute::update_segments() {
    const TravelMatrix& matrix = travel();
    const std::size_t dimensions = problem_->dimensions();
    loaded_.assign(stops_.size() * dimensions, 0);
    stops_.front().until = stops_.front().at;
    stops_.front().travelled = 0;
    for (std::size_t i = 1; i < stops_.size(); ++i) {
        const Leg& leg = matrix.at(stops_[i - 1].node, stops_[i].node);
        stops_[i].travelled = stops_[i - 1].travelled + leg.distance;
        stops_[i].until = joined(stops_[i - 1].until, stops_[i].at, leg.duration);
        for (std::size_t d = 0; d < dimensions; ++d)
            loaded_[i * dimensions + d] = loaded_[(i - 1) * dimensions + d] + problem_->load_of(stops_[i].node, d);
    }
    stops_.back().from = stops_.back().at;
    for (std::size_t i = stops_.size() - 1; i-- > 0;) {
        const Leg& leg = matrix.at(stops_[i].node, stops_[i + 1].node);
        stops_[i].from = joined(stops_[i].at, stops_[i + 1].from, leg.duration);
    }
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
