#include "plan/formats/rows.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.hpp"

namespace kansli::plan::formats {

namespace {

// Times and distances beyond this are mistakes, and below it no sum overflows.
constexpr double largest = 1e8;

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    std::size_t begin = 0;
    while (begin < line.size()) {
        while (begin < line.size() && is_ascii_space(line[begin]))
            ++begin;
        std::size_t end = begin;
        while (end < line.size() && !is_ascii_space(line[end]))
            ++end;
        if (end > begin) fields.push_back(line.substr(begin, end - begin));
        begin = end;
    }
    return fields;
}

}  // namespace

std::string Row::where() const {
    return fmt::format("rad {}", number);
}

std::vector<Row> rows_of(std::string_view text) {
    std::vector<Row> rows;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        ++number;
        Row row{number, fields_of(text.substr(0, end))};
        if (!row.fields.empty()) rows.push_back(std::move(row));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return rows;
}

std::optional<double> number_in(std::string_view field) {
    double number = 0;
    const char* const begin = field.data();
    const char* const end = begin + field.size();
    const auto read = std::from_chars(begin, end, number);
    if (read.ec != std::errc{} || read.ptr != end || !(std::abs(number) <= largest)) return std::nullopt;
    return number;
}

std::optional<std::int64_t> whole_number_in(std::string_view field) {
    const auto number = number_in(field);
    if (!number || *number != std::floor(*number)) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::optional<std::vector<double>> numbers_in(const Row& row, std::size_t first) {
    std::vector<double> numbers;
    for (std::size_t i = first; i < row.fields.size(); ++i) {
        const auto number = number_in(row.fields[i]);
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

Failure unreadable(const Row& row, std::string message, std::string cure) {
    return fail(ErrorCode::invalid_input, std::move(message), row.where(), std::move(cure));
}

}  // namespace kansli::plan::formats
