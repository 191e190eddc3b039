#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <future>
#include <map>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "documents/detail/json_lines.hpp"
#include "documents/detail/preparing.hpp"
#include "documents/detail/read_ahead.hpp"

namespace kansli::documents::detail {

struct ImportParts {
    store::Database& database;
    const store::DataFolder& folder;
    FileReader& reader;
    VersionIndex& index;
    std::filesystem::path workspaces{};
};

// One batch from its rows to whole versions.
//
// Order, for each group of files: (1) originals are stored under their hash; (2) one transaction stores texts and
// sections as versions that nobody sees; (3) the index takes them in and says that it is on disk; (4) one transaction makes
// them current, writes the record and closes the files' rows. A kill before (2) leaves rows to do again; after (2) leaves
// unseen versions, which finish_pending() brings through (3) and (4); the index may then be given the same version twice,
// which it takes as one. So the old versions answer until the new ones are whole. Groups exist because (2), (3) and (4) each wait
// for the disk: 64 files or two seconds share one wait.
// Threads: one; files are read ahead on two others.
class ImportRun {
  public:
    ImportRun(const ImportParts& parts, Batch batch, const Importer::Progress& progress, std::stop_token stop,
              const std::atomic<bool>& suspended);

    // The batch's versions that a crash left unseen.
    [[nodiscard]] Result<void> finish_pending();
    [[nodiscard]] Result<void> run(std::vector<BatchFile> files);
    [[nodiscard]] std::vector<FileReport> take_reports() { return std::move(reports_); }

  private:
    struct Feed {
        LineFeed lines;
        Task file{};
    };
    struct Written {
        Prepared prepared{};
        PendingVersion version{};
    };

    [[nodiscard]] bool halted() const { return stop_.stop_requested() || suspended_; }
    [[nodiscard]] std::optional<Task> next_task();
    [[nodiscard]] std::optional<Task> next_line();
    void fill_window();
    void open_feed(Prepared& prepared);
    [[nodiscard]] Result<void> take_front();
    [[nodiscard]] Result<void> take(Prepared prepared);
    void take_inside(Prepared& prepared);
    [[nodiscard]] bool group_is_full() const;

    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> store_group(std::vector<Written>& written);
    [[nodiscard]] Result<void> index_group(std::vector<Written>& written);
    [[nodiscard]] Result<Reach> decided(Written& one);
    [[nodiscard]] Result<void> complete_group(std::vector<Written>& written);
    [[nodiscard]] Result<void> halt_rest();
    void report(const FileReport& report);
    void settle(const Task& task, const FileReport& report);
    void close_row(const Task& task, FileState state);

    ImportParts parts_;
    Batch batch_;
    const Importer::Progress& progress_;
    std::stop_token stop_;
    const std::atomic<bool>& suspended_;
    Preparer preparer_;

    std::deque<Task> waiting_{};
    std::optional<Feed> feed_{};
    std::deque<std::future<Prepared>> window_{};
    std::vector<Prepared> group_{};
    std::size_t group_bytes_ = 0;
    std::chrono::steady_clock::time_point group_began_{};
    std::vector<std::pair<std::int64_t, FileState>> settled_{};  // rows to close with the next group
    // How much of each container is not through; its row is closed with the last of it, so that a crash opens it again.
    std::map<std::int64_t, int> open_inside_{};
    std::vector<FileReport> reports_{};
    ReadAhead<Prepared> readers_;  // last: its threads use what stands above
};

}  // namespace kansli::documents::detail
