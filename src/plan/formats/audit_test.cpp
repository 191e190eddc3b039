#include "plan/formats/audit.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "plan/formats/read.hpp"
#include "plan/routing/random_problem.hpp"

using namespace kansli::plan;
using kansli::statistics::Generator;

namespace {

// A random day as if it had been read from a file.
formats::Instance random_instance(Generator& generator) {
    formats::Instance instance{.problem = routing::random_problem(generator, 1 + generator.below(10))};
    for (std::size_t i = 0; i < instance.problem.visits().size(); ++i)
        instance.visit_ids.push_back("besök " + std::to_string(i));
    for (std::size_t i = 0; i < instance.problem.vehicle_types().size(); ++i)
        instance.vehicle_ids.push_back("fordon " + std::to_string(i));
    return instance;
}

formats::ReadPlan as_read(const formats::WrittenPlan& plan) {
    formats::ReadPlan read{plan.routes, {}, std::nullopt};
    for (const auto& table : plan.schedule)
        read.vehicles.push_back(table.vehicle);
    return read;
}

const auto small = formats::read_instance(R"({"name": "", "depots": [{"id": "k", "x": 0, "y": 0}],
  "profiles": [{"id": "p", "speed": 1}],
  "vehicles": [{"id": "v", "profile": "p", "start": "k", "end": "k", "capacity": [2], "closes": 1000, "cost_per_distance": 1}],
  "visits": [{"id": "a", "x": 0, "y": 100, "load": [1], "service": 10, "opens": 300, "closes": 310},
             {"id": "b", "x": 0, "y": 200, "load": [1], "service": 10, "opens": 0, "closes": 350},
             {"id": "c", "x": 0, "y": 300, "load": [1], "service": 10, "required": false, "prize": 7}]})")
                       .value();

std::vector<std::string> messages(const formats::Audit& audit) {
    std::vector<std::string> found;
    for (const auto& fault : audit.broken)
        found.push_back(fault.where + ": " + fault.message);
    return found;
}

}  // namespace

TEST_CASE("the audit and the search agree on every plan, although they share nothing") {
    CHECK(rc::check("audit", [](std::uint64_t seed) {
        Generator generator(seed);
        const auto instance = random_instance(generator);
        const auto solution = routing::random_plan(generator, instance.problem);
        const auto audit = formats::audit(instance, as_read(formats::written(instance, solution)));
        RC_ASSERT(audit.feasible == solution.feasible());
        if (solution.feasible()) RC_ASSERT(audit.cost == static_cast<double>(solution.cost()));
        RC_ASSERT(audit.vehicles == solution.routes().size());
    }));
}

TEST_CASE("a plan that holds is told to, with its cost and times") {
    const auto audit = formats::audit(small, {{{"b", "a"}}, {}, 407.0});
    CHECK(messages(audit).empty());
    CHECK(audit.feasible);
    CHECK(audit.cost == 407);
    CHECK(audit.distance == 400);
    CHECK(audit.unplanned == std::vector<std::string>{"c"});
    const routing::Route route{0, {2, 1}};
    const auto table = formats::timetable_of(small, route);
    CHECK(table.starts == 0);
    CHECK(table.visits[0].begins == 200);
    CHECK(table.visits[1].arrives == 310);
    CHECK(table.ends == 420);
}

TEST_CASE("a route starts as late as it can without ending later") {
    const auto table = formats::timetable_of(small, {0, {1}});
    CHECK(table.starts == 200);
    CHECK(table.visits[0].arrives == 300);
    CHECK(table.ends == 410);
}

TEST_CASE("whatever a plan breaks is told, and where") {
    CHECK(messages(formats::audit(small, {{{"a", "b"}}, {}, 407.0})) ==
          std::vector<std::string>{"rutt 1: Besöket ”b” börjar 60 för sent."});
    CHECK(messages(formats::audit(small, {{{"b", "a", "c"}}, {}, {}})) ==
          std::vector<std::string>{"rutt 1: Lasten är 3 av 2 möjliga."});
    CHECK(messages(formats::audit(small, {{{"b"}, {"a"}}, {}, {}})) ==
          std::vector<std::string>{"fordon v: Fler fordon används än det finns."});
    CHECK(messages(formats::audit(small, {{{"b", "b", "x"}}, {}, {}})) ==
          std::vector<std::string>{"rutt 1: Besöket ”b” görs två gånger.", "rutt 1: Besöket ”x” finns inte.",
                                   "besök a: Besöket finns inte i någon rutt."});
    CHECK(messages(formats::audit(small, {{{"b", "a"}}, {"w"}, {}})) ==
          std::vector<std::string>{"rutt 1: Fordonet ”w” finns inte."});
    CHECK(messages(formats::audit(small, {{{"b", "a"}}, {}, 400.0})) ==
          std::vector<std::string>{"kostnad: Planen säger 400, men kostar 407."});
}

TEST_CASE("a plan is read with or without who drives") {
    const auto plan =
        formats::read_plan(R"({"routes": [["a"]], "cost": 3, "schedule": [{"vehicle": "v"}], "mer": 1})")
            .value();
    CHECK(plan.vehicles == std::vector<std::string>{"v"});
    CHECK(plan.cost == 3);
    CHECK(formats::read_plan(R"({"routes": [["a"]]})").value().vehicles.empty());
    CHECK(formats::read_plan(R"({"routes": [["a"]], "schedule": [{"vehicle": "v"}, {"vehicle": "v"}]})")
              .error()
              .where == "/schedule");
    CHECK_FALSE(formats::read_plan("[]").has_value());
}
