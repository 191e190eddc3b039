#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"

// Which C++ types stand for which JSON types; shared by the binder and the schema.
namespace kansli::json::detail {

template <typename T>
inline constexpr bool is_vector = false;
template <typename T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <typename T>
inline constexpr bool is_map = false;
template <typename T>
inline constexpr bool is_map<std::map<std::string, T>> = true;

template <typename T>
inline constexpr bool is_id = false;
template <typename Tag>
inline constexpr bool is_id<Id<Tag>> = true;

// Character types are no numbers here.
template <typename T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                 !std::same_as<T, char8_t> && !std::same_as<T, wchar_t>;

// An absent member of such a type is read as nothing or empty.
template <typename T>
inline constexpr bool may_be_absent = is_optional<T> || is_vector<T> || is_map<T>;

// For static_assert in the last branch.
template <typename T>
inline constexpr bool not_supported = false;

}  // namespace kansli::json::detail
