#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli {

// A calendar day, as laws and decisions name them.
using Date = std::chrono::year_month_day;

// A moment in UTC with millisecond precision, as the record keeps it.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-22" to a Date; anything else, and days that do not exist, is invalid_input.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);

// "2026-11-22T08:30:00.000Z", the one form in which moments are stored and sent.
[[nodiscard]] Result<Timestamp> parse_timestamp(std::string_view text);
[[nodiscard]] std::string to_string(Timestamp moment);

// Engines take the time as an argument; only the composition root and the services read the clock.
[[nodiscard]] Timestamp now();

// The calendar day in Sweden (Europe/Stockholm) at a moment.
[[nodiscard]] Date day_in_sweden(Timestamp moment);
// The hour of that day there, 0–23.
[[nodiscard]] int hour_in_sweden(Timestamp moment);

}  // namespace kansli
