#include "search/detail/readers.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/check.hpp"
#include "search/detail/layout.hpp"
#include "search/detail/writer.hpp"

namespace kansli::search::detail {

namespace {

// More searches than this side by side open their shards anew.
constexpr std::size_t most_idle = 8;

Lease::Found found_in(const OpenShard& shard, Xapian::docid document) {
    const VersionRange* range = shard.ranges.at_document(document);
    CHECK_INVARIANT(range != nullptr);
    return {&shard, document, {range->number, static_cast<int>(document - range->first)}};
}

}  // namespace

const VersionRange* OpenShard::of_version(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(by_number, number, {}, &VersionRange::number);
    return found != by_number.end() && found->number == number ? &*found : nullptr;
}

Lease::~Lease() {
    for (auto& shard : shards_)
        readers_->give_back(std::move(shard));
    readers_->give_back(std::move(mixed_));
}

Xapian::Database Lease::together() const {
    Xapian::Database all;
    for (const auto& shard : shards_)
        all.add_database(shard->database);
    return all;
}

Lease::Found Lease::found(Xapian::docid document) const {
    const auto count = static_cast<Xapian::docid>(shards_.size());
    return found_in(*shards_[(document - 1) % count], (document - 1) / count + 1);
}

Lease::Found Lease::found_in_mixed(Xapian::docid document) const {
    return found_in(*mixed_, document);
}

Lease Readers::lease(const std::string& generation, const ShardChoice& choice) {
    {
        const std::scoped_lock lock(mutex_);
        if (generation_ != generation) idle_.clear();
        generation_ = generation;
    }
    const auto named = [&](const std::string& shard) {
        return take(fmt::format("{}/{}", generation, shard));
    };
    bool complete = true;
    std::vector<std::unique_ptr<OpenShard>> whole;
    for (const std::string& shard : choice.whole) {
        auto opened = named(shard);
        complete = complete && opened;
        if (opened) whole.push_back(std::move(opened));
    }
    for (const std::string& shard : choice.perhaps)
        if (auto opened = named(shard)) whole.push_back(std::move(opened));
    std::unique_ptr<OpenShard> mixed = choice.mixed ? named(mixed_shard) : nullptr;
    complete = complete && (!choice.mixed || mixed);
    return {*this, std::move(whole), std::move(mixed), complete};
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
    shard->identity = shard->database.get_uuid();
    shard->ranges = read_ranges(shard->database);
    shard->by_number = shard->ranges.all();
    std::ranges::sort(shard->by_number, {}, &VersionRange::number);
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
