#include "extract/detail/tidy.hpp"

#include <algorithm>
#include <array>

#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::string_view bullet = "•";
constexpr std::size_t longest_word = 200;

bool is_space(char32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680;
}

bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c & 0xFFFEU) == 0xFFFEU;
}

bool is_private(char32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

// What Symbol and Wingdings call their bullets, arrows and ticks once Word has moved them to the private-use
// area.
bool is_symbol_bullet(char32_t c) {
    constexpr std::array<char32_t, 12> bullets = {0xF0B7, 0xF0A7, 0xF0A8, 0xF076, 0xF0D8, 0xF0FC,
                                                  0xF06C, 0xF06E, 0xF0E0, 0xF0B0, 0xF02D, 0xF071};
    return std::ranges::find(bullets, c) != bullets.end();
}

std::string_view spelt_out(char32_t c) {
    constexpr std::array<std::string_view, 7> ligatures = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (c >= 0xFB00 && c <= 0xFB06) return ligatures.at(c - 0xFB00);
    if (c == 0x2011 || c == 0x2010) return "-";
    return {};
}

bool is_plain(std::string_view text) {
    char previous = ' ';
    for (const char c : text) {
        if (c < 0x20 || c == 0x7F || (c == ' ' && previous == ' ')) return false;
        previous = c;
    }
    return text.empty() || previous != ' ';
}

void append_tidy(std::string& out, char32_t c) {
    if (is_space(c)) {
        if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else if (is_symbol_bullet(c)) {
        out.append(bullet);
    } else if (const auto letters = spelt_out(c); !letters.empty()) {
        out.append(letters);
    } else if (!is_invisible(c) && !is_private(c)) {
        append_code_point(out, c);
    }
}

bool is_bullet(char32_t c) {
    constexpr std::u32string_view bullets = U"•◦▪▫■□●○‣∙·–—-*+➢➤►▶✓✔❖";
    return bullets.find(c) != std::u32string_view::npos;
}

std::size_t skip_digits(std::string_view line, std::size_t at, std::size_t most) {
    const std::size_t begin = at;
    while (at < line.size() && at - begin < most && is_digit(static_cast<unsigned char>(line[at])))
        ++at;
    return at;
}

bool is_roman(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("ivx") == std::string_view::npos;
}

// The mark's own length before the space: "12." "a)" "(3)" "iv)".
std::size_t ordinal_length(std::string_view line) {
    const std::size_t open = line.starts_with('(') ? 1 : 0;
    std::size_t at = skip_digits(line, open, 3);
    const bool number = at > open;
    if (!number) {
        while (at < line.size() && at < open + 6 && line[at] >= 'a' && line[at] <= 'z')
            ++at;
        const auto letters = line.substr(open, at - open);
        if (letters.size() != 1 && !is_roman(letters)) return 0;
    }
    if (at >= line.size()) return 0;
    if (line[at] == ')') return at + 1;
    if (line[at] == '.' && open == 0 && number) return at + 1;
    return 0;
}

// "4", "8 a" or "12 b" at the start; 0 when there is none.
std::size_t statute_number_length(std::string_view line) {
    std::size_t at = skip_digits(line, 0, 4);
    if (at == 0) return 0;
    if (at + 2 < line.size() && line[at] == ' ' && line[at + 1] >= 'a' && line[at + 1] <= 'z' &&
        line[at + 2] == ' ')
        at += 2;
    return at < line.size() && line[at] == ' ' ? at + 1 : 0;
}

bool begins_with_word(std::string_view text, std::string_view word) {
    return text == word || text.starts_with(std::string(word) + " ");
}

// "och" and the like after a hyphen: the hyphen stands for a part left out, "bygg- och miljönämnden".
bool continues_pair(std::string_view line) {
    constexpr std::array<std::string_view, 9> words = {"och",  "eller", "samt", "respektive", "resp.",
                                                       "till", "and",   "or",   "som"};
    return std::ranges::any_of(words, [&](auto word) { return begins_with_word(line, word); });
}

std::string_view last_word(std::string_view text) {
    // No word is longer; looking further back would make a text without spaces cost the square of its length.
    if (text.size() > longest_word) text.remove_prefix(text.size() - longest_word);
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

enum class Joint { space, keep_hyphen, drop_hyphen };

Joint joint_of(std::string_view text, std::string_view line) {
    if (text.ends_with('/') && text.size() > 1 && text[text.size() - 2] != ' ') return Joint::keep_hyphen;
    if (!text.ends_with('-') || text.size() < 2) return Joint::space;
    const auto stem = last_word(text.substr(0, text.size() - 1));
    const char32_t before = last_code_point(stem);
    const char32_t after = first_code_point(line);
    if (!(is_letter(before) || is_digit(before)) || continues_pair(line)) return Joint::space;
    if (!is_lower(after) || is_digit(before)) return Joint::keep_hyphen;
    const bool abbreviation = count_code_points(stem) == 1 || (is_upper(before) && is_all_capitals(stem));
    return abbreviation ? Joint::keep_hyphen : Joint::drop_hyphen;
}

bool ends_as_sentence(std::string_view line) {
    constexpr std::string_view ends = ".,;:!";
    return ends.find(line.back()) != std::string_view::npos;
}

// "Utredaren ska därför" and "Häckning ska bedömas om" lead into a list; no heading ends so.
bool ends_as_lead_in(std::string_view line) {
    constexpr std::array<std::string_view, 28> words = {
        "om",  "att",   "ska",   "för", "av",  "därför", "är",  "som",   "med", "i",
        "på",  "till",  "bl.a.", "får", "vid", "kan",    "bör", "genom", "när", "från",
        "och", "eller", "inte",  "en",  "ett", "den",    "det", "enligt"};
    return std::ranges::find(words, last_word(line)) != words.end();
}

bool has_value_after_colon(std::string_view line) {
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) return false;
    constexpr std::array<std::string_view, 7> titles = {"Bilaga", "Kapitel", "Del",   "Avsnitt",
                                                        "Steg",   "Fråga",   "Tabell"};
    return std::ranges::none_of(titles, [&](auto title) { return line.starts_with(title); });
}

}  // namespace

std::string tidy(std::string_view utf8) {
    if (is_plain(utf8)) return std::string(utf8);
    std::string out;
    out.reserve(utf8.size());
    bool ascii = true;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (byte > 0x20 && byte < 0x7F) {
            out.push_back(utf8[at++]);
            continue;
        }
        ascii = ascii && byte < 0x80;
        append_tidy(out, next_code_point(utf8, at));
    }
    if (out.ends_with(' ')) out.pop_back();
    return ascii ? out : text::normalise(out);
}

std::optional<Marker> find_marker(std::string_view line) {
    std::size_t at = 0;
    if (line.empty()) return std::nullopt;
    const bool is_dot = is_bullet(next_code_point(line, at));
    if (!is_dot) at = ordinal_length(line);
    if (at == 0 || at >= line.size() || line[at] != ' ') return std::nullopt;
    const auto text_at = line.find_first_not_of(' ', at);
    if (text_at == std::string_view::npos) return std::nullopt;
    return Marker{std::string(line.substr(0, at)), text_at, is_dot};
}

bool is_letter_marker(const Marker& marker) {
    const char first = marker.text.front();
    return !marker.bullet && first >= 'a' && first <= 'z';
}

bool starts_section(std::string_view line) {
    const auto at = statute_number_length(line);
    return at > 0 && line.substr(at).starts_with("§") && !line.substr(at).starts_with("§§");
}

bool starts_chapter(std::string_view line) {
    const auto at = statute_number_length(line);
    const auto rest = line.substr(at);
    if (at == 0 || !(rest.starts_with("kap.") || rest.starts_with("Kap.") || rest.starts_with("KAP.")))
        return false;
    const auto title = trim(rest.substr(4));
    return title.empty() || is_upper(first_code_point(title));
}

bool starts_numbered_heading(std::string_view line) {
    std::size_t at = skip_digits(line, 0, 2);
    if (at == 0) return false;
    while (at + 1 < line.size() && line[at] == '.') {
        const auto next = skip_digits(line, at + 1, 2);
        if (next == at + 1) break;
        at = next;
    }
    if (at < line.size() && line[at] == '.') ++at;
    if (at >= line.size() || line[at] != ' ') return false;
    return is_upper(first_code_point(trim(line.substr(at))));
}

bool can_be_heading(std::string_view line) {
    if (line.empty() || count_code_points(line) > 110) return false;
    if (starts_chapter(line)) return true;
    if (starts_section(line)) return line.ends_with("§");
    const char32_t first = first_code_point(line);
    if (!is_upper(first) && !is_digit(first)) return false;
    if (is_digit(first) && !starts_numbered_heading(line)) return false;
    if (ends_as_sentence(line) || ends_as_lead_in(line) || has_value_after_colon(line) ||
        line.find(" | ") != std::string_view::npos)
        return false;
    return std::ranges::count(line, ' ') <= 14 &&
           std::ranges::count_if(line, [](char c) { return c < 0 || c >= 'A'; }) > 1;
}

bool is_all_capitals(std::string_view line) {
    int upper = 0;
    int lower = 0;
    for (std::size_t at = 0; at < line.size();) {
        const char32_t c = next_code_point(line, at);
        upper += is_upper(c) ? 1 : 0;
        lower += is_lower(c) ? 1 : 0;
    }
    return upper >= 2 && lower == 0;
}

bool is_contents_line(std::string_view line) {
    line = trim(line);
    auto at = line.size();
    while (at > 0 && is_digit(static_cast<unsigned char>(line[at - 1])))
        --at;
    if (at == line.size() || line.size() - at > 4 || at < 3) return false;
    const auto gap = line.substr(0, at);
    return gap.ends_with('\t') || gap.ends_with("  ") || gap.ends_with("..") || gap.ends_with(".. ") ||
           gap.ends_with(". . ") || gap.ends_with("… ") || gap.ends_with("…");
}

bool is_contents_heading(std::string_view line) {
    const auto lower = to_lower_ascii(line);
    return lower.starts_with("innehåll") && count_code_points(line) <= 24;
}

bool is_file_name(std::string_view title) {
    constexpr std::array<std::string_view, 9> endings = {".doc", ".docx", ".pdf",  ".indd", ".odt",
                                                         ".rtf", ".xls",  ".xlsx", ".pptx"};
    constexpr std::array<std::string_view, 10> defaults = {"untitled",
                                                           "namnlös",
                                                           "namnlöst",
                                                           "presentation1",
                                                           "powerpoint-presentation",
                                                           "powerpoint presentation",
                                                           "document1",
                                                           "dokument1",
                                                           "word document",
                                                           "(anonymous)"};
    const auto lower = to_lower_ascii(title);
    return lower.starts_with("microsoft ") || lower.find(".indd") != std::string::npos ||
           std::ranges::find(defaults, std::string_view(lower)) != defaults.end() ||
           std::ranges::any_of(endings, [&](auto ending) { return lower.ends_with(ending); });
}

std::size_t join_line(std::string& text, std::string_view line) {
    if (text.empty() || line.empty()) {
        text.append(line);
        return text.size() - line.size();
    }
    const Joint joint = joint_of(text, line);
    if (joint == Joint::drop_hyphen) text.pop_back();
    if (joint == Joint::space) text.push_back(' ');
    text.append(line);
    return text.size() - line.size();
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
    return lines;
}

std::vector<std::string> broken_at_marks(std::string_view text) {
    std::vector<std::string> pieces;
    for (const auto raw : split_lines(text)) {
        const auto line = tidy(raw);
        if (line.empty()) continue;
        if (pieces.empty() || find_marker(line) || starts_section(line) || starts_chapter(line)) {
            pieces.push_back(line);
        } else {
            join_line(pieces.back(), line);
        }
    }
    return pieces;
}

std::string join_cells(const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text.append(" | ");
        text.append(cells[i]);
    }
    return text;
}

}  // namespace kansli::extract::detail
