#include "core/file_name.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "core/visible_text.hpp"

namespace kansli {

namespace {

constexpr std::size_t longest_saved = 200;  // most file systems take 255 bytes; a browser may add a number

void trim_dots_and_spaces(std::string& name) {
    const auto first = name.find_first_not_of(" .");
    name.erase(0, std::min(first, name.size()));
    name.erase(name.find_last_not_of(" .") + 1);
}

bool is_device(std::string_view name) {
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const auto stem = to_lower_ascii(name.substr(0, name.find('.')));
    const std::string_view word = std::string_view(stem).substr(0, 3);
    const bool numbered = stem.size() == 4 && is_ascii_digit(stem[3]) && (word == "com" || word == "lpt");
    return numbered || std::ranges::find(devices, stem) != devices.end();
}

// The name cut to its length between two letters, the ending kept when it is one.
std::string shortened(const std::string& name) {
    if (name.size() <= longest_saved) return name;
    const auto dot = name.rfind('.');
    const auto ending = dot != std::string::npos && name.size() - dot <= 10 ? name.substr(dot) : "";
    auto end = longest_saved - ending.size();
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
        --end;
    return name.substr(0, end) + ending;
}

}  // namespace

std::string shown_file_name(std::string_view name) {
    return visible_text(name);
}

std::string saved_file_name(std::string_view name, std::string_view otherwise) {
    auto saved = shown_file_name(name.substr(name.find_last_of("/\\") + 1));
    std::ranges::replace_if(
        saved, [](char sign) { return std::string_view(":*?\"<>|").find(sign) != std::string_view::npos; },
        '_');
    trim_dots_and_spaces(saved);
    saved = shortened(saved);
    trim_dots_and_spaces(saved);
    if (saved.empty()) return std::string(otherwise);
    return is_device(saved) ? "_" + saved : saved;
}

}  // namespace kansli
