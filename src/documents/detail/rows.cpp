#include "documents/detail/rows.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "json/describe.hpp"

namespace kansli::documents::detail {

namespace {

constexpr double box_unit = 0.1;  // points

long long in_units(double points) {
    return std::llround(points / box_unit);
}

// Takes the next number off a line of places.
bool take(std::string_view& text, long long& value) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

std::string string_member(const json::Value& value, std::string_view name) {
    const json::Value* member = value.find(name);
    const std::string* text = member == nullptr ? nullptr : member->as_string();
    return text == nullptr ? std::string{} : *text;
}

}  // namespace

access::InformationClass class_value(std::string_view name) {
    // A word that this program does not know is taken for the most sensitive.
    return json::enum_value<access::InformationClass>(name).value_or(access::InformationClass::secret);
}

Attributes read_attributes(const store::Statement& row, int first) {
    Attributes attributes;
    attributes.title = row.text(first);
    attributes.kind = parse_document_kind(row.view(first + 1)).value_or(DocumentKind::other);
    attributes.owner = row.text(first + 2);
    attributes.source = row.text(first + 3);
    attributes.reference = row.text(first + 4);
    attributes.information_class = class_value(row.view(first + 5));
    attributes.access = access_list(row.view(first + 6));
    attributes.valid_from = date_value(row.optional_text(first + 7));
    attributes.valid_to = date_value(row.optional_text(first + 8));
    if (auto id = row.optional_text(first + 9)) attributes.replaced_by = DocumentId(*std::move(id));
    attributes.secrecy = row.text(first + 10);
    return attributes;
}

std::string access_text(const access::AccessList& list) {
    return lines_text(list);
}
access::AccessList access_list(std::string_view text) {
    return lines_value(text);
}

std::optional<std::string> date_text(const std::optional<Date>& date) {
    if (!date) return std::nullopt;
    return to_string(*date);
}

std::optional<Date> date_value(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    auto date = parse_date(*text);
    if (!date) return std::nullopt;
    return *date;
}

std::string places_text(const std::vector<extract::Place>& places) {
    std::string out;
    out.reserve(places.size() * 28);
    std::size_t at = 0;
    for (const extract::Place& place : places) {
        fmt::format_to(std::back_inserter(out), "{} {} {} {} {} {} {}\n", place.start - at,
                       place.end - place.start, place.page, in_units(place.box.left), in_units(place.box.top),
                       in_units(place.box.right), in_units(place.box.bottom));
        at = place.start;
    }
    return out;
}

std::vector<extract::Place> places_value(std::string_view text) {
    std::vector<extract::Place> places;
    std::size_t at = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::array<long long, 7> numbers{};
        bool whole = true;
        for (long long& number : numbers)
            whole = whole && take(line, number);
        if (!whole) break;
        at += static_cast<std::size_t>(numbers[0]);
        const auto points = [&](std::size_t i) { return static_cast<double>(numbers.at(i)) * box_unit; };
        places.push_back({.start = at,
                          .end = at + static_cast<std::size_t>(numbers[1]),
                          .page = static_cast<int>(numbers[2]),
                          .box = {points(3), points(4), points(5), points(6)}});
    }
    return places;
}

std::string lines_text(const std::vector<std::string>& lines) {
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::vector<std::string> lines_value(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

json::Value to_json(const Attributes& attributes) {
    json::Value value = json::Value::object();
    value["title"] = attributes.title;
    value["kind"] = to_string(attributes.kind);
    value["owner"] = attributes.owner;
    value["source"] = attributes.source;
    value["reference"] = attributes.reference;
    value["information_class"] = json::enum_name(attributes.information_class);
    value["access"] = json::Value::array();
    for (const std::string& group : attributes.access)
        value["access"].push_back(group);
    // Only where there is one: what was given with files before there were any still has the hash it had.
    if (!attributes.secrecy.empty()) value["secrecy"] = attributes.secrecy;
    value["valid_from"] =
        attributes.valid_from ? json::Value(to_string(*attributes.valid_from)) : json::Value();
    value["valid_to"] = attributes.valid_to ? json::Value(to_string(*attributes.valid_to)) : json::Value();
    value["replaced_by"] =
        attributes.replaced_by ? json::Value(attributes.replaced_by->str()) : json::Value();
    return value;
}

Attributes attributes_from(const json::Value& value) {
    Attributes attributes;
    attributes.title = string_member(value, "title");
    attributes.kind = parse_document_kind(string_member(value, "kind")).value_or(DocumentKind::other);
    attributes.owner = string_member(value, "owner");
    attributes.source = string_member(value, "source");
    attributes.reference = string_member(value, "reference");
    attributes.information_class = class_value(string_member(value, "information_class"));
    if (const json::Value* access = value.find("access");
        access != nullptr && access->as_array() != nullptr) {
        for (const json::Value& group : *access->as_array()) {
            if (group.as_string() != nullptr) attributes.access.push_back(*group.as_string());
        }
    }
    attributes.secrecy = string_member(value, "secrecy");
    attributes.valid_from = date_value(string_member(value, "valid_from"));
    attributes.valid_to = date_value(string_member(value, "valid_to"));
    if (auto id = string_member(value, "replaced_by"); !id.empty())
        attributes.replaced_by = DocumentId(std::move(id));
    return attributes;
}

std::string new_id(char kind) {
    return kind + random_token(10);
}

}  // namespace kansli::documents::detail
