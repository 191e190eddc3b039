#include "archive/detail/wiping.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "documents/importer.hpp"
#include "documents/removal.hpp"
#include "store/folder_lock.hpp"

namespace kansli::archive::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes import_patience{10};
constexpr std::size_t hash_digits = 64;

// All regular files below a folder that may be missing.
Result<std::vector<fs::path>> files_below(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    if (!fs::is_directory(folder, problem)) return found;
    for (auto at = fs::recursive_directory_iterator(folder, problem);
         !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
        if (at->is_regular_file(problem)) found.push_back(at->path());
    }
    if (problem) {
        return fail(ErrorCode::unavailable, "Mappen kan inte läsas: " + problem.message() + ".",
                    folder.string());
    }
    return found;
}

Result<void> remove_where(const fs::path& folder,
                          const std::function<Result<bool>(const fs::path&)>& unwanted) {
    for (const auto& file : TRY(files_below(folder))) {
        if (!TRY(unwanted(file))) continue;
        std::error_code problem;
        fs::remove(file, problem);
        if (problem) {
            return fail(ErrorCode::unavailable, "Filen kan inte tas bort: " + problem.message() + ".",
                        file.string());
        }
    }
    return {};
}

Result<bool> always(const fs::path& /*file*/) {
    return true;
}

}  // namespace

Result<void> wipe_files(store::Database& database, const store::DataFolder& folder,
                        const std::set<std::string>& originals) {
    // While no import runs, what is needed cannot become more.
    const auto lock = TRY(store::FolderLock::acquire(folder.path(), "import", import_patience));
    std::set<std::string> needed;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        needed = TRY(documents::needed_originals(connection));
        return {};
    }));
    // An original and the pictures of its pages begin with its hash.
    const auto unneeded = [&](const fs::path& file) -> Result<bool> {
        return !needed.contains(file.filename().string().substr(0, hash_digits));
    };
    TRY(remove_where(folder.files(), unneeded));
    TRY(remove_where(folder.pages(), unneeded));
    TRY(remove_where(documents::workspace_root(folder.path()), always));
    TRY(remove_where(folder.uploads(), [&](const fs::path& file) -> Result<bool> {
        const auto facts = measure_file(file);
        return facts && originals.contains(facts->sha256);
    }));
    return remove_where(folder.before_upgrade(), always);
}

}  // namespace kansli::archive::detail
