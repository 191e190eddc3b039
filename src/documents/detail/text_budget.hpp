#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>

namespace kansli::documents::detail {

// How much text lies in memory between those who read files ahead and the one who takes them in order. Whoever reads enters first and
// waits while there is no room; the one whose turn is next always comes in, so that nobody waits for what waits for them. So no more is
// held than the budget and what those hold who were inside when it filled.
// Threads: any.
class TextBudget {
  public:
    explicit TextBudget(std::size_t bytes) : bytes_(bytes) {}

    // Turns are 0, 1, 2 … in the order in which they will be taken. False when told to stop, or closed.
    [[nodiscard]] bool enter(std::size_t turn, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, stop, [&] { return closed_ || held_ < bytes_ || turn == next_; });
        return !closed_ && !stop.stop_requested();
    }
    // What was read is in memory from now on …
    void hold(std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        held_ += bytes;
    }
    // … until the next in turn is taken.
    void take(std::size_t bytes) {
        {
            const std::lock_guard lock(mutex_);
            held_ -= bytes;
            ++next_;
        }
        room_.notify_all();
    }
    // Nobody waits any more.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        room_.notify_all();
    }
    [[nodiscard]] bool has_room() const {
        const std::lock_guard lock(mutex_);
        return held_ < bytes_;
    }

  private:
    mutable std::mutex mutex_{};
    std::condition_variable_any room_{};
    std::size_t bytes_;
    std::size_t held_ = 0;
    std::size_t next_ = 0;
    bool closed_ = false;
};

}  // namespace kansli::documents::detail
