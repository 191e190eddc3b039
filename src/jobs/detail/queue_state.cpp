// What the queue's threads do.
#include "jobs/detail/queue_state.hpp"

#include <chrono>
#include <exception>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "core/log.hpp"
#include "jobs/detail/job_rows.hpp"

namespace kansli::jobs {

namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 500ms;   // for jobs that another process has added, or whose pause is over
constexpr auto keeper_turn = 250ms;  // how often progress is stored and told
constexpr int turns_between_rescues = 8;

bool passes_by_itself(ErrorCode code) {
    return code == ErrorCode::busy || code == ErrorCode::unavailable;
}

}  // namespace

void Queue::State::wake() {
    const std::scoped_lock lock(mutex);
    ++news;
    changed.notify_all();
}

// Until there is news, time is over or the queue stops; false when it stops.
bool Queue::State::pause(std::chrono::milliseconds time, std::uint64_t seen) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, time, [&] { return stopping || news != seen; });
    return !stopping;
}

std::vector<std::shared_ptr<detail::Held>> Queue::State::all_held() {
    const std::scoped_lock lock(mutex);
    std::vector<std::shared_ptr<detail::Held>> all;
    all.reserve(held.size());
    for (const auto& [id, each] : held)
        all.push_back(each);
    return all;
}

void Queue::State::work() {
    while (true) {
        std::uint64_t seen = 0;
        {
            const std::scoped_lock lock(mutex);
            if (stopping) return;
            seen = news;
        }
        auto job = take();
        if (!job) log::warning("no job can be taken: {}", to_line(job.error()));
        if (job && *job)
            run(std::move(**job));
        else if (!pause(look_again, seen))
            return;
    }
}

Result<std::optional<Job>> Queue::State::take() {
    const auto handled = [this](const std::string& kind) { return handlers.contains(kind); };
    std::optional<Job> job;
    // Looking costs a read; only when there is something does it become a write.
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        job = TRY(detail::next_ready(connection, clock(), handled));
        return {};
    }));
    if (!job) return job;
    TRY(database.write([&](store::Connection& connection) -> Result<void> {
        job = TRY(detail::next_ready(connection, clock(), handled));
        return job ? detail::claim(connection, *job, holder, clock()) : Result<void>();
    }));
    return job;
}

void Queue::State::run(Job job) {
    const auto mine = std::make_shared<detail::Held>();
    mine->job = std::move(job);
    {
        const std::scoped_lock lock(mutex);
        held.emplace(mine->job.id, mine);
        if (stopping) mine->stop.request_stop();
    }
    listeners.tell(mine->job);
    finish(*mine, call_handler(*mine));
    const std::scoped_lock lock(mutex);
    held.erase(mine->job.id);
}

Result<std::string> Queue::State::call_handler(detail::Held& mine) {
    const Job job = mine.job;  // the handler's own, since progress changes the other
    JobContext context(job, mine.stop.get_token(), [&mine](std::string json) {
        const std::scoped_lock lock(mine.mutex);
        mine.job.progress = std::move(json);
        mine.progress_untold = true;
    });
    try {
        return handlers.at(job.kind)(context);
    } catch (const std::exception& problem) {
        log::error("the handler of a {} job threw: {}", job.kind, problem.what());
        return fail(ErrorCode::internal, "Ett oväntat fel avbröt arbetet.", job.kind,
                    "Se loggen på servern.");
    }
}

void Queue::State::decide(Job& job, const Result<std::string>& outcome, bool cancelled,
                          Timestamp& not_before) {
    job.finished = clock();
    job.error.reset();
    if (outcome) {
        job.state = JobState::done;
        job.result = *outcome;
        return;
    }
    job.error = outcome.error();
    const bool was_stopped = outcome.error().code == ErrorCode::cancelled;
    const bool may_try_again = passes_by_itself(outcome.error().code) && job.attempts < policy.attempts;
    if (!cancelled && was_stopped && stopping) {
        // The program ends, not the job.
        job.state = JobState::waiting;
        --job.attempts;
    } else if (cancelled || was_stopped) {
        job.state = JobState::cancelled;
    } else if (may_try_again) {
        job.state = JobState::waiting;
        not_before = clock() +
                     policy.first_pause * (std::int64_t{1} << (2U * static_cast<unsigned>(job.attempts - 1)));
    } else {
        job.state = JobState::failed;
    }
    if (job.state == JobState::waiting) job.finished.reset();
    if (job.state == JobState::cancelled || was_stopped) job.error.reset();
}

void Queue::State::finish(detail::Held& mine, const Result<std::string>& outcome) {
    const std::scoped_lock lock(mine.mutex);
    mine.ended = true;
    while (true) {
        Job job = mine.job;
        const auto stored = database.write([&](store::Connection& connection) -> Result<void> {
            auto not_before = job.created;
            const bool cancelled = TRY(detail::cancel_requested(connection, job.id));
            {
                const std::scoped_lock guard(mutex);
                decide(job, outcome, cancelled, not_before);
            }
            return detail::save_end(connection, job, not_before);
        });
        if (stored) {
            listeners.tell(job);
            return;
        }
        log::warning("the end of a job cannot be stored: {}", to_line(stored.error()));
        std::this_thread::sleep_for(look_again);
        const std::scoped_lock guard(mutex);
        // Its lock goes with the process, and the job is taken up again by the next one.
        if (stopping) return;
    }
}

void Queue::State::keep() {
    for (int turn = 1;; ++turn) {
        std::uint64_t seen = 0;
        {
            const std::scoped_lock lock(mutex);
            seen = news;
        }
        if (!pause(keeper_turn, seen)) return;
        for (const auto& each : all_held()) {
            tell_progress(*each);
            look_for_cancellation(*each);
        }
        if (turn % turns_between_rescues != 0) continue;
        if (const auto done = rescue(); !done)
            log::warning("no look for lost jobs: {}", to_line(done.error()));
    }
}

void Queue::State::tell_progress(detail::Held& each) {
    const std::scoped_lock lock(each.mutex);
    if (each.ended || !each.progress_untold) return;
    const auto stored = database.write(
        [&](store::Connection& connection) { return detail::save_progress(connection, each.job, holder); });
    if (!stored) return;  // the next turn tries again
    each.progress_untold = false;
    listeners.tell(each.job);
}

void Queue::State::look_for_cancellation(detail::Held& each) {
    const auto id = [&] {
        const std::scoped_lock lock(each.mutex);
        return each.job.id;
    }();
    const auto looked = database.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(detail::cancel_requested(connection, id))) each.stop.request_stop();
        return {};
    });
    if (!looked) log::warning("no look for cancelled jobs: {}", to_line(looked.error()));
}

// Puts back the jobs of processes that are gone.
Result<void> Queue::State::rescue() {
    std::vector<std::string> present;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        present = TRY(detail::holders(connection));
        return {};
    }));
    for (const auto& each : present) {
        if (each != holder) TRY(rescue_from(each));
    }
    return {};
}

Result<void> Queue::State::rescue_from(const std::string& gone) {
    const auto lock = store::FolderLock::acquire(folder, gone);
    if (!lock) return {};  // alive
    std::vector<Job> jobs;
    TRY(database.write([&](store::Connection& connection) -> Result<void> {
        jobs = TRY(detail::put_back(connection, gone, policy.interruptions, clock()));
        return {};
    }));
    // The name is never used again.
    std::error_code ignored;
    std::filesystem::remove(folder / ("lock-" + gone), ignored);
    for (const auto& job : jobs)
        listeners.tell(job);
    if (!jobs.empty()) wake();
    return {};
}

}  // namespace kansli::jobs
