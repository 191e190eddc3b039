#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::plan::formats {

// A line that is not blank, cut up at its blanks.
struct Row {
    std::size_t number = 0;  // of the line, from 1
    std::vector<std::string_view> fields{};

    [[nodiscard]] std::string where() const;
};

[[nodiscard]] std::vector<Row> rows_of(std::string_view text);

// The number that a field is, if it is one and no larger than benchmarks and days of work are.
[[nodiscard]] std::optional<double> number_in(std::string_view field);
// The same of a whole number.
[[nodiscard]] std::optional<std::int64_t> whole_number_in(std::string_view field);
// All fields of a row from `first` on as numbers; nothing when one of them is none.
[[nodiscard]] std::optional<std::vector<double>> numbers_in(const Row& row, std::size_t first = 0);

// A file that cannot be planned at all.
[[nodiscard]] Failure unreadable(const Row& row, std::string message, std::string cure);

}  // namespace kansli::plan::formats
