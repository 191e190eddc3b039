#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/queue.hpp"
#include "store/database.hpp"

// Jobs as rows. Each function is a step inside the caller's transaction.
namespace kansli::jobs::detail {

[[nodiscard]] std::span<const store::Migration> migrations();
[[nodiscard]] std::span<const store::TableNote> table_notes();

[[nodiscard]] Result<Job> load(store::Connection& connection, const JobId& id);
[[nodiscard]] Result<std::vector<Job>> load_list(store::Connection& connection, const Queue::Filter& filter);
// The ended ones, the oldest first.
[[nodiscard]] Result<std::vector<Job>> load_ended(store::Connection& connection);
[[nodiscard]] Result<std::map<JobState, std::int64_t>> count_states(store::Connection& connection);
[[nodiscard]] Result<void> insert(store::Connection& connection, const Job& job);

// The oldest waiting job whose time has come and that `handled` accepts.
[[nodiscard]] Result<std::optional<Job>> next_ready(
    store::Connection& connection, Timestamp moment,
    const std::function<bool(const std::string& kind)>& handled);
// Marks it as run by `holder` and counts the attempt.
[[nodiscard]] Result<void> claim(store::Connection& connection, Job& job, const std::string& holder,
                                 Timestamp moment);
[[nodiscard]] Result<void> save_progress(store::Connection& connection, const Job& job,
                                         const std::string& holder);
// Stores how an attempt ended: the state, result, error, attempts and finished of `job`.
[[nodiscard]] Result<void> save_end(store::Connection& connection, const Job& job, Timestamp not_before);

[[nodiscard]] Result<void> request_cancel(store::Connection& connection, const JobId& id);
[[nodiscard]] Result<bool> cancel_requested(store::Connection& connection, const JobId& id);

// Everybody who is noted as running a job.
[[nodiscard]] Result<std::vector<std::string>> holders(store::Connection& connection);
// Puts back the jobs of a holder that is gone, or ends those that were cancelled or interrupted too often. Those changed.
[[nodiscard]] Result<std::vector<Job>> put_back(store::Connection& connection, const std::string& holder,
                                                int interruptions_allowed, Timestamp moment);

}  // namespace kansli::jobs::detail
