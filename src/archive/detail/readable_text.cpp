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

}  // namespace

std::string readable_text(std::string_view json_text) {
    const auto value = json::parse(json_text);
    if (!value) return std::string(json_text);
    std::string text;
    add_texts(*value, text);
    return text;
}

}  // namespace kansli::archive::detail
