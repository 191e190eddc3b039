#include "search/detail/selection.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/check.hpp"
#include "search/detail/layout.hpp"

namespace kansli::search::detail {

using documents::CatalogueEntry;
using documents::Validity;

namespace {

constexpr std::size_t most_remembered_selections = 64;

// A condition without weight: yields the documents of the runs of whichever shard it is asked about.
class RunsSource final : public Xapian::PostingSource {
  public:
    explicit RunsSource(std::shared_ptr<const RunsByShard> runs) : by_shard_(std::move(runs)) {}

    void init(const Xapian::Database& shard) override {
        set_maxweight(0);
        const auto found = by_shard_->runs.find(shard.get_uuid());
        runs_ = found == by_shard_->runs.end() ? &nothing_ : &found->second;
        at_ = runs_->all().begin();
        current_ = 0;
    }
    Xapian::doccount get_termfreq_min() const override { return runs_->size(); }
    Xapian::doccount get_termfreq_est() const override { return runs_->size(); }
    Xapian::doccount get_termfreq_max() const override { return runs_->size(); }

    void next(double) override {
        if (at_end()) return;
        current_ = std::max(current_ + 1, at_->first);
        if (current_ < at_->end) return;
        ++at_;
        if (!at_end()) current_ = at_->first;
    }
    void skip_to(Xapian::docid document, double) override {
        const auto end = runs_->all().end();
        if (at_ != end && at_->end <= document)
            at_ = std::upper_bound(at_, end, document, [](Xapian::docid wanted, const Runs::Run& run) {
                return wanted < run.end;
            });
        if (at_ != end) current_ = std::max({current_, document, at_->first});
    }
    bool at_end() const override { return at_ == runs_->all().end(); }
    Xapian::docid get_docid() const override { return current_; }

    PostingSource* clone() const override { return new RunsSource(by_shard_); }
    std::string get_description() const override { return "RunsSource"; }

  private:
    std::shared_ptr<const RunsByShard> by_shard_;
    Runs nothing_{};
    const Runs* runs_ = &nothing_;
    std::vector<Runs::Run>::const_iterator at_{};
    Xapian::docid current_ = 0;
};

Xapian::Query filtered(const Xapian::Query& query, std::shared_ptr<const RunsByShard> runs) {
    // Xapian takes the source over and deletes it with the query.
    return {Xapian::Query::OP_FILTER, query, Xapian::Query((new RunsSource(std::move(runs)))->release())};
}

bool passes(const CatalogueEntry& entry, const Query& query) {
    if (query.kind && entry.attributes.kind != *query.kind) return false;
    if (query.owner && entry.attributes.owner != *query.owner) return false;
    return query.collections.empty() ||
           std::ranges::find(query.collections, entry.collection) != query.collections.end();
}

// Lower is better: the text of the day, then what comes next, then what was last. Ties go to the later version.
struct Standing {
    int rank = 0;
    int distance = 0;  // days

    friend auto operator<=>(const Standing&, const Standing&) = default;
};

Standing standing_of(const CatalogueEntry& entry, Date day) {
    const std::chrono::sys_days wanted(day);
    if (entry.in_force_from && day < *entry.in_force_from)
        return {1, static_cast<int>((std::chrono::sys_days(*entry.in_force_from) - wanted).count())};
    if (entry.in_force_to && *entry.in_force_to < day)
        return {2, static_cast<int>((wanted - std::chrono::sys_days(*entry.in_force_to)).count())};
    return {0, 0};
}

enum class Chosen : std::uint8_t { no, in_force, not_in_force };

// What becomes of each version, by catalogue number.
std::vector<Chosen> choose(const CatalogueView& view, const access::Caller& caller, const Query& query) {
    const auto& entries = view.catalogue().entries;
    std::unordered_map<std::string_view, std::pair<Standing, const CatalogueEntry*>> best;
    best.reserve(entries.size());
    for (const CatalogueEntry& entry : entries) {
        if (!access::may_read(caller, entry.attributes.access)) continue;
        const Standing standing = standing_of(entry, query.as_of);
        const auto [found, added] = best.try_emplace(entry.document.str(), standing, &entry);
        if (!added && standing <= found->second.first) found->second = {standing, &entry};
    }
    std::vector<Chosen> chosen(entries.empty() ? 0 : std::size_t{entries.back().number} + 1, Chosen::no);
    for (const auto& [document, choice] : best) {
        if (!passes(*choice.second, query)) continue;
        const bool applies = validity_of(*choice.second, query.as_of) == Validity::applies;
        chosen[choice.second->number] = applies ? Chosen::in_force : Chosen::not_in_force;
    }
    return chosen;
}

std::string cache_key(const CatalogueView& view, const access::Caller& caller, const Query& query,
                      const Lease& lease) {
    std::string key =
        fmt::format("{}|{}|{}|{}|{}:{}", view.catalogue().revision, kansli::to_string(query.as_of),
                    query.kind ? static_cast<int>(*query.kind) : -1, query.owner.has_value(),
                    query.owner.value_or("").size(), query.owner.value_or(""));
    for (const std::string& name : query.collections)
        key += fmt::format("|{}:{}", name.size(), name);
    key += "||";
    for (const std::string& shard : view.readable_shards(caller))
        key += shard + "|";
    for (const auto& shard : lease.shards())
        key += fmt::format("|{}:{}:{}", shard->name, shard->revision, shard->database.get_uuid());
    return key;
}

}  // namespace

CatalogueView::CatalogueView(std::shared_ptr<const documents::Catalogue> catalogue)
    : catalogue_(std::move(catalogue)) {
    for (const CatalogueEntry& entry : catalogue_->entries)
        if (!shards_.contains(entry.attributes.access))
            shards_.emplace(entry.attributes.access, shard_name(entry.attributes.access));
}

std::vector<std::string> CatalogueView::readable_shards(const access::Caller& caller) const {
    std::set<std::string> names;
    for (const auto& [list, name] : shards_)
        if (access::may_read(caller, list)) names.insert(name);
    return {names.begin(), names.end()};
}

const std::string& CatalogueView::shard_of(const CatalogueEntry& entry) const {
    return shards_.at(entry.attributes.access);
}

Validity validity_of(const CatalogueEntry& entry, Date day) {
    const Validity declared = documents::validity_on(day, entry.attributes);
    if (declared != Validity::applies) return declared;
    if (entry.in_force_from && day < *entry.in_force_from) return Validity::not_yet;
    if (entry.in_force_to && *entry.in_force_to < day) return Validity::expired;
    return Validity::applies;
}

void RunsByShard::append(const std::string& shard, std::uint32_t first, std::uint32_t count) {
    runs[shard].append(first, count);
    sections += count;
}

Selection select(const CatalogueView& view, const access::Caller& caller, const Query& query,
                 const Lease& lease) {
    const std::vector<Chosen> chosen = choose(view, caller, query);
    Selection selection;
    std::uint64_t there = 0;
    for (const auto& shard : lease.shards()) {
        there += shard->database.get_doccount();
        const std::string identity = shard->database.get_uuid();
        const std::string name = shard->name.substr(shard->name.find('/') + 1);
        for (const VersionRange& range : shard->ranges.all()) {
            const CatalogueEntry* entry = view.catalogue().find(range.number);
            if (entry == nullptr) continue;
            const bool misplaced = view.shard_of(*entry) != name;
            selection.misplaced = selection.misplaced || misplaced;
            if (misplaced || chosen[range.number] == Chosen::no) continue;
            const bool applies = chosen[range.number] == Chosen::in_force;
            (applies ? selection.in_force : selection.not_in_force)
                .append(identity, range.first, range.count);
        }
    }
    selection.everything_in_force = selection.in_force.sections == there;
    return selection;
}

Xapian::Query limited_to(const Xapian::Query& query, const std::shared_ptr<const Selection>& selection,
                         Tier tier) {
    if (tier == Tier::not_in_force) return filtered(query, {selection, &selection->not_in_force});
    return selection->everything_in_force ? query : filtered(query, {selection, &selection->in_force});
}

Xapian::Query limited_to(const Xapian::Query& query, const Lease& lease, std::size_t shard,
                         std::uint32_t document) {
    auto runs = std::make_shared<RunsByShard>();
    runs->append(lease.shards().at(shard)->database.get_uuid(), document, 1);
    return filtered(query, std::move(runs));
}

std::shared_ptr<const Selection> SelectionCache::get(const CatalogueView& view, const access::Caller& caller,
                                                     const Query& query, const Lease& lease) {
    const std::string key = cache_key(view, caller, query, lease);
    {
        const std::scoped_lock lock(mutex_);
        const auto found = known_.find(key);
        if (found != known_.end()) return found->second;
    }
    auto selection = std::make_shared<const Selection>(select(view, caller, query, lease));
    const std::scoped_lock lock(mutex_);
    if (known_.size() >= most_remembered_selections) known_.clear();
    known_[key] = selection;
    return selection;
}

}  // namespace kansli::search::detail
