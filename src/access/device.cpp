#include "access/device.hpp"

#include <array>
#include <span>
#include <utility>

namespace kansli::access {

namespace {

using MarkAndWord = std::pair<std::string_view, std::string_view>;

// In this order: most browsers also name those that they want to be taken for.
constexpr auto browsers = std::to_array<MarkAndWord>({{"Edg", "Edge"},
                                                      {"OPR/", "Opera"},
                                                      {"Firefox/", "Firefox"},
                                                      {"Chrome/", "Chrome"},
                                                      {"Safari/", "Safari"},
                                                      {"curl/", "curl"}});
constexpr auto systems = std::to_array<MarkAndWord>({{"Android", "Android"},
                                                     {"iPhone", "iPhone"},
                                                     {"iPad", "iPad"},
                                                     {"Windows", "Windows"},
                                                     {"CrOS", "ChromeOS"},
                                                     {"Macintosh", "Mac"},
                                                     {"Linux", "Linux"}});

std::string_view first_word(std::string_view text, std::span<const MarkAndWord> words) {
    for (const auto& [mark, word] : words) {
        if (text.find(mark) != std::string_view::npos) return word;
    }
    return {};
}

}  // namespace

std::string device_words(std::string_view user_agent) {
    std::string words(first_word(user_agent, browsers));
    const auto system = first_word(user_agent, systems);
    if (!words.empty() && !system.empty()) words += ", ";
    words += system;
    return words;
}

}  // namespace kansli::access
