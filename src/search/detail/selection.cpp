#include "search/detail/selection.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/check.hpp"
#include "search/detail/layout.hpp"

namespace kansli::search::detail {

using documents::CatalogueEntry;
using documents::Reach;
using documents::Validity;

namespace {

constexpr std::size_t most_remembered_selections = 256;
constexpr std::uint32_t no_position = UINT32_MAX;

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

// A version that may be chosen for its document.
struct Candidate {
    std::uint32_t document = 0;
    Standing standing{};
    const CatalogueEntry* entry = nullptr;
    const OpenShard* shard = nullptr;
    VersionRange range{};
};

// The candidates that are their document's choice, in the order of their shards' documents.
std::vector<Candidate> best_of_each(std::vector<Candidate> candidates) {
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.document, a.standing, b.range.number) <
               std::tuple(b.document, b.standing, a.range.number);
    });
    const auto [first, last] = std::ranges::unique(candidates, {}, &Candidate::document);
    candidates.erase(first, last);
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return a.shard != b.shard ? std::less{}(a.shard, b.shard) : a.range.first < b.range.first;
    });
    return candidates;
}

Selection selection_of(std::vector<Candidate> candidates, const Query& query) {
    Selection selection;
    for (const Candidate& chosen : best_of_each(std::move(candidates))) {
        if (!passes(*chosen.entry, query)) continue;
        const bool applies = validity_of(*chosen.entry, query.as_of) == Validity::applies;
        (applies ? selection.in_force : selection.not_in_force)
            .append(chosen.shard->identity, chosen.range.first, chosen.range.count);
    }
    return selection;
}

std::string filter_key(const CatalogueView& view, const Query& query) {
    std::string key =
        fmt::format("{}|{}|{}|{}|{}:{}", view.catalogue().revision, kansli::to_string(query.as_of),
                    query.kind ? static_cast<int>(*query.kind) : -1, query.owner.has_value(),
                    query.owner.value_or("").size(), query.owner.value_or(""));
    for (const std::string& name : query.collections)
        key += fmt::format("|{}:{}", name.size(), name);
    return key;
}

std::string shard_key(const OpenShard& shard) {
    return fmt::format("|{}:{}:{}", shard.name, shard.revision, shard.identity);
}

}  // namespace

CatalogueView::CatalogueView(std::shared_ptr<const documents::Catalogue> catalogue)
    : catalogue_(std::move(catalogue)) {
    const auto& entries = catalogue_->entries;
    positions_.assign(entries.empty() ? 0 : std::size_t{entries.back().number} + 1, no_position);
    versions_under_.resize(catalogue_->protections.size());
    document_numbers_.reserve(entries.size());
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    numbers.reserve(entries.size());
    for (std::uint32_t at = 0; at < entries.size(); ++at) {
        const CatalogueEntry& entry = entries[at];
        positions_[entry.number] = at;
        const auto next = static_cast<std::uint32_t>(numbers.size());
        document_numbers_.push_back(numbers.try_emplace(entry.document.str(), next).first->second);
        note_collection(entry);
        const bool limited = catalogue_->protection_of(entry).reach == Reach::few;
        if (limited) versions_under_[entry.protection].push_back(at);
    }
    for (std::uint32_t protection = 0; protection < versions_under_.size(); ++protection)
        if (!versions_under_[protection].empty()) note_limited(protection);
}

void CatalogueView::note_collection(const CatalogueEntry& entry) {
    auto [shard, added] = collections_.try_emplace(entry.collection);
    if (added) shard->second.name = collection_shard(entry.collection);
    if (catalogue_->protection_of(entry).reach == Reach::collection) shard->second.limit = entry.protection;
}

// A rule can only let in whom its first list names, so that list is where it is looked for.
void CatalogueView::note_limited(std::uint32_t protection) {
    const access::ReadRule& rule = catalogue_->protections[protection].rule;
    limited_.push_back(protection);
    if (rule.is_open()) unlisted_.push_back(protection);
    if (rule.is_open()) return;
    for (const std::string& name : rule.lists().front())
        limited_by_name_[name].push_back(protection);
}

Sight CatalogueView::sight_of(const access::Viewer& viewer) const {
    const auto lets_in = [&](std::uint32_t protection) {
        return viewer.may_read(catalogue_->protections[protection].rule);
    };
    Sight sight;
    sight.shards.whole.emplace_back(open_shard);
    for (const auto& [collection, shard] : collections_) {
        if (!shard.limit) sight.shards.perhaps.push_back(shard.name);
        if (shard.limit && lets_in(*shard.limit)) sight.shards.whole.push_back(shard.name);
    }
    std::vector<std::uint32_t>& seen = sight.protections;
    if (viewer.passes_lists()) {
        seen = limited_;
    } else {
        seen = unlisted_;
        for (const std::string& name : viewer.principals())
            if (const auto named = limited_by_name_.find(name); named != limited_by_name_.end())
                seen.insert(seen.end(), named->second.begin(), named->second.end());
        std::ranges::sort(seen);
        seen.erase(std::ranges::unique(seen).begin(), seen.end());
    }
    std::erase_if(seen, [&](std::uint32_t protection) { return !lets_in(protection); });
    sight.shards.mixed = !seen.empty();
    return sight;
}

const std::string& CatalogueView::shard_of(const CatalogueEntry& entry) const {
    static const std::string open = open_shard;
    static const std::string mixed = mixed_shard;
    switch (catalogue_->protection_of(entry).reach) {
        case Reach::everyone:
            return open;
        case Reach::collection:
            return collections_.find(entry.collection)->second.name;
        case Reach::few:
            return mixed;
    }
    return mixed;
}

bool CatalogueView::may_lie_in(const CatalogueEntry& entry, std::string_view shard) const {
    if (catalogue_->protection_of(entry).reach == Reach::few) return false;
    return shard == shard_of(entry) || shard == collections_.find(entry.collection)->second.name;
}

const CatalogueEntry* CatalogueView::find(std::uint32_t number) const {
    if (number >= positions_.size() || positions_[number] == no_position) return nullptr;
    return &catalogue_->entries[positions_[number]];
}

std::uint32_t CatalogueView::document_number(const CatalogueEntry& entry) const {
    return document_numbers_[positions_[entry.number]];
}

std::span<const std::uint32_t> CatalogueView::versions_under(std::uint32_t protection) const {
    return versions_under_[protection];
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

Selection select_whole(const CatalogueView& view, const Query& query, const Lease& lease) {
    std::vector<Candidate> candidates;
    std::uint64_t there = 0;
    bool misplaced = false;
    for (const auto& shard : lease.shards()) {
        there += shard->database.get_doccount();
        for (const VersionRange& range : shard->ranges.all()) {
            const CatalogueEntry* entry = view.find(range.number);
            if (entry == nullptr) {
                // Out of use, restricted or corrected, and not taken out yet; what is on its way in is above.
                misplaced = misplaced || range.number <= view.catalogue().highest;
                continue;
            }
            if (view.may_lie_in(*entry, shard->kind())) {
                candidates.push_back({view.document_number(*entry), standing_of(*entry, query.as_of), entry,
                                      shard.get(), range});
            } else {
                misplaced = true;
            }
        }
    }
    Selection selection = selection_of(std::move(candidates), query);
    selection.misplaced = misplaced;
    selection.everything_in_force = selection.in_force.sections == there;
    return selection;
}

Selection select_mixed(const CatalogueView& view, std::span<const std::uint32_t> protections,
                       const Query& query, const Lease& lease) {
    const OpenShard* shard = lease.mixed();
    std::vector<Candidate> candidates;
    for (const std::uint32_t protection : protections) {
        if (shard == nullptr) break;
        for (const std::uint32_t at : view.versions_under(protection)) {
            const CatalogueEntry& entry = view.catalogue().entries[at];
            const VersionRange* range = shard->of_version(entry.number);
            if (range == nullptr) continue;
            candidates.push_back(
                {view.document_number(entry), standing_of(entry, query.as_of), &entry, shard, *range});
        }
    }
    Selection selection = selection_of(std::move(candidates), query);
    for (const RunsByShard* part : {&selection.in_force, &selection.not_in_force})
        for (const auto& [identity, runs] : part->runs)
            selection.in_mixed.insert(selection.in_mixed.end(), runs.all().begin(), runs.all().end());
    std::ranges::sort(selection.in_mixed, {}, &Runs::Run::first);
    selection.everything_in_force =
        shard != nullptr && selection.in_force.sections == shard->database.get_doccount();
    return selection;
}

Xapian::Query limited_to(const Xapian::Query& query, const std::shared_ptr<const Selection>& selection,
                         Tier tier) {
    if (tier == Tier::not_in_force) return filtered(query, {selection, &selection->not_in_force});
    return selection->everything_in_force ? query : filtered(query, {selection, &selection->in_force});
}

Xapian::Query limited_to(const Xapian::Query& query, const OpenShard& shard, std::uint32_t document) {
    auto runs = std::make_shared<RunsByShard>();
    runs->append(shard.identity, document, 1);
    return filtered(query, std::move(runs));
}

template <typename Make>
std::shared_ptr<const Selection> SelectionCache::known_or(std::string key, Make&& make) {
    {
        const std::scoped_lock lock(mutex_);
        const auto found = known_.find(key);
        if (found != known_.end()) return found->second;
    }
    auto selection = std::make_shared<const Selection>(make());
    const std::scoped_lock lock(mutex_);
    if (known_.size() >= most_remembered_selections) known_.clear();
    known_[std::move(key)] = selection;
    return selection;
}

Selections SelectionCache::get(const CatalogueView& view, const Sight& sight, const Query& query,
                               const Lease& lease) {
    const std::string filters = filter_key(view, query);
    std::string whole = "whole|" + filters;
    for (const auto& shard : lease.shards())
        whole += shard_key(*shard);
    Selections selections;
    selections.whole = known_or(std::move(whole), [&] { return select_whole(view, query, lease); });
    if (lease.mixed() == nullptr) {
        selections.mixed = std::make_shared<const Selection>();
        return selections;
    }
    std::string mixed = "mixed|" + filters + shard_key(*lease.mixed()) + "|";
    for (const std::uint32_t protection : sight.protections)
        mixed.append(reinterpret_cast<const char*>(&protection), sizeof(protection));
    selections.mixed =
        known_or(std::move(mixed), [&] { return select_mixed(view, sight.protections, query, lease); });
    return selections;
}

}  // namespace kansli::search::detail
