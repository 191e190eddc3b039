#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::jobs {

using JobId = Id<struct JobTag>;

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };
KANSLI_DESCRIBE_ENUM(JobState, waiting, running, done, failed, cancelled)

// A piece of work that outlives the process that was asked for it.
struct Job {
    JobId id{};
    std::string kind{};
    std::string payload{};  // JSON
    std::string owner{};    // the user's id
    JobState state = JobState::waiting;
    std::string progress{};        // JSON; "" before the handler has told any
    std::string result{};          // JSON, when done
    std::optional<Error> error{};  // why it failed, or why it is tried again
    int attempts = 0;              // begun so far; those that a stop or a crash cut off do not count
    Timestamp created{};
    std::optional<Timestamp> started{};  // last
    std::optional<Timestamp> finished{};
};

struct NewJob {
    std::string kind{};
    std::string payload{};
    std::string owner{};
};

// Errors that pass by themselves (busy, unavailable) are tried again.
struct RetryPolicy {
    int attempts = 3;
    std::chrono::milliseconds first_pause{2000};  // four times as long before each next attempt
    int interruptions = 20;  // crashes in a row without any progress, after which the job has failed
};

// What a handler has at hand.
class JobContext {
  public:
    JobContext(const Job& job, std::stop_token stop, std::function<void(std::string)> tell)
        : job_(job), stop_(std::move(stop)), tell_(std::move(tell)) {}

    [[nodiscard]] const Job& job() const { return job_; }
    // Requested when somebody cancels the job and when the program stops: return `cancelled` soon.
    [[nodiscard]] const std::stop_token& stop() const { return stop_; }
    // Replaces the progress (JSON). Cheap: it is stored and sent to listeners four times a second at most. May be called
    // from any thread as long as the handler runs.
    void progress(std::string json) const { tell_(std::move(json)); }

  private:
    const Job& job_;
    std::stop_token stop_;
    std::function<void(std::string)> tell_;
};

// Listening ends with the object; a call that is under way is waited for, so it must not end inside its own call.
using Subscription = std::shared_ptr<void>;

// The durable queue of one data folder.
// A job is run by one process at a time: who runs it holds a file lock that goes with the process, so a job whose process
// has died is taken up again at once, by this or any other process that has a handler for it. A handler must
// therefore be able to begin again.
// Threads: any. Handlers run on the queue's own threads; listeners on those and on callers' threads, and must not block.
class Queue {
  public:
    using Clock = std::function<Timestamp()>;
    using Handler = std::function<Result<std::string>(JobContext&)>;
    using Listener = std::function<void(const Job&)>;

    // `folder`: the data folder, for the locks.
    Queue(store::Database& database, std::filesystem::path folder, Clock clock = now,
          RetryPolicy policy = {});
    // Stops.
    ~Queue();
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // Requires: before start(), once a kind.
    void register_handler(std::string kind, Handler handler);
    // Takes up jobs, `workers` at a time. A queue that is not started can still be filled and asked.
    [[nodiscard]] Result<void> start(int workers);
    // Asks the running handlers to end, waits for them, and puts their jobs back.
    void stop();

    [[nodiscard]] Result<Job> add(const NewJob& job);
    // Inside the caller's transaction; taken up within half a second after it.
    [[nodiscard]] Result<Job> add(store::Connection& connection, const NewJob& job);
    [[nodiscard]] Result<Job> get(const JobId& id);
    struct Filter {
        std::optional<std::string> owner{};
        std::optional<std::string> kind{};
        bool unfinished = false;  // only waiting and running
        int limit = 100;
    };
    // Newest first.
    [[nodiscard]] Result<std::vector<Job>> list(const Filter& filter);
    // How many jobs are in each state; all states are there.
    [[nodiscard]] Result<std::map<JobState, std::int64_t>> counts();
    // A waiting job is cancelled at once, a running one when its handler returns. conflict when it has ended.
    [[nodiscard]] Result<Job> cancel(const JobId& id);
    // Forgets jobs that ended before a moment; how many.
    [[nodiscard]] Result<std::int64_t> remove_finished(Timestamp before);

    // The jobs that have ended, the oldest first, and one of them forgotten with all that it was told and answered; both inside
    // the caller's transaction. conflict when the job has not ended.
    [[nodiscard]] static Result<std::vector<Job>> ended(store::Connection& connection);
    [[nodiscard]] static Result<void> forget(store::Connection& connection, const JobId& id);

    // Called with the job as it is after each change of state and of progress that this process makes.
    [[nodiscard]] Subscription on_change(Listener listener);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kansli::jobs
