#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::measures {

using ExperimentId = Id<struct ExperimentTag>;

// A comparison of work with what engines prepare and work without. Each item of a kind is drawn to one of them by its id and a seed that
// nobody has seen; which is kept secret until the experiment is over, while its SHA-256 stands in the record from the first day.
struct Experiment {
    ExperimentId id{};
    std::string kind{};
    double share = 0;       // of the items that is drawn to the control group
    Date start{};           // the first day
    Date end{};             // the last
    std::string measure{};  // the figure that was named beforehand as the one that decides: "handling_median"
    std::string seed_hash{};
    std::string seed{};    // empty while it runs
    bool stopped = false;  // before its last day
};
KANSLI_DESCRIBE(Experiment, id, kind, share, start, end, measure, seed_hash, seed, stopped)

struct NewExperiment {
    std::string kind{};
    double share = 0;
    Date start{};
    Date end{};
    std::string measure{};
};
KANSLI_DESCRIBE(NewExperiment, kind, share, start, end, measure)

// The experiments of an installation. Threads: any.
class Experiments {
  public:
    using Clock = std::function<Timestamp()>;
    // All outlive it.
    Experiments(store::Database& database, record::Record& record, desk::Kinds kinds, Clock clock = now)
        : database_(database), record_(record), kinds_(kinds), clock_(std::move(clock)) {}

    // Newest first.
    [[nodiscard]] Result<std::vector<Experiment>> list();
    [[nodiscard]] Result<std::vector<Experiment>> list(store::Connection& connection);
    // invalid_input for days or shares that make no experiment, or a figure that is not compared; conflict when another of the kind has
    // days in common with it. Written to the record.
    [[nodiscard]] Result<Experiment> begin(const access::Caller& caller, const NewExperiment& wanted);
    // Ends it before its time: from now on nothing is drawn. conflict when it is over. Written to the record with the seed.
    [[nodiscard]] Result<Experiment> stop(const access::Caller& caller, const ExperimentId& id);

    // What the desk asks for each item.
    [[nodiscard]] Result<desk::Assignment> assign(store::Connection& connection, std::string_view kind,
                                                  const desk::ProposalId& item, Timestamp moment);

  private:
    store::Database& database_;
    record::Record& record_;
    desk::Kinds kinds_;
    Clock clock_;
};

// The figures that arms of an experiment are compared by, and that one can be named for.
[[nodiscard]] const std::vector<std::string>& compared_figures();

}  // namespace kansli::measures
