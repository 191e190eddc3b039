#include "core/file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/hash.hpp"

namespace kansli {

namespace {

Failure failed_to(std::string_view what, const std::filesystem::path& path) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    return fail(code, fmt::format("Filen kan inte {}: {}.", what, std::strerror(errno)), path.string());
}

Result<void> write_and_sync(int file, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed_to("skrivas", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file) != 0) return failed_to("skrivas", path);
    return {};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
    std::error_code status;
    const auto size = std::filesystem::file_size(path, status);
    if (status) {
        errno = status.value();
        return failed_to("läsas", path);
    }
    if (size > limit) {
        return fail(ErrorCode::too_large, fmt::format("Filen är {} byte; gränsen är {}.", size, limit),
                    path.string());
    }
    std::ifstream in(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return failed_to("läsas", path);
    return bytes;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    const auto part = std::filesystem::path(path.string() + ".part-" + random_token(4));
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed_to("skrivas", path);
    const auto written = write_and_sync(file, bytes, path);
    ::close(file);
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) {
        const auto failure = written ? failed_to("skrivas", path) : Failure(written.error());
        ::unlink(part.c_str());
        return failure;
    }
    return {};
}

Result<void> append_file(const std::filesystem::path& path, std::string_view bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return failed_to("skrivas", path);
    auto written = write_and_sync(file, bytes, path);
    ::close(file);
    return written;
}

Result<TemporaryFolder> TemporaryFolder::create(const std::filesystem::path& parent) {
    std::error_code status;
    const auto base = parent.empty() ? std::filesystem::temp_directory_path(status) : parent;
    auto path = base / ("kansli-" + random_token(8));
    if (!std::filesystem::create_directories(path, status)) {
        return fail(ErrorCode::unavailable, "Ingen tillfällig mapp kan skapas.", path.string(),
                    status.message());
    }
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, status);
    return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {
}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

}  // namespace kansli
