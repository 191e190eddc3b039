#include "store/detail/incoming_file.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/file.hpp"

namespace kansli::store::detail {

namespace {

Failure not_written(const std::filesystem::path& path) {
    const auto* advice =
        errno == ENOSPC ? "Frigör utrymme på disken." : "Kontrollera disken och mappens rättigheter.";
    return fail(ErrorCode::unavailable, fmt::format("Filen kan inte sparas: {}.", std::strerror(errno)),
                path.string(), advice);
}

}  // namespace

Result<IncomingFile> IncomingFile::create(const std::filesystem::path& folder) {
    auto path = folder / fmt::format("part-{}", random_token(8));
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return not_written(path);
    return IncomingFile(std::move(path), file);
}

IncomingFile::~IncomingFile() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(path_.c_str());
}

IncomingFile::IncomingFile(IncomingFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      hash_(std::move(other.hash_)),
      size_(other.size_) {
}

Result<void> IncomingFile::add(std::string_view bytes) {
    hash_.update(bytes);
    size_ += bytes.size();
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return not_written(path_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> IncomingFile::place(const std::filesystem::path& target) {
    std::error_code status;
    const auto folder = target.parent_path();
    std::filesystem::create_directories(folder, status);
    if (::fsync(file_) != 0 || ::rename(path_.c_str(), target.c_str()) != 0) return not_written(target);
    ::close(std::exchange(file_, -1));
    // The two levels of folders may be new as well.
    TRY(sync_folder(folder));
    TRY(sync_folder(folder.parent_path()));
    return sync_folder(folder.parent_path().parent_path());
}

}  // namespace kansli::store::detail
