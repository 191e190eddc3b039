#include "documents/detail/import_run.hpp"

#include <utility>

#include <fmt/format.h>

#include "documents/detail/rights.hpp"

namespace kansli::documents::detail {

namespace {

constexpr std::size_t ahead_threads = 8;  // two read; the others wait for the disk to store originals
constexpr std::size_t most_unread = 24;   // files; enough while the index is busy with a long one
constexpr std::size_t most_ahead = 64;    // files in the window, read or not …
constexpr std::size_t ahead_limit = std::size_t{64} << 20U;  // … and bytes of text read from them
constexpr std::size_t group_files = 64;
constexpr std::size_t group_limit = std::size_t{16} << 20U;  // bytes of text
constexpr std::chrono::seconds group_time{2};
// Of one file, all archives in archives together: what a bomb of many levels stays under at each level.
constexpr std::int64_t most_inside = 5000;                            // files, as many as of one archive
constexpr std::uint64_t most_inside_bytes = std::uint64_t{4} << 30U;  // as many as of an upload

bool is_json_lines(const Task& task) {
    return !task.line && task.name.ends_with(".jsonl");
}

std::size_t text_size(const Prepared& prepared) {
    return prepared.document ? prepared.document->text.size() : 0;
}

}  // namespace

ImportRun::ImportRun(const ImportParts& parts, Batch batch, const Importer::Progress& progress,
                     std::stop_token stop, const std::atomic<bool>& suspended)
    : parts_(parts),
      batch_(std::move(batch)),
      progress_(progress),
      stop_(std::move(stop)),
      suspended_(suspended),
      preparer_(parts.folder, parts.database, parts.reader, batch_, parts.workspaces),
      budget_(ahead_limit),
      readers_(ahead_threads) {
}

Result<void> ImportRun::finish_pending() {
    std::vector<PendingVersion> pending;
    TRY(parts_.database.read([&](store::Connection& connection) -> Result<void> {
        pending = TRY(pending_of(connection, batch_.number));
        return {};
    }));
    for (PendingVersion& version : pending) {
        Written one;
        TRY(parts_.database.read([&](store::Connection& connection) -> Result<void> {
            one.prepared.document = TRY(load_document(connection, version.number));
            return {};
        }));
        one.prepared.report.name = version.file_name;
        one.prepared.report.sections = static_cast<std::int64_t>(one.prepared.document->sections.size());
        one.version = std::move(version);
        TRY(index(std::move(one)));
    }
    return pending.empty() ? Result<void>{} : flush();
}

Result<void> ImportRun::run(std::vector<BatchFile> files) {
    for (BatchFile& file : files) {
        waiting_.push_back({.row = file.number,
                            .name = std::move(file.name),
                            .path = std::move(file.path),
                            .sidecar = std::move(file.sidecar),
                            .hash = std::move(file.hash)});
    }
    for (;;) {
        fill_window();
        if (window_.empty()) break;
        TRY(take_front());
    }
    TRY(flush());
    TRY(halt_rest());
    if (suspended_ && !stop_.stop_requested()) return {};
    return parts_.database.write(
        [&](store::Connection& connection) { return close_batch(connection, batch_.number, now()); });
}

std::optional<Task> ImportRun::next_line() {
    if (!feed_) return std::nullopt;
    if (auto line = feed_->lines.next()) {
        Task task;
        task.name = feed_->file.name;
        task.container = feed_->file.container;
        ++open_inside_[task.container];
        task.hash = feed_->file.hash;
        task.where = fmt::format("{}, rad {}", feed_->file.name, line->number);
        task.line = std::move(line->text);
        return task;
    }
    settle(feed_->file, {.name = feed_->file.name, .state = FileState::done});
    feed_.reset();
    return std::nullopt;
}

std::optional<Task> ImportRun::next_task() {
    if (auto line = next_line()) return line;
    if (waiting_.empty()) return std::nullopt;
    Task task = std::move(waiting_.front());
    waiting_.pop_front();
    return task;
}

void ImportRun::fill_window() {
    while (has_room_ahead() && !halted()) {
        auto task = next_task();
        if (!task) return;
        if (is_json_lines(*task)) {
            // The lines come one by one, so the file itself is only stored and opened.
            if (!window_.empty()) {
                waiting_.push_front(std::move(*task));
                return;
            }
            Prepared prepared = preparer_.store_only(std::move(*task));
            open_feed(prepared);
            continue;
        }
        report({.name = task->where.empty() ? task->name : task->where, .state = FileState::reading});
        ++unread_;
        window_.push_back(readers_.submit([this, turn = turns_++, work = std::move(*task)] {
            const bool entered = budget_.enter(turn, stop_);
            // Told to stop, the preparer says so; closed, nobody asks any more.
            if (!entered && !stop_.stop_requested()) return Prepared{};
            Prepared prepared = preparer_.prepare(work, stop_);
            budget_.hold(text_size(prepared));
            --unread_;
            return prepared;
        }));
    }
}

// Enough for the readers never to wait while a group is indexed, and no more than memory is meant for.
bool ImportRun::has_room_ahead() const {
    return unread_ < most_unread && window_.size() < most_ahead && budget_.has_room();
}

void ImportRun::open_feed(Prepared& prepared) {
    if (prepared.report.state == FileState::failed) return settle(prepared.task, prepared.report);
    auto path = parts_.folder.file_path(prepared.task.hash);
    if (!path) {
        prepared.report.state = FileState::failed;
        prepared.report.error = path.error();
        return settle(prepared.task, prepared.report);
    }
    feed_.emplace(Feed{LineFeed(*path), std::move(prepared.task)});
    Task& file = feed_->file;
    if (file.container == 0) file.container = std::exchange(file.row, 0);
    ++open_inside_[file.container];
}

// Waits for the next file, but no longer than the group may wait. Meanwhile the index takes in what has been read.
Result<void> ImportRun::take_front() {
    const auto is_ready = [&](std::chrono::steady_clock::time_point until) {
        return window_.front().wait_until(until) == std::future_status::ready;
    };
    if (!read_.empty() && !is_ready({})) TRY(index_read());
    if (group_files_ > 0 && !is_ready(group_began_ + group_time)) TRY(flush());
    Prepared prepared = window_.front().get();
    window_.pop_front();
    budget_.take(text_size(prepared));
    return take(std::move(prepared));
}

Result<void> ImportRun::take(Prepared prepared) {
    take_inside(prepared);
    if (!prepared.document) {
        if (prepared.report.state == FileState::reading) prepared.report.state = FileState::done;
        settle(prepared.task, prepared.report);
        return {};
    }
    if (group_files_++ == 0) group_began_ = std::chrono::steady_clock::now();
    group_bytes_ += text_size(prepared);
    read_.push_back(std::move(prepared));
    return group_is_full() ? flush() : Result<void>{};
}

// The files that lay in a file come next, in their order.
void ImportRun::take_inside(Prepared& prepared) {
    if (prepared.inside.empty()) return;
    Task& outer = prepared.task;
    if (outer.container == 0) {
        outer.container = std::exchange(outer.row, 0);
        ++open_inside_[outer.container];
    }
    if (is_too_much(prepared)) return;
    for (auto inside = prepared.inside.rbegin(); inside != prepared.inside.rend(); ++inside) {
        inside->container = outer.container;
        ++open_inside_[outer.container];
        waiting_.push_front(std::move(*inside));
    }
    prepared.inside.clear();
}

bool ImportRun::is_too_much(Prepared& prepared) {
    Unpacked& unpacked = unpacked_[prepared.task.container];
    unpacked.files += std::ssize(prepared.inside);
    for (const Task& inside : prepared.inside) {
        std::error_code problem;
        const auto size = std::filesystem::file_size(inside.path, problem);
        if (!problem) unpacked.bytes += size;
    }
    if (unpacked.files <= most_inside && unpacked.bytes <= most_inside_bytes) return false;
    prepared.inside.clear();
    prepared.document.reset();
    prepared.report.state = FileState::failed;
    prepared.report.error =
        Error{ErrorCode::too_large,
              fmt::format("Arkiven i varandra rymmer fler än {} filer eller mer än 4 GiB.", most_inside),
              prepared.task.name, "Packa upp dem och läs in filerna i omgångar."};
    return true;
}

bool ImportRun::group_is_full() const {
    return group_files_ >= group_files || group_bytes_ >= group_limit ||
           std::chrono::steady_clock::now() - group_began_ >= group_time;
}

// Everything read so far becomes current.
Result<void> ImportRun::flush() {
    TRY(index_read());
    group_files_ = 0;
    group_bytes_ = 0;
    if (!indexed_.empty()) TRY(parts_.index.commit());
    return complete_group();
}

Result<void> ImportRun::index_read() {
    for (Written& one : TRY(store_read())) {
        TRY(index(std::move(one)));
        fill_window();
    }
    return {};
}

// One transaction for all; a file that cannot be stored falls out and the rest goes on.
Result<std::vector<ImportRun::Written>> ImportRun::store_read() {
    std::vector<Prepared> read = std::exchange(read_, {});
    std::vector<Written> written;
    if (read.empty()) return written;
    const Timestamp moment = now();
    TRY(parts_.database.write([&](store::Connection& connection) -> Result<void> {
        for (Prepared& prepared : read) {
            auto version =
                insert_pending(connection, batch_.caller, prepared.incoming, *prepared.document, moment);
            if (!version && version.error().code == ErrorCode::not_found) {
                prepared.report.state = FileState::failed;
                prepared.report.error = std::move(version).error();
                settle(prepared.task, prepared.report);
                continue;
            }
            if (!version) return Failure(std::move(version).error());
            if (prepared.task.row != 0) TRY(set_hash(connection, prepared.task.row, prepared.task.hash));
            written.push_back({std::move(prepared), *std::move(version)});
        }
        return {};
    }));
    return written;
}

// Not on disk before the index is committed.
Result<void> ImportRun::index(Written one) {
    one.prepared.report.state = FileState::indexing;
    report(one.prepared.report);
    const Reach reach = TRY(decided(one));
    auto added =
        parts_.index.add(one.version.number, *one.prepared.document, {batch_.options.collection, reach});
    one.prepared.document.reset();
    if (added) {
        indexed_.push_back(std::move(one));
        return {};
    }
    TRY(parts_.database.write(
        [&](store::Connection& connection) { return remove_pending(connection, one.version.number); }));
    one.prepared.report.state = FileState::failed;
    one.prepared.report.error = std::move(added).error();
    settle(one.prepared.task, one.prepared.report);
    return {};
}

// The index takes a document as it will stand in the catalogue, which is more than its file says.
Result<Reach> ImportRun::decided(Written& one) {
    Reach reach = Reach::few;
    TRY(parts_.database.read([&](store::Connection& connection) -> Result<void> {
        one.prepared.document->attributes = TRY(load_attributes(connection, one.version.number));
        reach = TRY(reach_of_pending(connection, one.version.number));
        return {};
    }));
    return reach;
}

// Requires: the index has everything of it on disk.
Result<void> ImportRun::complete_group() {
    const std::vector<Written> whole = std::exchange(indexed_, {});
    for (const Written& one : whole)
        close_row(one.prepared.task, FileState::done);
    if (whole.empty() && settled_.empty()) return {};
    const Timestamp moment = now();
    TRY(parts_.database.write([&](store::Connection& connection) -> Result<void> {
        for (const Written& one : whole) {
            TRY(complete(parts_.database, connection, batch_.caller, one.version.number, moment));
        }
        for (const auto& [row, state] : settled_)
            TRY(set_state(connection, row, state));
        return {};
    }));
    settled_.clear();
    for (const Written& one : whole) {
        FileReport done = one.prepared.report;
        done.state = FileState::done;
        done.document = one.version.document;
        done.version = one.version.id;
        done.new_version = true;
        report(done);
        reports_.push_back(std::move(done));
    }
    return {};
}

// What was not begun: cancelled for good, or left for resume() when the program closes.
Result<void> ImportRun::halt_rest() {
    if (!halted()) return {};
    const FileState state = stop_.stop_requested() ? FileState::cancelled : FileState::waiting;
    std::vector<std::int64_t> rows;
    if (feed_) {
        rows.push_back(feed_->file.container);
        reports_.push_back({.name = feed_->file.name, .state = state});
        report(reports_.back());
    }
    for (const Task& task : waiting_) {
        rows.push_back(task.row != 0 ? task.row : task.container);
        reports_.push_back({.name = task.name, .state = state});
        report(reports_.back());
    }
    if (state == FileState::waiting) return {};
    return parts_.database.write([&](store::Connection& connection) -> Result<void> {
        for (const std::int64_t row : rows)
            TRY(set_state(connection, row, state));
        return {};
    });
}

void ImportRun::report(const FileReport& report) {
    if (progress_) progress_(report);
}

void ImportRun::settle(const Task& task, const FileReport& outcome) {
    close_row(task, outcome.state);
    report(outcome);
    reports_.push_back(outcome);
}

void ImportRun::close_row(const Task& task, FileState state) {
    if (task.row != 0) {
        settled_.emplace_back(task.row, state);
    } else if (task.container != 0 && --open_inside_[task.container] == 0) {
        settled_.emplace_back(task.container, FileState::done);
    }
}

}  // namespace kansli::documents::detail
