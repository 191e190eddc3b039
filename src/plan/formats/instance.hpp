#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "json/describe.hpp"
#include "plan/routing/problem.hpp"

// Files that tell of a day to be planned, as the engine wants it. Text in, values out: reading the file is for the caller.
namespace kansli::plan::formats {

enum class Format : std::uint8_t { solomon, cvrplib, kansli, mankowska, bredstrom };
KANSLI_DESCRIBE_ENUM(Format, solomon, cvrplib, kansli, mankowska, bredstrom)

// What is to become small. Files of the kind `kansli` say what everything costs, so it is the same for them.
enum class Objective : std::uint8_t {
    distance,      // as the benchmark of that format counts it
    hierarchical,  // first vehicles, then distance
};
KANSLI_DESCRIBE_ENUM(Objective, distance, hierarchical)

// Something in a file that cannot be planned, and was left out.
struct Fault {
    std::string where{};    // the row or the field
    std::string message{};  // what is wrong
    std::string cure{};     // what to do about it

    friend bool operator==(const Fault&, const Fault&) = default;
};
KANSLI_DESCRIBE(Fault, where, message, cure)

struct Instance {
    std::string name{};
    routing::Problem problem;
    std::vector<std::string> visit_ids{};    // in the order of the problem's visits
    std::vector<std::string> vehicle_ids{};  // in the order of its vehicle types
    // How many units of cost and of time in the problem make one of the file's.
    double cost_unit = 1;
    double time_unit = 1;
    bool fewest_vehicles = false;  // are wanted first, before what the plan costs
    std::vector<Fault> faults{};

    // A cost of the problem as the file counts it.
    [[nodiscard]] double told_cost(routing::Cost cost) const { return static_cast<double>(cost) / cost_unit; }
};

}  // namespace kansli::plan::formats
