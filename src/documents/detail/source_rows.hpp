#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/detail/source_plan.hpp"
#include "documents/sources.hpp"
#include "store/database.hpp"

// Sources in the tables of the database. All functions work inside the caller's transaction.
namespace kansli::documents::detail {

[[nodiscard]] std::span<const store::Migration> source_schema();
[[nodiscard]] std::span<const store::TableNote> source_table_notes();

[[nodiscard]] Result<void> insert_source(store::Connection& connection, const Source& source);
// not_found when there is no such source.
[[nodiscard]] Result<Source> load_source(store::Connection& connection, const SourceId& id);
[[nodiscard]] Result<std::vector<Source>> load_sources(store::Connection& connection);
[[nodiscard]] Result<std::vector<SourceItem>> load_items(store::Connection& connection, const SourceId& id);

[[nodiscard]] Result<KnownItems> load_known(store::Connection& connection, const SourceId& id);

// What a source remembers of a file or page that has been read, or that could not be.
struct ItemRow {
    std::string name{};
    std::string stamp{};
    std::string etag{};
    std::string last_modified{};
    bool gone = false;
    std::optional<std::string> problem{};
};
[[nodiscard]] Result<std::optional<ItemRow>> load_item(store::Connection& connection, const SourceId& id,
                                                       const std::string& name);
[[nodiscard]] Result<void> save_item(store::Connection& connection, const SourceId& id, const ItemRow& item);

// A document that an item holds, and what it was reported as: the item itself, or a file or line in it.
struct HeldDocument {
    DocumentId id{};
    std::string part{};
};
[[nodiscard]] Result<std::vector<HeldDocument>> documents_of(store::Connection& connection,
                                                             const SourceId& id, const std::string& name);
// The item's documents are these, and these only.
[[nodiscard]] Result<void> set_documents(store::Connection& connection, const SourceId& id,
                                         const std::string& name, const std::vector<HeldDocument>& documents);
// Whether a file or page that is there, of any source, holds the document.
[[nodiscard]] Result<bool> is_held(store::Connection& connection, const DocumentId& document);
// Whether another source of the collection already brings documents in under the name.
[[nodiscard]] Result<bool> is_taken(store::Connection& connection, const Source& source,
                                    const std::string& name);

// The files and pages that are there and could not be read.
struct Problems {
    std::int64_t count = 0;
    std::string first{};  // by name: "avgifter.pdf: Filen är tom."
};
[[nodiscard]] Result<Problems> problems_of(store::Connection& connection, const SourceId& id);
// `identity`: of the folder that was read; empty leaves it.
[[nodiscard]] Result<void> note_poll(store::Connection& connection, const SourceId& id, Timestamp moment,
                                     const std::optional<std::string>& problem,
                                     const std::string& identity = {});
[[nodiscard]] Result<std::string> identity_of(store::Connection& connection, const SourceId& id);

}  // namespace kansli::documents::detail
