#include "core/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kansli {

namespace {

using Clock = std::chrono::steady_clock;

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
    [[nodiscard]] bool open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

  private:
    int number_ = -1;
};

struct Pipe {
    Descriptor read_end{};
    Descriptor write_end{};
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::unavailable, fmt::format("Inget rör kan öppnas: {}.", std::strerror(errno)));
    }
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// The settings of posix_spawn, released with the object.
class SpawnSettings {
  public:
    SpawnSettings() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
    }
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;

    void prepare(const ProcessRequest& request, const Pipe& output, const Pipe& errors) {
        const std::string input = request.input.empty() ? "/dev/null" : request.input.string();
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output.write_end.number(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, errors.write_end.number(), STDERR_FILENO);
        if (!request.folder.empty()) {
            ::posix_spawn_file_actions_addchdir_np(&actions_, request.folder.c_str());
        }
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        ::sigaddset(&signals, SIGPIPE);
        ::sigaddset(&signals, SIGTERM);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        const int flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        ::posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
    }

    [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& additions) {
    std::vector<std::string> all = additions;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto name = text.substr(0, text.find('=') + 1);
        const bool replaced =
            std::ranges::any_of(additions, [&](const auto& added) { return added.starts_with(name); });
        if (!replaced) all.emplace_back(text);
    }
    return all;
}

Result<pid_t> start(const ProcessRequest& request, const Pipe& output, const Pipe& errors) {
    SpawnSettings settings;
    settings.prepare(request, output, errors);
    auto arguments = request.arguments;
    auto environment = environment_with(request.environment);
    pid_t process = 0;
    const int status =
        ::posix_spawnp(&process, arguments.front().c_str(), settings.actions(), settings.attributes(),
                       pointers_to(arguments).data(), pointers_to(environment).data());
    if (status == ENOENT) {
        return fail(ErrorCode::unavailable,
                    fmt::format("Programmet {} saknas på servern.", request.arguments.front()), {},
                    "Be den som sköter servern att installera det.");
    }
    if (status != 0) {
        return fail(ErrorCode::unavailable, fmt::format("Programmet {} kan inte startas: {}.",
                                                        request.arguments.front(), std::strerror(status)));
    }
    return process;
}

// Takes what a program writes until it is silent for good, over a limit, or out of time.
class Listener {
  public:
    Listener(const ProcessRequest& request, Descriptor file, Clock::time_point deadline)
        : request_(request), file_(std::move(file)), deadline_(deadline) {}

    Result<void> listen(Pipe& out, Pipe& err) {
        std::vector<char> buffer(std::size_t{1} << 18U);
        while (out.read_end.open() || err.read_end.open()) {
            // poll() passes over negative descriptors.
            std::array<pollfd, 2> waits{pollfd{out.read_end.number(), POLLIN, 0},
                                        pollfd{err.read_end.number(), POLLIN, 0}};
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
            if (left <= 0) return out_of_time();
            const int ready =
                ::poll(waits.data(), waits.size(), static_cast<int>(std::min<long>(left, 60'000)));
            if (ready < 0 && errno != EINTR) {
                return fail(ErrorCode::internal, fmt::format("poll: {}.", std::strerror(errno)));
            }
            if (ready <= 0) continue;
            if (waits[0].revents != 0) TRY(take_output(out.read_end, buffer));
            if (waits[1].revents != 0) take_errors(err.read_end, buffer);
        }
        return {};
    }

    [[nodiscard]] Failure out_of_time() const {
        const auto seconds = std::chrono::duration<double>(request_.time_limit).count();
        return fail(ErrorCode::too_large, fmt::format("Programmet {} blev inte klart på {:g} sekunder.",
                                                      request_.arguments.front(), seconds));
    }

    std::string output{};
    std::string errors{};

  private:
    Result<void> take_output(Descriptor& from, std::vector<char>& buffer) {
        const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) return {};
        if (count <= 0) {
            from.close();
            return {};
        }
        taken_ += static_cast<std::size_t>(count);
        if (taken_ > request_.output_limit) {
            return fail(ErrorCode::too_large, fmt::format("Programmet {} skrev mer än {} byte.",
                                                          request_.arguments.front(), request_.output_limit));
        }
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
        if (!file_.open()) {
            output.append(bytes);
            return {};
        }
        return write_all(bytes);
    }

    Result<void> write_all(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) {
                return fail(ErrorCode::unavailable,
                            fmt::format("Filen kan inte skrivas: {}.", std::strerror(errno)),
                            request_.output.string());
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    void take_errors(Descriptor& from, std::vector<char>& buffer) {
        const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) return;
        if (count <= 0) {
            from.close();
            return;
        }
        const std::size_t room = request_.errors_limit - errors.size();
        errors.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
    }

    const ProcessRequest& request_;
    Descriptor file_;
    Clock::time_point deadline_;
    std::size_t taken_ = 0;
};

// Whether the process ended before the deadline. Leaves it unreaped, so that its group's number is still
// ours.
bool ended_before(pid_t process, Clock::time_point deadline) {
    auto pause = std::chrono::microseconds{200};
    while (true) {
        siginfo_t about{};
        const int status = ::waitid(P_PID, static_cast<id_t>(process), &about, WEXITED | WNOWAIT | WNOHANG);
        if (status == 0 && about.si_pid == process) return true;
        if (status != 0 && errno != EINTR) return true;
        if (Clock::now() >= deadline) return false;
        ::usleep(static_cast<useconds_t>(pause.count()));
        pause = std::min(pause * 2, std::chrono::microseconds{20'000});
    }
}

int reap(pid_t process) {
    ::kill(-process, SIGKILL);
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Result<Descriptor> open_output(const std::filesystem::path& path) {
    if (path.empty()) return Descriptor();
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.open()) {
        return fail(ErrorCode::unavailable, fmt::format("Filen kan inte skrivas: {}.", std::strerror(errno)),
                    path.string());
    }
    return file;
}

}  // namespace

Result<ProcessOutcome> run_process(const ProcessRequest& request) {
    if (request.arguments.empty()) return fail(ErrorCode::internal, "Inget program är angivet.");
    if (!request.input.empty() && ::access(request.input.c_str(), R_OK) != 0) {
        return fail(ErrorCode::not_found, fmt::format("Filen kan inte läsas: {}.", std::strerror(errno)),
                    request.input.string());
    }
    auto file = TRY(open_output(request.output));
    auto output = TRY(make_pipe());
    auto errors = TRY(make_pipe());
    const auto deadline = Clock::now() + request.time_limit;
    const pid_t process = TRY(start(request, output, errors));
    output.write_end.close();
    errors.write_end.close();
    // A larger pipe means fewer turns between the two processes; the kernel may say no.
    (void)::fcntl(output.read_end.number(), F_SETPIPE_SZ, 1 << 20);
    Listener listener(request, std::move(file), deadline);
    const auto heard = listener.listen(output, errors);
    const bool ended = heard && ended_before(process, deadline);
    const int exit_status = reap(process);
    if (!heard) return Failure(heard.error());
    if (!ended) return listener.out_of_time();
    return ProcessOutcome{exit_status, std::move(listener.output), std::move(listener.errors)};
}

}  // namespace kansli
