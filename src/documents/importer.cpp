#include "documents/importer.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <utility>

#include "documents/detail/batches.hpp"
#include "documents/detail/collections.hpp"
#include "documents/detail/gather.hpp"
#include "documents/detail/import_run.hpp"
#include "documents/detail/rights.hpp"
#include "store/data_folder.hpp"
#include "store/folder_lock.hpp"

namespace kansli::documents {

namespace {

constexpr std::chrono::minutes lock_patience{10};
constexpr std::chrono::milliseconds lock_step{500};

Result<void> check(const access::Caller& caller, const std::vector<ImportInput>& inputs,
                   const ImportOptions& options) {
    TRY(detail::require_editor(caller));
    TRY(detail::check_collection_name(options.collection));
    TRY(detail::check_title(options.given.title));
    TRY(detail::check_access_list(options.given.access));
    if (options.as_version_of && inputs.size() != 1) {
        return fail(ErrorCode::invalid_input, "Bara en fil i taget kan bli en ny version av ett dokument.");
    }
    return {};
}

}  // namespace

struct Importer::State {
    store::Database& database;
    std::filesystem::path data_folder;
    FileReader& reader;
    VersionIndex& index;
    std::atomic<bool> suspended = false;

    // One import at a time, also across processes: the index has one writer, and a batch is never resumed twice.
    [[nodiscard]] Result<store::FolderLock> lock(const std::stop_token& stop) const {
        const auto give_up = std::chrono::steady_clock::now() + lock_patience;
        for (;;) {
            auto lock = store::FolderLock::acquire(data_folder, "import", lock_step);
            const bool wait =
                !lock && lock.error().code == ErrorCode::busy && std::chrono::steady_clock::now() < give_up;
            if (!wait) return lock;
            if (stop.stop_requested() || suspended)
                return fail(ErrorCode::cancelled, "Inläsningen avbröts innan den hade börjat.");
        }
    }

    // Where files inside files are unpacked. What a crash left there is nobody's: we hold the lock.
    [[nodiscard]] static Result<std::filesystem::path> fresh_workspaces(const store::DataFolder& folder) {
        std::filesystem::path workspaces = workspace_root(folder.path());
        std::error_code problem;
        std::filesystem::create_directories(workspaces, problem);
        if (!problem) {
            for (const auto& left : std::filesystem::directory_iterator(workspaces, problem)) {
                std::error_code ignored;
                std::filesystem::remove_all(left.path(), ignored);
            }
        }
        if (problem) {
            return fail(ErrorCode::unavailable,
                        "Arbetsmappen gick inte att skapa: " + problem.message() + ".", workspaces.string());
        }
        return workspaces;
    }

    Result<std::vector<FileReport>> finish_batch(const store::DataFolder& folder, const detail::Batch& batch,
                                                 const std::filesystem::path& workspaces,
                                                 const Progress& progress, const std::stop_token& stop) {
        detail::ImportRun run({database, folder, reader, index, workspaces}, batch, progress, stop,
                              suspended);
        TRY(run.finish_pending());
        std::set<std::string> finished;
        std::vector<FileReport> reports = run.take_reports();
        for (const FileReport& report : reports)
            finished.insert(report.name);
        std::vector<detail::BatchFile> files;
        TRY(database.write([&](store::Connection& connection) -> Result<void> {
            for (detail::BatchFile& file : TRY(detail::open_files(connection, batch.number))) {
                if (finished.contains(file.name)) {
                    TRY(detail::set_state(connection, file.number, FileState::done));
                } else {
                    files.push_back(std::move(file));
                }
            }
            return {};
        }));
        TRY(run.run(std::move(files)));
        for (FileReport& report : run.take_reports())
            reports.push_back(std::move(report));
        return reports;
    }

    Result<std::vector<FileReport>> finish_open_batches(const store::DataFolder& folder,
                                                        const std::filesystem::path& workspaces,
                                                        const Progress& progress,
                                                        const std::stop_token& stop) {
        std::vector<detail::Batch> batches;
        TRY(database.read([&](store::Connection& connection) -> Result<void> {
            batches = TRY(detail::open_batches(connection));
            return {};
        }));
        std::vector<FileReport> reports;
        for (const detail::Batch& batch : batches) {
            for (FileReport& report : TRY(finish_batch(folder, batch, workspaces, progress, stop)))
                reports.push_back(std::move(report));
        }
        return reports;
    }
};

Importer::Importer(Library& /*library*/, store::Database& database, std::filesystem::path data_folder,
                   FileReader& reader, VersionIndex& index)
    : state_(std::make_unique<State>(database, std::move(data_folder), reader, index)) {
}

Importer::~Importer() = default;

void Importer::suspend() {
    state_->suspended = true;
}

std::filesystem::path workspace_root(const std::filesystem::path& data_folder) {
    return data_folder / "uploads" / "work";
}

Result<std::vector<FileReport>> Importer::import(const access::Caller& caller,
                                                 const std::vector<ImportInput>& inputs,
                                                 const ImportOptions& options, const Progress& progress,
                                                 std::stop_token stop) {
    TRY(check(caller, inputs, options));
    const auto folder = TRY(store::DataFolder::open(state_->data_folder));
    auto files = detail::gather(inputs);
    if (options.as_version_of && files.size() != 1) {
        return fail(ErrorCode::invalid_input, "Bara en fil i taget kan bli en ny version av ett dokument.");
    }
    const auto lock = TRY(state_->lock(stop));
    const auto workspaces = TRY(State::fresh_workspaces(folder));
    TRY(state_->finish_open_batches(folder, workspaces, {}, stop));
    detail::Batch batch;
    TRY(state_->database.write([&](store::Connection& connection) -> Result<void> {
        batch = TRY(detail::create_batch(connection, caller, options, files, now()));
        return {};
    }));
    const detail::ImportParts parts{state_->database, folder, state_->reader, state_->index, workspaces};
    detail::ImportRun run(parts, std::move(batch), progress, stop, state_->suspended);
    TRY(run.run(std::move(files)));
    return run.take_reports();
}

Result<std::vector<FileReport>> Importer::resume(const Progress& progress, std::stop_token stop) {
    const auto folder = TRY(store::DataFolder::open(state_->data_folder));
    const auto lock = TRY(state_->lock(stop));
    const auto workspaces = TRY(State::fresh_workspaces(folder));
    return state_->finish_open_batches(folder, workspaces, progress, stop);
}

}  // namespace kansli::documents
