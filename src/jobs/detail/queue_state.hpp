#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/hash.hpp"
#include "jobs/detail/listeners.hpp"
#include "jobs/queue.hpp"
#include "store/folder_lock.hpp"

namespace kansli::jobs {

namespace detail {

// A job in the hands of this process.
struct Held {
    std::stop_source stop{};
    std::mutex
        mutex{};  // guards the rest; held while a change is told, so that listeners see changes in order
    Job job{};
    bool progress_untold = false;
    bool ended = false;
};

}  // namespace detail

// The queue's threads: workers that take and run jobs, and a keeper that stores progress, hears of cancellations and puts
// back the jobs of processes that have died.
struct Queue::State {
    store::Database& database;
    std::filesystem::path folder;
    Clock clock;
    RetryPolicy policy;
    std::map<std::string, Handler> handlers{};
    detail::Listeners listeners{};

    // The name under which jobs are held, and the lock that shows it is alive.
    std::string holder = "jobs-" + random_token(8);
    std::optional<store::FolderLock> presence{};

    std::mutex mutex{};
    std::condition_variable changed{};
    std::uint64_t news = 0;  // counts what the workers should look for
    bool stopping = false;
    std::map<JobId, std::shared_ptr<detail::Held>> held{};  // shared with the keeper while it tells progress
    std::vector<std::thread> threads{};

    void wake();
    bool pause(std::chrono::milliseconds time, std::uint64_t seen);
    [[nodiscard]] std::vector<std::shared_ptr<detail::Held>> all_held();

    void work();
    [[nodiscard]] Result<std::optional<Job>> take();
    void run(Job job);
    [[nodiscard]] Result<std::string> call_handler(detail::Held& held);
    void decide(Job& job, const Result<std::string>& outcome, bool cancelled, Timestamp& not_before);
    void finish(detail::Held& held, const Result<std::string>& outcome);

    void keep();
    void tell_progress(detail::Held& held);
    void look_for_cancellation(detail::Held& held);
    [[nodiscard]] Result<void> rescue();
    [[nodiscard]] Result<void> rescue_from(const std::string& gone);
};

}  // namespace kansli::jobs
