#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/kind.hpp"
#include "measures/experiment.hpp"
#include "measures/factors.hpp"
#include "measures/figures.hpp"
#include "measures/material.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::measures {

// The figures of an installation, and what they are computed with.
// Threads: any.
class Measures {
  public:
    using Clock = std::function<Timestamp()>;
    // All outlive it.
    Measures(store::Database& database, record::Record& record, desk::Kinds kinds, Experiments& experiments,
             Clock clock = now)
        : database_(database),
          record_(record),
          kinds_(kinds),
          experiments_(experiments),
          clock_(std::move(clock)) {}

    // The nine questions answered, on one snapshot of the desk. not_found for a kind, a service or an experiment that does not exist;
    // invalid_input for days in the wrong order.
    [[nodiscard]] Result<Assessment> assess(const Query& query);

    // What the organisation has given, the newest first of each factor.
    [[nodiscard]] Result<std::vector<FactorValue>> factors();
    // Adds a value that holds from its day on. Written to the record.
    [[nodiscard]] Result<void> set_factor(const access::Caller& caller, const FactorValue& value);

    [[nodiscard]] Result<std::vector<Baseline>> baselines();
    // One for each kind and figure: a new one takes the old one's place. invalid_input for figures that are no means, fewer than five
    // observations, or no source. Written to the record.
    [[nodiscard]] Result<Baseline> set_baseline(const access::Caller& caller, Baseline baseline);
    // not_found. Written to the record.
    [[nodiscard]] Result<void> remove_baseline(const access::Caller& caller, const BaselineId& id);

  private:
    [[nodiscard]] Result<Material> material(store::Connection& connection);

    store::Database& database_;
    record::Record& record_;
    desk::Kinds kinds_;
    Experiments& experiments_;
    Clock clock_;
};

}  // namespace kansli::measures
