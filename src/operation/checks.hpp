#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "documents/library.hpp"
#include "operation/finding.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

// The checks of `kansli doctor`. Each looks at one thing, changes nothing, and never fails: what it cannot look at is a
// finding too.
namespace kansli::operation {

// How far a check goes.
enum class Depth : bool {
    quick,  // seconds, also for a large folder
    deep    // every byte
};

// The folder (check_folder.cpp).
[[nodiscard]] Finding check_disk(const store::DataFolder& folder);  // room for a second database, and 1 GB
[[nodiscard]] Finding check_permissions(const store::DataFolder& folder);  // only its owner, who is we
[[nodiscard]] Finding check_uploads(const store::DataFolder& folder,
                                    Timestamp moment);                     // nothing left for a day
[[nodiscard]] Finding check_keys(const store::DataFolder& folder);         // files of mode 0600
[[nodiscard]] Finding check_hosts(const std::vector<std::string>& hosts);  // names without anything else

// What is stored (check_store.cpp).
[[nodiscard]] Finding check_database(store::Database& database, Depth depth);
[[nodiscard]] Finding check_record(record::Record& record, Depth depth);
// The key that signs the record: there, and the one that has signed before.
[[nodiscard]] Finding check_signing_key(record::Checkpoints& checkpoints, const store::DataFolder& folder);
[[nodiscard]] Finding check_second_factors(store::Database& database, const store::DataFolder& folder);
[[nodiscard]] Finding check_originals(const store::DataFolder& folder, documents::Library& library,
                                      Depth depth);

// The machine (check_machine.cpp). `last_entry`: when the record was last written to.
[[nodiscard]] Finding check_clock(const std::optional<Timestamp>& last_entry, Timestamp moment);
[[nodiscard]] Finding check_programs();  // those that read PDF and scanned pages
[[nodiscard]] Finding check_sandbox();   // what the kernel has to confine the reading of foreign files

}  // namespace kansli::operation
