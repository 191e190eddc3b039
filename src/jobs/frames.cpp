// The worker's side of the frames.
#include "jobs/detail/frames.hpp"

#include <cerrno>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "jobs/confinement.hpp"
#include "jobs/detail/session.hpp"

namespace kansli::jobs {

namespace {

[[noreturn]] void end_for_memory() {
    ::_exit(detail::out_of_memory_status);
}

// Moves the channel away from standard input, where a library might read it, and standard output to where errors go.
int take_channel() {
    const int channel = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
    if (nothing > STDERR_FILENO) ::close(nothing);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    return channel;
}

// When the process at the other end is gone, so is the reason to go on, also in the middle of a file and for the programs
// started for it. A signal on the parent's death would not do: it comes when the thread ends that made us.
void watch_for_hang_up(int channel) {
    std::thread([channel] {
        pollfd wait{channel, POLLRDHUP, 0};
        while (::poll(&wait, 1, -1) < 0 && errno == EINTR) {
        }
        detail::kill_session(::getsid(0));
        ::_exit(0);
    }).detach();
}

bool read_exactly(int channel, char* into, std::size_t count) {
    while (count > 0) {
        const ssize_t got = ::read(channel, into, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        into += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_exactly(int channel, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::send(channel, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::optional<std::string> read_request(int channel) {
    std::string header(detail::header_size, '\0');
    if (!read_exactly(channel, header.data(), header.size())) return std::nullopt;
    const auto decoded = detail::decode(header);
    if (!decoded || decoded->kind != detail::FrameKind::request) return std::nullopt;
    std::string request(decoded->length, '\0');
    if (!read_exactly(channel, request.data(), request.size())) return std::nullopt;
    return request;
}

bool write_frame(int channel, detail::FrameKind kind, std::string_view bytes) {
    const auto header = detail::encode({kind, bytes.size()});
    return write_exactly(channel, {header.data(), header.size()}) && write_exactly(channel, bytes);
}

bool answer_one(int channel, std::string_view request,
                const std::function<std::string(std::string_view)>& answer) {
    try {
        return write_frame(channel, detail::FrameKind::answer, answer(request));
    } catch (const std::bad_alloc&) {
        end_for_memory();
    } catch (const std::exception& problem) {
        return write_frame(channel, detail::FrameKind::exception, problem.what());
    }
}

}  // namespace

int serve_frames(const std::function<std::string(std::string_view)>& answer) {
    const int channel = take_channel();
    if (channel < 0) return 1;
    // At once, before half-made objects are unwound and some library takes the failure for another one.
    std::set_new_handler(end_for_memory);
    watch_for_hang_up(channel);
    while (const auto request = read_request(channel)) {
        if (!answer_one(channel, *request, answer)) break;
    }
    return 0;
}

}  // namespace kansli::jobs
