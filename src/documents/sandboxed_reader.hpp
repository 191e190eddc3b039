#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "documents/importer.hpp"
#include "jobs/worker_process.hpp"

namespace kansli::documents {

// Reads files in worker processes of this program, which have neither network nor other files than the originals and their
// own workspaces. What comes back is checked as foreign: a worker that a file has taken over can at worst say what
// the file says. A crash fails that one file; the next gets a new worker.
// Threads: any; each read has a worker of its own.
class SandboxedReader : public FileReader {
  public:
    // `program`: the command that ends in run_read_worker(); FILES and WORKSPACES are added to it.
    SandboxedReader(std::vector<std::string> program, const std::filesystem::path& data_folder,
                    const jobs::ProcessLimits& limits = {});

    [[nodiscard]] Result<Outcome> read(const std::filesystem::path& file, const std::string& name,
                                       const std::filesystem::path& workspace, std::stop_token stop) override;

  private:
    jobs::WorkerPool workers_;
};

// The worker's side: gives up all rights but reading below `files` and writing below `workspaces`, then answers until the
// other side hangs up. Returns the exit status. Requires: called first in main(), before any other thread runs.
[[nodiscard]] int run_read_worker(const std::filesystem::path& files,
                                  const std::filesystem::path& workspaces);

}  // namespace kansli::documents
