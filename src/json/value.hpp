#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.hpp"

namespace kansli::json {

// Any JSON value, for text whose shape is known only at run time. Objects keep the order in which members
// were added. Whole numbers that fit 64 bits are kept exactly, all others as double. Invariants: no two
// members of an object that came from parse() have the same name.
class Value {
  public:
    using Array = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Object = std::vector<Member>;

    Value() = default;
    // Implicit on purpose: `object["count"] = 3;`
    // NOLINTBEGIN(google-explicit-constructor,hicpp-explicit-conversions)
    Value(std::nullptr_t) {}
    Value(std::same_as<bool> auto value) : data_(value) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Value(T value) {
        if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(std::uint64_t)) {
            set_unsigned(value);
        } else {
            data_ = static_cast<std::int64_t>(value);
        }
    }
    Value(double value) : data_(value) {}
    Value(std::string value) : data_(std::move(value)) {}
    Value(std::string_view value) : data_(std::string(value)) {}
    Value(const char* value) : data_(std::string(value)) {}
    Value(Array values) : data_(std::move(values)) {}
    Value(Object members) : data_(std::move(members)) {}
    // NOLINTEND(google-explicit-constructor,hicpp-explicit-conversions)
    [[nodiscard]] static Value array() { return Value(Array{}); }
    [[nodiscard]] static Value object() { return Value(Object{}); }

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(data_); }
    // The content when it is of that kind; a null pointer or nothing otherwise.
    [[nodiscard]] std::optional<bool> as_bool() const;
    [[nodiscard]] std::optional<std::int64_t> as_integer() const;  // also 3.0
    [[nodiscard]] std::optional<std::uint64_t> as_unsigned() const;
    [[nodiscard]] std::optional<double> as_number() const;
    [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&data_); }
    [[nodiscard]] Array* as_array() { return std::get_if<Array>(&data_); }
    [[nodiscard]] Object* as_object() { return std::get_if<Object>(&data_); }

    // The member of that name of an object; null when there is none or this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;
    // What a JSON pointer (RFC 6901) such as "/hits/0/path" leads to; null when nothing stands there.
    [[nodiscard]] const Value* at(std::string_view pointer) const;
    // The member of that name, added when missing. Anything but an object becomes an empty object first.
    Value& operator[](std::string_view name);
    // Adds at the end. Anything but an array becomes an empty array first.
    Value& push_back(Value value);

    // Numbers compare by what they are worth, objects without regard to the order of their members.
    friend bool operator==(const Value& a, const Value& b);

  private:
    friend class ValueWriter;
    void set_unsigned(std::uint64_t value);

    // An unsigned number is kept as such only when it is too large for the signed kind.
    std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object>
        data_ = nullptr;
};

struct ParseLimits {
    std::size_t bytes = std::size_t{64} << 20U;
    std::size_t depth = 64;  // arrays and objects inside each other
};

// Strict JSON (RFC 8259). A name that occurs twice, a number beyond double and ill-formed UTF-8 are
// invalid_input with line and column; over a limit is too_large.
[[nodiscard]] Result<Value> parse(std::string_view text, const ParseLimits& limits = {});

// Without white space, members in their order.
[[nodiscard]] std::string write(const Value& value);
// Indented by two spaces, for files that people read and compare.
[[nodiscard]] std::string pretty(const Value& value);
// As RFC 8785: no white space, members sorted by UTF-16 code units, shortest numbers. Whole numbers beyond
// 2^53 are kept exactly, where the RFC would round them. The same value always gives the same bytes, so it
// can be hashed.
[[nodiscard]] std::string canonical_of(const Value& value);
// The same of text that is JSON already.
[[nodiscard]] Result<std::string> canonical(std::string_view text);

}  // namespace kansli::json
