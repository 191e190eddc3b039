#include "search/detail/layout.hpp"

#include <charconv>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/file.hpp"
#include "core/hash.hpp"

namespace kansli::search::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t name_digits = 8;

// The number of a generation's folder name, 0 for other names.
unsigned generation_number(const std::string& name) {
    if (name.size() != name_digits + 1 || name[0] != 'g') return 0;
    unsigned number = 0;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + 1, end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end ? number : 0;
}

Failure io_failure(const std::error_code& error, const fs::path& where) {
    return fail(ErrorCode::unavailable,
                fmt::format("Sökindexets mapp kan inte användas: {}.", error.message()), where.string(),
                "Kontrollera rättigheter och ledigt utrymme.");
}

Result<std::vector<std::string>> generations(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (generation_number(at->path().filename().string()) > 0)
            names.push_back(at->path().filename().string());
    if (error) return io_failure(error, folder);
    return names;
}

}  // namespace

std::string collection_shard(std::string_view collection) {
    return "c-" + sha256(collection).substr(0, 16);
}

std::string shard_name(const documents::Placing& placing) {
    switch (placing.reach) {
        case documents::Reach::everyone:
            return open_shard;
        case documents::Reach::collection:
            return collection_shard(placing.collection);
        case documents::Reach::few:
            return mixed_shard;
    }
    return mixed_shard;
}

Result<std::optional<std::string>> live_generation(const fs::path& folder) {
    const auto text = read_file(folder / "current", 200);
    if (!text && text.error().code == ErrorCode::not_found) return std::nullopt;
    if (!text) return Failure(text.error());
    const std::size_t space = text->find(' ');
    if (space == std::string::npos || text->substr(0, space) != std::to_string(index_format))
        return std::nullopt;
    std::string name = text->substr(space + 1);
    if (!name.empty() && name.back() == '\n') name.pop_back();
    if (generation_number(name) == 0) return std::nullopt;
    return name;
}

Result<void> make_live(const fs::path& folder, const std::string& generation) {
    return write_file(folder / "current", fmt::format("{} {}\n", index_format, generation));
}

Result<std::string> new_generation(const fs::path& folder) {
    unsigned highest = 0;
    for (const std::string& name : TRY(generations(folder)))
        highest = std::max(highest, generation_number(name));
    if (const auto live = TRY(live_generation(folder))) highest = std::max(highest, generation_number(*live));
    return fmt::format("g{:0{}}", highest + 1, name_digits);
}

Result<void> remove_other_generations(const fs::path& folder) {
    const auto live = TRY(live_generation(folder));
    for (const std::string& name : TRY(generations(folder))) {
        if (name == live) continue;
        std::error_code error;
        fs::remove_all(folder / name, error);
        if (error) return io_failure(error, folder / name);
    }
    return {};
}

Result<FolderLock> FolderLock::acquire(const fs::path& file, std::chrono::milliseconds patience,
                                       const std::stop_token& stop) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) return io_failure({errno, std::generic_category()}, file);
    FolderLock lock(descriptor);
    const auto give_up = std::chrono::steady_clock::now() + patience;
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return io_failure({errno, std::generic_category()}, file);
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Väntan på sökindexet avbröts.");
        if (std::chrono::steady_clock::now() >= give_up)
            return fail(ErrorCode::busy, "Sökindexet skrivs av ett annat jobb just nu.", {},
                        "Försök igen om en stund.");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace kansli::search::detail
