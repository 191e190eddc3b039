#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "access/people.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace kansli::access {

// One try to prove who one is.
struct Attempt {
    std::string origin{};        // the address it came from
    std::string account{};       // the user name that was tried; empty for a link
    std::string known_device{};  // the mark of a device that the account has signed in from; empty: none
};

// Slows guessing down, for the one who guesses alone. Failures are counted for the address, and for the
// account together with the address, never for the account by itself: guesses from elsewhere cannot lock a
// person out. A device that the person has signed in from is counted apart from its address, so neither can
// guesses from the next desk, or from another behind the same gateway. What is counted is forgotten when the
// program stops, and no address is written down.
// Threads: any.
class Attempts {
  public:
    static constexpr std::size_t from_one_address = 20;  // within a minute
    static constexpr std::size_t on_one_account = 5;     // from one address, within a quarter of an hour
    static constexpr std::size_t from_one_device = 10;   // within a quarter of an hour
    static constexpr std::size_t marks_kept = 10'000;

    explicit Attempts(Clock clock = now);

    // Counts the attempt as one that fails, so that many at the same time are no way around; busy when there
    // have been too many.
    [[nodiscard]] Result<void> begin(const Attempt& attempt);
    // It did not fail after all.
    void succeeded(const Attempt& attempt);

  private:
    struct Failures {
        std::vector<Timestamp> moments{};
        std::chrono::milliseconds window{};
    };
    struct Limit {
        std::string mark{};
        std::size_t most = 0;
        std::chrono::milliseconds window{};
    };
    [[nodiscard]] static std::vector<Limit> limits_of(const Attempt& attempt);
    void make_room(Timestamp moment);

    Clock clock_;
    std::mutex mutex_{};
    std::map<std::string, Failures> failures_{};
};

// What counts as one address: an IPv4 address, or the first half of an IPv6 one, since whoever has one of
// those has them all.
[[nodiscard]] std::string origin_of(std::string_view address);

}  // namespace kansli::access
