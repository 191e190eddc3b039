#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// The words of one version with the number of its sections that each stands in. Kept with the version's last section, so
// that taking the version out of the index also takes its words out of the spellings that can be suggested.
namespace kansli::search::detail {

void append_word(std::string& bytes, std::string_view word, std::uint32_t sections);

// Stops quietly at bytes that are not what append_word writes.
void for_each_word(std::string_view bytes, const std::function<void(std::string_view, std::uint32_t)>& visit);

}  // namespace kansli::search::detail
