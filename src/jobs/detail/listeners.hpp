#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "jobs/queue.hpp"

namespace kansli::jobs::detail {

// Those who want to know of changes.
// Threads: any. A listener is called by one thread at a time.
class Listeners {
  public:
    [[nodiscard]] Subscription add(Queue::Listener listener) {
        auto entry = std::make_shared<Entry>(std::move(listener));
        const std::scoped_lock lock(mutex_);
        std::erase_if(entries_, [](const auto& each) { return each.expired(); });
        entries_.push_back(entry);
        // Shared, since a call that is under way must keep what it calls; the caller's part is what ends the listening.
        return Subscription(entry.get(), [entry](void*) { entry->end(); });
    }

    void tell(const Job& job) {
        std::vector<std::shared_ptr<Entry>> present;
        {
            const std::scoped_lock lock(mutex_);
            for (const auto& each : entries_) {
                if (auto entry = each.lock()) present.push_back(std::move(entry));
            }
        }
        for (const auto& entry : present)
            entry->call(job);
    }

  private:
    class Entry {
      public:
        explicit Entry(Queue::Listener listener) : listener_(std::move(listener)) {}
        void call(const Job& job) {
            const std::scoped_lock lock(mutex_);
            if (listener_) listener_(job);
        }
        void end() {
            const std::scoped_lock lock(mutex_);
            listener_ = nullptr;
        }

      private:
        std::mutex mutex_{};
        Queue::Listener listener_;
    };

    std::mutex mutex_{};
    std::vector<std::weak_ptr<Entry>> entries_{};
};

}  // namespace kansli::jobs::detail
