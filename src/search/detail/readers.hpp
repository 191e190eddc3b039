#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/detail/ranges.hpp"

namespace kansli::search::detail {

// A shard opened for reading, as of its last commit.
struct OpenShard {
    std::string name{};  // "g00000007/open"
    Xapian::Database database{};
    std::string identity{};  // the database's own
    Xapian::rev revision = 0;
    VersionRanges ranges{};
    std::vector<VersionRange> by_number{};  // the same, ordered by the version's number

    [[nodiscard]] const VersionRange* of_version(std::uint32_t number) const;
    // The name within the generation: "open".
    [[nodiscard]] std::string_view kind() const { return std::string_view(name).substr(name.find('/') + 1); }
};

// Which shards a caller reads.
struct ShardChoice {
    std::vector<std::string> whole{};    // everything in them
    std::vector<std::string> perhaps{};  // the same, where there is such a shard
    bool mixed = false;                  // some of what is in the mixed one
};

// The shards that one search reads. Back in the pool when it goes.
class Readers;
class Lease {
  public:
    Lease(Readers& readers, std::vector<std::unique_ptr<OpenShard>> whole, std::unique_ptr<OpenShard> mixed,
          bool complete)
        : readers_(&readers), shards_(std::move(whole)), mixed_(std::move(mixed)), complete_(complete) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;

    // Those that the caller reads whole.
    [[nodiscard]] const std::vector<std::unique_ptr<OpenShard>>& shards() const { return shards_; }
    // Null when the caller may read nothing there.
    [[nodiscard]] const OpenShard* mixed() const { return mixed_.get(); }
    [[nodiscard]] bool empty() const { return shards_.empty() && mixed_ == nullptr; }
    // Whether all were there that should be.
    [[nodiscard]] bool is_complete() const { return complete_; }

    // The whole shards as one database: document d of shard s of n is (d - 1) * n + s + 1 there.
    [[nodiscard]] Xapian::Database together() const;

    struct Place {
        std::uint32_t number = 0;  // of the version
        int ordinal = 0;           // of the section

        friend auto operator<=>(const Place&, const Place&) = default;
    };
    // A section that Xapian found: where it lies, and which it is.
    struct Found {
        const OpenShard* shard = nullptr;
        Xapian::docid document = 0;  // of the shard
        Place place{};
    };
    [[nodiscard]] Found found(Xapian::docid document) const;  // of together()
    [[nodiscard]] Found found_in_mixed(Xapian::docid document) const;

  private:
    Readers* readers_;
    std::vector<std::unique_ptr<OpenShard>> shards_;
    std::unique_ptr<OpenShard> mixed_;
    bool complete_;
};

// Opened shards, kept for the next search. Readers never wait for a writer: they see the last commit.
// Threads: any; an opened shard is with one search at a time. Errors: throws Xapian::Error.
class Readers {
  public:
    explicit Readers(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Those of the choice that exist in the generation, in the order of the choice.
    [[nodiscard]] Lease lease(const std::string& generation, const ShardChoice& choice);

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
