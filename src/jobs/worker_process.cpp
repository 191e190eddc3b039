#include "jobs/worker_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/detail/child_process.hpp"
#include "jobs/detail/frames.hpp"

namespace kansli::jobs {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t errors_kept = std::size_t{16} << 10U;
constexpr milliseconds stop_check{50};      // how soon a cancelled exchange ends
constexpr milliseconds end_patience{1000};  // for a worker that has hung up

constexpr auto smaller_advice = "Dela upp filen, eller be en administratör att höja gränsen.";
constexpr auto damaged_advice =
    "Filen kan vara skadad: öppna den i programmet den gjordes i och spara den på nytt.";

Failure too_large(std::string message) {
    return fail(ErrorCode::too_large, std::move(message), {}, smaller_advice);
}

Failure nonsense() {
    return fail(ErrorCode::corrupt, "Läsningen av filen gav ett svar som inte går att tolka.", {},
                damaged_advice);
}

// Why a worker that hung up is gone, from the status that it left.
Failure death(int status) {
    if (WIFEXITED(status)) {
        if (WEXITSTATUS(status) == detail::out_of_memory_status) {
            return too_large("Filen kräver mer minne än tillåtet.");
        }
        return fail(ErrorCode::corrupt,
                    fmt::format("Läsningen av filen avbröts (kod {}).", WEXITSTATUS(status)), {},
                    damaged_advice);
    }
    switch (WTERMSIG(status)) {
        case SIGXCPU:
            return too_large("Filen tar mer processortid än tillåtet.");
        case SIGXFSZ:
            return too_large("Filen ger mer data än tillåtet.");
        case SIGKILL:
            return too_large(
                "Läsningen av filen stoppades av operativsystemet, troligen för att minnet tog slut.");
        default:
            return fail(ErrorCode::corrupt,
                        fmt::format("Läsningen av filen kraschade (signal {}).", WTERMSIG(status)), {},
                        damaged_advice);
    }
}

}  // namespace

struct WorkerProcess::State {
    detail::ChildProcess child;
    ProcessLimits limits;
    std::string errors{};

    void read_errors();
};

// Takes what has been written so far, without waiting, and keeps the end of it.
void WorkerProcess::State::read_errors() {
    std::array<char, 4096> buffer{};
    // Bounded, so that a worker that never stops writing cannot hold us here.
    for (int turn = 0; turn < 64; ++turn) {
        const ssize_t count = ::read(child.errors(), buffer.data(), buffer.size());
        if (count <= 0) return;
        errors.append(buffer.data(), static_cast<std::size_t>(count));
        if (errors.size() > errors_kept) errors.erase(0, errors.size() - errors_kept);
    }
}

namespace {

// One request on its way out and one answer on its way in.
class Exchange {
  public:
    Exchange(int channel, std::string_view request, std::size_t limit) : channel_(channel), limit_(limit) {
        const auto header = detail::encode({detail::FrameKind::request, request.size()});
        outgoing_.reserve(header.size() + request.size());
        outgoing_.append(header.data(), header.size()).append(request);
    }

    enum class State : std::uint8_t { going_on, answered, hung_up };

    [[nodiscard]] short wanted() const {
        return static_cast<short>(sent_ < outgoing_.size() ? POLLIN | POLLOUT : POLLIN);
    }

    // Sends and receives what can be without waiting.
    [[nodiscard]] Result<State> advance() {
        if (sent_ < outgoing_.size() && !send_some()) return State::hung_up;
        return receive_some();
    }

    [[nodiscard]] detail::FrameKind kind() const { return header_->kind; }
    [[nodiscard]] std::string take_answer() {
        incoming_.erase(0, detail::header_size);
        return std::move(incoming_);
    }

  private:
    bool send_some() {
        const auto left = std::string_view(outgoing_).substr(sent_);
        const ssize_t count = ::send(channel_, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        sent_ += static_cast<std::size_t>(count);
        return true;
    }

    Result<State> receive_some() {
        std::array<char, 65536> buffer{};
        const ssize_t count = ::recv(channel_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0) return errno == EAGAIN || errno == EINTR ? State::going_on : State::hung_up;
        if (count == 0) return State::hung_up;
        incoming_.append(buffer.data(), static_cast<std::size_t>(count));
        if (!header_ && incoming_.size() >= detail::header_size) {
            header_ = detail::decode(incoming_);
            if (!header_ || header_->kind == detail::FrameKind::request) return nonsense();
            if (header_->length > limit_) return too_large("Filen ger ett större svar än tillåtet.");
        }
        if (!header_ || incoming_.size() < detail::header_size + header_->length) return State::going_on;
        // More than was announced, or an answer before the whole question has been put.
        if (incoming_.size() > detail::header_size + header_->length || sent_ < outgoing_.size())
            return nonsense();
        return State::answered;
    }

    int channel_;
    std::size_t limit_;
    std::string outgoing_{};
    std::size_t sent_ = 0;
    std::string incoming_{};
    std::optional<detail::FrameHeader> header_{};
};

// Waits until something can be sent or received, for a short while at most.
void wait_for(const detail::ChildProcess& child, short wanted, Clock::time_point deadline) {
    std::array<pollfd, 2> waits{pollfd{child.channel(), wanted, 0}, pollfd{child.errors(), POLLIN, 0}};
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    const auto pause = std::clamp(left, milliseconds(0), stop_check);
    const int ready = ::poll(waits.data(), waits.size(), static_cast<int>(pause.count()));
    // An error pipe that everybody has closed is always ready; it must not become a spin.
    const bool only_errors_closed = ready == 1 && waits[1].revents == POLLHUP;
    if (only_errors_closed) ::poll(waits.data(), 1, static_cast<int>(pause.count()));
}

Failure took_too_long(milliseconds allowed) {
    return too_large(fmt::format("Filen tar längre tid att läsa än de {:g} sekunder som är tillåtna.",
                                 std::chrono::duration<double>(allowed).count()));
}

}  // namespace

WorkerProcess::WorkerProcess(std::unique_ptr<State> state) : state_(std::move(state)) {
}
WorkerProcess::~WorkerProcess() = default;
WorkerProcess::WorkerProcess(WorkerProcess&&) noexcept = default;
WorkerProcess& WorkerProcess::operator=(WorkerProcess&&) noexcept = default;

Result<WorkerProcess> WorkerProcess::start(std::vector<std::string> arguments, const ProcessLimits& limits) {
    auto child = TRY(detail::ChildProcess::start(std::move(arguments), limits));
    return WorkerProcess(std::unique_ptr<State>(new State{.child = std::move(child), .limits = limits}));
}

Result<std::string> WorkerProcess::exchange(std::string_view request, const ExchangeOptions& options) {
    if (!alive()) return fail(ErrorCode::internal, "Läsprocessen är avslutad.");
    auto& child = state_->child;
    const auto allowed =
        std::min(options.wall_time.value_or(state_->limits.wall_time), state_->limits.wall_time);
    const auto deadline = Clock::now() + allowed;
    const auto give_up = [&](Failure failure) {
        child.end(milliseconds(0));
        return failure;
    };
    child.allow_cpu_time(state_->limits.cpu_time);
    Exchange exchange(child.channel(), request, options.max_reply_bytes);
    while (true) {
        const auto progress = exchange.advance();
        state_->read_errors();
        if (!progress) return give_up(Failure(progress.error()));
        if (*progress == Exchange::State::hung_up) return death(child.end(end_patience));
        if (*progress == Exchange::State::answered) break;
        if (options.stop.stop_requested()) return give_up(fail(ErrorCode::cancelled, "Läsningen avbröts."));
        if (Clock::now() >= deadline) return give_up(took_too_long(allowed));
        wait_for(child, exchange.wanted(), deadline);
    }
    const bool is_answer = exchange.kind() == detail::FrameKind::answer;
    auto answer = exchange.take_answer();
    if (is_answer) return answer;
    return give_up(
        fail(ErrorCode::internal, fmt::format("Läsningen av filen gav ett oväntat fel ({}).", answer)));
}

bool WorkerProcess::alive() const {
    return state_ != nullptr && state_->child.running();
}
const std::string& WorkerProcess::errors() const {
    return state_->errors;
}
int WorkerProcess::process_id() const {
    return state_->child.id();
}

WorkerPool::WorkerPool(std::vector<std::string> arguments, const ProcessLimits& limits,
                       std::size_t idle_workers, int exchanges_each)
    : arguments_(std::move(arguments)),
      limits_(limits),
      idle_workers_(idle_workers),
      exchanges_each_(exchanges_each) {
}

Result<WorkerPool::Worker> WorkerPool::take() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto worker = std::move(idle_.back());
            idle_.pop_back();
            return worker;
        }
    }
    return Worker{.process = TRY(WorkerProcess::start(arguments_, limits_)),
                  .exchanges_left = exchanges_each_};
}

void WorkerPool::give_back(Worker worker) {
    if (!worker.process.alive() || worker.exchanges_left <= 0) return;
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < idle_workers_) idle_.push_back(std::move(worker));
}

Result<std::string> WorkerPool::exchange(std::string_view request, const ExchangeOptions& options) {
    auto worker = TRY(take());
    --worker.exchanges_left;
    auto answer = worker.process.exchange(request, options);
    give_back(std::move(worker));
    return answer;
}

}  // namespace kansli::jobs
