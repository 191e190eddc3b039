#pragma once

#include <chrono>
#include <cstdint>

#include "core/time.hpp"

// Weeks as whole numbers: week 0 begins on Monday 29 December 1969.
namespace kansli::measures {

[[nodiscard]] inline std::int32_t week_of(Date day) {
    const auto days = std::chrono::sys_days(day).time_since_epoch().count() + 3;
    return static_cast<std::int32_t>(days >= 0 ? days / 7 : (days - 6) / 7);
}
[[nodiscard]] inline std::int32_t week_of(Timestamp moment) {
    return week_of(day_in_sweden(moment));
}
[[nodiscard]] inline Date monday_of(std::int32_t week) {
    return Date(std::chrono::sys_days(std::chrono::days(week * 7 - 3)));
}
[[nodiscard]] inline Date sunday_of(std::int32_t week) {
    return Date(std::chrono::sys_days(std::chrono::days(week * 7 + 3)));
}

}  // namespace kansli::measures
