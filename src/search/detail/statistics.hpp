#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/detail/readers.hpp"
#include "search/detail/selection.hpp"
#include "search/weights.hpp"

// What scores are made from besides the section itself. Xapian's own figures are those of whole databases, and the mixed shard holds
// what the caller may not read; so they are taken from here, and Bm25 looks at no others.
namespace kansli::search::detail {

// How many sections there are for the caller, how long they are, and in how many a term stands.
//
// They are those of the whole shards, which the caller reads whole. Where these hold little, what the caller may read in the
// mixed shard is counted too, up to `most_counted` sections, since figures from nothing make all words equally
// telling. Both are the same whatever else lies in the mixed shard.
// Threads: one. Errors: throws Xapian::Error.
class Statistics {
  public:
    // Both outlive the object.
    Statistics(const Lease& lease, const Selection& mixed);

    [[nodiscard]] double sections() const { return sections_; }
    [[nodiscard]] double average_length() const { return average_length_; }
    [[nodiscard]] double sections_with(const std::string& term) const;
    // In how many at least one of them stands, when they stand together as often as chance would have it.
    [[nodiscard]] double sections_with_any(std::span<const std::string> terms) const;
    // Whether a term stands in any section that the caller may read.
    [[nodiscard]] bool knows(const std::string& term) const;

  private:
    [[nodiscard]] std::uint32_t counted_with(const std::string& term) const;

    const Lease& lease_;
    const std::vector<Runs::Run>& readable_;  // of the mixed shard
    std::vector<Runs::Run> counted_{};        // the first of them
    double sections_ = 0;
    double average_length_ = 0;
    mutable std::unordered_map<std::string, double> known_{};
};

// How telling a term is that stands in so many of so many sections (Robertson and Sparck Jones), as Xapian reckons it: above 0 also for a
// term of more than half.
[[nodiscard]] double inverse_frequency(double sections, double with);

// BM25 (Robertson and Zaragoza 2009) without the rarity of the term, which stands in the query as a factor. Of the database
// it takes only bounds, which leave out early what cannot be among the best and change no score.
class Bm25 final : public Xapian::Weight {
  public:
    Bm25(const Weights& weights, double average_length);

    Bm25* clone() const override { return new Bm25(weights_, average_length_); }
    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                       Xapian::termcount unique_terms) const override;
    double get_maxpart() const override;
    double get_sumextra(Xapian::termcount /*length*/, Xapian::termcount /*unique_terms*/) const override {
        return 0;
    }
    double get_maxextra() const override { return 0; }

  private:
    void init(double factor) override;
    [[nodiscard]] double part(double wdf, double length) const;

    Weights weights_;
    double average_length_;
    double factor_ = 0;
};

}  // namespace kansli::search::detail
