#include "plan/routing/parts.hpp"

namespace kansli::plan::routing {

Distance walked_distance(const Part& part, const TravelMatrix& travel) {
    const WorkingRoute& route = *part.route;
    Distance distance = 0;
    for (int position = part.first; position < part.last; ++position) {
        const Node here = route[position];
        const Node next = route[position + 1];
        distance += part.backwards ? travel.at(next, here).distance : travel.at(here, next).distance;
    }
    return distance;
}

TimeSegment walked_time(const Part& part, const TravelMatrix& travel) {
    const WorkingRoute& route = *part.route;
    const int step = part.backwards ? -1 : 1;
    const int to = part.backwards ? part.first : part.last;
    int position = part.backwards ? part.last : part.first;
    TimeSegment time = route.at(position);
    while (position != to) {
        const Leg& leg = travel.at(route[position], route[position + step]);
        position += step;
        time = joined(time, route.at(position), leg.duration);
    }
    return time;
}

}  // namespace kansli::plan::routing
