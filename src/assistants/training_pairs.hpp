#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "model/embedding_trainer.hpp"
#include "search/material.hpp"

// What the vectors of data/models are learned from: a municipality's own documents, the lexicon and the known questions, as pairs of texts
// that belong together.
namespace kansli::assistants {

struct TrainingPairOptions {
    std::uint64_t seed = 1;
    Date day{};  // terms that were not used on the day are not learned
    double leave_out =
        0;  // 0–1: a share of the known questions that no pair is made of, so that they can measure what was learned
};

// Whether a question is of that share. The same questions at every call; a larger share has those of a smaller.
[[nodiscard]] bool is_left_out(std::string_view question, double share);

struct TrainingPairs {
    std::vector<model::TextPair> pairs{};
    std::size_t documents = 0;
    std::size_t questions = 0;  // that pairs were made of
    // Paragraphs that a known question names and its statute, which is among the documents, does not have: "2010:900 9 kap. 99 §".
    std::vector<std::string> unknown_paragraphs{};
};

// Pairs of the current versions of the documents that everybody may read, the known questions and the lexicon that ships. The same material, in
// whatever order it was imported, and the same options give the same pairs.
[[nodiscard]] Result<TrainingPairs> training_pairs(search::Material& material,
                                                   const TrainingPairOptions& options);

}  // namespace kansli::assistants
