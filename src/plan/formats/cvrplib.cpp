// CVRPLIB files, and the sections that PyVRP adds to them for several depots, kinds of vehicles, windows and optional visits.
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plan/formats/draft.hpp"
#include "plan/formats/readers.hpp"
#include "plan/formats/sections.hpp"

namespace kansli::plan::formats {

namespace {

using Table = std::vector<std::vector<double>>;

constexpr double largest_leg_cost = 10'000;  // cost a unit of distance

// How the best known values of each type were computed.
Rounding rounding_of(const std::string& type) {
    if (type == "PCVRPTW") return Rounding::tenths_down;
    if (type == "MDVRPTW" || type == "SDVRPTW") return Rounding::thousandths;
    return Rounding::nearest_whole;
}

// Nodes in the order of the problem, as numbers of the file less one. A file that names no depot means its first node.
struct Order {
    std::vector<std::size_t> depots;
    std::vector<std::size_t> visits;
};

Result<Order> order_of(const Sections& file, std::size_t count) {
    Order order;
    std::set<std::size_t> is_depot;
    const auto section = file.sections.find("DEPOT_SECTION");
    if (section != file.sections.end()) {
        for (const Row& row : section->second) {
            const auto number = whole_number_in(row.fields.front());
            if (number && *number == -1) break;
            if (!number || *number < 1 || *number > static_cast<std::int64_t>(count))
                return unreadable(row, "Depån finns inte.", "Numren går från 1 till DIMENSION.");
            if (is_depot.insert(static_cast<std::size_t>(*number) - 1).second)
                order.depots.push_back(static_cast<std::size_t>(*number) - 1);
        }
    }
    if (order.depots.empty()) {
        is_depot.insert(0);
        order.depots.push_back(0);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_depot.contains(i)) order.visits.push_back(i);
    }
    return order;
}

Result<std::size_t> dimension_of(const Sections& file) {
    if (const std::string weights = file.value("EDGE_WEIGHT_TYPE"); weights != "EUC_2D")
        return fail(ErrorCode::unsupported, fmt::format("Avstånd av slaget ”{}” kan inte läsas.", weights),
                    {}, "Ange koordinater och EDGE_WEIGHT_TYPE : EUC_2D.");
    const double count = TRY(file.number("DIMENSION", 0));
    if (count < 1 || count != std::floor(count))
        return fail(ErrorCode::invalid_input, "Filen säger inte hur många platser den har.", {},
                    "Skriv antalet på raden DIMENSION.");
    if (count > static_cast<double>(most_nodes))
        return fail(ErrorCode::too_large, "Filen har för många besök.", {}, "Dela upp dagen i områden.");
    const auto coordinates = file.sections.find("NODE_COORD_SECTION");
    if (coordinates == file.sections.end() || coordinates->second.size() != static_cast<std::size_t>(count))
        return fail(ErrorCode::invalid_input, "Koordinaterna är inte så många som DIMENSION säger.", {},
                    "Skriv en rad för varje plats under NODE_COORD_SECTION.");
    return static_cast<std::size_t>(count);
}

// Fails when a number of a table is negative.
Result<void> require_no_negative(const Table& table, std::string_view section) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (std::ranges::any_of(table[i], [](double value) { return value < 0; }))
            return fail(ErrorCode::invalid_input, fmt::format("{} har ett tal under noll.", section),
                        fmt::format("nummer {}", i + 1), "Skriv tal som är noll eller större.");
    }
    return {};
}

Result<Table> quantities(const Sections& file, std::string_view section, std::size_t count,
                         const std::vector<double>& otherwise) {
    auto table = TRY(file.table(section, count, otherwise));
    TRY(require_no_negative(table, section));
    return table;
}

Result<void> add_nodes(Draft& draft, const Sections& file, const Order& order, std::size_t count) {
    const auto places = TRY(file.table("NODE_COORD_SECTION", count, {0, 0}));
    const auto demand_rows = file.sections.find("DEMAND_SECTION");
    const std::size_t dimensions =
        demand_rows == file.sections.end() || demand_rows->second.empty()
            ? 1
            : std::max<std::size_t>(demand_rows->second.front().fields.size(), 2) - 1;
    const auto demands = TRY(quantities(file, "DEMAND_SECTION", count, std::vector<double>(dimensions, 0)));
    const double same = TRY(file.number("SERVICE_TIME", 0));
    const auto services = TRY(quantities(file, "SERVICE_TIME_SECTION", count, {same}));
    const double far = static_cast<double>(routing::never) / draft.time_unit;
    const auto windows = TRY(file.table("TIME_WINDOW_SECTION", count, {0, far}));
    const auto releases = TRY(quantities(file, "RELEASE_TIME_SECTION", count, {0}));
    const auto prizes = TRY(quantities(file, "PRIZE_SECTION", count, {0}));
    const double unit = draft.time_unit;
    for (const std::size_t i : order.depots)
        draft.description.depots.push_back(
            {{places[i][0], places[i][1]}, {in_units(windows[i][0], unit), in_units(windows[i][1], unit)}});
    for (const std::size_t i : order.visits) {
        routing::Visit& visit = draft.description.visits.emplace_back();
        visit.position = {places[i][0], places[i][1]};
        for (const double demand : demands[i])
            visit.load.push_back(in_units(demand, 1));
        visit.service = in_units(services[i][0], unit);
        visit.window = {in_units(windows[i][0], unit), in_units(windows[i][1], unit)};
        visit.release = in_units(releases[i][0], unit);
        visit.required = !file.has("PRIZE_SECTION");
        visit.prize = in_units(prizes[i][0], unit * fineness);
        draft.visit_ids.push_back(std::to_string(i + 1));
        draft.wheres.push_back(fmt::format("nummer {}", i + 1));
    }
    return {};
}

// For each vehicle, which nodes it may go to: empty when it may go everywhere.
Result<std::vector<std::set<std::size_t>>> allowed_nodes(const Sections& file, std::size_t vehicles) {
    std::vector<std::set<std::size_t>> allowed(vehicles);
    const auto section = file.sections.find("VEHICLES_ALLOWED_CLIENTS_SECTION");
    if (section == file.sections.end()) return allowed;
    for (const Row& row : section->second) {
        const auto numbers = numbers_in(row);
        if (!numbers || numbers->front() < 1 || numbers->front() > static_cast<double>(vehicles) ||
            std::ranges::any_of(*numbers, [](double number) { return number < 1 || number > most_nodes; }))
            return unreadable(row, "En rad i VEHICLES_ALLOWED_CLIENTS_SECTION går inte att läsa.",
                              "Skriv fordonets nummer och numren på dem det får besöka.");
        for (std::size_t i = 1; i < numbers->size(); ++i)
            allowed[static_cast<std::size_t>(numbers->front()) - 1].insert(
                static_cast<std::size_t>((*numbers)[i]) - 1);
    }
    return allowed;
}

// The number of the profile in which there is no way to nodes that are not allowed; made when it is not there yet.
std::size_t profile_for(Draft& draft, const Order& order, const std::set<std::size_t>& allowed,
                        std::vector<std::set<std::size_t>>& known) {
    const auto found = std::ranges::find(known, allowed);
    const auto index = static_cast<std::size_t>(found - known.begin());
    if (found != known.end()) return index;
    known.push_back(allowed);
    routing::TravelMatrix matrix = draft.description.profiles.front();
    const auto nodes = static_cast<routing::Node>(matrix.nodes());
    for (std::size_t i = 0; i < order.visits.size(); ++i) {
        if (allowed.contains(order.visits[i])) continue;
        const auto node = static_cast<routing::Node>(order.depots.size() + i);
        for (routing::Node other = 0; other < nodes; ++other)
            matrix.at(node, other).distance = matrix.at(other, node).distance = routing::no_way;
    }
    draft.description.profiles.push_back(std::move(matrix));
    return index;
}

// The vehicles one by one; those that are alike become one type.
void add_vehicle(Draft& draft, routing::VehicleType vehicle) {
    auto& types = draft.description.vehicle_types;
    const auto alike = std::ranges::find_if(types, [&](routing::VehicleType type) {
        type.available = vehicle.available;
        return type == vehicle;
    });
    if (alike != types.end()) {
        alike->available += vehicle.available;
    } else {
        types.push_back(std::move(vehicle));
        draft.vehicle_ids.push_back(std::to_string(types.size()));
    }
}

Result<void> add_vehicles(Draft& draft, const Sections& file, const Order& order) {
    const std::size_t dimensions =
        draft.description.visits.empty() ? 1 : draft.description.visits.front().load.size();
    const double given =
        TRY(file.number("VEHICLES", static_cast<double>(std::max<std::size_t>(order.visits.size(), 1))));
    const auto vehicles = static_cast<std::size_t>(std::clamp(given, 1.0, static_cast<double>(most_nodes)));
    const double same = TRY(file.number("CAPACITY", 0));
    const double longest =
        TRY(file.number("VEHICLES_MAX_DURATION", static_cast<double>(routing::never) / draft.time_unit));
    const auto capacities =
        TRY(quantities(file, "CAPACITY_SECTION", vehicles, std::vector<double>(dimensions, same)));
    const auto fixed = TRY(quantities(file, "VEHICLES_FIXED_COST_SECTION", vehicles, {0}));
    const auto rates = TRY(quantities(file, "VEHICLES_UNIT_DISTANCE_COST_SECTION", vehicles, {1}));
    const auto starts =
        TRY(file.table("VEHICLES_DEPOT_SECTION", vehicles, {static_cast<double>(order.depots[0] + 1)}));
    const auto allowed = TRY(allowed_nodes(file, vehicles));
    TRY(require_room(std::set(allowed.begin(), allowed.end()).size() + 1,
                     order.depots.size() + order.visits.size()));
    if (std::ranges::any_of(rates, [](const auto& rate) { return rate[0] > largest_leg_cost; }))
        return fail(ErrorCode::invalid_input, "Ett fordon är orimligt dyrt.",
                    "VEHICLES_UNIT_DISTANCE_COST_SECTION",
                    fmt::format("Skriv högst {} per längdenhet.", largest_leg_cost));
    std::vector<std::set<std::size_t>> profiles{{}};
    for (std::size_t i = 0; i < vehicles; ++i) {
        const auto depot =
            std::ranges::find(order.depots, static_cast<std::size_t>(std::max(starts[i][0], 1.0)) - 1);
        if (depot == order.depots.end())
            return fail(ErrorCode::invalid_input, "Ett fordon har en depå som inte finns.",
                        fmt::format("fordon {}", i + 1), "Depåernas nummer står under DEPOT_SECTION.");
        routing::VehicleType vehicle;
        for (const double capacity : capacities[i])
            vehicle.capacity.push_back(in_units(capacity, 1));
        vehicle.start = vehicle.end = static_cast<std::size_t>(depot - order.depots.begin());
        vehicle.longest = in_units(longest, draft.time_unit);
        vehicle.fixed = in_units(fixed[i][0], fineness);
        vehicle.per_distance = in_units(rates[i][0], fineness);
        vehicle.profile = profile_for(draft, order, allowed[i], profiles);
        add_vehicle(draft, std::move(vehicle));
    }
    return {};
}

}  // namespace

Result<Instance> read_cvrplib(std::string_view text, Objective objective) {
    const Sections file = sections_of(text);
    const std::size_t count = TRY(dimension_of(file));
    const Order order = TRY(order_of(file, count));
    const auto places = TRY(file.table("NODE_COORD_SECTION", count, {0, 0}));
    std::vector<routing::Position> positions;
    for (const auto* nodes : {&order.depots, &order.visits}) {
        for (const std::size_t i : *nodes)
            positions.push_back({places[i][0], places[i][1]});
    }
    auto plane = TRY(plane_of(positions, rounding_of(file.value("TYPE"))));
    // The best known values are given in the units of the problem.
    Draft draft{.name = file.value("NAME"), .cost_unit = fineness, .time_unit = plane.unit};
    draft.description.profiles.push_back(std::move(plane.matrix));
    TRY(add_nodes(draft, file, order, count));
    TRY(add_vehicles(draft, file, order));
    draft.fewest_vehicles = objective == Objective::hierarchical;
    if (draft.fewest_vehicles && draft.description.vehicle_types.size() > 1)
        return fail(ErrorCode::unsupported, "Minst antal fordon kan bara sökas när alla fordon är lika.", {},
                    "Välj --objective distance.");
    return finish(std::move(draft));
}

}  // namespace kansli::plan::formats
