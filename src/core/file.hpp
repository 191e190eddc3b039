#pragma once

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
