#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hash.hpp"
#include "record/checkpoint.hpp"
#include "record/detail/merkle.hpp"
#include "record/verification.hpp"

// Checkpoints against each other, and against the links as they are walked.
namespace kansli::record::detail {

// A place that does not hold: the first entry concerned, and why.
struct Break {
    std::int64_t number = 0;
    std::string reason{};
};

// The one that comes first, if any.
[[nodiscard]] std::optional<Break> earliest(std::optional<Break> a, std::optional<Break> b);

// What is wrong with the checkpoints by themselves: signatures, order, gaps. `checkpoints` in order of their numbers;
// `head` is the hash of the last as it is kept apart from them, empty when it is not kept.
[[nodiscard]] std::optional<Break> broken_list(const std::vector<Checkpoint>& checkpoints,
                                               const std::vector<PublicKey>& keys,
                                               const std::optional<std::string>& head);

// What does not agree between a checkpoint file and the checkpoints of the record. The file may end earlier: it was copied
// when it was shorter.
[[nodiscard]] std::optional<Break> broken_file(std::string_view text,
                                               const std::vector<Checkpoint>& checkpoints);

// Computes heads and roots from the links and compares them with what the checkpoints say.
class CheckpointWalk {
  public:
    // `checkpoints` outlives the walk.
    explicit CheckpointWalk(const std::vector<Checkpoint>& checkpoints) : checkpoints_(checkpoints) {}

    // Takes the next link, one that holds. The break when a checkpoint ends here that says something else.
    [[nodiscard]] std::optional<Break> next(std::int64_t number, const Digest& digest, std::string_view head);

    // The break when checkpoints remain that speak of entries beyond the last.
    [[nodiscard]] std::optional<Break> end() const;

    // How many held.
    [[nodiscard]] std::size_t count() const { return at_; }

  private:
    // The first entry after the checkpoints that held, whatever the next one says itself.
    [[nodiscard]] std::int64_t uncovered() const;

    const std::vector<Checkpoint>& checkpoints_;
    std::size_t at_ = 0;
    MerkleTree tree_;
};

}  // namespace kansli::record::detail
