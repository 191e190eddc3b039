#pragma once

#include <cstddef>
#include <cstdint>

namespace kansli::statistics {

// Numbers that look random and are the same for the same seed on every machine (SplitMix64, Steele & al., OOPSLA 2014).
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31U);
    }

    // 0 ≤ x < limit, which is positive. The bias is less than limit / 2^64, which nothing here can notice.
    [[nodiscard]] std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

    // 0 ≤ x < 1.
    [[nodiscard]] double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  private:
    std::uint64_t state_;
};

}  // namespace kansli::statistics
