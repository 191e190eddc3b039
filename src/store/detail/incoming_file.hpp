#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/hash.hpp"
#include "core/result.hpp"

namespace kansli::store::detail {

// A file that is being written and hashed under a name of its own, and gets its place when it is whole and on
// disk. It is removed again unless it has been placed.
class IncomingFile {
  public:
    [[nodiscard]] static Result<IncomingFile> create(const std::filesystem::path& folder);
    ~IncomingFile();
    IncomingFile(const IncomingFile&) = delete;
    IncomingFile& operator=(const IncomingFile&) = delete;
    IncomingFile(IncomingFile&& other) noexcept;
    IncomingFile& operator=(IncomingFile&&) = delete;

    [[nodiscard]] Result<void> add(std::string_view bytes);
    [[nodiscard]] std::uintmax_t size() const { return size_; }

    // Requires: called once, after the last add().
    [[nodiscard]] std::string finish_hash() { return hash_.finish(); }

    // Syncs the bytes and moves them to `target`, whose folder is made when it is missing.
    [[nodiscard]] Result<void> place(const std::filesystem::path& target);

  private:
    IncomingFile(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

    std::filesystem::path path_;
    int file_ = -1;
    Sha256 hash_{};
    std::uintmax_t size_ = 0;
};

}  // namespace kansli::store::detail
