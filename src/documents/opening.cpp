#include <algorithm>
#include <array>
#include <chrono>

#include "documents/attributes.hpp"
#include "documents/detail/words.hpp"

// What documents say of themselves in their first lines, outside any metadata: the box on the title page of a guideline.
namespace kansli::documents {

namespace {

using detail::after;
using detail::date_in;
using detail::trimmed;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<unsigned> take_number(std::string_view& text) {
    std::size_t size = 0;
    unsigned value = 0;
    while (size < text.size() && is_digit(text[size]) && size < 5)
        value = value * 10 + static_cast<unsigned>(text[size++] - '0');
    if (size == 0 || size > 4) return std::nullopt;
    text.remove_prefix(size);
    return value;
}

std::optional<unsigned> take_month(std::string_view& text) {
    static constexpr std::array<std::string_view, 12> names{"januari",   "februari", "mars",     "april",
                                                            "maj",       "juni",     "juli",     "augusti",
                                                            "september", "oktober",  "november", "december"};
    for (unsigned i = 0; i < names.size(); ++i) {
        if (after(text.substr(0, names[i].size()), names[i]).data() == nullptr) continue;
        text.remove_prefix(names[i].size());
        return i + 1;
    }
    return std::nullopt;
}

std::optional<Date> valid(unsigned year, unsigned month, unsigned day) {
    const Date date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                    std::chrono::day(day)};
    if (!date.ok() || year < 1600) return std::nullopt;
    return date;
}

// A case number such as "KS 2026/14" or "VON/2025:00149": letters, a year and a running number.
std::string case_number(std::string_view text) {
    text = trimmed(text);
    std::size_t end = 0;
    while (end < text.size() && end < 6 && !is_digit(text[end]) && text[end] != ' ' && text[end] != '/' &&
           text[end] != '-')
        ++end;
    const std::size_t letters = end;
    while (end < text.size() && (text[end] == ' ' || text[end] == '/' || text[end] == '-'))
        ++end;
    const std::size_t digits = end;
    while (end < text.size() &&
           (is_digit(text[end]) || ((text[end] == '/' || text[end] == ':' || text[end] == '-') &&
                                    end + 1 < text.size() && is_digit(text[end + 1])))) {
        ++end;
    }
    if (end - digits < 6 || letters > 5) return {};
    return std::string(text.substr(0, end));
}

// The rest of the phrase's line, up to where the next label of the box begins.
std::string labelled(std::string_view text, std::string_view phrase) {
    std::string_view rest = after(text, phrase);
    rest = rest.substr(0, std::min(rest.find('\n'), rest.find(" Dokumentet")));
    rest = trimmed(rest);
    return rest.size() <= 90 ? std::string(rest) : std::string{};
}

std::optional<Date> first_of(std::string_view text, std::initializer_list<std::string_view> phrases) {
    for (const std::string_view phrase : phrases) {
        if (const auto day = date_in(text, phrase)) return day;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Date> read_date(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with("den ")) text = trimmed(text.substr(4));
    const auto first = take_number(text);
    if (!first || text.size() < 2) return std::nullopt;
    if (text.front() == '-') {
        text.remove_prefix(1);
        const auto month = take_number(text);
        if (!month || text.empty() || text.front() != '-') return std::nullopt;
        text.remove_prefix(1);
        const auto day = take_number(text);
        return day ? valid(*first, *month, *day) : std::nullopt;
    }
    text = trimmed(text);
    const auto month = take_month(text);
    if (!month) return std::nullopt;
    text = trimmed(text);
    const auto year = take_number(text);
    return year ? valid(*year, *month, *first) : std::nullopt;
}

StatedAttributes read_opening(std::string_view text) {
    constexpr std::size_t first_page = 2500;
    text = text.substr(0, first_page);
    StatedAttributes result;
    Attributes& values = result.values;
    values.valid_from =
        first_of(text, {"gäller från och med den ", "gäller från och med ", "gäller fr.o.m. ",
                        "gäller från den ", "gäller från: ", "giltig från: ", "giltig från och med ",
                        "giltigt från: ", "dokumentet beslutades den: ", "beslutad den ",
                        "beslutad: ", "beslutad ", "fastställd den ", "fastställd: ", "fastställd "});
    values.valid_to = first_of(
        text, {"gäller till den: ", "gäller till och med den ", "gäller till och med ", "gäller t.o.m. ",
               "gäller till: ", "giltig till: ", "giltig till och med ", "giltigt till: "});
    for (const std::string_view phrase :
         {"diarienummer: ", "diarienummer ", "dnr: ", "dnr ", "beteckning: "}) {
        if (values.reference.empty()) values.reference = case_number(after(text, phrase).substr(0, 40));
    }
    for (const std::string_view phrase :
         {"dokumentet är beslutat av: ", "beslutad av: ", "beslutsinstans: ", "dokumentägare: "}) {
        if (values.owner.empty()) values.owner = labelled(text, phrase);
    }
    return result;
}

}  // namespace kansli::documents
