#include "jobs/detail/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs/detail/sanitizers.hpp"
#include "jobs/detail/session.hpp"

namespace kansli::jobs::detail {

namespace {

struct Pair {
    Descriptor ours{};
    Descriptor theirs{};
};

Failure no_channel() {
    return fail(ErrorCode::unavailable,
                fmt::format("Ingen läsprocess kan startas: {}.", std::strerror(errno)));
}

Result<Pair> make_socket() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return no_channel();
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pair{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<Pair> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return no_channel();
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pair{Descriptor(ends[0]), Descriptor(ends[1])};
}

class SpawnSettings {
  public:
    SpawnSettings(int input, int output) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
        ::posix_spawnattr_init(&attributes_);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        for (const int signal :
             {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGXCPU, SIGXFSZ, SIGCHLD, SIGUSR1, SIGUSR2}) {
            ::sigaddset(&signals, signal);
        }
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        const int flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        ::posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
    }
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

bool set_limit(pid_t process, __rlimit_resource which, std::uint64_t value) {
    const rlimit limit{value, value};
    return ::prlimit(process, which, &limit, nullptr) == 0;
}

bool set_limits(pid_t process, const ProcessLimits& limits) {
    return (!memory_is_limited || set_limit(process, RLIMIT_AS, limits.memory_bytes)) &&
           set_limit(process, RLIMIT_FSIZE, limits.file_bytes) &&
           set_limit(process, RLIMIT_NOFILE, limits.open_files) && set_limit(process, RLIMIT_CORE, 0) &&
           set_limit(process, RLIMIT_NPROC, tasks_of_account() + limits.processes);
}

// Whether the process ended in time. It is left unreaped, so that nobody else gets its number yet.
bool ended_within(pid_t process, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        siginfo_t about{};
        const int status = ::waitid(P_PID, static_cast<id_t>(process), &about, WEXITED | WNOWAIT | WNOHANG);
        if (status == 0 && about.si_pid == process) return true;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Result<ChildProcess> ChildProcess::start(std::vector<std::string> arguments, const ProcessLimits& limits) {
    auto channel = TRY(make_socket());
    auto output = TRY(make_pipe());
    const SpawnSettings settings(channel.theirs.number(), output.theirs.number());
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (auto& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t id = -1;
    const int status = ::posix_spawnp(&id, pointers.front(), settings.actions(), settings.attributes(),
                                      pointers.data(), environ);
    if (status != 0) {
        return fail(ErrorCode::unavailable,
                    fmt::format("Läsprocessen kan inte startas: {}.", std::strerror(status)),
                    arguments.front());
    }
    // It owns nothing foreign before its first request, so the limits come in time.
    ChildProcess child(id, std::move(channel.ours), std::move(output.ours));
    if (!set_limits(id, limits)) return no_channel();
    return child;
}

ChildProcess::~ChildProcess() {
    end(std::chrono::milliseconds(0));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      channel_(std::move(other.channel_)),
      errors_(std::move(other.errors_)) {
}

void ChildProcess::allow_cpu_time(std::chrono::seconds time) const {
    clockid_t clock{};
    timespec used{};
    rlimit limit{};
    if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return;
    if (::prlimit(id_, RLIMIT_CPU, nullptr, &limit) != 0) return;
    limit.rlim_cur = static_cast<rlim_t>(used.tv_sec + 1 + time.count());
    // Only the soft limit: an account that is not root could not raise the other one again.
    ::prlimit(id_, RLIMIT_CPU, &limit, nullptr);
}

int ChildProcess::end(std::chrono::milliseconds patience) {
    if (!running()) return 0;
    if (!ended_within(id_, patience)) ::kill(id_, SIGKILL);
    kill_session(id_);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    channel_.close();
    errors_.close();
    return status;
}

}  // namespace kansli::jobs::detail
