#include "checkpoint_keeper.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/log.hpp"

namespace kansli::app {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 10s;

// A checkpoint that cannot be made stops nothing else: the entries stay, and are signed when it can.
void make(record::Checkpoints& checkpoints) {
    const auto made = checkpoints.make(now());
    if (!made) log::error("Protokollet kan inte skrivas under: {}", to_line(made.error()));
}

}  // namespace

CheckpointKeeper::CheckpointKeeper(record::Checkpoints& checkpoints, record::CheckpointInterval interval)
    : checkpoints_(checkpoints),
      interval_(interval),
      thread_([this](const std::stop_token& stop) { keep(stop); }) {
}

CheckpointKeeper::~CheckpointKeeper() {
    thread_ = {};
    make(checkpoints_);
}

void CheckpointKeeper::keep(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        const auto due = checkpoints_.due(interval_, now());
        if (!due) log::warning("Protokollets kontrollpunkter kan inte läsas: {}", to_line(due.error()));
        if (due && *due) make(checkpoints_);
        wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

}  // namespace kansli::app
