#pragma once

#include <atomic>
#include <barrier>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace kansli::plan {

// Threads that do a batch of tasks together and wait for each other at its end. Who does which task is left to chance, so
// a task must depend on nothing but its number: then the outcome is the same for any number of threads.
class Team {
  public:
    // The thread that calls run() is one of them.
    explicit Team(std::size_t threads);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    Team(Team&&) = delete;
    Team& operator=(Team&&) = delete;

    [[nodiscard]] std::size_t size() const { return helpers_.size() + 1; }

    // Calls task(number, thread) for each number below `count`, and returns when all are done. Tasks do not throw.
    using Task = std::function<void(std::size_t number, std::size_t thread)>;
    void run(std::size_t count, const Task& task);

  private:
    void work(std::size_t thread);

    std::barrier<> begin_;
    std::barrier<> end_;
    std::atomic<std::size_t> next_ = 0;
    std::size_t count_ = 0;
    const Task* task_ = nullptr;  // null: go home
    std::vector<std::jthread> helpers_;
};

}  // namespace kansli::plan
