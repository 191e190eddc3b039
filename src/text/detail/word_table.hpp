#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kansli::text::detail {

// FNV-1a with a final mix; never 0, which marks an empty place.
inline std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : word)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
    hash ^= hash >> 32U;
    hash *= 0x9E3779B97F4A7C15ULL;
    return hash == 0 ? 1 : hash;
}

// A value a word, kept under the word's 64-bit hash: open addressing, at most half full.
// Threads: const use from any.
template <typename Value>
class WordTable {
  public:
    // Room for so many words before it has to grow.
    explicit WordTable(std::size_t words = 0)
        : places_(std::bit_ceil(std::max<std::size_t>(2 * words + 2, 1024))) {}

    [[nodiscard]] const Value* find(std::uint64_t hash) const {
        for (auto at = first_place(hash); places_[at].first != 0; at = (at + 1) & (places_.size() - 1)) {
            if (places_[at].first == hash) return &places_[at].second;
        }
        return nullptr;
    }

    // The value of the word, made when it was not there.
    Value& operator[](std::uint64_t hash) {
        if (2 * (used_ + 1) > places_.size()) grow();
        auto& place = place_of(hash);
        if (place.first == 0) {
            place.first = hash;
            ++used_;
        }
        return place.second;
    }

    template <typename Visit>
    void each(Visit visit) const {
        for (const auto& [hash, value] : places_) {
            if (hash != 0) visit(hash, value);
        }
    }

  private:
    using Place = std::pair<std::uint64_t, Value>;

    [[nodiscard]] std::size_t first_place(std::uint64_t hash) const {
        return (hash >> 20U) & (places_.size() - 1);
    }

    Place& place_of(std::uint64_t hash) {
        auto at = first_place(hash);
        while (places_[at].first != 0 && places_[at].first != hash)
            at = (at + 1) & (places_.size() - 1);
        return places_[at];
    }

    void grow() {
        auto old = std::exchange(places_, std::vector<Place>(places_.size() * 2));
        for (auto& place : old) {
            if (place.first != 0) place_of(place.first) = std::move(place);
        }
    }

    std::vector<Place> places_;
    std::size_t used_ = 0;
};

}  // namespace kansli::text::detail
