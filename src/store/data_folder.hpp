#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::store {

// A kept original: its SHA-256 in hexadecimal, which is its name, and its size in bytes.
struct StoredFile {
    std::string hash{};
    std::uintmax_t size = 0;

    friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

// How the log of removals is called, in a data folder and beside copies of it. Its lines are archive/removal_log.hpp's.
inline constexpr std::string_view removal_log_name = "removals.jsonl";

// Everything that one installation keeps, in one folder that only its owner can read:
//     kansli.toml          settings, written by people; its presence marks the folder as ours
//     models.toml          language models, written by people; may be missing
//     kansli.db            the database
//     files/aa/bb/HASH     originals by the SHA-256 of their bytes, never changed
//     index/ pages/        derived: can be removed and are built again
//     uploads/             what is on its way in
//     before-upgrade/      copies of the database, see upgrade.hpp
//     keys/                secret keys, never in a backup
//     checkpoints.jsonl    what the record has signed, to be copied elsewhere
//     removals.jsonl       what has been removed by decision (gallrat), to be copied elsewhere
//     lock-NAME            see FolderLock
// Threads: any.
class DataFolder {
  public:
    // Makes the folder with the given settings text. conflict when it is a data folder already, invalid_input
    // when it holds anything else. A folder that a crash left half made is completed.
    [[nodiscard]] static Result<DataFolder> create(const std::filesystem::path& path,
                                                   std::string_view settings = default_settings());
    // not_found when the path is not a data folder.
    [[nodiscard]] static Result<DataFolder> open(const std::filesystem::path& path);

    // The settings file of a new folder: every setting as a comment, in Swedish.
    [[nodiscard]] static std::string_view default_settings();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path database_file() const { return path_ / "kansli.db"; }
    [[nodiscard]] std::filesystem::path settings_file() const { return path_ / "kansli.toml"; }
    [[nodiscard]] std::filesystem::path models_file() const { return path_ / "models.toml"; }
    [[nodiscard]] std::filesystem::path files() const { return path_ / "files"; }
    [[nodiscard]] std::filesystem::path index() const { return path_ / "index"; }
    [[nodiscard]] std::filesystem::path uploads() const { return path_ / "uploads"; }
    [[nodiscard]] std::filesystem::path pages() const { return path_ / "pages"; }

    [[nodiscard]] std::filesystem::path before_upgrade() const { return path_ / "before-upgrade"; }
    [[nodiscard]] std::filesystem::path keys() const { return path_ / "keys"; }
    [[nodiscard]] std::filesystem::path removal_log() const { return path_ / removal_log_name; }

    // Keeps the bytes under their hash: on disk when it returns, or not at all. The same bytes are kept once.
    // too_large above `limit` bytes.
    [[nodiscard]] Result<StoredFile> store_bytes(std::string_view bytes) const;
    [[nodiscard]] Result<StoredFile> store_file(const std::filesystem::path& source,
                                                std::uintmax_t limit = std::uintmax_t{1} << 40U) const;

    // Where an original lies. invalid_input when `hash` is not 64 hexadecimal digits, not_found when it is
    // not kept.
    [[nodiscard]] Result<std::filesystem::path> file_path(std::string_view hash) const;

    // Reads an original again; corrupt when its bytes are no longer those that its name tells.
    [[nodiscard]] Result<void> verify_file(std::string_view hash) const;

    // Takes an original away (gallring); nothing happens when it is not kept. The caller sees to it that none
    // needs it.
    [[nodiscard]] Result<void> remove_file(std::string_view hash) const;

  private:
    explicit DataFolder(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] Result<void> make_folders() const;

    std::filesystem::path path_;
};

}  // namespace kansli::store
