#pragma once

#include <vector>

#include "plan/homecare/problem.hpp"

namespace kansli::plan::homecare {

// Who does what, and in which order.
//
// One order of all visits, which each carer's route follows, as in Ceschia, Di Gaspero, Rosati, Schaerf, "Multi-neighborhood
// simulated annealing for the home healthcare routing and scheduling problem", International Transactions in Operational
// Research 33 (2026). So no two carers can wait for each other in a circle, whatever a move does. What it leaves out: a plan in
// which, between the two tasks of one visit, its second carer waits for somebody who waits for its first.
struct Plan {
    std::vector<Index> order{};  // all visits
    std::vector<Index> carer{};  // of each task

    friend bool operator==(const Plan&, const Plan&) = default;
};

// What a plan takes.
struct Evaluation {
    Time travel = 0;
    Time lateness = 0;
    Time worst_lateness = 0;
    Time overtime = 0;            // after the ends of shifts
    std::vector<Time> begins{};   // of each task, as early as can be
    std::vector<Time> arrives{};  // of its carer
    std::vector<Time> returns{};  // of each carer; the beginning of the shift of who has no task

    friend bool operator==(const Evaluation&, const Evaluation&) = default;
};

// From nothing. Everything begins as early as it can, which no measure here can be improved on by waiting.
[[nodiscard]] Evaluation evaluate(const Problem& problem, const Plan& plan);

// What rules it breaks, in units of time; 0 when it breaks none.
[[nodiscard]] Time broken(const Problem& problem, const Evaluation& evaluation);
// Without what it breaks.
[[nodiscard]] Cost cost(const Problem& problem, const Evaluation& evaluation);

// The tasks of each carer, in order.
[[nodiscard]] std::vector<std::vector<Index>> routes(const Problem& problem, const Plan& plan);

}  // namespace kansli::plan::homecare
