#include "jobs/detail/session.hpp"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kansli::jobs::detail {

namespace {

// The entries of a folder whose names are numbers. Without std::filesystem, which would ask for each entry's type: where
// Landlock is on, /proc may be listed but not looked into.
std::vector<pid_t> numbers_in(const char* folder) {
    std::vector<pid_t> numbers;
    const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(folder), &::closedir);
    while (opened) {
        const dirent* entry = ::readdir(opened.get());  // NOLINT(concurrency-mt-unsafe): a stream of our own
        if (entry == nullptr) break;
        const char* end = entry->d_name + std::strlen(entry->d_name);
        pid_t number = 0;
        const auto parsed = std::from_chars(entry->d_name, end, number);
        if (parsed.ec == std::errc{} && parsed.ptr == end) numbers.push_back(number);
    }
    return numbers;
}

// Not when it has ended and only waits for its parent to notice, nor when /proc may not be looked into.
bool is_running(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    // "17 (name) S …", where the name may hold anything.
    return std::getline(status, text) && text.find(") Z ", text.rfind(')')) == std::string::npos;
}

}  // namespace

void kill_session(pid_t session) {
    constexpr int rounds = 1000;  // a second or so, for a session that forks as fast as it dies
    std::set<pid_t> killed;
    for (int round = 0; round < rounds; ++round) {
        bool all_gone = true;
        for (const pid_t process : numbers_in("/proc")) {
            if (process == ::getpid() || ::getsid(process) != session) continue;
            const bool is_new = killed.insert(process).second;
            ::kill(process, SIGKILL);
            all_gone = all_gone && !is_new && !is_running(process);
        }
        if (all_gone) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::uint64_t tasks_of_account() {
    std::uint64_t tasks = 0;
    for (const pid_t process : numbers_in("/proc")) {
        const auto folder = "/proc/" + std::to_string(process);
        struct stat about{};
        if (::stat(folder.c_str(), &about) != 0 || about.st_uid != ::getuid()) continue;
        tasks += numbers_in((folder + "/task").c_str()).size();
    }
    return tasks;
}

}  // namespace kansli::jobs::detail
