#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

// The worker's own side: what a program that WorkerProcess starts does first.
//     TRY(jobs::confine({.readable = {files}, .writable = {workspaces}}));
//     return jobs::serve_frames(answer);
namespace kansli::jobs {

struct Confinement {
    // Besides the system's programs, libraries and fonts.
    std::vector<std::filesystem::path> readable{};
    std::vector<std::filesystem::path> writable{};  // also readable
};

struct ConfinementReport {
    int landlock_version = 0;  // 0: the kernel has none, and only file permissions guard other files
    bool files_limited = false;
    bool network_refused_twice = false;  // by Landlock as well as by the system-call filter
};

// Gives up, for this process and all it starts, and for good: open files beyond standard ones, capabilities, new
// privileges, sockets, tracing, namespaces, kernel interfaces (by a system-call filter that answers EPERM), and, when the
// kernel knows Landlock, all files but those named. unavailable when the filter cannot be set: do not go on then.
// Requires: only one thread runs.
[[nodiscard]] Result<ConfinementReport> confine(const Confinement& confinement);

// What this kernel has for confine(). Changes nothing.
struct KernelAbilities {
    bool system_call_filter = false;  // seccomp with filters; without it nothing is read
    int landlock_version = 0;         // 0: none
};
[[nodiscard]] KernelAbilities kernel_abilities();

// Answers requests, one at a time, until the other side hangs up; returns the exit status for main(). An exception in
// `answer` becomes an error at the other side, running out of memory ends the process. Whatever is written to standard output
// goes to standard error, as that is where requests come in.
[[nodiscard]] int serve_frames(const std::function<std::string(std::string_view)>& answer);

}  // namespace kansli::jobs
