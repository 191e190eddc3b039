#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "core/result.hpp"
#include "jobs/worker_process.hpp"

namespace kansli::jobs::detail {

// A file descriptor that closes itself.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int number() const { return number_; }
    void close();

  private:
    int number_ = -1;
};

// A program in a session of its own, under limits, with a socket as standard input and its output and errors in a pipe.
// Nothing of the session is left when it has been ended.
class ChildProcess {
  public:
    [[nodiscard]] static Result<ChildProcess> start(std::vector<std::string> arguments,
                                                    const ProcessLimits& limits);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;

    [[nodiscard]] int channel() const { return channel_.number(); }
    [[nodiscard]] int errors() const { return errors_.number(); }
    [[nodiscard]] pid_t id() const { return id_; }
    [[nodiscard]] bool running() const { return id_ > 0; }

    // From now on it may use so much CPU time.
    void allow_cpu_time(std::chrono::seconds time) const;

    // Gives it `patience` to end by itself, kills what is left of the session, and returns the status as waitpid() tells it.
    int end(std::chrono::milliseconds patience);

  private:
    ChildProcess(pid_t id, Descriptor channel, Descriptor errors)
        : id_(id), channel_(std::move(channel)), errors_(std::move(errors)) {}

    pid_t id_ = -1;
    Descriptor channel_;
    Descriptor errors_;
};

}  // namespace kansli::jobs::detail
