#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "model/static_embedding.hpp"
#include "search/detail/selection.hpp"
#include "search/detail/vectors.hpp"
#include "search/weights.hpp"
#include "text/known_questions.hpp"

namespace kansli::search::detail {

// Known questions as vectors, read and made by the first search that asks. Threads: any.
class QuestionVectors {
  public:
    // The embedding outlives it.
    QuestionVectors(const model::StaticEmbedding& embedding, text::KnownQuestionSource source)
        : embedding_(embedding), source_(std::move(source)) {}

    struct Near {
        double nearness = 0;
        const text::KnownQuestion* question = nullptr;
    };

    // Nearest first.
    [[nodiscard]] std::vector<Near> nearest(std::span<const std::int8_t> asked, std::size_t count) const;

  private:
    void make() const;

    const model::StaticEmbedding& embedding_;
    text::KnownQuestionSource source_;
    mutable std::once_flag made_{};
    mutable std::span<const text::KnownQuestion> questions_{};
    mutable std::vector<SmallNumbers> vectors_{};
};

// What brings meaning into a search. Null pointers: only words count.
struct MeaningSources {
    const model::StaticEmbedding* embedding = nullptr;
    VectorTables* tables = nullptr;
    const QuestionVectors* questions = nullptr;
};

// Sections that are near a question in meaning, by shard: those whose vector is near the question's, and paragraphs that answer a known
// question near it. Only what a selection holds is looked at, so a hidden section changes nothing.
class Nearest {
  public:
    // `asked`: the question as typed.
    Nearest(const MeaningSources& sources, std::string_view asked, const Weights& weights);

    // The sections of a shard that are in the runs.
    void look_in(const OpenShard& shard, const RunsByShard& runs);

    // Leaves the best `count` of what has been looked at.
    void keep_best(std::size_t count);

    [[nodiscard]] bool empty() const { return found_.empty(); }

    // What a section is worth for being near; nothing when it is not among what is kept.
    struct Worth {
        double nearness = 0;
        double known = 0;
        double votes = 0;
        double weight = 0;
        const text::KnownQuestion* question = nullptr;  // the known one
    };
    [[nodiscard]] double of_nearness(const Worth& worth) const { return weights_.meaning * worth.nearness; }
    [[nodiscard]] double of_known(const Worth& worth) const { return weights_.known_question * worth.known; }
    [[nodiscard]] Worth worth(const std::string& shard, Xapian::docid document) const;

    // A query whose weight for a section is `scale` times its worth.
    [[nodiscard]] Xapian::Query query(double scale) const;

  private:
    using ByDocument = std::map<Xapian::docid, Worth>;

    void look_at_vectors(const OpenShard& shard, const Runs& runs, ByDocument& near) const;
    void look_at_known(const OpenShard& shard, const Runs& runs, ByDocument& near) const;

    const MeaningSources& sources_;
    const Weights& weights_;
    SmallNumbers asked_{};
    struct Answer {
        std::string reference{};  // terms of the index
        std::string place{};
        double nearness = 0;
        double vote = 0;
        const text::KnownQuestion* question = nullptr;
    };
    std::vector<Answer> answers_{};              // paragraphs of the nearest known questions
    std::map<std::string, ByDocument> found_{};  // by shard; none is empty
};

}  // namespace kansli::search::detail
