#include "search/detail/ranges.hpp"

#include <algorithm>

namespace kansli::search::detail {

namespace {

constexpr std::size_t bytes_per_number = 4;
constexpr std::size_t bytes_per_range = 3 * bytes_per_number;

void put(std::string& bytes, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>((number >> shift) & 0xFFU);
}

std::uint32_t get(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes_per_number; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return number;
}

}  // namespace

std::optional<VersionRanges> VersionRanges::decode(std::string_view bytes) {
    if (bytes.size() % bytes_per_range != 0) return std::nullopt;
    VersionRanges result;
    result.ranges_.reserve(bytes.size() / bytes_per_range);
    for (std::size_t at = 0; at < bytes.size(); at += bytes_per_range) {
        const VersionRange range{get(bytes, at), get(bytes, at + bytes_per_number),
                                 get(bytes, at + 2 * bytes_per_number)};
        if (range.count == 0 || range.first < result.end()) return std::nullopt;
        result.ranges_.push_back(range);
    }
    return result;
}

std::string VersionRanges::encode() const {
    std::string bytes;
    bytes.reserve(ranges_.size() * bytes_per_range);
    for (const VersionRange& range : ranges_) {
        put(bytes, range.number);
        put(bytes, range.first);
        put(bytes, range.count);
    }
    return bytes;
}

std::optional<VersionRange> VersionRanges::take(std::uint32_t number) {
    const auto found = std::ranges::find(ranges_, number, &VersionRange::number);
    if (found == ranges_.end()) return std::nullopt;
    const VersionRange range = *found;
    ranges_.erase(found);
    return range;
}

const VersionRange* VersionRanges::of_version(std::uint32_t number) const {
    const auto found = std::ranges::find(ranges_, number, &VersionRange::number);
    return found == ranges_.end() ? nullptr : &*found;
}

const VersionRange* VersionRanges::at_document(std::uint32_t document) const {
    const auto after = std::ranges::upper_bound(ranges_, document, {}, &VersionRange::first);
    if (after == ranges_.begin()) return nullptr;
    const VersionRange& range = *std::prev(after);
    return document - range.first < range.count ? &range : nullptr;
}

std::uint32_t VersionRanges::end() const {
    return ranges_.empty() ? 1 : ranges_.back().first + ranges_.back().count;
}

void Runs::append(std::uint32_t first, std::uint32_t count) {
    if (!runs_.empty() && runs_.back().end == first) {
        runs_.back().end += count;
    } else {
        runs_.push_back({first, first + count});
    }
    size_ += count;
}

}  // namespace kansli::search::detail
