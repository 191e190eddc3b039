#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::jobs {

// What a worker process may use. Set from outside by the process that starts it, so that nothing the worker is made to do
// can raise them. Memory, files and CPU time count for the worker and for each program it starts, one by one.
struct ProcessLimits {
    std::uint64_t memory_bytes = std::uint64_t{1536} << 20U;  // address space
    std::chrono::seconds cpu_time{120};                       // for one exchange
    std::chrono::milliseconds wall_time{180'000};        // for one exchange, the programs it starts included
    std::uint64_t file_bytes = std::uint64_t{2} << 30U;  // of one file that it writes
    std::uint64_t open_files = 256;
    std::uint64_t processes = 64;  // on top of what the account runs already; root is exempt, as always
};

struct ExchangeOptions {
    std::optional<std::chrono::milliseconds> wall_time{};  // when shorter than that of the limits
    std::stop_token stop{};
    std::size_t max_reply_bytes = std::size_t{512} << 20U;
};

// A process of its own that handles foreign bytes: it gets a request, answers, and gets the next one, until something goes
// wrong. The program it runs calls confine() and serve_frames() of jobs/confinement.hpp.
// Errors, in words for the person who sent the file: too_large (memory, CPU time, wall time, output), corrupt (it crashed or
// answered nonsense), cancelled, unavailable (it cannot be started). After an error the process and every program that
// it had started are gone.
// Threads: one at a time. The worker ends itself when the process that started it ends, however that happens.
class WorkerProcess {
  public:
    // `arguments`: the program, looked up in PATH, and what it is told.
    [[nodiscard]] static Result<WorkerProcess> start(std::vector<std::string> arguments,
                                                     const ProcessLimits& limits);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;
    WorkerProcess(WorkerProcess&&) noexcept;
    WorkerProcess& operator=(WorkerProcess&&) noexcept;

    [[nodiscard]] Result<std::string> exchange(std::string_view request, const ExchangeOptions& options = {});

    // False after an error: start another.
    [[nodiscard]] bool alive() const;
    // The end of what it wrote as standard output and error, at most 16 KiB. May hold text of the file: not for logs.
    [[nodiscard]] const std::string& errors() const;
    [[nodiscard]] int process_id() const;

  private:
    struct State;
    explicit WorkerProcess(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Worker processes that are kept for the next request and replaced when they die, or have answered many.
// Threads: any; each exchange has a worker of its own, so the callers decide how many run at once.
class WorkerPool {
  public:
    WorkerPool(std::vector<std::string> arguments, const ProcessLimits& limits, std::size_t idle_workers = 2,
               int exchanges_each = 200);

    [[nodiscard]] Result<std::string> exchange(std::string_view request, const ExchangeOptions& options = {});

  private:
    struct Worker {
        WorkerProcess process;
        int exchanges_left = 0;
    };
    [[nodiscard]] Result<Worker> take();
    void give_back(Worker worker);

    const std::vector<std::string> arguments_;
    const ProcessLimits limits_;
    const std::size_t idle_workers_;
    const int exchanges_each_;
    std::mutex mutex_{};
    std::vector<Worker> idle_{};
};

}  // namespace kansli::jobs
