#include "core/time.hpp"

#include <charconv>

#include <fmt/format.h>

namespace kansli {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

// The number written by exactly the digits of `text`, or -1.
int digits(std::string_view text) {
    int value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = status == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    return whole ? value : -1;
}

// Summer time in the European Union: from the last Sunday of March to the last Sunday of October, 01:00 UTC
// (directive 2000/84/EC).
bool is_summer_time(Timestamp moment) {
    using std::chrono::last;
    using std::chrono::March;
    using std::chrono::October;
    using std::chrono::Sunday;
    const auto year = Date{std::chrono::floor<days>(moment)}.year();
    const auto begin = sys_days{year / March / Sunday[last]} + hours{1};
    const auto end = sys_days{year / October / Sunday[last]} + hours{1};
    return moment >= begin && moment < end;
}

hours swedish_offset(Timestamp moment) {
    return is_summer_time(moment) ? hours{2} : hours{1};
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
    const auto wrong = [&] {
        return fail(ErrorCode::invalid_input, fmt::format("\"{}\" är inte ett datum.", text), {},
                    "Skriv datum som 2026-01-31.");
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong();
    const int year = digits(text.substr(0, 4));
    const int month = digits(text.substr(5, 2));
    const int day = digits(text.substr(8, 2));
    if (year < 0 || month < 0 || day < 0) return wrong();
    const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return wrong();
    return date;
}

std::string to_string(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Result<Timestamp> parse_timestamp(std::string_view text) {
    const auto wrong = [&] {
        return fail(ErrorCode::invalid_input, fmt::format("\"{}\" är inte en tidpunkt.", text), {},
                    "Skriv tidpunkter som 2026-01-31T08:30:00.000Z.");
    };
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd.dddZ";
    if (text.size() != shape.size()) return wrong();
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) return wrong();
    }
    const Date date = TRY(parse_date(text.substr(0, 10)));
    const int hour = digits(text.substr(11, 2));
    const int minute = digits(text.substr(14, 2));
    const int second = digits(text.substr(17, 2));
    if (hour > 23 || minute > 59 || second > 59) return wrong();
    return Timestamp{sys_days{date}} + hours{hour} + minutes{minute} + seconds{second} +
           milliseconds{digits(text.substr(20, 3))};
}

std::string to_string(Timestamp moment) {
    const auto day = std::chrono::floor<days>(moment);
    const std::chrono::hh_mm_ss clock{moment - day};
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_string(Date{day}), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

Timestamp now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

Date day_in_sweden(Timestamp moment) {
    return Date{std::chrono::floor<days>(moment + swedish_offset(moment))};
}

int hour_in_sweden(Timestamp moment) {
    const auto there = moment + swedish_offset(moment);
    return static_cast<int>(std::chrono::floor<hours>(there - std::chrono::floor<days>(there)).count());
}

}  // namespace kansli
