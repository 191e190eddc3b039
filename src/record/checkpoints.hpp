#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sign.hpp"
#include "core/time.hpp"
#include "record/checkpoint.hpp"
#include "record/proof.hpp"
#include "record/record.hpp"
#include "record/verification.hpp"
#include "store/database.hpp"

namespace kansli::record {

// How long the record may grow without a checkpoint: until either is reached.
struct CheckpointInterval {
    std::chrono::minutes time{60};
    std::int64_t entries = 1000;
};

// The name of the file beside the database that holds every checkpoint on a line.
inline constexpr std::string_view checkpoints_file = "checkpoints.jsonl";

// Signs the record of a data folder. Beside the database lie
//     keys/record.pem      the secret key, only for its owner, made when it is first needed; never in a backup
//     checkpoints.jsonl    every checkpoint on a line, to be copied to where this machine's owner cannot change it
// Threads: any; also several processes, one at a time makes a checkpoint.
class Checkpoints {
  public:
    Checkpoints(store::Database& database, Record& record, std::filesystem::path folder);

    // The half of the key that others check with. Makes the key when there is none yet.
    [[nodiscard]] Result<PublicKey> public_key() const;

    // Signs all entries since the last checkpoint; nothing when there are none. They are verified first: corrupt when they
    // do not hold, since a signature on them would hide it.
    [[nodiscard]] Result<std::optional<Checkpoint>> make(Timestamp moment);

    // Whether the interval has passed and there is something to sign.
    [[nodiscard]] Result<bool> due(const CheckpointInterval& interval, Timestamp moment);

    // The proof that entry `number` stands in the record. Makes a checkpoint when none covers it yet. An entry of format 1
    // can be proved only with its content. not_found: no such entry. conflict: the content is asked for, but removed.
    [[nodiscard]] Result<Proof> prove(std::int64_t number, bool with_content, Timestamp moment);

    // All checkpoints, the oldest first.
    [[nodiscard]] Result<std::vector<Checkpoint>> list();

    // The whole record, with the folder's own checkpoint file unless the options name another.
    [[nodiscard]] Result<Verification> verify(VerifyOptions options = {});

    [[nodiscard]] std::filesystem::path file() const { return folder_ / checkpoints_file; }

  private:
    [[nodiscard]] Result<SigningKey> key() const;
    [[nodiscard]] Result<void> complete_file();

    store::Database& database_;
    Record& record_;
    std::filesystem::path folder_;
};

}  // namespace kansli::record
