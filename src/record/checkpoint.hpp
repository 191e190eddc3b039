#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sign.hpp"
#include "json/describe.hpp"

namespace kansli::record {

// A signed statement about the record up to entry `number`. `head` covers all entries up to there, since each link holds the
// one before; `root` covers the entries from `first` on, so that one of them can be proved with a handful of hashes. The
// fields are texts as they are signed; README.md tells the bytes.
struct Checkpoint {
    std::int64_t first = 1;  // the first entry since the checkpoint before
    std::string format = "kansli checkpoint 1";
    std::string head{};       // hash of entry `number`
    std::string key{};        // the public key of `signature`, as 64 hexadecimal digits
    std::string moment{};     // UTC, "2026-11-22T08:30:00.000Z"
    std::int64_t number = 0;  // the last entry that it covers
    std::string previous{};   // hash_of() the checkpoint before; 64 zeros for the first
    std::string
        root{};  // of the Merkle tree (RFC 9162, 2.1) over the 32-byte hashes of entries `first` … `number`
    std::string signature{};  // Ed25519 over statement_of()

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
// The alphabetical order makes json::write() give the canonical form.
KANSLI_DESCRIBE(Checkpoint, first, format, head, key, moment, number, previous, root, signature)

// The bytes that are signed: the canonical JSON of all fields but the signature.
[[nodiscard]] std::string statement_of(const Checkpoint& checkpoint);

// SHA-256 of the statement, in hexadecimal.
[[nodiscard]] std::string hash_of(const Checkpoint& checkpoint);

// Whether the signature is one of the key that the checkpoint names.
[[nodiscard]] bool is_signed(const Checkpoint& checkpoint);

// The checkpoint as a line of a checkpoint file, with its line break.
[[nodiscard]] std::string line_of(const Checkpoint& checkpoint);

// Reads such a line, without its line break; invalid_input unless it is byte for byte as line_of() writes it.
[[nodiscard]] Result<Checkpoint> read_line(std::string_view line);

}  // namespace kansli::record
