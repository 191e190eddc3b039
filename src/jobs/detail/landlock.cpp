// Landlock by its system calls, since Debian 12's C library has no functions for it and its headers know only the first
// versions. Constants as in the kernel's include/uapi/linux/landlock.h (documentation: docs.kernel.org/userspace-api/landlock.html).
#include "jobs/detail/landlock.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace kansli::jobs::detail {

namespace {

constexpr std::uint64_t execute = 1U << 0U;
constexpr std::uint64_t write_file = 1U << 1U;
constexpr std::uint64_t read_file = 1U << 2U;
constexpr std::uint64_t list_folder = 1U << 3U;
constexpr std::uint64_t rights_of_version_1 = (1U << 13U) - 1;
constexpr std::uint64_t refer = 1U << 13U;                 // version 2: move between folders
constexpr std::uint64_t truncate_file = 1U << 14U;         // version 3
constexpr std::uint64_t control_device = 1U << 15U;        // version 5
constexpr std::uint64_t bind_and_connect_tcp = 3;          // version 4
constexpr std::uint64_t signals_and_abstract_sockets = 3;  // version 6
constexpr std::uint64_t rights_on_files = execute | write_file | read_file | truncate_file | control_device;

struct Ruleset {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 0;
};

struct [[gnu::packed]] PathRule {
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};

constexpr std::array<const char*, 10> system_programs = {"/usr",
                                                         "/lib",
                                                         "/lib64",
                                                         "/bin",
                                                         "/sbin",
                                                         "/etc/ld.so.cache",
                                                         "/etc/alternatives",
                                                         "/etc/fonts",
                                                         "/etc/ssl/openssl.cnf",
                                                         "/var/cache/fontconfig"};
// Numbers of processors, for programs that use threads; this process about itself; time and account names.
constexpr std::array<const char*, 9> system_facts = {
    "/proc/self",     "/proc/cpuinfo",      "/proc/meminfo", "/proc/stat",  "/sys/devices/system",
    "/etc/localtime", "/etc/nsswitch.conf", "/etc/passwd",   "/dev/urandom"};

std::uint64_t handled_files(int version) {
    return rights_of_version_1 | (version >= 2 ? refer : 0) | (version >= 3 ? truncate_file : 0) |
           (version >= 5 ? control_device : 0);
}

std::size_t ruleset_size(int version) {
    if (version >= 6) return sizeof(Ruleset);
    return version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

void allow(int ruleset, const std::filesystem::path& path, std::uint64_t rights) {
    const int opened = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (opened < 0) return;  // what is not there need not be allowed
    struct stat about{};
    ::fstat(opened, &about);
    const PathRule rule{S_ISDIR(about.st_mode) ? rights : rights & rights_on_files, opened};
    constexpr int path_beneath = 1;
    ::syscall(SYS_landlock_add_rule, ruleset, path_beneath, &rule, 0);
    ::close(opened);
}

}  // namespace

int landlock_version() {
    constexpr unsigned ask_version = 1;
    return std::max(0, static_cast<int>(::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version)));
}

ConfinementReport limit_files(const Confinement& confinement) {
    ConfinementReport report;
    report.landlock_version = landlock_version();
    if (report.landlock_version == 0) return {};
    const int version = report.landlock_version;
    const auto handled = handled_files(version);
    const Ruleset rules{handled, bind_and_connect_tcp, signals_and_abstract_sockets};
    const int ruleset =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, ruleset_size(version), 0));
    if (ruleset < 0) return report;
    constexpr auto read = read_file | list_folder;
    for (const auto* path : system_programs)
        allow(ruleset, path, read | execute);
    for (const auto* path : system_facts)
        allow(ruleset, path, read);
    // Its list of processes alone, to find those of our own session.
    allow(ruleset, "/proc", list_folder);
    allow(ruleset, "/dev/null", read_file | write_file | (handled & truncate_file));
    for (const auto& path : confinement.readable)
        allow(ruleset, path, read);
    for (const auto& path : confinement.writable)
        allow(ruleset, path, handled & ~(execute | control_device));
    report.files_limited = ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    report.network_refused_twice = report.files_limited && version >= 4;
    ::close(ruleset);
    return report;
}

}  // namespace kansli::jobs::detail
