#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "documents/document.hpp"
#include "extract/extract.hpp"
#include "json/value.hpp"
#include "store/database.hpp"

// How the things of this room stand in rows of the database.
namespace kansli::documents::detail {

// The columns that read_attributes() reads, from the same version row, in this order.
inline constexpr std::string_view attribute_columns =
    "v.title, v.kind, v.owner, v.source, v.reference, v.class, v.access, v.valid_from, v.valid_to, "
    "v.replaced_by, v.secrecy";
inline constexpr int attribute_column_count = 11;
[[nodiscard]] Attributes read_attributes(const store::Statement& row, int first_column);

[[nodiscard]] access::InformationClass class_value(std::string_view name);
[[nodiscard]] std::string access_text(const access::AccessList& list);
[[nodiscard]] access::AccessList access_list(std::string_view text);
[[nodiscard]] std::optional<std::string> date_text(const std::optional<Date>& date);
[[nodiscard]] std::optional<Date> date_value(const std::optional<std::string>& text);

// Printed lines as one compact text: a line each, numbers as differences, boxes in tenths of a point.
[[nodiscard]] std::string places_text(const std::vector<extract::Place>& places);
[[nodiscard]] std::vector<extract::Place> places_value(std::string_view text);

[[nodiscard]] std::string lines_text(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> lines_value(std::string_view text);

// For the record and for batches that wait: every field, so that the hash covers what was decided.
[[nodiscard]] json::Value to_json(const Attributes& attributes);
[[nodiscard]] Attributes attributes_from(const json::Value& value);

// An id that nobody can guess: "d" or "v" and 20 hexadecimal digits.
[[nodiscard]] std::string new_id(char kind);

}  // namespace kansli::documents::detail
