#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>

#include "core/result.hpp"

namespace kansli::store {

// The right to be the only one, among all processes on this machine, that does something with a data folder.
// It lasts as long as the object, and goes with the process however that ends. Threads: one instance, one
// thread; two threads that want the same name wait for each other as two processes do.
class FolderLock {
  public:
    // Waits until `patience` has passed, then busy. `name` is of a–z, 0–9 and '-'; the file is
    // FOLDER/lock-NAME.
    [[nodiscard]] static Result<FolderLock> acquire(const std::filesystem::path& folder,
                                                    std::string_view name,
                                                    std::chrono::milliseconds patience = {});
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;

  private:
    explicit FolderLock(int file) : file_(file) {}
    int file_ = -1;
};

}  // namespace kansli::store
