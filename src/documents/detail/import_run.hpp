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
#include "documents/detail/text_budget.hpp"

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
// Order, for each group of files: (1) originals are stored under their hash; (2) a transaction stores texts and
// sections as versions that nobody sees, and the index takes them in; (3) the index says that it is on disk; (4) one
// transaction makes them current, writes the record and closes the files' rows. A kill before (2) leaves rows to do again;
// after (2) leaves unseen versions, which finish_pending() brings through (3) and (4); the index may then be given the same
// version twice, which it takes as one. So the old versions answer until the new ones are whole. Groups exist because (3)
// and (4) wait for the disk: 64 files or two seconds share one wait. Within a group (2) is done whenever
// the next file is not read yet, so that reading and indexing go on side by side.
// Threads: one; files are stored and read ahead on others, at most two of them reading.
class ImportRun {
  public:
    ImportRun(const ImportParts& parts, Batch batch, const Importer::Progress& progress, std::stop_token stop,
              const std::atomic<bool>& suspended);
    ~ImportRun() { budget_.close(); }
    ImportRun(const ImportRun&) = delete;
    ImportRun& operator=(const ImportRun&) = delete;
    ImportRun(ImportRun&&) = delete;
    ImportRun& operator=(ImportRun&&) = delete;

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
    struct Unpacked {
        std::int64_t files = 0;
        std::uint64_t bytes = 0;
    };

    [[nodiscard]] bool halted() const { return stop_.stop_requested() || suspended_; }
    [[nodiscard]] std::optional<Task> next_task();
    [[nodiscard]] std::optional<Task> next_line();
    void fill_window();
    [[nodiscard]] bool has_room_ahead() const;
    void open_feed(Prepared& prepared);
    [[nodiscard]] Result<void> take_front();
    [[nodiscard]] Result<void> take(Prepared prepared);
    void take_inside(Prepared& prepared);
    [[nodiscard]] bool is_too_much(Prepared& prepared);
    [[nodiscard]] bool group_is_full() const;

    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> index_read();
    [[nodiscard]] Result<std::vector<Written>> store_read();
    [[nodiscard]] Result<void> index(Written one);
    [[nodiscard]] Result<Reach> decided(Written& one);
    [[nodiscard]] Result<void> complete_group();
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
    std::atomic<std::size_t> unread_ = 0;  // files of the window that the readers are not through with
    TextBudget budget_;                    // of text in the window
    std::size_t turns_ = 0;                // files that have been in the window
    std::vector<Prepared> read_{};         // of the group, not stored yet
    std::vector<Written> indexed_{};       // of the group, stored and in the index but not committed there
    std::size_t group_files_ = 0;          // both of them
    std::size_t group_bytes_ = 0;
    std::chrono::steady_clock::time_point group_began_{};
    std::vector<std::pair<std::int64_t, FileState>> settled_{};  // rows to close with the next group
    // How much of each container is not through; its row is closed with the last of it, so that a crash opens it again.
    std::map<std::int64_t, int> open_inside_{};
    std::map<std::int64_t, Unpacked> unpacked_{};  // of each container so far
    std::vector<FileReport> reports_{};
    ReadAhead<Prepared> readers_;  // last: its threads use what stands above
};

}  // namespace kansli::documents::detail
