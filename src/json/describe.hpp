#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

// Tells json/ which members a struct has, or which values an enum has. Stands once, at namespace scope, in
// the namespace of the type, where the type is complete:
//     struct Tag { std::string name{}; int weight = 0; };
//     KANSLI_DESCRIBE(Tag, name, weight)
//     enum class Colour : std::uint8_t { red, dark_green };
//     KANSLI_DESCRIBE_ENUM(Colour, red, dark_green)
// In JSON a member or value has its C++ name; one underscore at the end is left out (`class_` is "class").
#define KANSLI_DESCRIBE(Type, ...) BOOST_DESCRIBE_STRUCT(Type, (), (__VA_ARGS__))
#define KANSLI_DESCRIBE_ENUM(Enum, ...) BOOST_DESCRIBE_ENUM(Enum, __VA_ARGS__)

namespace kansli::json {

template <typename T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <typename T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

namespace detail {

// The name in JSON of a C++ name.
constexpr std::string_view plain_name(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

template <typename T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

// The names of all members of a struct or values of an enum, in the order of the description.
template <template <typename...> typename List, typename... Descriptors>
constexpr auto names_in(List<Descriptors...>) {
    return std::array<std::string_view, sizeof...(Descriptors)>{plain_name(Descriptors::name)...};
}
template <DescribedStruct T>
inline constexpr auto member_names = names_in(MembersOf<T>{});
template <DescribedEnum E>
inline constexpr auto value_names = names_in(boost::describe::describe_enumerators<E>{});

template <typename E, template <typename...> typename List, typename... Descriptors>
constexpr auto values_in(List<Descriptors...>) {
    return std::array<E, sizeof...(Descriptors)>{Descriptors::value...};
}
template <DescribedEnum E>
inline constexpr auto values = values_in<E>(boost::describe::describe_enumerators<E>{});

}  // namespace detail

// "dark_green" for Colour::dark_green. Empty for a value that is not described.
template <DescribedEnum E>
[[nodiscard]] constexpr std::string_view enum_name(E value) {
    for (std::size_t i = 0; i < detail::values<E>.size(); ++i) {
        if (detail::values<E>[i] == value) return detail::value_names<E>[i];
    }
    return {};
}

// All values, in the order of the description.
template <DescribedEnum E>
[[nodiscard]] constexpr std::span<const E> enum_values() {
    return detail::values<E>;
}

// The value of that name, if there is one.
template <DescribedEnum E>
[[nodiscard]] constexpr std::optional<E> enum_value(std::string_view name) {
    for (std::size_t i = 0; i < detail::values<E>.size(); ++i) {
        if (detail::value_names<E>[i] == name) return detail::values<E>[i];
    }
    return std::nullopt;
}

}  // namespace kansli::json
