#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "access/read_rule.hpp"
#include "documents/library.hpp"
#include "search/detail/ranges.hpp"
#include "search/detail/readers.hpp"
#include "search/searcher.hpp"

// Rights, validity and filters as runs of index documents. Rights are access::ReadRule, asked here and nowhere else in the room. They are worked out from the catalogue in memory, so that a changed
// date, owner or collection needs nothing in the index, and a section whose version is unknown, unreadable or in the
// wrong shard is in no run: the search cannot meet it.
namespace kansli::search::detail {

// What a viewer may read, before it is known what of it there is.
struct Sight {
    ShardChoice shards{};
    std::vector<std::uint32_t>
        protections{};  // that let the viewer in, of those of the mixed shard; ascending
};

// A catalogue with what searches ask of it again and again. Finding what a viewer may read costs by what they may read, not by how
// many rules and versions there are.
class CatalogueView {
  public:
    explicit CatalogueView(std::shared_ptr<const documents::Catalogue> catalogue);

    [[nodiscard]] const documents::Catalogue& catalogue() const { return *catalogue_; }
    [[nodiscard]] const std::shared_ptr<const documents::Catalogue>& shared() const { return catalogue_; }

    [[nodiscard]] Sight sight_of(const access::Viewer& viewer) const;
    [[nodiscard]] const access::ReadRule& rule_of(const documents::CatalogueEntry& entry) const {
        return catalogue_->protection_of(entry).rule;
    }
    // Where a version belongs …
    [[nodiscard]] const std::string& shard_of(const documents::CatalogueEntry& entry) const;
    // … and whether whoever reads a whole shard may read it there: what is open to all may still lie in its collection's.
    [[nodiscard]] bool may_lie_in(const documents::CatalogueEntry& entry, std::string_view shard) const;

    // Quicker than the catalogue's own.
    [[nodiscard]] const documents::CatalogueEntry* find(std::uint32_t number) const;
    // The versions of a document have one number, which no other has.
    [[nodiscard]] std::uint32_t document_number(const documents::CatalogueEntry& entry) const;
    // The versions of the mixed shard that a protection guards.
    [[nodiscard]] std::span<const std::uint32_t> versions_under(std::uint32_t protection) const;

  private:
    void note_collection(const documents::CatalogueEntry& entry);
    void note_limited(std::uint32_t protection);

    std::shared_ptr<const documents::Catalogue> catalogue_;
    std::vector<std::uint32_t> positions_{};         // by version number; none: no_position
    std::vector<std::uint32_t> document_numbers_{};  // by position
    struct CollectionShard {
        std::string name{};
        std::optional<std::uint32_t> limit{};  // the protection of what is in it; none: open to all
    };
    std::map<std::string, CollectionShard, std::less<>> collections_{};
    std::vector<std::vector<std::uint32_t>> versions_under_{};
    std::vector<std::uint32_t> limited_{};  // all protections of what lies in the mixed shard
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> limited_by_name_{};
    std::vector<std::uint32_t>
        unlisted_{};  // those of them that are open to all, while another version is not
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
    std::vector<Runs::Run> in_mixed{};  // of both, what lies in the mixed shard, ordered and apart
    bool everything_in_force = false;   // in_force is all there is in the shards: no condition is needed
    bool misplaced =
        false;  // a whole shard holds a version that does not belong there any more: suggest none of its words
};

// How a version stands on a day: as its document's attributes say, and not yet or no longer while another version is the text.
[[nodiscard]] documents::Validity validity_of(const documents::CatalogueEntry& entry, Date day);

// One version of each document is chosen: the one that is its text on the day, else the first to come, else the last that was.
struct Selections {
    std::shared_ptr<const Selection> whole{};  // in the shards that the caller reads whole
    std::shared_ptr<const Selection> mixed{};  // in the mixed one
};
[[nodiscard]] Selection select_whole(const CatalogueView& view, const Query& query, const Lease& lease);
[[nodiscard]] Selection select_mixed(const CatalogueView& view, std::span<const std::uint32_t> protections,
                                     const Query& query, const Lease& lease);

// Limits a query to the runs of a selection without touching the weights.
enum class Tier : std::uint8_t { in_force, not_in_force };
[[nodiscard]] Xapian::Query limited_to(const Xapian::Query& query,
                                       const std::shared_ptr<const Selection>& selection, Tier tier);

// Limits a query to one index document.
[[nodiscard]] Xapian::Query limited_to(const Xapian::Query& query, const OpenShard& shard,
                                       std::uint32_t document);

// Selections of late, since the same people ask with the same filters all day. That of whole shards is one for all who read
// the same shards.
// Threads: any.
class SelectionCache {
  public:
    [[nodiscard]] Selections get(const CatalogueView& view, const Sight& sight, const Query& query,
                                 const Lease& lease);

  private:
    template <typename Make>
    std::shared_ptr<const Selection> known_or(std::string key, Make&& make);

    std::mutex mutex_{};
    std::unordered_map<std::string, std::shared_ptr<const Selection>> known_{};
};

}  // namespace kansli::search::detail
