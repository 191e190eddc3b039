#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/log.hpp"

namespace kansli::log::detail {

// What a line says, before it is laid out.
struct Line {
    std::string_view time{};
    Level level = Level::info;
    std::string_view message{};
    std::string_view request{};  // empty: none
    std::span<const Field> fields{};
};

// Without the line end. A line break inside a text does not begin another line.
[[nodiscard]] std::string lay_out(const Line& line, Format format);

}  // namespace kansli::log::detail
