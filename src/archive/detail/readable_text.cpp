#include "archive/detail/readable_text.hpp"

#include "json/value.hpp"

namespace kansli::archive::detail {

namespace {

// As deep as the parser let it be.
void add_texts(const json::Value& value, std::string& to) {  // NOLINT(misc-no-recursion)
    if (const auto* text = value.as_string()) to.append(*text).push_back('\n');
    if (const auto* elements = value.as_array())
        for (const auto& element : *elements)
            add_texts(element, to);
    if (const auto* members = value.as_object())
        for (const auto& [name, member] : *members)
            add_texts(member, to);
}

void add_lines(const json::Value& value, std::size_t indent, std::string& to);

// What stands after a name or a dash: a value on the line, or lines of its own below.
void add_value(const json::Value& value, std::size_t indent, std::string& to) {  // NOLINT(misc-no-recursion)
    const auto* text = value.as_string();
    if (value.as_array() == nullptr && value.as_object() == nullptr) {
        to.append(" ").append(text == nullptr ? json::write(value) : *text).push_back('\n');
        return;
    }
    to += '\n';
    add_lines(value, indent + 2, to);
}

void add_lines(const json::Value& value, std::size_t indent, std::string& to) {  // NOLINT(misc-no-recursion)
    if (const auto* elements = value.as_array()) {
        for (const auto& element : *elements) {
            to.append(indent, ' ').append("–");
            add_value(element, indent, to);
        }
    } else if (const auto* members = value.as_object()) {
        for (const auto& [name, member] : *members) {
            to.append(indent, ' ').append(name).append(":");
            add_value(member, indent, to);
        }
    } else {
        add_value(value, indent, to);
    }
}

}  // namespace

std::string readable_text(std::string_view json_text) {
    const auto value = json::parse(json_text);
    if (!value) return std::string(json_text);
    std::string text;
    add_texts(*value, text);
    return text;
}

std::string labelled_text(std::string_view json_text) {
    const auto value = json::parse(json_text);
    if (!value) return std::string(json_text);
    std::string text;
    add_lines(*value, 0, text);
    return text;
}

}  // namespace kansli::archive::detail
