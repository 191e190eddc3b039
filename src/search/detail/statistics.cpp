#include "search/detail/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kansli::search::detail {

namespace {

constexpr double enough_sections = 2000;     // of whole shards: their figures need no others
constexpr std::uint32_t most_counted = 512;  // sections of the mixed shard

// Calls `visit` for each document of a term within the runs, until it returns false.
template <typename Visit>
void walk(const Xapian::Database& database, const std::string& term, const std::vector<Runs::Run>& runs,
          Visit&& visit) {
    auto at = database.postlist_begin(term);
    const auto end = database.postlist_end(term);
    for (const Runs::Run& run : runs) {
        if (at == end) return;
        if (*at < run.first) at.skip_to(run.first);
        for (; at != end && *at < run.end; ++at)
            if (!visit(*at)) return;
    }
}

}  // namespace

Statistics::Statistics(const Lease& lease, const Selection& mixed)
    : lease_(lease), readable_(mixed.in_mixed) {
    double length = 0;
    for (const auto& shard : lease.shards()) {
        sections_ += shard->database.get_doccount();
        length += static_cast<double>(shard->database.get_total_length());
    }
    if (sections_ < enough_sections) {
        std::uint32_t left = most_counted;
        for (Runs::Run run : readable_) {
            run.end = std::min(run.end, run.first + left);
            left -= run.end - run.first;
            for (std::uint32_t document = run.first; document < run.end; ++document)
                length += lease.mixed()->database.get_doclength(document);
            sections_ += run.end - run.first;
            counted_.push_back(run);
            if (left == 0) break;
        }
    }
    if (sections_ > 0) average_length_ = length / sections_;
}

double Statistics::sections_with(const std::string& term) const {
    const auto found = known_.find(term);
    if (found != known_.end()) return found->second;
    double with = counted_with(term);
    for (const auto& shard : lease_.shards())
        with += shard->database.get_termfreq(term);
    known_.emplace(term, with);
    return with;
}

double Statistics::sections_with_any(std::span<const std::string> terms) const {
    double without = 1;
    for (const std::string& term : terms)
        without *= sections_ > 0 ? 1 - sections_with(term) / sections_ : 1;
    return sections_ * (1 - without);
}

bool Statistics::knows(const std::string& term) const {
    for (const auto& shard : lease_.shards())
        if (shard->database.term_exists(term)) return true;
    if (lease_.mixed() == nullptr) return false;
    bool found = false;
    walk(lease_.mixed()->database, term, readable_, [&](Xapian::docid /*document*/) {
        found = true;
        return false;
    });
    return found;
}

std::uint32_t Statistics::counted_with(const std::string& term) const {
    std::uint32_t with = 0;
    if (counted_.empty()) return with;
    walk(lease_.mixed()->database, term, counted_, [&](Xapian::docid /*document*/) {
        ++with;
        return true;
    });
    return with;
}

double inverse_frequency(double sections, double with) {
    double odds = (sections - with + 0.5) / (with + 0.5);
    if (odds < 2) odds = odds * 0.5 + 1;
    return std::log(odds);
}

Bm25::Bm25(const Weights& weights, double average_length)
    : weights_(weights), average_length_(average_length) {
    need_stat(WDF);
    need_stat(WDF_MAX);
    need_stat(DOC_LENGTH);
    need_stat(DOC_LENGTH_MIN);
}

void Bm25::init(double factor) {
    factor_ = factor * (weights_.k1 + 1);
}

double Bm25::part(double wdf, double length) const {
    const double share =
        average_length_ > 0 ? std::max(length / average_length_, weights_.shortest) : weights_.shortest;
    return factor_ * wdf / (weights_.k1 * (share * weights_.b + 1 - weights_.b) + wdf);
}

double Bm25::get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                         Xapian::termcount /*unique_terms*/) const {
    return part(wdf, length);
}

double Bm25::get_maxpart() const {
    return part(get_wdf_upper_bound(), get_doclength_lower_bound());
}

}  // namespace kansli::search::detail
