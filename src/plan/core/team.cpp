#include "plan/core/team.hpp"

#include <algorithm>

namespace kansli::plan {

Team::Team(std::size_t threads)
    : begin_(static_cast<std::ptrdiff_t>(std::max<std::size_t>(threads, 1))),
      end_(static_cast<std::ptrdiff_t>(std::max<std::size_t>(threads, 1))) {
    for (std::size_t thread = 1; thread < threads; ++thread) {
        helpers_.emplace_back([this, thread] {
            for (;;) {
                begin_.arrive_and_wait();
                if (task_ == nullptr) return;
                work(thread);
                end_.arrive_and_wait();
            }
        });
    }
}

Team::~Team() {
    task_ = nullptr;
    begin_.arrive_and_wait();
}

void Team::run(std::size_t count, const Task& task) {
    next_ = 0;
    count_ = count;
    task_ = &task;
    begin_.arrive_and_wait();
    work(0);
    end_.arrive_and_wait();
}

void Team::work(std::size_t thread) {
    for (std::size_t number = next_++; number < count_; number = next_++)
        (*task_)(number, thread);
}

}  // namespace kansli::plan
