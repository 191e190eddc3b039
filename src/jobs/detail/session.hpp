#pragma once

#include <cstdint>

#include <sys/types.h>

// A worker leads a session of its own, which the programs it starts cannot leave: the filter refuses setsid(), and a new
// process group stays in the session.
namespace kansli::jobs::detail {

// Kills every process of the session but this one, and waits until they are gone, a second at most.
void kill_session(pid_t session);

// How many processes and threads the account of this process runs now.
[[nodiscard]] std::uint64_t tasks_of_account();

}  // namespace kansli::jobs::detail
