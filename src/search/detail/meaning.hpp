#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "model/static_embedding.hpp"
#include "search/detail/selection.hpp"
#include "search/detail/vectors.hpp"
#include "search/weights.hpp"

namespace kansli::search::detail {

// What brings meaning into a search. Null pointers: only words count.
struct MeaningSources {
    const model::StaticEmbedding* embedding = nullptr;
    VectorTables* tables = nullptr;
    bool known_questions = true;
};

// Sections that are near a question in meaning, by shard: those whose vector is near the question's, and paragraphs that answer a known
// question near it. Only what a selection holds is looked at, so a hidden section changes nothing.
class Nearest {
  public:
    // `asked`: the question as typed.
    Nearest(const MeaningSources& sources, std::string_view asked, const Weights& weights);

    // The sections of a shard that are in the runs.
    void look_in(const OpenShard& shard, const RunsByShard& runs);

    [[nodiscard]] bool empty() const { return found_.empty(); }

    // A query whose weight for a section is `scale` times its nearness, for the best `count` of what has been looked at.
    [[nodiscard]] Xapian::Query query(double scale, std::size_t count) const;

  private:
    struct Found {
        std::string shard{};
        Xapian::docid document = 0;
        double nearness = 0;
    };

    void look_at_vectors(const OpenShard& shard, const Runs& runs,
                         std::map<Xapian::docid, double>& near) const;
    void look_at_known(const OpenShard& shard, const Runs& runs, std::map<Xapian::docid, double>& near) const;

    const MeaningSources& sources_;
    const Weights& weights_;
    SmallNumbers asked_{};
    struct Answer {
        std::string reference{};  // terms of the index
        std::string place{};
        double nearness = 0;
    };
    std::vector<Answer> answers_{};  // paragraphs of the nearest known questions
    std::vector<Found> found_{};
};

}  // namespace kansli::search::detail
