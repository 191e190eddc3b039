#include "documents/detail/source_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "documents/detail/source_plan.hpp"
#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 500'000;
constexpr int deepest_folder = 64;
constexpr std::string_view sidecar_ending = ".toml";

bool is_data_folder(const fs::path& folder) {
    std::error_code status;
    return fs::exists(folder / "kansli.toml", status) && fs::exists(folder / "kansli.db", status);
}

bool is_left_out(std::string_view name) {
    return name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" || name == "desktop.ini";
}

// Names are bytes on disk; old shares hold Latin-1.
std::string in_utf8(const std::string& name) {
    return text::is_valid_utf8(name) ? name : text::decode(name).text;
}

FileMark mark_of(const struct stat& status) {
    return {.size = static_cast<std::uint64_t>(status.st_size),
            .modified = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec,
            .inode = static_cast<std::uint64_t>(status.st_ino)};
}

class Look {
  public:
    Look(fs::path root, Timestamp looked) : root_(std::move(root)), looked_(looked) {}

    Result<FolderView> run(const std::stop_token& stop) {
        struct stat status{};
        if (::stat(root_.c_str(), &status) != 0) return unreachable(errno);
        view_.identity = fmt::format("{}.{}", status.st_dev, status.st_ino);
        waiting_.push_back({root_, "", 0});
        while (!waiting_.empty()) {
            if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Läsningen av mappen avbröts.");
            const Folder folder = std::move(waiting_.back());
            waiting_.pop_back();
            if (const int error = enter(folder); error != 0) {
                if (folder.name.empty()) return unreachable(error);
                obstruct(folder.name, error);
            }
            if (view_.files.size() > most_files) {
                return fail(ErrorCode::too_large,
                            fmt::format("Mappen innehåller fler än {} filer.", most_files), root_.string(),
                            "Peka ut en mindre mapp.");
            }
        }
        return std::move(view_);
    }

  private:
    struct Folder {
        fs::path path{};
        std::string name{};  // inside the root; empty for the root
        int depth = 0;
    };

    // An entry of the folder that is being looked at, when it can be a document.
    struct Candidate {
        fs::path path{};
        std::string name{};
        FileMark mark{};
    };

    [[nodiscard]] Failure unreachable(int error) const {
        return fail(ErrorCode::unavailable, fmt::format("Mappen kan inte läsas: {}.", std::strerror(error)),
                    root_.string(), "Kontrollera att den finns och att Kansli får läsa den.");
    }

    void obstruct(const std::string& name, int error) {
        view_.obstacles.push_back({name, fmt::format("Kan inte läsas: {}.", std::strerror(error))});
    }

    // 0, or why the folder cannot be listed.
    int enter(const Folder& folder) {
        if (is_data_folder(folder.path)) return 0;
        std::error_code status;
        files_.clear();
        sidecars_.clear();
        strays_.clear();
        std::vector<Folder> below;
        fs::directory_iterator entries(folder.path, status);
        for (; !status && entries != fs::directory_iterator(); entries.increment(status)) {
            const std::string raw = entries->path().filename().string();
            if (is_left_out(raw)) continue;
            const std::string name = (folder.name.empty() ? "" : folder.name + "/") + in_utf8(raw);
            sort_in(entries->path(), name, folder.depth, below);
        }
        if (status) return status.value();
        std::ranges::move(below, std::back_inserter(waiting_));
        keep_files();
        return 0;
    }

    void sort_in(const fs::path& path, const std::string& name, int depth, std::vector<Folder>& below) {
        struct stat status{};
        if (::lstat(path.c_str(), &status) != 0) {
            if (errno != ENOENT) obstruct(name, errno);
            return;
        }
        if (S_ISDIR(status.st_mode)) {
            if (depth + 1 < deepest_folder) {
                below.push_back({path, name, depth + 1});
            } else {
                obstruct(name, ENAMETOOLONG);
            }
            return;
        }
        const bool is_sidecar = name.ends_with(sidecar_ending);
        if (S_ISLNK(status.st_mode) && !follow(path, status)) {
            if (is_sidecar) strays_.insert(name);
            return;
        }
        if (!S_ISREG(status.st_mode)) return;
        if (is_sidecar) {
            sidecars_.emplace(name, mark_of(status));
        } else {
            files_.push_back({path, name, mark_of(status)});
        }
    }

    // The stat of what a link leads to, when that lies inside the folder.
    [[nodiscard]] bool follow(const fs::path& link, struct stat& status) const {
        std::error_code error;
        const fs::path target = fs::canonical(link, error);
        return !error && is_within(target, root_) && ::stat(target.c_str(), &status) == 0;
    }

    void keep_files() {
        for (Candidate& file : files_) {
            const std::string beside = file.name + std::string(sidecar_ending);
            if (strays_.contains(beside)) {
                view_.obstacles.push_back({file.name, "Sidofilen är en länk som leder ut ur mappen."});
                continue;
            }
            const auto sidecar = sidecars_.find(beside);
            const auto mark = sidecar == sidecars_.end() ? std::nullopt : std::optional(sidecar->second);
            view_.files.try_emplace(file.name, SeenFile{file.path, stamp_of(file.mark, mark, looked_)});
        }
    }

    fs::path root_;  // without links
    Timestamp looked_;
    FolderView view_{};
    std::vector<Folder> waiting_{};
    std::vector<Candidate> files_{};              // of the folder that is being looked at
    std::map<std::string, FileMark> sidecars_{};  // of that folder
    std::set<std::string> strays_{};              // sidecars that lead out
};

}  // namespace

Result<FolderView> look_at_folder(const fs::path& folder, Timestamp looked, std::stop_token stop) {
    std::error_code status;
    const fs::path root = fs::canonical(folder, status);
    if (status) {
        return fail(ErrorCode::unavailable,
                    fmt::format("Mappen kan inte läsas: {}.", std::strerror(status.value())), folder.string(),
                    "Kontrollera att den finns och att Kansli får läsa den.");
    }
    return Look(root, looked).run(stop);
}

bool is_in_data_folder(const fs::path& path) {
    for (fs::path folder = path;; folder = folder.parent_path()) {
        if (is_data_folder(folder)) return true;
        if (folder == folder.parent_path()) return false;
    }
}

bool is_within(const fs::path& path, const fs::path& folder) {
    const auto [rest, unused] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return rest == folder.end();
}

}  // namespace kansli::documents::detail
