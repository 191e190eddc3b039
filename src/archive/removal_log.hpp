#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/plan.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

// The log of removals (gallringslogg) outside the database, so that it outlives the folder: a line for each run, and on it the run's
// entry of the record as a proof shows it, whose hash tells whether a byte has been changed. By it one finds what an older copy
// brings back.
namespace kansli::archive {

// The kind of the entry that tells of a run.
inline constexpr std::string_view retention_run_kind = "retention_run";

// A line for each run of the record, the oldest first. Works inside the caller's transaction.
[[nodiscard]] Result<std::string> write_removal_log(store::Connection& connection);

// What the runs of a log have removed. corrupt, with the number of the line, when one is not what the record said.
[[nodiscard]] Result<std::vector<RemovedBefore>> read_removal_log(std::string_view log);

}  // namespace kansli::archive
