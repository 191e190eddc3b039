#pragma once

#include <stop_token>
#include <thread>

#include "record/checkpoints.hpp"

namespace kansli::app {

// Signs the record of a running server when it is due, and a last time when the server stops.
// Threads: construction and destruction from one thread; the work runs on its own.
class CheckpointKeeper {
  public:
    // `checkpoints` outlives the keeper.
    CheckpointKeeper(record::Checkpoints& checkpoints, record::CheckpointInterval interval);
    ~CheckpointKeeper();
    CheckpointKeeper(const CheckpointKeeper&) = delete;
    CheckpointKeeper& operator=(const CheckpointKeeper&) = delete;

  private:
    void keep(const std::stop_token& stop);

    record::Checkpoints& checkpoints_;
    record::CheckpointInterval interval_;
    std::jthread thread_;
};

}  // namespace kansli::app
