#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/fetcher.hpp"
#include "documents/importer.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::documents {

using SourceId = Id<struct SourceTag>;

enum class SourceKind : std::uint8_t {
    folder,  // one folder on the server, with everything below it
    web,     // a list of web addresses
};
KANSLI_DESCRIBE_ENUM(SourceKind, folder, web)

// Something that the municipality points at once and that is read again and again.
struct Source {
    SourceId id{};
    SourceKind kind = SourceKind::folder;
    std::string collection{};
    std::vector<std::string> locations{};  // one absolute path, or web addresses
    int interval_minutes = 0;
    Timestamp created{};
    std::optional<Timestamp> polled{};     // when it was last read, or when that was last tried
    std::optional<std::string> problem{};  // what went wrong then
    std::int64_t items = 0;                // files or pages that were there
};
KANSLI_DESCRIBE(Source, id, kind, collection, locations, interval_minutes, created, polled, problem, items)

struct NewSource {
    std::string collection{};
    std::vector<std::string> locations{};  // the kind follows from their form
    int interval_minutes = 60;
};

// A file or page of a source, as it was when last seen.
struct SourceItem {
    std::string name{};  // path inside the folder, or the address
    bool gone = false;
    std::optional<std::string> problem{};  // why it could not be read
    std::vector<DocumentId> documents{};   // more than one for an archive or a .jsonl
};
KANSLI_DESCRIBE(SourceItem, name, gone, problem, documents)

// What one reading of a source came to, in files or pages.
struct PollReport {
    std::int64_t imported = 0;   // new or changed, and now in the library
    std::int64_t unchanged = 0;  // as they were
    std::int64_t failed = 0;     // tried this time, and could not be read
    std::int64_t gone = 0;       // there last time, and not now
};
KANSLI_DESCRIBE(PollReport, imported, unchanged, failed, gone)

inline constexpr int longest_interval_minutes = 30 * 24 * 60;

// The sources of one data folder, and what was seen in them.
// An unchanged file costs a stat, an unchanged page a conditional request. A file that cannot be read never stops the
// others; it is tried again when it has changed, or when what stood in the way was not the file itself. The documents of a
// file that is gone stop applying the day before; they apply again when it is back. When a folder or a host cannot be
// reached, its documents are left as they are and only `problem` tells.
// Threads: any. Two readings of one source at the same time, also from two programs, are refused as busy.
// Invariants: symbolic links never lead out of a folder; data folders are never read; a document is gone only when no
// file or page of any source holds it.
class SourceList {
  public:
    using Clock = std::function<Timestamp()>;

    // In `workspace` we make a folder of our own, for web pages on their way in and for locks.
    SourceList(store::Database& database, Importer& importer, record::Record& record, Fetcher& fetcher,
               const std::filesystem::path& workspace, Clock clock = now);

    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // These need an administrator; add and remove write to the record.
    // invalid_input names the location that is wrong; conflict when the collection has a source there already.
    [[nodiscard]] Result<Source> add(const access::Caller& caller, const NewSource& source);
    // Forgets the source. Its documents stay as they are. A reading that is under way ends.
    [[nodiscard]] Result<void> remove(const access::Caller& caller, const SourceId& id);
    // The oldest first.
    [[nodiscard]] Result<std::vector<Source>> list(const access::Caller& caller);
    [[nodiscard]] Result<Source> get(const access::Caller& caller, const SourceId& id);
    // In order of name, without those whose documents the caller may not read.
    [[nodiscard]] Result<std::vector<SourceItem>> items(const access::Caller& caller, const SourceId& id);

    // Reads what is new or changed, on this thread and as the program itself. unavailable when nothing of the source could
    // be reached, cancelled when stopped: what was read until then is kept.
    [[nodiscard]] Result<PollReport> poll(const SourceId& id, const Importer::Progress& progress = {},
                                          std::stop_token stop = {});
    // Those whose interval has passed, the longest waiting first.
    [[nodiscard]] Result<std::vector<SourceId>> due(Timestamp moment);

  private:
    store::Database& database_;
    Importer& importer_;
    record::Record& record_;
    Fetcher& fetcher_;
    std::filesystem::path workspace_;
    Clock clock_;
};

}  // namespace kansli::documents
