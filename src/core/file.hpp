#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli {

// The whole file. not_found when there is none, too_large above `limit` bytes.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t limit = std::size_t{1} << 31U);

// Replaces the file as a whole: a crash leaves either the old bytes or the new ones, never a part.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

// The size of a file in bytes and the SHA-256 of its bytes.
struct FileFacts {
    std::uintmax_t size = 0;
    std::string sha256{};

    friend bool operator==(const FileFacts&, const FileFacts&) = default;
};

// Reads the file once, a piece at a time. not_found when there is none.
[[nodiscard]] Result<FileFacts> measure_file(const std::filesystem::path& path);

// Copies the bytes to `target`, readable by its owner only, in place of what stood there: whole and on disk when this
// returns, or not at all. The folder must be there. The facts are those of the bytes that were copied.
[[nodiscard]] Result<FileFacts> copy_and_measure(const std::filesystem::path& source,
                                                 const std::filesystem::path& target);

// Puts the names in a folder on disk, so that a rename survives a power failure.
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);
// Adds those of the lines that the file lacks, in place of the whole file; it is made when there is something to add.
[[nodiscard]] Result<void> add_missing_lines(const std::filesystem::path& path, std::string_view lines);
// Adds bytes at the end of the file, which is made when there is none; on disk when it returns. A crash may leave a part.
[[nodiscard]] Result<void> append_file(const std::filesystem::path& path, std::string_view bytes);

// A folder of its own that is removed with everything in it when the object goes.
class TemporaryFolder {
  public:
    // Made inside `parent`, or in the system's folder for temporary files.
    [[nodiscard]] static Result<TemporaryFolder> create(const std::filesystem::path& parent = {});
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace kansli
