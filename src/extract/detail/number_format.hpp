#pragma once

#include <string>
#include <string_view>

namespace kansli::extract::detail {

// Where a workbook's days are counted from.
enum class DayCount { from_1900, from_1904 };

// A cell's number as a Swedish reader of the sheet sees it: "4 500 kr", "12,5 %", "2026-11-22". `format` is Excel's own notation,
// "General" for none. What the notation says beyond digits, dates, literals and sections is left out.
[[nodiscard]] std::string shown_number(double value, std::string_view format, DayCount days);

// The notation of the formats that have only a number, "General" for those not known.
[[nodiscard]] std::string_view built_in_format(int id);

}  // namespace kansli::extract::detail
