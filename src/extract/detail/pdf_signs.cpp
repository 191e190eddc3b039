#include "extract/detail/pdf_signs.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/detail/tidy.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t longest_number = 3;      // digits of a section's number
constexpr std::size_t most_heading_words = 7;  // with number and sign
constexpr int enough_sections = 2;             // in a document, to know it for a text of sections

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::string joined(const Words& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

bool is_section_number(std::string_view word) {
    while (!word.empty() && (word.back() == '.' || word.back() == ',' || word.back() == ')'))
        word.remove_suffix(1);
    return !word.empty() && word.size() <= longest_number &&
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// A letter that begins a heading; Å, Ä and Ö begin with the same byte.
bool begins_with_capital(std::string_view word) {
    if (word.size() < 2) return false;
    if (word[0] >= 'A' && word[0] <= 'Z') return true;
    return word.starts_with("Å") || word.starts_with("Ä") || word.starts_with("Ö");
}

// "4 X Placering", whatever the sign.
bool is_section_heading(const Words& words) {
    return words.size() >= 3 && words.size() <= most_heading_words && is_section_number(words[0]) &&
           begins_with_capital(words[2]) && !words.back().ends_with('.');
}

// Whether anything was mended.
bool mend_plain_signs(Words& words) {
    bool mended = false;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool after_number = at > 0 && is_section_number(words[at - 1]);
        const bool before_number = at + 1 < words.size() && is_section_number(words[at + 1]);
        const bool broken_off = at > 0 && at + 1 == words.size();  // its number begins the next line
        const bool dollar = words[at] == "$" && (after_number || before_number || broken_off);
        const bool ampersand = words[at] == "&" && at == 1 && is_section_heading(words);
        if (!dollar && !ampersand) continue;
        words[at] = "§";
        mended = true;
    }
    return mended;
}

}  // namespace

void mend_section_signs(std::span<Page* const> pages) {
    int sections = 0;
    for (Page* page : pages) {
        for (auto& run : page->runs) {
            auto words = words_of(run.text);
            if (mend_plain_signs(words)) run.text = joined(words);
            if (words.size() > 1 && words[1] == "§" && is_section_heading(words)) ++sections;
        }
    }
    if (sections < enough_sections) return;
    for (Page* page : pages) {
        for (auto& run : page->runs) {
            auto words = words_of(run.text);
            if (!is_section_heading(words) || (words[1] != "5" && words[1] != "8")) continue;
            words[1] = "§";
            run.text = joined(words);
        }
    }
}

}  // namespace kansli::extract::detail
