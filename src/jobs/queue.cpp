#include "jobs/queue.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "core/check.hpp"
#include "core/hash.hpp"
#include "jobs/detail/job_rows.hpp"
#include "jobs/detail/queue_state.hpp"

namespace kansli::jobs {

Queue::Queue(store::Database& database, std::filesystem::path folder, Clock clock, RetryPolicy policy)
    : state_(new State{
          .database = database, .folder = std::move(folder), .clock = std::move(clock), .policy = policy}) {
}

Queue::~Queue() {
    stop();
}

std::span<const store::TableNote> Queue::table_notes() {
    return detail::table_notes();
}

std::span<const store::Migration> Queue::migrations() {
    return detail::migrations();
}

void Queue::register_handler(std::string kind, Handler handler) {
    CHECK_INVARIANT(state_->threads.empty());
    CHECK_INVARIANT(state_->handlers.emplace(std::move(kind), std::move(handler)).second);
}

Result<void> Queue::start(int workers) {
    CHECK_INVARIANT(state_->threads.empty() && workers > 0);
    state_->presence = TRY(store::FolderLock::acquire(state_->folder, state_->holder));
    state_->stopping = false;
    TRY(state_->rescue());
    for (int i = 0; i < workers; ++i)
        state_->threads.emplace_back([state = state_.get()] { state->work(); });
    state_->threads.emplace_back([state = state_.get()] { state->keep(); });
    return {};
}

void Queue::stop() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->stopping = true;
        for (const auto& [id, each] : state_->held)
            each->stop.request_stop();
        state_->changed.notify_all();
    }
    for (auto& thread : state_->threads)
        thread.join();
    state_->threads.clear();
    if (!state_->presence) return;
    std::error_code ignored;
    std::filesystem::remove(state_->folder / ("lock-" + state_->holder), ignored);
    state_->presence.reset();
}

Result<Job> Queue::add(store::Connection& connection, const NewJob& wanted) {
    Job job{.id = JobId(random_token()),
            .kind = wanted.kind,
            .payload = wanted.payload,
            .owner = wanted.owner,
            .created = state_->clock()};
    TRY(detail::insert(connection, job));
    return job;
}

Result<Job> Queue::add(const NewJob& wanted) {
    Job job;
    TRY(state_->database.write([&](store::Connection& connection) -> Result<void> {
        job = TRY(add(connection, wanted));
        return {};
    }));
    state_->listeners.tell(job);
    state_->wake();
    return job;
}

Result<Job> Queue::get(const JobId& id) {
    Job job;
    TRY(state_->database.read([&](store::Connection& connection) -> Result<void> {
        job = TRY(detail::load(connection, id));
        return {};
    }));
    return job;
}

Result<std::vector<Job>> Queue::list(const Filter& filter) {
    std::vector<Job> jobs;
    TRY(state_->database.read([&](store::Connection& connection) -> Result<void> {
        jobs = TRY(detail::load_list(connection, filter));
        return {};
    }));
    return jobs;
}

Result<std::map<JobState, std::int64_t>> Queue::counts() {
    std::map<JobState, std::int64_t> counts;
    TRY(state_->database.read([&](store::Connection& connection) -> Result<void> {
        counts = TRY(detail::count_states(connection));
        return {};
    }));
    return counts;
}

Result<Job> Queue::cancel(const JobId& id) {
    Job job;
    TRY(state_->database.write([&](store::Connection& connection) -> Result<void> {
        job = TRY(detail::load(connection, id));
        if (job.state == JobState::running) return detail::request_cancel(connection, id);
        if (job.state != JobState::waiting) {
            return fail(ErrorCode::conflict, "Jobbet är redan avslutat.", id.str());
        }
        job.state = JobState::cancelled;
        job.finished = state_->clock();
        return detail::save_end(connection, job, job.created);
    }));
    if (job.state == JobState::cancelled) state_->listeners.tell(job);
    const std::scoped_lock lock(state_->mutex);
    const auto found = state_->held.find(id);
    if (found != state_->held.end()) found->second->stop.request_stop();
    return job;
}

Result<std::int64_t> Queue::remove_finished(Timestamp before) {
    std::int64_t removed = 0;
    TRY(state_->database.write([&](store::Connection& connection) -> Result<void> {
        TRY(connection.execute("DELETE FROM jobs WHERE finished IS NOT NULL AND finished < ?1",
                               to_string(before)));
        removed = connection.changes();
        return {};
    }));
    return removed;
}

Result<std::vector<Job>> Queue::ended(store::Connection& connection) {
    return detail::load_ended(connection);
}

Result<void> Queue::forget(store::Connection& connection, const JobId& id) {
    const auto job = TRY(detail::load(connection, id));
    if (!job.finished) return fail(ErrorCode::conflict, "Jobbet är inte avslutat.", id.str());
    return connection.execute("DELETE FROM jobs WHERE id = ?1", id.str());
}

Subscription Queue::on_change(Listener listener) {
    return state_->listeners.add(std::move(listener));
}

}  // namespace kansli::jobs
