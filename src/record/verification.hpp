#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sign.hpp"
#include "record/checkpoint.hpp"
#include "store/database.hpp"

namespace kansli::record {

// What a walk through the record found. All figures are those of the part that holds.
struct Verification {
    std::int64_t entries = 0;
    std::string head{};                           // hash of the last link
    std::int64_t removed = 0;                     // contents that are gone, each as a later entry tells
    std::int64_t checkpoints = 0;                 // whose signature, head and root hold
    std::optional<Checkpoint> last_checkpoint{};  // of those
    std::vector<std::string> keys{};  // the public keys that signed them, in the order of their use

    // The number of the first entry that does not hold or, when a checkpoint does not, that is vouched for by none.
    std::optional<std::int64_t> first_broken{};
    std::string reason{};  // what does not hold there, in Swedish
};

struct VerifyOptions {
    // The text of a checkpoint file that was kept elsewhere. Each of its checkpoints must be one of the record's.
    std::optional<std::string> checkpoint_file{};
    // The only keys that checkpoints may be signed with. Empty: each checkpoint is checked against the key it names, which
    // shows carelessness but not somebody who signs anew with a key of their own.
    std::vector<PublicKey> keys{};
    // Told now and then how many entries of all have been walked.
    std::function<void(std::int64_t walked, std::int64_t all)> progress{};
    std::stop_token stop{};
};

// Walks the record of any database that has one, also of a copy that an older version of the program wrote; nothing is
// changed in it. not_found: no record in the file. cancelled: `stop`.
[[nodiscard]] Result<Verification> verify(store::Database& database, const VerifyOptions& options = {});

}  // namespace kansli::record
