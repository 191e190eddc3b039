#include "plan/formats/read.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::plan::formats;

namespace {

const std::string solomon_text = R"(T101

VEHICLE
NUMBER     CAPACITY
  3         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0          0          0          0       100          0
    1      3          4         10         12        90          5
    2      1          1          5          0        50          5
    3      1          1          5         60        50          5
    4      1          1         25          0        50          5
    5      1          1          5          0        50        200
    6      90         1          5          0        50          5
    7      1          1          x          0        50          5
    2      1          1          5          0        50          5
)";

const std::string cvrplib_text = R"(NAME : small
TYPE : CVRP
DIMENSION : 3
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 1 1
3 2 3
DEMAND_SECTION
1 0
2 5
3 6
DEPOT_SECTION
1
-1
EOF
)";

}  // namespace

TEST_CASE("a Solomon file is read with the DIMACS rule, and what cannot be planned is told with its row") {
    const auto instance = read_instance(solomon_text).value();
    CHECK(instance.name == "T101");
    CHECK(instance.visit_ids == std::vector<std::string>{"1", "2"});
    const auto& problem = instance.problem;
    CHECK(problem.vehicle_type(0).available == 3);
    CHECK(problem.vehicle_type(0).capacity == std::vector<std::int64_t>{20});
    CHECK(problem.travel(0).at(0, 1) == plan::routing::Leg{50, 50});
    CHECK(problem.travel(0).at(0, 2) == plan::routing::Leg{14, 14});
    CHECK(problem.visits()[0].window == plan::routing::TimeWindow{120, 900});
    CHECK(problem.depots()[0].window.closes == 1000);
    CHECK(instance.told_cost(problem.vehicle_type(0).per_distance * 64) == 6.4);
    std::vector<std::string> told;
    for (const auto& fault : instance.faults)
        told.push_back(fault.where + ": " + fault.message);
    CHECK(told == std::vector<std::string>{"rad 17: Raden går inte att läsa.",
                                           "rad 13: Tidsfönstret stänger innan det öppnar.",
                                           "rad 14: Besöket kräver mer än något fordon rymmer.",
                                           "rad 15: Ingen hinner tillbaka innan passet är slut.",
                                           "rad 16: Ingen hinner dit innan tidsfönstret stänger.",
                                           "rad 18: Ett annat besök har samma id."});
}

TEST_CASE("with vehicles first, distances are not cut off, and what fits still fits without rounding") {
    const auto instance = read_instance(solomon_text, Format::solomon, Objective::hierarchical).value();
    const auto leg = instance.problem.travel(0).at(0, 2);
    CHECK(instance.fewest_vehicles);
    CHECK(instance.told_cost(instance.problem.vehicle_type(0).per_distance * leg.distance) ==
          doctest::Approx(1.414214).epsilon(1e-7));
    CHECK(leg.duration >= leg.distance);
}

TEST_CASE("a CVRPLIB file has whole distances and as many vehicles as visits") {
    const auto instance = read_instance(cvrplib_text).value();
    CHECK(instance.visit_ids == std::vector<std::string>{"2", "3"});
    CHECK(instance.problem.travel(0).at(0, 2).distance == 4);
    CHECK(instance.problem.vehicle_type(0).available == 2);
    CHECK(instance.problem.vehicle_type(0).capacity == std::vector<std::int64_t>{10});
    CHECK(instance.problem.visits()[1].load == std::vector<std::int64_t>{6});
}

TEST_CASE("several depots, kinds of vehicles and optional visits are read from PyVRP's sections") {
    const auto instance = read_instance(R"(NAME: many
TYPE: MDVRPTW
DIMENSION: 4
VEHICLES: 3
VEHICLES_MAX_DURATION: 50
EDGE_WEIGHT_TYPE: EUC_2D
NODE_COORD_SECTION
1 0 0
2 10 0
3 1 0
4 2 0
DEMAND_SECTION
1 0
2 0
3 1
4 2
TIME_WINDOW_SECTION
1 0 100
2 0 100
3 10 20
4 0 100
PRIZE_SECTION
1 0
2 0
3 5
4 6
CAPACITY_SECTION
1 4
2 4
3 9
VEHICLES_DEPOT_SECTION
1 1
2 1
3 2
VEHICLES_ALLOWED_CLIENTS_SECTION
1 3 4
2 3 4
3 4
DEPOT_SECTION
1
2
EOF
)");
    const auto& problem = instance.value().problem;
    CHECK(problem.depots().size() == 2);
    CHECK(problem.vehicle_types().size() == 2);
    CHECK(problem.vehicle_type(0).available == 2);
    CHECK(problem.vehicle_type(1).start == 1);
    CHECK(problem.vehicle_type(0).longest == 50'000);
    CHECK(problem.travel_of(0).at(0, 2).distance == 1000);
    CHECK(problem.travel_of(1).at(1, 2).distance == plan::routing::no_way);
    CHECK(problem.travel_of(1).at(1, 3).distance == 8000);
    CHECK_FALSE(problem.visits()[0].required);
    CHECK(problem.visits()[0].prize == 5 * 1000 * problem.vehicle_type(0).per_distance);
}

TEST_CASE("our own format has places, profiles, vehicles and visits; a bad visit spoils no other") {
    const auto instance = read_instance(R"({
      "name": "tisdag",
      "depots": [{"id": "kontor", "x": 0, "y": 0}, {"id": "hem", "x": 300, "y": 400}],
      "profiles": [{"id": "cykel", "speed": 5, "detour": 1.2}],
      "vehicles": [{"id": "Ada", "profile": "cykel", "start": "hem", "end": "kontor", "capacity": [2], "opens": 100,
                    "closes": 9000, "fixed_cost": 10, "cost_per_distance": 0.0015, "cost_per_duration": 0.05}],
      "visits": [{"id": "a", "x": 0, "y": 100, "load": [1], "service": 600, "opens": 0, "closes": 4000},
                 {"id": "b", "x": 0, "y": 100, "load": []},
                 {"id": "c", "x": 0, "y": 100, "load": [1], "service": "lång"},
                 {"id": "d", "load": [1]},
                 {"id": "e", "x": 0, "y": 200, "load": [0], "required": false, "prize": 2.5}]})")
                              .value();
    const auto& problem = instance.problem;
    CHECK(instance.visit_ids == std::vector<std::string>{"a", "e"});
    CHECK(problem.vehicle_type(0).start == 1);
    CHECK(problem.vehicle_type(0).fixed == 100'000);
    CHECK(problem.vehicle_type(0).per_distance == 15);
    CHECK(problem.travel(0).at(0, 1) == plan::routing::Leg{600, 120});
    CHECK(problem.visits()[1].prize == 25'000);
    CHECK(instance.told_cost(25'000) == 2.5);
    std::vector<std::string> wheres;
    for (const auto& fault : instance.faults)
        wheres.push_back(fault.where);
    CHECK(wheres == std::vector<std::string>{"/visits/1/load", "/visits/2/service", "/visits/3"});
}

TEST_CASE("a table of travel need be neither symmetric nor whole") {
    const auto text = [](std::string_view place) {
        return R"({"name": "", "depots": [{"id": "k", "place": 0}],
          "profiles": [{"id": "bil", "distances": [[0, 7], [9, 0]], "durations": [[0, 70], [null, 0]]}],
          "vehicles": [{"id": "v", "profile": "bil", "start": "k", "end": "k"}],
          "visits": [{"id": "a", "place": )" +
               std::string(place) + "}]}";
    };
    const auto one_way = read_instance(text("1")).value();
    CHECK(one_way.problem.visits().empty());
    CHECK(one_way.faults.at(0).message == "Ingen kan ta sig dit och tillbaka.");
    CHECK(read_instance(text("0")).value().faults.empty());
    CHECK(read_instance(text("2")).value().faults.at(0).where == "/visits/0/place");
}

TEST_CASE("a text that is no instance is refused with what to do") {
    CHECK(read_instance("").error().code == ErrorCode::invalid_input);
    CHECK(read_instance("Hej").error().code == ErrorCode::unsupported);
    CHECK(read_instance("Hej", Format::solomon).error().advice.find("VEHICLE") != std::string::npos);
    CHECK(read_instance("{}").error().code == ErrorCode::invalid_input);
    auto no_depot = cvrplib_text;
    no_depot.replace(no_depot.find("DEPOT_SECTION\n1"), 15, "DEPOT_SECTION\n9");
    CHECK(read_instance(no_depot).error().where == "rad 15");
    auto few = cvrplib_text;
    few.replace(few.find("DIMENSION : 3"), 13, "DIMENSION : 4");
    CHECK(read_instance(few).error().message.find("DIMENSION") != std::string::npos);
    auto explicit_matrix = cvrplib_text;
    explicit_matrix.replace(explicit_matrix.find("EUC_2D"), 6, "EXPLICIT");
    CHECK(read_instance(explicit_matrix).error().code == ErrorCode::unsupported);
    CHECK(read_instance(R"({"name": "", "depots": [{"id": "k"}], "profiles": [{"id": "p", "speed": 1}],
        "vehicles": [{"id": "v", "profile": "q", "start": "k", "end": "k"}], "visits": []})")
              .error()
              .where == "/profiles/0");
}
