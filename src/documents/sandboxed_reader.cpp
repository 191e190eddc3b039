#include "documents/sandboxed_reader.hpp"

#include <utility>

#include "core/log.hpp"
#include "documents/detail/wire.hpp"
#include "documents/outline.hpp"
#include "extract/extract.hpp"
#include "jobs/confinement.hpp"

namespace kansli::documents {

namespace {

std::vector<std::string> command(std::vector<std::string> program, const std::filesystem::path& data_folder) {
    program.push_back((data_folder / "files").string());
    program.push_back(workspace_root(data_folder).string());
    return program;
}

Result<FileReader::Outcome> answer(std::string_view request) {
    const detail::ReadRequest wanted = TRY(detail::read_request(request));
    auto extract = TRY(extract::extract_file(wanted.path, wanted.name, wanted.workspace));
    FileReader::Outcome outcome;
    outcome.files = std::move(extract.files);
    outcome.document = outline(std::move(extract), wanted.name);
    return outcome;
}

}  // namespace

SandboxedReader::SandboxedReader(std::vector<std::string> program, const std::filesystem::path& data_folder,
                                 const jobs::ProcessLimits& limits)
    : workers_(command(std::move(program), data_folder), limits) {
}

Result<FileReader::Outcome> SandboxedReader::read(const std::filesystem::path& file, const std::string& name,
                                                  const std::filesystem::path& workspace,
                                                  std::stop_token stop) {
    const std::string request = detail::write_request({file.string(), name, workspace.string()});
    auto reply = workers_.exchange(request, {.wall_time = {}, .stop = std::move(stop)});
    if (!reply) {
        Error error = std::move(reply).error();
        if (error.where.empty()) error.where = name;
        return Failure(std::move(error));
    }
    return detail::read_answer(*reply, workspace);
}

int run_read_worker(const std::filesystem::path& files, const std::filesystem::path& workspaces) {
    const auto confined = jobs::confine({.readable = {files}, .writable = {workspaces}});
    if (!confined) {
        log::error("{}", to_line(confined.error()));
        return 1;
    }
    return jobs::serve_frames([](std::string_view request) { return detail::write_answer(answer(request)); });
}

}  // namespace kansli::documents
