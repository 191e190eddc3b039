#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/library.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

// Packages for an e-archive, after E-ARK CSIP 2.1.0 (the structure of FGS Paketstruktur 2.0):
//     NAME/METS.xml                            what the package is and holds, with the SHA-256 of every file
//     NAME/metadata/descriptive/beskrivning.xml  Dublin Core
//     NAME/metadata/preservation/protokoll.json  how far the record went, and its last hash
//     NAME/representations/rep1/METS.xml       the same for what is kept
//     NAME/representations/rep1/data/          documents: original, text and what is known of them; entries of the record
//     NAME/schemas/                            JSON Schemas of our own files
//     NAME/documentation/LASMIG.txt            how to read it all without Kansli
namespace kansli::archive {

struct ArchiveOrder {
    std::string municipality{};  // the archive's owner
    std::string label{};         // "Kommunstyrelsens handlingar 2025"
    std::optional<std::string> collection{};
    std::optional<Date> from{};  // what came in or was made on this day or later …
    std::optional<Date> to{};    // … and on this day or earlier
};

struct ArchiveReport {
    std::string package{};  // the OBJID, also the folder's name
    std::int64_t documents = 0;
    std::int64_t versions = 0;
    std::int64_t entries = 0;
    std::int64_t files = 0;
    std::int64_t entry = 0;  // of the record
};
KANSLI_DESCRIBE(ArchiveReport, package, documents, versions, entries, files, entry)

// Writes a package as a folder inside `out`, which must be there. Everything that the caller may read goes along, so it should be
// somebody who may read all. Writes an entry "archive_exported" to the record, after those that went along.
// forbidden without Right::protect; conflict when nothing fits.
[[nodiscard]] Result<ArchiveReport> export_archive(store::Database& database, documents::Library& library,
                                                   record::Record& record, const access::Caller& caller,
                                                   const ArchiveOrder& order,
                                                   const std::filesystem::path& out, Timestamp moment);

}  // namespace kansli::archive
