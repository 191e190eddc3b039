#include "plan/formats/sections.hpp"

#include <utility>

#include <fmt/format.h>

namespace kansli::plan::formats {

namespace {

std::string without_colon(std::string_view field) {
    if (field.ends_with(':')) field.remove_suffix(1);
    return std::string(field);
}

std::string value_in(const Row& row) {
    std::string value;
    for (std::size_t i = 1; i < row.fields.size(); ++i) {
        if (row.fields[i] == ":") continue;
        if (!value.empty()) value += ' ';
        value += row.fields[i];
    }
    return value;
}

}  // namespace

Sections sections_of(std::string_view text) {
    Sections found;
    std::vector<Row>* open = nullptr;
    for (Row& row : rows_of(text)) {
        std::string name = without_colon(row.fields.front());
        if (open != nullptr && number_in(row.fields.front())) {
            open->push_back(std::move(row));
        } else if (name.ends_with("_SECTION")) {
            open = &found.sections[std::move(name)];
        } else if (name != "EOF") {
            open = nullptr;
            found.values[name] = value_in(row);
            found.rows_of_values[std::move(name)] = std::move(row);
        }
    }
    return found;
}

std::string Sections::value(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
}

Result<double> Sections::number(std::string_view name, double otherwise) const {
    const auto found = values.find(name);
    if (found == values.end()) return otherwise;
    const auto number = number_in(found->second);
    if (!number || *number < 0)
        return unreadable(rows_of_values.find(name)->second, fmt::format("{} är inget tal.", name),
                          "Skriv ett tal som är noll eller större.");
    return *number;
}

Result<std::vector<std::vector<double>>> Sections::table(std::string_view section, std::size_t count,
                                                         const std::vector<double>& otherwise) const {
    std::vector<std::vector<double>> table(count, otherwise);
    const auto found = sections.find(section);
    if (found == sections.end()) return table;
    for (const Row& row : found->second) {
        const auto number = whole_number_in(row.fields.front());
        auto numbers = numbers_in(row, 1);
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(count))
            return unreadable(row, fmt::format("Numret i {} finns inte.", section),
                              "Numren går från 1 till antalet.");
        if (!numbers || numbers->size() != otherwise.size())
            return unreadable(row, fmt::format("En rad i {} går inte att läsa.", section),
                              fmt::format("Skriv numret och {} tal.", otherwise.size()));
        table[static_cast<std::size_t>(*number) - 1] = *std::move(numbers);
    }
    return table;
}

}  // namespace kansli::plan::formats
