#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sign.hpp"
#include "json/describe.hpp"
#include "record/checkpoint.hpp"
#include "record/record.hpp"

namespace kansli::record {

// An entry as a proof shows it. Without `content` and `salt` it proves that the entry was made, when, by whom and about what.
struct ProvedEntry {
    std::string actor{};
    std::optional<std::string> content{};  // the JSON text, byte for byte
    std::optional<std::string> content_hash{};
    std::int64_t format = 2;
    std::string hash{};
    std::string kind{};
    std::string moment{};
    std::int64_t number = 0;
    std::string previous{};
    std::optional<std::string> salt{};
    std::string subject{};
};
KANSLI_DESCRIBE(ProvedEntry, actor, content, content_hash, format, hash, kind, moment, number, previous, salt,
                subject)

// conflict: the content is asked for, but removed. unsupported: an entry of format 1 without its content.
[[nodiscard]] Result<ProvedEntry> shown_entry(const Entry& entry, bool with_content);
// corrupt unless the entry says what its hash was computed over. That it stands in a record is more than that.
[[nodiscard]] Result<void> check_entry(const ProvedEntry& entry);

// All that somebody without access to the record needs in order to see that an entry stands in it, unchanged, at the time of a
// signed checkpoint. docs/operations/record-proof.md tells how it is checked with other programs than ours.
struct Proof {
    Checkpoint checkpoint{};
    ProvedEntry entry{};
    std::string format = "kansli proof 1";
    std::vector<std::string> path{};  // from the entry's leaf to the checkpoint's root (RFC 9162, 2.1.3)
};
KANSLI_DESCRIBE(Proof, checkpoint, entry, format, path)

// The proof file: JSON that people can read.
[[nodiscard]] std::string write_proof(const Proof& proof);

// Reads a proof file and checks everything in it. invalid_input: not a proof. corrupt: something does not hold, and what.
// Whose key it is remains to be seen: `key`, when given, must be the one that signed.
[[nodiscard]] Result<Proof> check_proof(std::string_view file, const std::optional<PublicKey>& key = {});

}  // namespace kansli::record
