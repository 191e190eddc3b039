// Real workers: this test program starts itself again, and the copy misbehaves as it is told.
#include "jobs/worker_process.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file.hpp"
#include "core/process.hpp"
#include "jobs/confinement.hpp"
#include "jobs/detail/sanitizers.hpp"

using namespace kansli;
using namespace kansli::jobs;
using namespace std::chrono_literals;

namespace {

constexpr auto marker = "KANSLI_TEST_WORKER";  // holds the folder that the worker may write in

std::string workspace() {
    return std::getenv(marker);
}  // NOLINT(concurrency-mt-unsafe)

std::string outcome_of(int result) {
    return result >= 0 ? "ok" : std::strerror(errno);
}

std::string eat_memory() {
    std::vector<std::vector<char>> eaten;
    while (true)
        eaten.emplace_back(std::size_t{16} << 20U, 'x');
}

std::string write_without_end() {
    std::ofstream out(workspace() + "/large");
    const std::string block(1 << 20U, 'x');
    while (true)
        out << block << std::flush;
}

std::string write_garbage() {
    // The channel is the one socket among the first descriptors.
    for (int file = 3; file < 20; ++file)
        ::send(file, "garbage that is no frame", 24, MSG_NOSIGNAL);
    std::this_thread::sleep_for(1h);
    return {};
}

std::string spin() {
    volatile unsigned long turns = 0;
    while (true)
        turns = turns + 1;
}

// A program of its own in a process group of its own, as core/process.hpp starts them.
std::string start_sleeper() {
    const auto outcome = run_process({.arguments = {"sleep", "3600"}});
    return outcome ? "slept" : outcome.error().message;
}

std::string open_file(const std::string& path, int flags) {
    return outcome_of(::open(path.c_str(), flags, 0600));
}

std::string run_program(const std::string& program) {
    const auto outcome = run_process({.arguments = {program, "--version"}});
    return outcome ? fmt::format("status {}", outcome->exit_status) : outcome.error().message;
}

std::string about_confinement(std::string_view request, const ConfinementReport& report) {
    if (request == "report")
        return fmt::format("{} {}", report.landlock_version, report.files_limited ? "on" : "off");
    if (request == "socket") return outcome_of(::socket(AF_INET, SOCK_STREAM, 0));
    if (request == "unix socket") return outcome_of(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (request == "ptrace")
        return outcome_of(static_cast<int>(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)));
    if (request == "unshare") return outcome_of(::unshare(CLONE_NEWUSER));
    if (request == "setsid") return outcome_of(static_cast<int>(::setsid()));
    if (request == "raise limit") {
        const rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
        return outcome_of(::setrlimit(RLIMIT_CPU, &limit));
    }
    if (request == "read shadow") return open_file("/etc/shadow", O_RDONLY);
    if (request == "write outside") return open_file(workspace() + "/../outside", O_WRONLY | O_CREAT);
    if (request == "write inside") return open_file(workspace() + "/inside", O_WRONLY | O_CREAT);
    if (request == "signal parent") return outcome_of(::kill(::getppid(), 0));
    if (request == "inherited") return outcome_of(::fcntl(100, F_GETFD));
    return run_program("pdftotext");
}

std::string misbehave(std::string_view request, const ConfinementReport& report) {
    if (request.starts_with("echo ")) return std::string(request.substr(5));
    if (request == "memory") return eat_memory();
    if (request == "spin") return spin();
    if (request == "sleep") return std::this_thread::sleep_for(1h), "";
    if (request == "program") return start_sleeper();
    if (request == "large file") return write_without_end();
    if (request == "large answer") return std::string(10'000'000, 'x');
    if (request == "crash") {
        ::signal(SIGSEGV, SIG_DFL);  // the sanitizers have a handler of their own
        return ::raise(SIGSEGV), "";
    }
    if (request == "exit") ::_exit(3);
    if (request == "throw") throw std::runtime_error("a fault");
    if (request == "garbage") return write_garbage();
    if (request == "chatter")
        return ::write(STDOUT_FILENO, std::string(100'000, 'c').data(), 100'000), "spoke";
    return about_confinement(request, report);
}

// Runs before main() in the copies, so that they never are tests.
const bool is_test = [] {
    if (std::getenv(marker) == nullptr) return true;  // NOLINT(concurrency-mt-unsafe)
    const auto report = confine({.readable = {}, .writable = {workspace()}});
    if (!report) ::_exit(99);
    ::_exit(serve_frames([&](std::string_view request) { return misbehave(request, *report); }));
}();

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::string own = (folder.path() / "workspace").string();
    ProcessLimits limits{.memory_bytes = std::uint64_t{512} << 20U,
                         .cpu_time = 1s,
                         .wall_time = 20s,
                         .file_bytes = std::uint64_t{8} << 20U};

    Fixture() {
        REQUIRE(is_test);
        std::filesystem::create_directory(own);
    }

    [[nodiscard]] std::vector<std::string> arguments() const {
        return {"env", fmt::format("{}={}", marker, own),
                std::filesystem::read_symlink("/proc/self/exe").string()};
    }
    [[nodiscard]] WorkerProcess start() const { return WorkerProcess::start(arguments(), limits).value(); }
    [[nodiscard]] std::string ask(const std::string& request) const {
        return start().exchange(request).value();
    }
    [[nodiscard]] Error error_of(const std::string& request, const ExchangeOptions& options = {}) const {
        auto worker = start();
        const auto answer = worker.exchange(request, options);
        REQUIRE_FALSE(answer.has_value());
        CHECK_FALSE(worker.alive());
        return answer.error();
    }
};

bool runs(pid_t process) {
    std::ifstream status(fmt::format("/proc/{}/stat", process));
    std::string text((std::istreambuf_iterator<char>(status)), {});
    return !text.empty() && text.find(") Z ") == std::string::npos;
}

std::vector<pid_t> session_of(pid_t leader) {
    std::vector<pid_t> members;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        if (process > 0 && ::getsid(process) == leader && runs(process)) members.push_back(process);
    }
    return members;
}

template <typename Condition>
bool becomes_true(const Condition& condition) {
    for (int i = 0; i < 500 && !condition(); ++i)
        std::this_thread::sleep_for(10ms);
    return condition();
}

}  // namespace

TEST_CASE("a worker answers one request after the other, small and large") {
    const Fixture fixture;
    auto worker = fixture.start();
    const int process = worker.process_id();
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{100'000}, std::size_t{5'000'000}}) {
        const std::string text(size, 'k');
        CHECK(worker.exchange("echo " + text).value() == text);
    }
    CHECK(worker.process_id() == process);
    CHECK(worker.alive());
}

TEST_CASE("what a worker writes to its outputs is kept in bounds and does not disturb the answers") {
    const Fixture fixture;
    auto worker = fixture.start();
    CHECK(worker.exchange("chatter").value() == "spoke");
    CHECK(worker.exchange("echo x").value() == "x");
    CHECK(worker.errors() == std::string(16384, 'c'));
}

TEST_CASE("each limit ends the worker and is told in words") {
    const Fixture fixture;
    if (jobs::detail::memory_is_limited) {
        Fixture patient;
        patient.limits.cpu_time = 20s;  // taking memory takes time, on a busy machine more than a second
        CHECK(patient.error_of("memory").message == "Filen kräver mer minne än tillåtet.");
    }
    CHECK(fixture.error_of("spin").message == "Filen tar mer processortid än tillåtet.");
    CHECK(fixture.error_of("large file").message == "Filen ger mer data än tillåtet.");
    CHECK(fixture.error_of("large answer", {.max_reply_bytes = 1'000'000}).message ==
          "Filen ger ett större svar än tillåtet.");
    const auto late = fixture.error_of("sleep", {.wall_time = 200ms});
    CHECK(late.code == ErrorCode::too_large);
    CHECK(late.message == "Filen tar längre tid att läsa än de 0.2 sekunder som är tillåtna.");
}

TEST_CASE("crashes, early ends, nonsense and exceptions are told") {
    const Fixture fixture;
    const auto crash = fixture.error_of("crash");
    CHECK(crash.code == ErrorCode::corrupt);
    CHECK(crash.message.find("kraschade") != std::string::npos);
    CHECK(fixture.error_of("exit").message == "Läsningen av filen avbröts (kod 3).");
    CHECK(fixture.error_of("garbage").message.find("inte går att tolka") != std::string::npos);
    CHECK(fixture.error_of("throw").code == ErrorCode::internal);
    CHECK(WorkerProcess::start({"finns-inte-alls"}, {}).error().code == ErrorCode::unavailable);
}

TEST_CASE("a dead worker says so, and a program that is no worker is no hang") {
    const Fixture fixture;
    auto worker = fixture.start();
    CHECK_FALSE(worker.exchange("exit").has_value());
    CHECK(worker.exchange("echo x").error().code == ErrorCode::internal);
    auto foreign = WorkerProcess::start({"true"}, {}).value();
    CHECK_FALSE(foreign.exchange("echo x").has_value());
}

TEST_CASE("an exchange can be cancelled") {
    const Fixture fixture;
    std::stop_source source;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    CHECK(fixture.error_of("sleep", {.stop = source.get_token()}).code == ErrorCode::cancelled);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("CPU time is counted for each file, not for the worker's life") {
    Fixture fixture;
    fixture.limits.cpu_time = 2s;
    auto worker = fixture.start();
    const std::string text(20'000'000, 'x');
    for (int i = 0; i < 3; ++i) {
        CHECK(worker.exchange("echo " + text).has_value());
        rlimit limit{};
        REQUIRE(::prlimit(worker.process_id(), RLIMIT_CPU, nullptr, &limit) == 0);
        CHECK(limit.rlim_cur >= 3);
        CHECK(limit.rlim_cur < 60);
    }
}

TEST_CASE("programs that the worker started end with it, whatever their process group") {
    const Fixture fixture;
    auto worker = fixture.start();
    const pid_t leader = worker.process_id();
    std::thread watcher([&] {
        // The worker itself, and `sleep`.
        CHECK(becomes_true([&] { return session_of(leader).size() == 2; }));
    });
    CHECK(worker.exchange("program", {.wall_time = 1500ms}).error().code == ErrorCode::too_large);
    watcher.join();
    CHECK(session_of(leader).empty());
}

TEST_CASE("the worker and its programs end when the process that started it is killed") {
    const Fixture fixture;
    std::array<int, 2> told{};
    REQUIRE(::pipe2(told.data(), O_CLOEXEC) == 0);
    const pid_t parent = ::fork();
    REQUIRE(parent >= 0);
    if (parent == 0) {
        auto worker = fixture.start();
        const int process = worker.process_id();
        if (::write(told[1], &process, sizeof process) == sizeof process) (void)worker.exchange("program");
        ::_exit(0);
    }
    int leader = 0;
    REQUIRE(::read(told[0], &leader, sizeof leader) == sizeof leader);
    CHECK(becomes_true([&] { return session_of(leader).size() == 2; }));
    ::kill(parent, SIGKILL);
    ::waitpid(parent, nullptr, 0);
    CHECK(becomes_true([&] { return session_of(leader).empty(); }));
    ::close(told[0]);
    ::close(told[1]);
}

TEST_CASE(
    "a confined process has no network, no tracing, no namespaces, and cannot leave or raise its limits") {
    const Fixture fixture;
    for (const auto* what : {"socket", "unix socket", "ptrace", "unshare", "setsid", "raise limit"}) {
        CAPTURE(what);
        CHECK(fixture.ask(what) == std::strerror(EPERM));
    }
}

TEST_CASE("a confined process inherits no files, and still runs the programs it needs") {
    const int extra = ::open("/etc/passwd", O_RDONLY);
    REQUIRE(::dup2(extra, 100) == 100);  // without close-on-exec
    const Fixture fixture;
    CHECK(fixture.ask("inherited") == std::strerror(EBADF));
    ::close(100);
    ::close(extra);
    CHECK(fixture.ask("pdftotext").find("status") == 0);
}

TEST_CASE("with Landlock only the named files can be opened") {
    const Fixture fixture;
    CHECK(fixture.ask("write inside") == "ok");
    if (fixture.ask("report").find("on") == std::string::npos) {
        MESSAGE("skipped: this kernel has no Landlock");
        return;
    }
    CHECK(fixture.ask("write outside") == std::strerror(EACCES));
    CHECK(fixture.ask("read shadow") == std::strerror(EACCES));
    if (std::atoi(fixture.ask("report").c_str()) >= 6)
        CHECK(fixture.ask("signal parent") == std::strerror(EPERM));
}

TEST_CASE("the pool keeps good workers, replaces dead and old ones, and serves many threads") {
    const Fixture fixture;
    WorkerPool pool(fixture.arguments(), fixture.limits, 2, 3);
    for (int i = 0; i < 8; ++i)
        CHECK(pool.exchange("echo a").value() == "a");
    CHECK_FALSE(pool.exchange("crash").has_value());
    CHECK(pool.exchange("echo b").value() == "b");
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&, i] {
                const auto text = std::to_string(i);
                for (int j = 0; j < 3; ++j)
                    right += pool.exchange("echo " + text) == text ? 1 : 0;
            });
        }
    }
    CHECK(right == 12);
}
