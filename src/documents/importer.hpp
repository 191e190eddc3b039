#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/document.hpp"
#include "documents/library.hpp"

namespace kansli::documents {

// Where a version belongs in an index that keeps together what the same people read.
struct Placing {
    std::string collection{};
    Reach reach = Reach::everyone;
};

// Where whole versions are made searchable. Implemented by search/; owned here so that the importer need not know it.
class VersionIndex {
  public:
    virtual ~VersionIndex() = default;
    // Adds a version's sections. Not visible to searches until the catalogue holds the version. May be called again for the
    // same number after a crash: the earlier attempt is replaced.
    [[nodiscard]] virtual Result<void> add(std::uint32_t number, const ReadDocument& version,
                                           const Placing& placing) = 0;
    // Everything added so far is on disk when this returns.
    [[nodiscard]] virtual Result<void> commit() = 0;
};

// Reads one file in the limited worker process and returns the outlined document, or says why not.
// `workspace` receives embedded files.
// Threads: several files may be read at once.
class FileReader {
  public:
    virtual ~FileReader() = default;
    struct Outcome {
        ReadDocument document{};
        std::vector<extract::EmbeddedFile> files{};
    };
    [[nodiscard]] virtual Result<Outcome> read(const std::filesystem::path& file, const std::string& name,
                                               const std::filesystem::path& workspace,
                                               std::stop_token stop) = 0;
};

enum class FileState : std::uint8_t { waiting, reading, indexing, done, unchanged, failed, cancelled };

// How one file of a batch is getting on, for the page and the command line.
struct FileReport {
    std::string name{};  // as the user knows it, with the folder or container it came from
    FileState state = FileState::waiting;
    std::optional<DocumentId> document{};
    std::optional<VersionId> version{};
    bool new_version = false;
    std::int64_t sections = 0;
    std::optional<Error> error{};  // why it failed: one clear line
    std::vector<std::string> warnings{};
};

struct ImportOptions {
    std::string collection{};
    Attributes given{};                         // from the form; overrides what the file says where set
    std::optional<DocumentId> as_version_of{};  // the form's "new version of …"
};

// A file or folder to bring in. `name` is what the user calls it and what the document's identity is made from; empty: the path's
// last part. Uploads lie under names of our own, so theirs must come beside the path.
struct ImportInput {
    std::filesystem::path path{};
    std::string name{};
};

// The folder in which files inside files are unpacked: what the reading worker may write to.
[[nodiscard]] std::filesystem::path workspace_root(const std::filesystem::path& data_folder);

// Brings files, folders, containers and .jsonl batches into the library. A batch is a durable job: each file is stored,
// read, indexed and made current in an order such that a kill at any instant leaves the old version answering and the job resumable.
class Importer {
  public:
    Importer(Library& library, store::Database& database, std::filesystem::path data_folder,
             FileReader& reader, VersionIndex& index);
    ~Importer();

    using Progress = std::function<void(const FileReport&)>;

    // Imports now, on this thread. One report a file; a failed file never stops the others.
    [[nodiscard]] Result<std::vector<FileReport>> import(const access::Caller& caller,
                                                         const std::vector<ImportInput>& inputs,
                                                         const ImportOptions& options,
                                                         const Progress& progress, std::stop_token stop = {});

    // The program is closing: files that are not begun are left for resume() and reported as waiting. For good, any thread.
    void suspend();

    // Finishes batches that a crash or suspend() cut off. import() does so first by itself, without reports.
    [[nodiscard]] Result<std::vector<FileReport>> resume(const Progress& progress, std::stop_token stop = {});

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kansli::documents
