#include "jobs/confinement.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "jobs/detail/landlock.hpp"

namespace kansli::jobs {

namespace {

// What reading a file never needs and an attacker might. A list of the refused rather than of the allowed, since poppler
// and tesseract run under it too and change with each Debian.
constexpr std::array refused = {
    // the network, and sockets on this machine
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
    SCMP_SYS(accept4),
    // other processes
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(setsid),
    // file systems and namespaces
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(move_mount),
    SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(mount_setattr),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
    SCMP_SYS(quotactl), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(fanotify_init),
    // parts of the kernel with a history of faults
    SCMP_SYS(bpf), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(lookup_dcookie), SCMP_SYS(vmsplice), SCMP_SYS(personality),
    SCMP_SYS(syslog),
    // the machine
    SCMP_SYS(reboot), SCMP_SYS(acct), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime),
    SCMP_SYS(adjtimex), SCMP_SYS(setrlimit)};

constexpr std::array<std::uint64_t, 7> namespace_flags = {
    CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};

// Refuses a call when one of its arguments compares so.
int refuse_when(scmp_filter_ctx filter, int call, const scmp_arg_cmp& argument) {
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &argument);
}

int add_rules(scmp_filter_ctx filter) {
    int status = 0;
    const auto note = [&](int outcome) { status = status != 0 ? status : outcome; };
    for (const int call : refused)
        note(seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 0, nullptr));
    for (const auto flag : namespace_flags)
        note(refuse_when(filter, SCMP_SYS(clone), {0, SCMP_CMP_MASKED_EQ, flag, flag}));
    // Its flags lie in memory, where a filter cannot see them. The C library goes back to clone().
    note(seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, nullptr));
    // Limits may be asked for, not set.
    note(refuse_when(filter, SCMP_SYS(prlimit64), {2, SCMP_CMP_NE, 0, 0}));
    return status;
}

Result<void> filter_system_calls() {
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ALLOW),
                                                                  seccomp_release);
    int status = filter ? add_rules(filter.get()) : -ENOMEM;
    if (status == 0) status = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (status == 0) status = seccomp_load(filter.get());
    if (status == 0) return {};
    return fail(ErrorCode::unavailable,
                fmt::format("Läsprocessen kan inte avskärmas: {}.", std::strerror(-status)), {},
                "Kärnan måste stödja seccomp-filter.");
}

// A server that runs as root reads files as an ordinary account with root's files would.
void drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const std::array<__user_cap_data_struct, 2> none{};
    ::syscall(SYS_capset, &header, none.data());
}

}  // namespace

KernelAbilities kernel_abilities() {
    const std::uint32_t action = SECCOMP_RET_ERRNO;
    const bool filters = ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
    return {.system_call_filter = filters, .landlock_version = detail::landlock_version()};
}

Result<ConfinementReport> confine(const Confinement& confinement) {
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return fail(ErrorCode::unavailable,
                    fmt::format("Läsprocessen kan inte avskärmas: {}.", std::strerror(errno)));
    }
    const auto report = detail::limit_files(confinement);
    drop_capabilities();
    TRY(filter_system_calls());
    return report;
}

}  // namespace kansli::jobs
