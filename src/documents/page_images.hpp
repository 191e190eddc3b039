#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "jobs/worker_process.hpp"

namespace kansli::documents {

// Pictures of the pages of PDF versions, for showing a quote where it stands on paper. Made by pdftoppm inside a limited worker
// process when first asked for, and kept in a folder that may be emptied at any time.
// Threads: any.
class PageImages {
  public:
    // `worker`: the program and arguments that end up in run_page_worker(files, folder).
    PageImages(Library& library, std::filesystem::path folder, std::vector<std::string> worker);

    // The PNG of page `page`, from 1. not_found when the caller may not read the version, when it has no such page, or when it
    // is no PDF.
    [[nodiscard]] Result<std::filesystem::path> image(const access::Caller& caller, const VersionId& version,
                                                      int page);

  private:
    Library& library_;
    std::filesystem::path folder_;
    jobs::WorkerPool workers_;
};

// The worker's side: reads originals under `files`, writes pictures under `folder`. Returns the exit status for main().
[[nodiscard]] int run_page_worker(const std::filesystem::path& files, const std::filesystem::path& folder);

}  // namespace kansli::documents
