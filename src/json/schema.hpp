#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/time.hpp"
#include "json/describe.hpp"
#include "json/detail/kinds.hpp"
#include "json/value.hpp"

namespace kansli::json {

// Whether a schema is for text that we read (members that may be absent are not required) or write (all
// members are there).
enum class Direction : bool { read, write };

// The JSON Schemas (2020-12, as OpenAPI 3.1 uses it) of all types met so far, by name. A described struct or
// enum gets the last part of its C++ name; when another type has that name already, its scope goes before it
// ("SearchSection"); when the same type was met in the other direction with another schema, "Input" or
// "Output" goes after it. Threads: one instance, one thread.
class Schemas {
  public:
    // `prefix`: where references point to, in front of the name.
    explicit Schemas(std::string prefix = "#/components/schemas/") : prefix_(std::move(prefix)) {}

    // The schema of T: a simple one itself, a described type as {"$ref": prefix + name}.
    template <typename T>
    [[nodiscard]] Value of(Direction direction);

    // {"Name": schema, …}, in alphabetical order: the value of OpenAPI's components.schemas.
    [[nodiscard]] Value components() const;

  private:
    struct Key {
        std::string type;  // full C++ name
        Direction direction;
        friend auto operator<=>(const Key&, const Key&) = default;
    };

    template <DescribedStruct T>
    Value reference_to_struct(Direction direction);
    template <DescribedEnum E>
    Value reference_to_enum();

    // Nothing yet known of the type: its name is taken and `true` comes back.
    bool begin(const Key& key);
    Value finish(const Key& key, Value body);
    [[nodiscard]] Value reference(const Key& key) const;
    [[nodiscard]] std::string free_name(const Key& key) const;
    static Value nullable(Value schema);
    static Value integer(bool is_signed, std::size_t bytes);
    static Value text(std::string_view format);
    static Value array_of(Value items);
    static Value map_of(Value values);

    std::string prefix_;
    std::map<Key, std::string> names_;
    std::map<std::string, Value> bodies_;
};

namespace detail {

// "kansli::search::Section", as the compiler spells it.
template <typename T>
constexpr std::string_view type_name() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const auto begin = text.find("T = ") + 4;
    return text.substr(begin, text.find_first_of(";]", begin) - begin);
}

}  // namespace detail

template <DescribedStruct T>
Value Schemas::reference_to_struct(Direction direction) {
    const Key key{std::string(detail::type_name<T>()), direction};
    if (!begin(key)) return reference(key);
    Value properties = Value::object();
    Value required = Value::array();
    boost::mp11::mp_for_each<detail::MembersOf<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        const auto name = detail::plain_name(member.name);
        properties[name] = of<Member>(direction);
        if (direction == Direction::write || !detail::may_be_absent<Member>) required.push_back(name);
    });
    Value body = Value::object();
    body["type"] = "object";
    body["properties"] = std::move(properties);
    body["required"] = std::move(required);
    body["additionalProperties"] = false;
    return finish(key, std::move(body));
}

template <DescribedEnum E>
Value Schemas::reference_to_enum() {
    const Key key{std::string(detail::type_name<E>()), Direction::write};
    if (!begin(key)) return reference(key);
    Value names = Value::array();
    for (const auto name : detail::value_names<E>)
        names.push_back(name);
    Value body = Value::object();
    body["type"] = "string";
    body["enum"] = std::move(names);
    return finish(key, std::move(body));
}

template <typename T>
Value Schemas::of(Direction direction) {
    if constexpr (std::same_as<T, bool>) {
        return Value(Value::Object{{"type", "boolean"}});
    } else if constexpr (detail::Number<T>) {
        return integer(std::is_signed_v<T>, sizeof(T));
    } else if constexpr (std::floating_point<T>) {
        return Value(Value::Object{{"type", "number"}});
    } else if constexpr (std::same_as<T, std::string> || detail::is_id<T>) {
        return text("");
    } else if constexpr (std::same_as<T, Date>) {
        return text("date");
    } else if constexpr (std::same_as<T, Timestamp>) {
        return text("date-time");
    } else if constexpr (std::same_as<T, Value>) {
        return Value::object();
    } else if constexpr (DescribedEnum<T>) {
        return reference_to_enum<T>();
    } else if constexpr (detail::is_optional<T>) {
        return nullable(of<typename T::value_type>(direction));
    } else if constexpr (detail::is_vector<T>) {
        return array_of(of<typename T::value_type>(direction));
    } else if constexpr (detail::is_map<T>) {
        return map_of(of<typename T::mapped_type>(direction));
    } else if constexpr (DescribedStruct<T>) {
        return reference_to_struct<T>(direction);
    } else {
        static_assert(detail::not_supported<T>,
                      "describe the type with KANSLI_DESCRIBE or KANSLI_DESCRIBE_ENUM");
    }
}

// One type by itself: its schema with those of the types it uses under "$defs".
template <typename T>
[[nodiscard]] Value schema(Direction direction) {
    Schemas schemas("#/$defs/");
    Value whole = schemas.of<T>(direction);
    whole["$defs"] = schemas.components();
    return whole;
}

}  // namespace kansli::json
