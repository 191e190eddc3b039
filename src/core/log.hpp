#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

// The one singleton of the house. Lines go to standard error; no personal data and no document text is ever
// logged.
namespace kansli::log {

enum class Level : std::uint8_t { debug, info, warning, error };

void set_level(Level level);
void write(Level level, std::string_view line);

template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace kansli::log
