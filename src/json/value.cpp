#include "json/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <type_traits>

#include "json/writer.hpp"

namespace kansli::json {

namespace {

// Order of UTF-16 code units, told from UTF-8 bytes: only U+E000–U+FFFF (lead bytes EE, EF) and the planes
// above them (F0–F4, which UTF-16 writes with surrogates D800–DFFF) change places.
bool less_as_utf16(std::string_view a, std::string_view b) {
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left == a.end() || right == b.end()) return right != b.end();
    const auto rank = [](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return value == 0xEE || value == 0xEF ? value + 0x10 : value >= 0xF0 ? value - 0x02 : +value;
    };
    return rank(*left) < rank(*right);
}

const Value* step_into(const Value& value, const std::string& token) {
    if (const auto* array = value.as_array()) {
        std::size_t index = 0;
        const auto [end, status] = std::from_chars(token.data(), token.data() + token.size(), index);
        const bool whole = status == std::errc{} && end == token.data() + token.size();
        return whole && index < array->size() ? &(*array)[index] : nullptr;
    }
    return value.find(token);
}

// One step of a JSON pointer without its escapes.
std::string unescaped(std::string_view step) {
    std::string token;
    for (std::size_t i = 0; i < step.size(); ++i) {
        const bool escape = step[i] == '~' && i + 1 < step.size();
        token += escape ? (step[++i] == '1' ? '/' : '~') : step[i];
    }
    return token;
}

}  // namespace

// Walks a value. Recursion is as deep as the value, which parse() bounds.
class ValueWriter {
  public:
    ValueWriter(Writer& writer, bool sorted) : writer_(writer), sorted_(sorted) {}

    // NOLINTNEXTLINE(misc-no-recursion)
    void put(const Value& value) {
        std::visit([this](const auto& content) { put_content(content); }, value.data_);
    }

  private:
    void put_content(std::nullptr_t) { writer_.null(); }
    void put_content(bool content) { writer_.boolean(content); }
    void put_content(std::int64_t content) { writer_.integer(content); }
    void put_content(std::uint64_t content) { writer_.unsigned_integer(content); }
    void put_content(double content) { writer_.number(content); }
    void put_content(const std::string& content) { writer_.string(content); }
    // NOLINTNEXTLINE(misc-no-recursion)
    void put_content(const Value::Array& content) {
        writer_.begin_array();
        for (const auto& element : content)
            put(element);
        writer_.end_array();
    }
    // NOLINTNEXTLINE(misc-no-recursion)
    void put_content(const Value::Object& content) {
        writer_.begin_object();
        std::vector<const Value::Member*> members;
        members.reserve(content.size());
        for (const auto& member : content)
            members.push_back(&member);
        if (sorted_) {
            std::ranges::sort(members, less_as_utf16,
                              [](const auto* member) -> std::string_view { return member->first; });
        }
        for (const auto* member : members) {
            writer_.key(member->first);
            put(member->second);
        }
        writer_.end_object();
    }

    Writer& writer_;
    bool sorted_;
};

void Value::set_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        data_ = static_cast<std::int64_t>(value);
    } else {
        data_ = value;
    }
}

std::optional<bool> Value::as_bool() const {
    const auto* value = std::get_if<bool>(&data_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Value::as_integer() const {
    if (const auto* value = std::get_if<std::int64_t>(&data_)) return *value;
    const auto* real = std::get_if<double>(&data_);
    // Both bounds are powers of two and exact as doubles.
    if (real != nullptr && *real == std::trunc(*real) && *real >= -0x1p63 && *real < 0x1p63) {
        return static_cast<std::int64_t>(*real);
    }
    return std::nullopt;
}

std::optional<std::uint64_t> Value::as_unsigned() const {
    if (const auto* value = std::get_if<std::uint64_t>(&data_)) return *value;
    const auto* real = std::get_if<double>(&data_);
    if (real != nullptr && *real == std::trunc(*real) && *real >= 0x1p63 && *real < 0x1p64) {
        return static_cast<std::uint64_t>(*real);
    }
    const auto value = as_integer();
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

std::optional<double> Value::as_number() const {
    if (const auto* value = std::get_if<double>(&data_)) return *value;
    if (const auto* value = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<std::uint64_t>(&data_)) return static_cast<double>(*value);
    return std::nullopt;
}

const Value* Value::find(std::string_view name) const {
    const auto* members = as_object();
    if (members == nullptr) return nullptr;
    const auto found = std::ranges::find(*members, name, &Member::first);
    return found != members->end() ? &found->second : nullptr;
}

const Value* Value::at(std::string_view pointer) const {
    const Value* here = this;
    while (here != nullptr && !pointer.empty()) {
        if (pointer.front() != '/') return nullptr;
        pointer.remove_prefix(1);
        const auto step = pointer.substr(0, pointer.find('/'));
        here = step_into(*here, unescaped(step));
        pointer.remove_prefix(step.size());
    }
    return here;
}

Value& Value::operator[](std::string_view name) {
    if (as_object() == nullptr) data_ = Object{};
    auto& members = std::get<Object>(data_);
    const auto found = std::ranges::find(members, name, &Member::first);
    if (found != members.end()) return found->second;
    return members.emplace_back(std::string(name), Value()).second;
}

Value& Value::push_back(Value value) {
    if (as_array() == nullptr) data_ = Array{};
    return std::get<Array>(data_).emplace_back(std::move(value));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value, which parse() bounds
bool operator==(const Value& a, const Value& b) {
    if (const auto* members = a.as_object()) {
        const auto* others = b.as_object();
        // NOLINTNEXTLINE(misc-no-recursion)
        return others != nullptr && members->size() == others->size() &&
               std::ranges::all_of(*members, [&](const auto& member) {
                   const auto* other = b.find(member.first);
                   return other != nullptr && *other == member.second;
               });
    }
    if (const auto* left = a.as_array()) {
        const auto* right = b.as_array();
        return right != nullptr && *left == *right;
    }
    const auto x = a.as_number();
    const auto y = b.as_number();
    if (x && y) return a.as_integer() == b.as_integer() && a.as_unsigned() == b.as_unsigned() && *x == *y;
    return a.data_ == b.data_;
}

namespace detail {

// Declared in binder.hpp, which has the templates that call it.
void write_dynamic(Writer& writer, const Value& value);
void write_dynamic(Writer& writer, const Value& value) {
    ValueWriter(writer, false).put(value);
}

}  // namespace detail

std::string write(const Value& value) {
    Writer writer;
    ValueWriter(writer, false).put(value);
    return writer.take();
}

std::string pretty(const Value& value) {
    Writer writer(2);
    ValueWriter(writer, false).put(value);
    return writer.take();
}

std::string canonical_of(const Value& value) {
    Writer writer;
    ValueWriter(writer, true).put(value);
    return writer.take();
}

Result<std::string> canonical(std::string_view text) {
    return canonical_of(TRY(parse(text)));
}

}  // namespace kansli::json
