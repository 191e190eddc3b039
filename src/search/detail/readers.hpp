#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/detail/ranges.hpp"

namespace kansli::search::detail {

// A shard opened for reading, as of its last commit.
struct OpenShard {
    std::string name{};  // "g00000007/open"
    Xapian::Database database{};
    Xapian::rev revision = 0;
    VersionRanges ranges{};
};

// The shards that one search reads. Back in the pool when it goes.
class Readers;
class Lease {
  public:
    Lease(Readers& readers, std::vector<std::unique_ptr<OpenShard>> shards)
        : readers_(&readers), shards_(std::move(shards)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;

    [[nodiscard]] const std::vector<std::unique_ptr<OpenShard>>& shards() const { return shards_; }
    // All shards as one database: document d of shard s of n is (d - 1) * n + s + 1 there.
    [[nodiscard]] Xapian::Database together() const;

    struct Place {
        std::uint32_t number = 0;  // of the version
        int ordinal = 0;           // of the section
    };
    [[nodiscard]] Place place_of(Xapian::docid document) const;

  private:
    Readers* readers_;
    std::vector<std::unique_ptr<OpenShard>> shards_;
};

// Opened shards, kept for the next search. Readers never wait for a writer: they see the last commit.
// Threads: any; an opened shard is with one search at a time. Errors: throws Xapian::Error.
class Readers {
  public:
    explicit Readers(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // The shards of that name that exist in the generation, in the order of the names.
    [[nodiscard]] Lease lease(const std::string& generation, const std::vector<std::string>& shards);

  private:
    friend class Lease;
    std::unique_ptr<OpenShard> take(const std::string& name);
    void give_back(std::unique_ptr<OpenShard> shard);

    std::filesystem::path folder_;
    std::mutex mutex_{};
    std::string generation_{};  // the latest that was asked for; shards of others are not kept
    std::map<std::string, std::vector<std::unique_ptr<OpenShard>>> idle_{};
};

}  // namespace kansli::search::detail
