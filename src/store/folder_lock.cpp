#include "store/folder_lock.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/check.hpp"

namespace kansli::store {

namespace {

bool is_lock_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

Result<FolderLock> FolderLock::acquire(const std::filesystem::path& folder, std::string_view name,
                                       std::chrono::milliseconds patience) {
    CHECK_INVARIANT(is_lock_name(name));
    const auto path = folder / fmt::format("lock-{}", name);
    FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.file_ < 0) {
        return fail(ErrorCode::unavailable, fmt::format("Låset kan inte öppnas: {}.", std::strerror(errno)),
                    path.string());
    }
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return fail(ErrorCode::unavailable, fmt::format("Låset kan inte tas: {}.", std::strerror(errno)),
                        path.string());
        }
        const auto left = deadline - std::chrono::steady_clock::now();
        if (left <= std::chrono::nanoseconds::zero()) {
            return fail(ErrorCode::busy, "Ett annat Kansli-program använder datamappen.", folder.string(),
                        "Vänta tills det är klart eller stoppa det.");
        }
        std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, std::chrono::milliseconds(10)));
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

}  // namespace kansli::store
