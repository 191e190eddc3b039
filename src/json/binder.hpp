#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "json/detail/kinds.hpp"
#include "json/detail/reader.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

// C++ values to JSON text and back. The types: structs and enums described with KANSLI_DESCRIBE, std::vector,
// std::optional, std::map with text keys, std::string, bool, whole numbers, double, Id, Date, Timestamp,
// json::Value, and whatever is built of these.
//
// Writing: members in the order of their description; an empty optional is null.
// Reading: strict. Every member must be there except optional (then empty; also when null), vector and map
// (then empty), unless ReadOptions says otherwise; unknown members, wrong kinds and numbers out of range are
// invalid_input whose `where` is the JSON pointer of the field ("/taggar/0/vikt").
namespace kansli::json {

namespace detail {

template <typename T>
void write_value(Writer& writer, const T& value);

template <DescribedStruct T>
void write_struct(Writer& writer, const T& value) {
    writer.begin_object();
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        writer.key(plain_name(member.name));
        write_value(writer, value.*member.pointer);
    });
    writer.end_object();
}

void write_dynamic(Writer& writer, const Value& value);

// Recursion follows the nesting of types, or of values that the program built itself.
template <typename T>
void write_value(Writer& writer, const T& value) {  // NOLINT(misc-no-recursion)
    if constexpr (std::same_as<T, bool>) {
        writer.boolean(value);
    } else if constexpr (Number<T> && std::is_unsigned_v<T>) {
        writer.unsigned_integer(value);
    } else if constexpr (Number<T>) {
        writer.integer(value);
    } else if constexpr (std::floating_point<T>) {
        writer.number(value);
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
        writer.string(value);
    } else if constexpr (is_id<T>) {
        writer.string(value.str());
    } else if constexpr (std::same_as<T, Date> || std::same_as<T, Timestamp>) {
        writer.string(to_string(value));
    } else if constexpr (std::same_as<T, Value>) {
        write_dynamic(writer, value);
    } else if constexpr (DescribedEnum<T>) {
        writer.string(enum_name(value));
    } else if constexpr (is_optional<T>) {
        if (value) {
            write_value(writer, *value);
        } else {
            writer.null();
        }
    } else if constexpr (is_vector<T>) {
        writer.begin_array();
        for (const auto& element : value)
            write_value(writer, static_cast<const typename T::value_type&>(element));
        writer.end_array();
    } else if constexpr (is_map<T>) {
        writer.begin_object();
        for (const auto& [name, element] : value) {
            writer.key(name);
            write_value(writer, element);
        }
        writer.end_object();
    } else if constexpr (DescribedStruct<T>) {
        write_struct(writer, value);
    } else {
        static_assert(not_supported<T>, "describe the type with KANSLI_DESCRIBE or KANSLI_DESCRIBE_ENUM");
    }
}

template <typename T>
bool read_value(Reader& reader, const Value& value, T& out);

template <typename T>
bool read_vector(Reader& reader, const Value& value, T& out) {
    const auto* elements = reader.array(value);
    if (elements == nullptr) return false;
    out.clear();
    out.reserve(elements->size());
    for (std::size_t i = 0; i < elements->size(); ++i) {
        reader.enter(i);
        typename T::value_type element{};
        if (!read_value(reader, (*elements)[i], element)) return false;
        out.push_back(std::move(element));
        reader.leave();
    }
    return true;
}

template <typename T>
bool read_map(Reader& reader, const Value& value, T& out) {
    const auto* members = reader.object(value);
    if (members == nullptr) return false;
    out.clear();
    for (const auto& [name, element] : *members) {
        reader.enter(name);
        if (!read_value(reader, element, out[name])) return false;
        reader.leave();
    }
    return true;
}

template <typename T>
bool read_member(Reader& reader, const Value& object, std::string_view name, T& out) {
    const Value* value = object.find(name);
    if (value == nullptr) return reader.absent(name, may_be_absent<T>);
    reader.enter(name);
    if (!read_value(reader, *value, out)) return false;
    reader.leave();
    return true;
}

template <DescribedStruct T>
bool read_struct(Reader& reader, const Value& value, T& out) {
    const auto* members = reader.object(value);
    if (members == nullptr) return false;
    bool good = true;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        good = good && read_member(reader, value, plain_name(member.name), out.*member.pointer);
    });
    return good && reader.no_others(*members, member_names<T>);
}

template <Number T>
bool read_number(Reader& reader, const Value& value, T& out) {
    using Limits = std::numeric_limits<T>;
    if constexpr (std::is_unsigned_v<T>) {
        std::uint64_t number = 0;
        if (!reader.read_unsigned(value, Limits::max(), number)) return false;
        out = static_cast<T>(number);
    } else {
        std::int64_t number = 0;
        if (!reader.read_signed(value, Limits::min(), Limits::max(), number)) return false;
        out = static_cast<T>(number);
    }
    return true;
}

// Recursion is as deep as the value, which ParseLimits bounds.
template <typename T>
bool read_value(Reader& reader, const Value& value, T& out) {  // NOLINT(misc-no-recursion)
    if constexpr (Number<T>) {
        return read_number(reader, value, out);
    } else if constexpr (std::same_as<T, bool> || std::same_as<T, double> || std::same_as<T, std::string> ||
                         std::same_as<T, Date> || std::same_as<T, Timestamp>) {
        return reader.read(value, out);
    } else if constexpr (is_id<T>) {
        std::string text;
        if (!reader.read(value, text)) return false;
        out = T(std::move(text));
        return true;
    } else if constexpr (std::same_as<T, Value>) {
        out = value;
        return true;
    } else if constexpr (DescribedEnum<T>) {
        std::size_t index = 0;
        if (!reader.read_name(value, value_names<T>, index)) return false;
        out = values<T>[index];
        return true;
    } else if constexpr (is_optional<T>) {
        out.reset();
        return value.is_null() || read_value(reader, value, out.emplace());
    } else if constexpr (is_vector<T>) {
        return read_vector(reader, value, out);
    } else if constexpr (is_map<T>) {
        return read_map(reader, value, out);
    } else if constexpr (DescribedStruct<T>) {
        return read_struct(reader, value, out);
    } else {
        static_assert(not_supported<T>, "describe the type with KANSLI_DESCRIBE or KANSLI_DESCRIBE_ENUM");
    }
}

}  // namespace detail

// The value as JSON on one line.
template <typename T>
[[nodiscard]] std::string write(const T& value) {
    Writer writer;
    detail::write_value(writer, value);
    return writer.take();
}

// The same in the canonical form: what is hashed. Fails only for what parse() would refuse.
template <typename T>
[[nodiscard]] Result<std::string> write_canonical(const T& value) {
    return canonical(write(value));
}

// Reads a value that is parsed already, as json::read does.
template <typename T>
[[nodiscard]] Result<T> read_from(const Value& value, const ReadOptions& options = {}) {
    detail::Reader reader(options);
    T out{};
    if (!detail::read_value(reader, value, out)) return Failure(reader.take_error());
    return out;
}

// JSON text to a value. For errors see the head of this file; text that is no JSON is told with line and
// column.
template <typename T>
[[nodiscard]] Result<T> read(std::string_view text, const ReadOptions& options = {}) {
    return read_from<T>(TRY(parse(text, options.limits)), options);
}

}  // namespace kansli::json
