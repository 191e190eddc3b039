#include "core/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/hash.hpp"

namespace kansli {

namespace {

constexpr std::size_t piece_size = std::size_t{1} << 18U;

Failure failed_to(std::string_view what, const std::filesystem::path& path) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    return fail(code, fmt::format("Filen kan inte {}: {}.", what, std::strerror(errno)), path.string(),
                errno == ENOSPC ? "Frigör utrymme på disken." : "");
}

Result<void> write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed_to("skrivas", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

template <typename Take>
void for_each_line(std::string_view text, const Take& take) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (end > 0) take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Hands the bytes of a file to `take`, a piece at a time, and says what they were.
template <typename Take>
Result<FileFacts> read_pieces(const std::filesystem::path& path, const Take& take) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return failed_to("läsas", path);
    FileFacts facts;
    Sha256 hash;
    std::string piece(piece_size, '\0');
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto bytes = std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
        hash.update(bytes);
        facts.size += bytes.size();
        TRY(take(bytes));
    }
    if (!in.eof()) return failed_to("läsas", path);
    facts.sha256 = hash.finish();
    return facts;
}

// Has `write` fill a new file beside `path`, which takes the place of `path` when it is whole and on disk.
template <typename Write>
Result<void> replace_file(const std::filesystem::path& path, const Write& write) {
    const auto part = std::filesystem::path(path.string() + ".part-" + random_token(4));
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed_to("skrivas", path);
    Result<void> written = write(file);
    if (written && ::fsync(file) != 0) written = failed_to("skrivas", path);
    ::close(file);
    if (written && ::rename(part.c_str(), path.c_str()) != 0) written = failed_to("skrivas", path);
    if (!written) ::unlink(part.c_str());
    return written;
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
    return replace_file(path, [&](int file) { return write_all(file, bytes, path); });
}

Result<FileFacts> measure_file(const std::filesystem::path& path) {
    return read_pieces(path, [](std::string_view) { return Result<void>(); });
}

Result<FileFacts> copy_and_measure(const std::filesystem::path& source, const std::filesystem::path& target) {
    FileFacts facts;
    TRY(replace_file(target, [&](int file) -> Result<void> {
        facts =
            TRY(read_pieces(source, [&](std::string_view bytes) { return write_all(file, bytes, target); }));
        return {};
    }));
    return facts;
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return failed_to("läsas", folder);
    const int status = ::fsync(opened);
    ::close(opened);
    if (status != 0) return failed_to("skrivas", folder);
    return {};
}

Result<void> add_missing_lines(const std::filesystem::path& path, std::string_view lines) {
    auto before = read_file(path);
    if (!before && before.error().code != ErrorCode::not_found) return Failure(before.error());
    std::string text = before ? *std::move(before) : std::string();
    if (!text.empty() && text.back() != '\n') text += '\n';
    std::set<std::string, std::less<>> known;
    for_each_line(text, [&](std::string_view line) { known.emplace(line); });
    std::string added;
    for_each_line(lines, [&](std::string_view line) {
        if (known.emplace(line).second) added.append(line).append("\n");
    });
    if (added.empty()) return {};
    return write_file(path, text + added);
}

Result<void> append_file(const std::filesystem::path& path, std::string_view bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return failed_to("skrivas", path);
    auto written = write_all(file, bytes, path);
    if (written && ::fsync(file) != 0) written = failed_to("skrivas", path);
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
