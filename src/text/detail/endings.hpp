#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kansli::text::detail {

// Endings of words, found by their last byte: most words are told apart from all of them without a comparison.
// Threads: const use from any.
class Endings {
  public:
    Endings() = default;
    explicit Endings(std::span<const std::string_view> endings) {
        for (const auto ending : endings)
            add(ending);
    }

    // Requires: not empty, and lives as long as the set.
    void add(std::string_view ending) {
        by_last_byte_[static_cast<std::uint8_t>(ending.back())].push_back(ending);
    }

    // Whether the word has one of the endings after at least `stem` bytes.
    [[nodiscard]] bool end(std::string_view word, std::size_t stem) const {
        if (word.empty()) return false;
        for (const auto ending : by_last_byte_[static_cast<std::uint8_t>(word.back())]) {
            if (word.size() >= ending.size() + stem && word.ends_with(ending)) return true;
        }
        return false;
    }

  private:
    std::array<std::vector<std::string_view>, 256> by_last_byte_{};
};

}  // namespace kansli::text::detail
