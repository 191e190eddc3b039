#include "http/detail/event_source.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kansli::http::detail {

namespace {

// A field whose value has one line; line ends in it would begin another field.
void append_line(std::string& out, std::string_view field, std::string_view value) {
    if (value.empty()) return;
    out += field;
    for (const char letter : value) {
        if (letter != '\n' && letter != '\r' && letter != '\0') out += letter;
    }
    out += '\n';
}

}  // namespace

std::string format_event(const Event& event) {
    std::string text;
    text.reserve(event.data.size() + event.name.size() + event.id.size() + 32);
    append_line(text, "event: ", event.name);
    append_line(text, "id: ", event.id);
    std::string_view rest = event.data;
    while (true) {
        const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
        text.append("data: ").append(rest.substr(0, end)).append("\n");
        if (end == rest.size()) break;
        const bool pair = rest[end] == '\r' && end + 1 < rest.size() && rest[end + 1] == '\n';
        rest.remove_prefix(end + (pair ? 2 : 1));
    }
    text += '\n';
    return text;
}

}  // namespace kansli::http::detail
