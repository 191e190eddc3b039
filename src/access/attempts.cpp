#include "access/attempts.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kansli::access {

namespace {

using namespace std::chrono_literals;

constexpr auto address_window = 1min;
constexpr auto account_window = 15min;

void forget_old(std::vector<Timestamp>& moments, Timestamp limit) {
    std::erase_if(moments, [limit](Timestamp moment) { return moment <= limit; });
}

}  // namespace

std::string origin_of(std::string_view address) {
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) return std::string(address);
    // ::ffff:192.0.2.1 is an IPv4 address in other clothes (RFC 4291, section 2.5.5.2).
    const bool is_mapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto b) { return b == 0; }) &&
                           bytes[10] == 0xFF && bytes[11] == 0xFF;
    if (is_mapped) return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
    return fmt::format("{:02x}/64", fmt::join(bytes.begin(), bytes.begin() + 8, ""));
}

Attempts::Attempts(Clock clock) : clock_(std::move(clock)) {
}

std::vector<Attempts::Limit> Attempts::limits_of(const Attempt& attempt) {
    if (!attempt.known_device.empty()) {
        return {{fmt::format("device {} {}", attempt.known_device, attempt.account), from_one_device,
                 account_window}};
    }
    const auto origin = origin_of(attempt.origin);
    std::vector<Limit> limits{{"address " + origin, from_one_address, address_window}};
    if (!attempt.account.empty()) {
        limits.push_back(
            {fmt::format("account {} {}", origin, attempt.account), on_one_account, account_window});
    }
    return limits;
}

void Attempts::make_room(Timestamp moment) {
    if (failures_.size() < marks_kept) return;
    for (auto entry = failures_.begin(); entry != failures_.end();) {
        forget_old(entry->second.moments, moment - entry->second.window);
        entry = entry->second.moments.empty() ? failures_.erase(entry) : std::next(entry);
    }
    // Somebody with very many addresses must not fill the memory: those that have been silent longest go.
    while (failures_.size() >= marks_kept) {
        failures_.erase(std::min_element(failures_.begin(), failures_.end(), [](auto& a, auto& b) {
            return a.second.moments.back() < b.second.moments.back();
        }));
    }
}

Result<void> Attempts::begin(const Attempt& attempt) {
    const auto moment = clock_();
    const auto limits = limits_of(attempt);
    const std::scoped_lock lock(mutex_);
    for (const auto& limit : limits) {
        const auto found = failures_.find(limit.mark);
        if (found == failures_.end()) continue;
        forget_old(found->second.moments, moment - limit.window);
        if (found->second.moments.size() < limit.most) continue;
        return fail(ErrorCode::busy, "För många försök att logga in.", {},
                    limit.window == address_window ? "Vänta en minut och försök igen."
                                                   : "Vänta en kvart, eller be en administratör om en länk.");
    }
    make_room(moment);
    for (const auto& limit : limits) {
        auto& failures = failures_[limit.mark];
        failures.window = limit.window;
        failures.moments.push_back(moment);
    }
    return {};
}

void Attempts::succeeded(const Attempt& attempt) {
    const std::scoped_lock lock(mutex_);
    for (const auto& limit : limits_of(attempt)) {
        const auto found = failures_.find(limit.mark);
        if (found == failures_.end() || found->second.moments.empty()) continue;
        // Others behind the same address are not forgiven because one of them knew their password.
        found->second.moments.pop_back();
        if (found->second.moments.empty() || limit.window == account_window) failures_.erase(found);
    }
}

}  // namespace kansli::access
