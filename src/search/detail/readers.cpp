#include "search/detail/readers.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/check.hpp"
#include "search/detail/writer.hpp"

namespace kansli::search::detail {

namespace {

// More searches than this side by side open their shards anew.
constexpr std::size_t most_idle = 8;

}  // namespace

Lease::~Lease() {
    for (auto& shard : shards_)
        readers_->give_back(std::move(shard));
}

Xapian::Database Lease::together() const {
    Xapian::Database all;
    for (const auto& shard : shards_)
        all.add_database(shard->database);
    return all;
}

Lease::Place Lease::place_of(Xapian::docid document) const {
    const auto count = static_cast<Xapian::docid>(shards_.size());
    const std::uint32_t within = (document - 1) / count + 1;
    const VersionRange* range = shards_[(document - 1) % count]->ranges.at_document(within);
    CHECK_INVARIANT(range != nullptr);
    return {range->number, static_cast<int>(within - range->first)};
}

Lease Readers::lease(const std::string& generation, const std::vector<std::string>& shards) {
    {
        const std::scoped_lock lock(mutex_);
        if (generation_ != generation) idle_.clear();
        generation_ = generation;
    }
    std::vector<std::unique_ptr<OpenShard>> taken;
    for (const std::string& shard : shards)
        if (auto opened = take(fmt::format("{}/{}", generation, shard))) taken.push_back(std::move(opened));
    return {*this, std::move(taken)};
}

std::unique_ptr<OpenShard> Readers::take(const std::string& name) {
    std::unique_ptr<OpenShard> shard;
    {
        const std::scoped_lock lock(mutex_);
        auto& idle = idle_[name];
        if (!idle.empty()) {
            shard = std::move(idle.back());
            idle.pop_back();
        }
    }
    if (shard) {
        if (!shard->database.reopen()) return shard;
    } else {
        if (!holds_shard(folder_ / name)) return nullptr;
        shard = std::make_unique<OpenShard>();
        shard->name = name;
        shard->database = Xapian::Database((folder_ / name).string());
    }
    shard->revision = shard->database.get_revision();
    shard->ranges = read_ranges(shard->database);
    return shard;
}

void Readers::give_back(std::unique_ptr<OpenShard> shard) {
    if (!shard) return;
    const std::scoped_lock lock(mutex_);
    if (!shard->name.starts_with(generation_ + "/")) return;
    auto& idle = idle_[shard->name];
    if (idle.size() < most_idle) idle.push_back(std::move(shard));
}

}  // namespace kansli::search::detail
