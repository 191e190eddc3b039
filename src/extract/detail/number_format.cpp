#include "extract/detail/number_format.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr double largest_shown = 1e15;
constexpr int most_decimals = 12;
constexpr std::size_t longest_format = 255;  // as in the spreadsheet programs

// One piece of a format: a literal to show as it is, or a letter or digit mark of the notation.
struct Token {
    char mark = 0;  // 0 for a literal; otherwise one of 0 # ? . , % E @ or a date letter
    std::string literal{};
    std::size_t length = 1;  // of a run of date letters
};

std::vector<std::string_view> sections_of(std::string_view format) {
    std::vector<std::string_view> sections;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == '\\') {
            ++i;
        } else if (format[i] == '"') {
            quoted = !quoted;
        } else if (format[i] == ';' && !quoted) {
            sections.push_back(format.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    sections.push_back(format.substr(begin));
    return sections;
}

bool is_date_letter(char c) {
    return std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos;
}

// "[$kr-41D]" shows "kr", "[h]" counts hours past a day, "[Red]" and "[>100]" show nothing.
void add_bracket(std::string_view inside, std::vector<Token>& tokens) {
    if (inside.starts_with('$')) {
        tokens.push_back(
            {0, std::string(inside.substr(
                    1, inside.find('-') == std::string_view::npos ? inside.size() : inside.find('-') - 1))});
    } else if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
        tokens.push_back({'[', std::string(1, inside.front()), inside.size()});
    }
}

// The length of what begins at `at`, with its token added.
std::size_t add_token(std::string_view format, std::size_t at, std::vector<Token>& tokens) {
    const char c = format[at];
    if (c == '"') {
        const auto end = std::min(format.find('"', at + 1), format.size());
        tokens.push_back({0, std::string(format.substr(at + 1, end - at - 1))});
        return end - at + 1;
    }
    if (c == '[') {
        const auto end = std::min(format.find(']', at), format.size());
        add_bracket(format.substr(at + 1, end - at - 1), tokens);
        return end - at + 1;
    }
    if (c == '\\' || c == '_' || c == '*') {
        // The character after it: shown, as wide a blank, or repeated to fill the cell.
        std::size_t next = at + 1;
        if (next >= format.size()) return 1;
        (void)next_code_point(format, next);
        if (c != '*')
            tokens.push_back({0, c == '\\' ? std::string(format.substr(at + 1, next - at - 1)) : " "});
        return next - at;
    }
    if (to_lower_ascii(format.substr(at, 5)) == "am/pm") {
        tokens.push_back({'A', {}});
        return 5;
    }
    if (is_date_letter(c)) {
        const auto lower = to_lower_ascii(format);
        const auto end = std::min(lower.find_first_not_of(lower[at], at), lower.size());
        tokens.push_back({lower[at], {}, end - at});
        return end - at;
    }
    if (std::string_view("0#?.,%@").find(c) != std::string_view::npos) {
        tokens.push_back({c, {}});
        return 1;
    }
    if ((c == 'E' || c == 'e') && at + 1 < format.size() &&
        (format[at + 1] == '+' || format[at + 1] == '-')) {
        tokens.push_back({'E', {}});
        return 2;
    }
    std::size_t next = at;
    (void)next_code_point(format, next);
    tokens.push_back({0, std::string(format.substr(at, next - at))});
    return next - at;
}

std::vector<Token> tokens_of(std::string_view section) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < section.size() && tokens.size() < 200;)
        at += add_token(section, at, tokens);
    return tokens;
}

bool is_date(const std::vector<Token>& tokens) {
    const bool dated = std::ranges::any_of(
        tokens, [](const Token& t) { return t.mark == '[' || (t.mark != 0 && is_date_letter(t.mark)); });
    return dated &&
           std::ranges::none_of(tokens, [](const Token& t) { return t.mark == '#' || t.mark == '?'; });
}

std::string general(double value) {
    auto text = value == std::floor(value) && std::abs(value) < largest_shown ? fmt::format("{:.0f}", value)
                                                                              : fmt::format("{:.10g}", value);
    std::ranges::replace(text, '.', ',');
    return text == "-0" ? "0" : text;
}

std::string with_thousands(const std::string& digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(' ');
        text.push_back(digits[i]);
    }
    return text;
}

// ---- Dates

struct Moment {
    std::chrono::year_month_day day{};
    std::chrono::weekday weekday{};
    long hours = 0;
    int minutes = 0;
    int seconds = 0;
    double serial = 0;
};

Moment moment_of(double serial, DayCount count) {
    using namespace std::chrono;
    const sys_days start =
        count == DayCount::from_1904 ? sys_days{year{1904} / 1 / 1} : sys_days{year{1899} / 12 / 30};
    const double rounded = std::round(serial * 86'400);
    const double whole = std::floor(rounded / 86'400);
    const auto second_of_day = static_cast<long>(rounded - whole * 86'400);
    // Excel believes that 1900 was a leap year.
    const bool before_march = count == DayCount::from_1900 && whole < 60;
    const sys_days day = start + days{static_cast<int>(whole) + (before_march ? 1 : 0)};
    return {day,
            weekday{day},
            second_of_day / 3600,
            static_cast<int>(second_of_day / 60 % 60),
            static_cast<int>(second_of_day % 60),
            serial};
}

constexpr std::array<std::string_view, 12> months = {"januari",   "februari", "mars",     "april",
                                                     "maj",       "juni",     "juli",     "augusti",
                                                     "september", "oktober",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays = {"söndag",  "måndag", "tisdag", "onsdag",
                                                      "torsdag", "fredag", "lördag"};

std::string padded(long number, std::size_t length) {
    return length >= 2 ? fmt::format("{:02}", number) : std::to_string(number);
}

std::string shown_month(const Moment& moment, std::size_t length) {
    const auto month = static_cast<unsigned>(moment.day.month());
    const auto name = months.at(month - 1);
    if (length >= 4) return std::string(name);
    return length == 3 ? std::string(name.substr(0, 3)) : padded(month, length);
}

std::string shown_day(const Moment& moment, std::size_t length) {
    const auto name = weekdays.at(moment.weekday.c_encoding());
    if (length >= 4) return std::string(name);
    if (length == 3)
        return std::string(
            cut(name, name.starts_with("l") || name.starts_with("s") || name.starts_with("m") ? 4 : 3));
    return padded(static_cast<unsigned>(moment.day.day()), length);
}

// Whether the run of m at `at` stands for minutes: after hours or before seconds.
bool means_minutes(const std::vector<Token>& tokens, std::size_t at) {
    for (std::size_t i = at; i > 0; --i) {
        const char mark = tokens[i - 1].mark;
        if (mark == 'h' || (mark == '[' && tokens[i - 1].literal == "h")) return true;
        if (mark != 0) break;
    }
    for (std::size_t i = at + 1; i < tokens.size(); ++i) {
        if (tokens[i].mark == 's') return true;
        if (tokens[i].mark != 0) break;
    }
    return false;
}

std::string shown_date_part(const std::vector<Token>& tokens, std::size_t at, const Moment& moment,
                            bool half_days) {
    const auto& token = tokens[at];
    switch (token.mark) {
        case 'y': {
            const int year = static_cast<int>(moment.day.year());
            return token.length <= 2 ? padded(year % 100, 2) : fmt::format("{:04}", year);
        }
        case 'm':
            return means_minutes(tokens, at) ? padded(moment.minutes, token.length)
                                             : shown_month(moment, token.length);
        case 'd':
            return shown_day(moment, token.length);
        case 'h':
            return padded(half_days ? (moment.hours + 11) % 12 + 1 : moment.hours, token.length);
        case 's':
            return padded(moment.seconds, token.length);
        case 'A':
            return moment.hours < 12 ? "fm" : "em";
        case '[': {
            const double unit = token.literal == "s" ? 86'400 : token.literal == "m" ? 1'440 : 24;
            return padded(static_cast<long>(std::floor(moment.serial * unit + 1e-6)), token.length);
        }
        default:
            return {};
    }
}

std::string shown_date(double serial, const std::vector<Token>& tokens, DayCount days) {
    const auto moment = moment_of(serial, days);
    const bool half_days = std::ranges::any_of(tokens, [](const Token& t) { return t.mark == 'A'; });
    std::string text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].mark == 0) {
            text.append(tokens[i].literal);
        } else if (tokens[i].mark == '.' || tokens[i].mark == ',') {
            text.push_back(tokens[i].mark);
        } else {
            text.append(shown_date_part(tokens, i, moment, half_days));
        }
    }
    // Fractions of seconds ("ss.000") are not shown, nor the dot before them.
    if (text.ends_with('.')) text.pop_back();
    return text;
}

// ---- Numbers

struct Digits {
    std::size_t first = 0;  // tokens of the digit pattern
    std::size_t last = 0;
    int least_whole = 0;
    int least_decimals = 0;
    int decimals = 0;
    bool thousands = false;
    bool percent = false;
    bool scientific = false;
    bool fraction = false;  // "# ?/?"
    int scale = 0;          // commas at the end: thousands left out
    bool any = false;
};

Digits digits_of(const std::vector<Token>& tokens) {
    Digits digits;
    bool after_point = false;
    bool after_slash = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const char mark = tokens[i].mark;
        digits.percent = digits.percent || mark == '%';
        digits.scientific = digits.scientific || mark == 'E';
        if (digits.scientific) continue;
        if (mark == '0' || mark == '#' || mark == '?') {
            if (!digits.any) digits.first = i;
            digits.any = true;
            digits.last = i;
            digits.thousands = digits.thousands || digits.scale > 0;
            digits.scale = 0;
            digits.fraction = digits.fraction || after_slash;
            if (after_point) ++digits.decimals;
            if (mark == '0') ++(after_point ? digits.least_decimals : digits.least_whole);
        } else if (mark == '.') {
            after_point = true;
        } else if (mark == ',' && digits.any) {
            ++digits.scale;
        } else if (mark == 0 && tokens[i].literal == "/") {
            after_slash = digits.any;
        }
    }
    return digits;
}

// The digits before the point with the literals that stand among their marks: "123 45" and "556036-0793" for "000\\ 00" and
// "000000-0000".
std::string with_literals(std::string whole, const std::vector<Token>& tokens, const Digits& digits) {
    const auto is_point = [](const Token& token) { return token.mark == '.'; };
    auto at = static_cast<std::size_t>(std::ranges::find_if(tokens, is_point) - tokens.begin());
    std::string text;
    for (at = std::min(at, digits.last + 1); at > digits.first && !whole.empty(); --at) {
        const Token& token = tokens[at - 1];
        if (token.mark == 0) text.insert(0, token.literal);
        if (token.mark != '0' && token.mark != '#' && token.mark != '?') continue;
        text.insert(text.begin(), whole.back());
        whole.pop_back();
    }
    return whole + text;
}

std::string shown_digits(double value, const std::vector<Token>& tokens, const Digits& digits) {
    if (digits.percent) value *= 100;
    value /= std::pow(1000.0, std::min(digits.scale, 4));
    // Spreadsheets round halves up, where printing rounds them to even.
    const int decimals_shown = std::min(digits.decimals, most_decimals);
    const double step = std::pow(10.0, decimals_shown);
    if (value * step < largest_shown) value = std::round(value * step) / step;
    auto text = fmt::format("{:.{}f}", value, decimals_shown);
    const auto point = text.find('.');
    auto whole = text.substr(0, point);
    auto decimals = point == std::string::npos ? std::string() : text.substr(point + 1);
    while (static_cast<int>(decimals.size()) > digits.least_decimals && decimals.ends_with('0'))
        decimals.pop_back();
    while (static_cast<int>(whole.size()) < std::min(digits.least_whole, 20))
        whole.insert(whole.begin(), '0');
    whole = digits.thousands ? with_thousands(whole) : with_literals(std::move(whole), tokens, digits);
    return decimals.empty() ? whole : whole + "," + decimals;
}

std::string shown_with(double value, const std::vector<Token>& tokens) {
    const auto digits = digits_of(tokens);
    if (digits.scientific || digits.fraction) return general(value);
    std::string text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (digits.any && i == digits.first) text.append(shown_digits(value, tokens, digits));
        if (tokens[i].mark == 0 && (!digits.any || i < digits.first || i > digits.last))
            text.append(tokens[i].literal);
        if (tokens[i].mark == '%') text.append(text.ends_with(' ') ? "%" : " %");
        if (tokens[i].mark == '@') text.append(general(value));
    }
    return text;
}

}  // namespace

std::string shown_number(double value, std::string_view format, DayCount days) {
    if (!std::isfinite(value)) return {};
    format = cut(format, longest_format);
    const auto lower = to_lower_ascii(format);
    if (format.empty() || lower == "general" || lower == "standard" || format == "@" ||
        std::abs(value) >= largest_shown)
        return general(value);
    const auto sections = sections_of(format);
    std::size_t chosen = 0;
    if (value < 0 && sections.size() > 1) chosen = 1;
    if (value == 0 && sections.size() > 2) chosen = 2;
    if (to_lower_ascii(sections[chosen]).find("general") != std::string::npos) return general(value);
    const auto tokens = tokens_of(sections[chosen]);
    if (is_date(tokens))
        return value >= 0 && value < 2'958'466 ? shown_date(value, tokens, days) : general(value);
    const bool own_sign = value < 0 && chosen == 0;
    auto text = shown_with(std::abs(value), tokens);
    const bool is_zero = text.find_first_of("123456789") == std::string::npos;
    return own_sign && !is_zero ? "-" + text : text;
}

std::string_view built_in_format(int id) {
    constexpr std::array<std::pair<int, std::string_view>, 31> formats = {{{1, "0"},
                                                                           {2, "0.00"},
                                                                           {3, "#,##0"},
                                                                           {4, "#,##0.00"},
                                                                           {5, "#,##0 \"kr\""},
                                                                           {6, "#,##0 \"kr\""},
                                                                           {7, "#,##0.00 \"kr\""},
                                                                           {8, "#,##0.00 \"kr\""},
                                                                           {9, "0%"},
                                                                           {10, "0.00%"},
                                                                           {14, "yyyy-mm-dd"},
                                                                           {15, "d-mmm-yy"},
                                                                           {16, "d-mmm"},
                                                                           {17, "mmm-yy"},
                                                                           {18, "h:mm AM/PM"},
                                                                           {19, "h:mm:ss AM/PM"},
                                                                           {20, "hh:mm"},
                                                                           {21, "hh:mm:ss"},
                                                                           {22, "yyyy-mm-dd hh:mm"},
                                                                           {37, "#,##0"},
                                                                           {38, "#,##0"},
                                                                           {39, "#,##0.00"},
                                                                           {40, "#,##0.00"},
                                                                           {41, "#,##0"},
                                                                           {42, "#,##0 \"kr\""},
                                                                           {43, "#,##0.00"},
                                                                           {44, "#,##0.00 \"kr\""},
                                                                           {45, "mm:ss"},
                                                                           {46, "[h]:mm:ss"},
                                                                           {47, "mm:ss"},
                                                                           {49, "@"}}};
    const auto* found = std::ranges::find(formats, id, [](const auto& entry) { return entry.first; });
    return found == formats.end() ? "General" : found->second;
}

}  // namespace kansli::extract::detail
