#include "documents/sandboxed_reader.hpp"

#include <string_view>
#include <system_error>
#include <utility>

#include "documents/detail/wire.hpp"
#include "documents/outline.hpp"
#include "jobs/confinement.hpp"
#include "json/binder.hpp"

namespace kansli::documents {

namespace {

constexpr std::size_t idle_workers = 2;
// So that what one file might have done to a worker does not reach many others.
constexpr int files_each = 64;

struct ReadRequest {
    std::string path{};
    std::string name{};
    std::string workspace{};
};
KANSLI_DESCRIBE(ReadRequest, path, name, workspace)

std::string read_one(std::string_view frame) {
    const auto request = json::read<ReadRequest>(frame);
    if (!request) return detail::pack(request.error());
    auto extract = extract::extract_file(request->path, request->name, request->workspace);
    if (!extract) return detail::pack(extract.error());
    FileReader::Outcome outcome{.files = std::move(extract->files)};
    outcome.document = outline(*std::move(extract), request->name);
    return detail::pack(outcome);
}

// A worker could name any file of ours; only plain files that it wrote itself are taken.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::error_code status;
    const auto inside = std::filesystem::canonical(file, status)
                            .lexically_relative(std::filesystem::canonical(folder, status));
    return !status && !inside.empty() && *inside.begin() != ".." &&
           std::filesystem::is_regular_file(file, status) && !std::filesystem::is_symlink(file, status);
}

}  // namespace

SandboxedReader::SandboxedReader(std::vector<std::string> worker, const jobs::ProcessLimits& limits)
    : workers_(std::move(worker), limits, idle_workers, files_each) {
}

Result<FileReader::Outcome> SandboxedReader::read(const std::filesystem::path& file, const std::string& name,
                                                  const std::filesystem::path& workspace,
                                                  std::stop_token stop) {
    const ReadRequest request{file.string(), name, workspace.string()};
    auto reply = workers_.exchange(json::write(request), {.stop = std::move(stop)});
    if (!reply) {
        auto error = std::move(reply).error();
        if (error.where.empty()) error.where = name;
        return Failure(std::move(error));
    }
    auto outcome = TRY(detail::unpack(*reply));
    for (const auto& embedded : outcome.files) {
        if (!lies_in(embedded.path, workspace)) {
            return fail(ErrorCode::corrupt, "Läsprocessen pekade på en fil som inte är dess egen.", name);
        }
    }
    return outcome;
}

Result<int> run_read_worker(const std::filesystem::path& files, const std::filesystem::path& workspaces) {
    TRY(jobs::confine({.readable = {files}, .writable = {workspaces}}));
    return jobs::serve_frames(read_one);
}

}  // namespace kansli::documents
