#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Where the versions lie in a shard. The sections of a version are one unbroken run of index documents in the order of their
// ordinals, so "which version and which section is index document 4711" needs no lookup in the index, and a condition
// on versions is a condition on a few runs of numbers.
namespace kansli::search::detail {

struct VersionRange {
    std::uint32_t number = 0;  // the version's catalogue number
    std::uint32_t first = 0;   // index document of its section 0
    std::uint32_t count = 0;   // sections

    friend bool operator==(const VersionRange&, const VersionRange&) = default;
};

// The versions of one shard, ordered by `first`, kept in the shard itself and written in the same commit as the sections.
class VersionRanges {
  public:
    [[nodiscard]] static std::optional<VersionRanges> decode(std::string_view bytes);
    [[nodiscard]] std::string encode() const;

    // Requires: behind all others.
    void append(const VersionRange& range) { ranges_.push_back(range); }
    std::optional<VersionRange> take(std::uint32_t number);

    [[nodiscard]] const VersionRange* of_version(std::uint32_t number) const;
    [[nodiscard]] const VersionRange* at_document(std::uint32_t document) const;
    [[nodiscard]] const std::vector<VersionRange>& all() const { return ranges_; }
    // One past the last index document that belongs to a version.
    [[nodiscard]] std::uint32_t end() const;

  private:
    std::vector<VersionRange> ranges_{};
};

// A set of index documents as runs [first, end), ordered and apart.
class Runs {
  public:
    struct Run {
        std::uint32_t first = 0;
        std::uint32_t end = 0;
    };

    // Requires: not before what has been added already.
    void append(std::uint32_t first, std::uint32_t count);

    [[nodiscard]] const std::vector<Run>& all() const { return runs_; }
    [[nodiscard]] std::uint32_t size() const { return size_; }

  private:
    std::vector<Run> runs_{};
    std::uint32_t size_ = 0;
};

}  // namespace kansli::search::detail
