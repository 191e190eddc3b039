#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/static_embedding.hpp"
#include "model/word_pieces.hpp"

namespace kansli::model {

// Two texts that belong together: a question and the paragraph that answers it, a heading and what stands under it.
struct TextPair {
    std::string first{};
    std::string second{};
    // Of the same statute or area: pairs of a group are trained side by side, since they are easiest to confuse.
    std::uint32_t group = 0;

    [[nodiscard]] bool operator==(const TextPair&) const = default;
};

struct TrainingOptions {
    std::size_t dimensions = 256;
    // Beginnings of the vector that are trained as vectors too; those that are no beginning of it are left out.
    std::vector<std::size_t> nested = {64, 128};
    std::size_t batch = 512;    // every other second text of a batch is a wrong answer to a first
    std::size_t of_group = 64;  // pairs of one group in a row
    int epochs = 10;
    double rate = 0.01;     // of Adam's steps, falling to a tenth
    double sharpness = 20;  // what cosines are multiplied with
    std::uint64_t seed = 1;
};

struct TrainingStep {
    std::size_t step = 0;
    std::size_t steps = 0;
    double loss = 0;  // of the batch
};
using TrainingProgress = std::function<void(const TrainingStep&)>;

// A vocabulary of the stems of the pairs' words.
[[nodiscard]] WordPieces learn_pieces(std::span<const TextPair> pairs, std::size_t size);

// Learns the vectors of the pieces with the multiple negatives ranking loss in both directions (Henderson et al. 2017), at every nested
// length (Matryoshka). Pairs without words are left out. Uses two threads; the same pairs, pieces and options give the same bytes on the
// same kind of processor. Requires: dimensions as StaticEmbedding, batch and of_group at least 1.
[[nodiscard]] StaticEmbedding train_embedding(WordPieces pieces, std::span<const TextPair> pairs,
                                              const TrainingOptions& options,
                                              const TrainingProgress& progress = {});

}  // namespace kansli::model
