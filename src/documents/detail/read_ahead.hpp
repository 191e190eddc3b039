#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace kansli::documents::detail {

// A few threads that work ahead of the one that uses their results in order.
// Threads: submit() from one thread. Work still waiting when the object goes is dropped, its futures broken.
template <typename T>
class ReadAhead {
  public:
    explicit ReadAhead(std::size_t threads) {
        for (std::size_t i = 0; i < threads; ++i) {
            threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
        }
    }

    [[nodiscard]] std::future<T> submit(std::function<T()> work) {
        std::packaged_task<T()> task(std::move(work));
        auto result = task.get_future();
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(task));
        }
        arrived_.notify_one();
        return result;
    }

  private:
    void serve(const std::stop_token& stop) {
        for (;;) {
            std::packaged_task<T()> task;
            {
                std::unique_lock lock(mutex_);
                if (!arrived_.wait(lock, stop, [this] { return !waiting_.empty(); }) || stop.stop_requested())
                    return;
                task = std::move(waiting_.front());
                waiting_.pop_front();
            }
            task();
        }
    }

    std::mutex mutex_{};
    std::condition_variable_any arrived_{};
    std::deque<std::packaged_task<T()>> waiting_{};
    std::vector<std::jthread> threads_{};  // last: they end before what they use goes
};

}  // namespace kansli::documents::detail
