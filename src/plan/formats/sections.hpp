#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plan/formats/rows.hpp"

namespace kansli::plan::formats {

// A text of the TSPLIB family: "NAME : value" lines, and sections of rows that each begin with a number.
struct Sections {
    std::map<std::string, std::string, std::less<>> values{};
    std::map<std::string, Row, std::less<>> rows_of_values{};
    std::map<std::string, std::vector<Row>, std::less<>> sections{};

    [[nodiscard]] bool has(std::string_view section) const { return sections.contains(section); }
    [[nodiscard]] std::string value(std::string_view name) const;  // empty when it is absent
    // The number that a value is; `otherwise` when it is absent, invalid_input when it is none or negative.
    [[nodiscard]] Result<double> number(std::string_view name, double otherwise) const;
    // What stands behind each number from 1 to `count` in a section that has `columns` numbers a row; `otherwise` for numbers
    // that have no row. Rows that are not as they should be are invalid_input.
    [[nodiscard]] Result<std::vector<std::vector<double>>> table(std::string_view section, std::size_t count,
                                                                 const std::vector<double>& otherwise) const;
};

[[nodiscard]] Sections sections_of(std::string_view text);

}  // namespace kansli::plan::formats
