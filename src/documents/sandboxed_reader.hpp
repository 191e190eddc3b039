#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "documents/importer.hpp"
#include "jobs/worker_process.hpp"

namespace kansli::documents {

// Reads files in worker processes without network and with limits on memory, time and files. A file that kills its worker
// fails alone, with a line that says why; the next file gets a new worker.
// Threads: any; each file that is being read has a worker of its own.
class SandboxedReader final : public FileReader {
  public:
    // `worker`: the program and arguments that end up in run_read_worker(files, workspaces).
    explicit SandboxedReader(std::vector<std::string> worker, const jobs::ProcessLimits& limits = {});

    Result<Outcome> read(const std::filesystem::path& file, const std::string& name,
                         const std::filesystem::path& workspace, std::stop_token stop) override;

  private:
    jobs::WorkerPool workers_;
};

// The worker's side: may read `files` and write under `workspaces`. Returns the exit status for main().
[[nodiscard]] Result<int> run_read_worker(const std::filesystem::path& files,
                                          const std::filesystem::path& workspaces);

}  // namespace kansli::documents
