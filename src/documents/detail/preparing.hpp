#pragma once

#include <memory>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "documents/detail/batches.hpp"
#include "documents/detail/versions.hpp"
#include "documents/importer.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace kansli::documents::detail {

// One document to come: a file, a file inside a file, or a line of a .jsonl.
struct Task {
    std::int64_t row = 0;        // of documents_batch_file; 0 for what comes out of another file …
    std::int64_t container = 0;  // … which then has this row
    std::string name{};
    std::filesystem::path path{};
    std::string sidecar{};
    std::string hash{};                         // of the stored original, when it is stored already
    std::optional<std::string> line{};          // the text of a line of a .jsonl …
    std::string where{};                        // … and its place, for messages
    int depth = 0;                              // containers around it
    std::shared_ptr<TemporaryFolder> folder{};  // keeps `path` alive
};

// What became of a task before the database and the index take over.
struct Prepared {
    Task task{};
    FileReport report{};
    std::optional<ReadDocument> document{};  // none: failed, unchanged, or only a container
    IncomingVersion incoming{};
    std::vector<Task> inside{};  // the files that lay in it
};

// Stores originals, sees what has not changed, and reads the rest. Touches nothing that others see.
// Threads: prepare() from any; of them two read at a time, since a worker process may take much memory.
class Preparer {
  public:
    Preparer(const store::DataFolder& folder, store::Database& database, FileReader& reader,
             const Batch& batch, std::filesystem::path workspaces)
        : folder_(folder),
          database_(database),
          reader_(reader),
          batch_(batch),
          workspaces_(std::move(workspaces)) {}

    [[nodiscard]] Prepared prepare(Task task, const std::stop_token& stop) const;
    // Only keeps the original bytes.
    [[nodiscard]] Prepared store_only(Task task) const;

  private:
    [[nodiscard]] Result<void> try_prepare(Prepared& prepared, const std::stop_token& stop) const;
    [[nodiscard]] Result<void> store_original(Prepared& prepared) const;
    [[nodiscard]] Result<bool> is_unchanged(Prepared& prepared) const;
    [[nodiscard]] Result<void> read_file_of(Prepared& prepared, const std::stop_token& stop) const;
    [[nodiscard]] Result<FileReader::Outcome> read_in_turn(const std::filesystem::path& file,
                                                           const std::string& name,
                                                           const std::filesystem::path& workspace,
                                                           const std::stop_token& stop) const;
    [[nodiscard]] Result<void> take_inside(Prepared& prepared,
                                           const std::vector<extract::EmbeddedFile>& files,
                                           const std::shared_ptr<TemporaryFolder>& folder) const;
    [[nodiscard]] Result<void> finish(Prepared& prepared) const;

    const store::DataFolder& folder_;
    store::Database& database_;
    FileReader& reader_;
    const Batch& batch_;
    std::filesystem::path workspaces_;
    mutable std::counting_semaphore<> reading_{2};
};

}  // namespace kansli::documents::detail
