#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "access/caller.hpp"
#include "documents/library.hpp"
#include "search/detail/ranges.hpp"
#include "search/detail/readers.hpp"
#include "search/searcher.hpp"

// Rights, validity and filters as runs of index documents. They are worked out from the catalogue in memory, so that a changed
// date, owner or collection needs nothing in the index, and a section whose version is unknown, unreadable or in the
// wrong shard is in no run: the search cannot meet it.
namespace kansli::search::detail {

// A catalogue with what searches ask of it again and again.
class CatalogueView {
  public:
    explicit CatalogueView(std::shared_ptr<const documents::Catalogue> catalogue);

    [[nodiscard]] const documents::Catalogue& catalogue() const { return *catalogue_; }
    [[nodiscard]] const std::shared_ptr<const documents::Catalogue>& shared() const { return catalogue_; }

    // The shards of the access lists that the caller may read, in order.
    [[nodiscard]] std::vector<std::string> readable_shards(const access::Caller& caller) const;
    [[nodiscard]] const std::string& shard_of(const documents::CatalogueEntry& entry) const;

  private:
    std::shared_ptr<const documents::Catalogue> catalogue_;
    std::map<access::AccessList, std::string> shards_{};
};

// The runs of each shard by the shard's identity, since Xapian hands a condition the shards of a search one by one without
// saying which.
struct RunsByShard {
    std::map<std::string, Runs> runs{};
    std::uint64_t sections = 0;

    void append(const std::string& shard, std::uint32_t first, std::uint32_t count);
};

// What one search may find.
struct Selection {
    RunsByShard in_force{};
    RunsByShard not_in_force{};
    bool everything_in_force = false;  // in_force is all there is in the shards: no condition is needed
    bool misplaced =
        false;  // a shard holds a version whose access list has changed: suggest none of its words
};

// How a version stands on a day: as its document's attributes say, and not yet or no longer while another version is the text.
[[nodiscard]] documents::Validity validity_of(const documents::CatalogueEntry& entry, Date day);

// One version of each document is chosen: the one that is its text on the day, else the first to come, else the last that was.
[[nodiscard]] Selection select(const CatalogueView& view, const access::Caller& caller, const Query& query,
                               const Lease& lease);

// Limits a query to the runs of a selection without touching the weights.
enum class Tier : std::uint8_t { in_force, not_in_force };
[[nodiscard]] Xapian::Query limited_to(const Xapian::Query& query,
                                       const std::shared_ptr<const Selection>& selection, Tier tier);

// Limits a query to one index document.
[[nodiscard]] Xapian::Query limited_to(const Xapian::Query& query, const Lease& lease, std::size_t shard,
                                       std::uint32_t document);

// Selections of late, since the same people ask with the same filters all day.
// Threads: any.
class SelectionCache {
  public:
    [[nodiscard]] std::shared_ptr<const Selection> get(const CatalogueView& view,
                                                       const access::Caller& caller, const Query& query,
                                                       const Lease& lease);

  private:
    std::mutex mutex_{};
    std::unordered_map<std::string, std::shared_ptr<const Selection>> known_{};
};

}  // namespace kansli::search::detail
