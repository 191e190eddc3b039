#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/importer.hpp"
#include "store/database.hpp"

// Batches as they wait in the database, so that a crash loses none. All functions work inside the caller's transaction.
namespace kansli::documents::detail {

struct BatchFile {
    std::int64_t number = 0;
    std::string name{};
    std::filesystem::path path{};
    std::string sidecar{};  // text of the sidecar file, or empty
    std::string hash{};     // of the stored original, once it is stored
};

struct Batch {
    std::int64_t number = 0;
    access::Caller caller{};
    ImportOptions options{};
};

[[nodiscard]] Result<Batch> create_batch(store::Connection& connection, const access::Caller& caller,
                                         const ImportOptions& options, std::vector<BatchFile>& files,
                                         Timestamp moment);
[[nodiscard]] Result<std::vector<Batch>> open_batches(store::Connection& connection);
[[nodiscard]] Result<std::vector<BatchFile>> open_files(store::Connection& connection, std::int64_t batch);
[[nodiscard]] Result<void> set_hash(store::Connection& connection, std::int64_t file, std::string_view hash);
[[nodiscard]] Result<void> set_state(store::Connection& connection, std::int64_t file, FileState state);
// Closes the batch when none of its files is open. Its rows are then of no use and go.
[[nodiscard]] Result<void> close_batch(store::Connection& connection, std::int64_t batch, Timestamp moment);

}  // namespace kansli::documents::detail
