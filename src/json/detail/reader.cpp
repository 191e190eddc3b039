#include "json/detail/reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "json/detail/utf8.hpp"

namespace kansli::json::detail {

namespace {

// Notes a failure of core's parsers as one of this reader.
template <typename T>
bool keep(Reader& reader, Result<T> result, T& out) {
    if (!result) return reader.refuse(result.error().message, result.error().advice);
    out = *result;
    return true;
}

constexpr std::size_t longest_step = 100;  // bytes of a name on the way to a place

void append_token(std::string& out, std::string_view name) {
    out += '/';
    for (const char letter : beginning(name, longest_step)) {
        if (letter == '~') {
            out += "~0";
        } else if (letter == '/') {
            out += "~1";
        } else {
            out += letter;
        }
    }
}

}  // namespace

bool Reader::read(const Value& value, bool& out) {
    const auto content = value.as_bool();
    if (!content) return refuse("Ska vara true eller false.");
    out = *content;
    return true;
}

bool Reader::read(const Value& value, double& out) {
    const auto content = value.as_number();
    if (!content) return refuse("Ska vara ett tal.");
    out = *content;
    return true;
}

bool Reader::read(const Value& value, std::string& out) {
    const auto* content = value.as_string();
    if (content == nullptr) return refuse("Ska vara en text.");
    if (content->size() > options_.longest_text)
        return refuse(fmt::format("Texten är för lång. Den får vara högst {} byte.", options_.longest_text));
    out = *content;
    return true;
}

bool Reader::read(const Value& value, Date& out) {
    std::string text;
    return read(value, text) && keep(*this, parse_date(text), out);
}

bool Reader::read(const Value& value, Timestamp& out) {
    std::string text;
    return read(value, text) && keep(*this, parse_timestamp(text), out);
}

bool Reader::read_signed(const Value& value, std::int64_t least, std::int64_t most, std::int64_t& out) {
    const auto content = value.as_integer();
    if (!content && !value.as_unsigned()) return refuse("Ska vara ett heltal.");
    if (!content || *content < least || *content > most) {
        return refuse(fmt::format("Ska vara ett heltal från {} till {}.", least, most));
    }
    out = *content;
    return true;
}

bool Reader::read_unsigned(const Value& value, std::uint64_t most, std::uint64_t& out) {
    const auto content = value.as_unsigned();
    if (!content && !value.as_integer()) return refuse("Ska vara ett heltal.");
    if (!content || *content > most) return refuse(fmt::format("Ska vara ett heltal från 0 till {}.", most));
    out = *content;
    return true;
}

bool Reader::read_name(const Value& value, std::span<const std::string_view> names, std::size_t& out) {
    std::string text;
    if (!read(value, text)) return false;
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) return refuse(fmt::format("Ska vara något av: {}.", fmt::join(names, ", ")));
    out = static_cast<std::size_t>(found - names.begin());
    return true;
}

const Value::Array* Reader::array(const Value& value) {
    const auto* content = value.as_array();
    if (content == nullptr) {
        refuse("Ska vara en lista.");
    } else if (content->size() > options_.most_elements) {
        refuse(fmt::format("Listan är för lång. Den får ha högst {} led.", options_.most_elements));
        return nullptr;
    }
    return content;
}

const Value::Object* Reader::object(const Value& value) {
    const auto* content = value.as_object();
    if (content == nullptr) refuse("Ska vara ett objekt.");
    return content;
}

bool Reader::absent(std::string_view name, bool may_be_absent) {
    if (may_be_absent || options_.absent == ReadOptions::Absent::keep_default) return true;
    enter(name);
    return refuse("Saknas.");
}

bool Reader::no_others(const Value::Object& members, std::span<const std::string_view> names) {
    if (options_.unknown == ReadOptions::Unknown::ignore) return true;
    for (const auto& [name, value] : members) {
        if (std::ranges::find(names, name) != names.end()) continue;
        enter(name);
        return refuse("Fältet är okänt.", fmt::format("Kända fält: {}.", fmt::join(names, ", ")));
    }
    return true;
}

bool Reader::refuse(std::string message, std::string advice) {
    if (!error_) error_ = Error{ErrorCode::invalid_input, std::move(message), pointer(), std::move(advice)};
    return false;
}

std::string Reader::pointer() const {
    std::string text;
    for (const auto& step : path_) {
        if (const auto* name = std::get_if<std::string_view>(&step)) {
            append_token(text, *name);
        } else {
            append_token(text, std::to_string(std::get<std::size_t>(step)));
        }
    }
    return text;
}

}  // namespace kansli::json::detail
