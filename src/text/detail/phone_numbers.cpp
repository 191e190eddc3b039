#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// Phone numbers after the Swedish numbering plan: area code (08, two or three digits after the 0) and 5 to 8 more digits; mobiles
// 070, 072, 073, 076, 079 and seven digits. Abroad with + or 00 and the country. Numbers of services (020, 0200, 0771, 090x, 112,
// 114 14) belong to nobody and are not taken.
namespace kansli::text::detail {

namespace {

// Area codes of two digits after the 0; all others have three, but for 08.
constexpr std::array short_areas = {"010", "011", "013", "016", "018", "019", "021", "023", "026",
                                    "031", "033", "035", "036", "040", "042", "044", "046", "054",
                                    "060", "063", "090", "070", "072", "073", "076", "079"};
constexpr std::size_t most_phone_digits = 10;
constexpr std::size_t fewest_phone_digits = 8;
constexpr std::size_t most_digits_abroad = 15;

bool joins_groups(std::string_view between) {
    return Reading::is_space(between) || Reading::is_dash(between) || between == "/" || between == "." ||
           between == ") " || between == ")" || between == " - " || between == " – " || between == "  " ||
           between == "- " || between == " (" || between == "(" || between == ")-";
}

struct Groups {
    std::string digits{};
    std::size_t first = 0;  // digits of the first group
    std::size_t end = 0;
    std::size_t count = 0;
};

// Digits from a word on, over what may stand between the groups of a phone number.
Groups groups_at(const Reading& reading, std::size_t at, std::size_t most) {
    Groups groups;
    while (reading.has(at) && reading.word(at).is_number()) {
        const auto written = reading.written(at);
        if (groups.digits.size() + written.size() > most) break;
        groups.digits += written;
        if (groups.count == 0) groups.first = written.size();
        ++groups.count;
        groups.end = reading.word(at).end;
        // "070-1740653/0123-45678": two numbers.
        if (!reading.has(at + 1) || !joins_groups(reading.after(at))) break;
        if (groups.digits.size() >= fewest_phone_digits && reading.after(at) == "/") break;
        ++at;
    }
    return groups;
}

bool is_mobile(std::string_view digits) {
    return digits.size() == most_phone_digits && digits.starts_with("07") &&
           std::string_view("02369").find(digits[2]) != std::string_view::npos;
}

// "08-12-2025" and "2025" written as a date with dashes.
bool is_date(const Reading& reading, std::size_t at, const Groups& groups) {
    return groups.count == 3 && groups.first == 2 && reading.has(at + 2) &&
           reading.word(at + 1).size() == 2 && reading.word(at + 2).size() == 4;
}

// "08.30-12.00".
bool is_hours(const Reading& reading, std::size_t at, const Groups& groups) {
    return groups.count == 4 && groups.digits.size() == 8 && groups.first == 2 && reading.after(at) == ".";
}

// Whether the digits, with the 0, are an area code and a number.
bool is_domestic(std::string_view digits) {
    if (digits.size() < fewest_phone_digits || digits.size() > most_phone_digits || digits[0] != '0')
        return false;
    if (digits.starts_with("020") || digits.starts_with("077") || digits.starts_with("0900") ||
        digits.starts_with("0939"))
        return false;
    if (digits.starts_with("07")) return is_mobile(digits);
    if (digits[1] == '0' || digits[1] == '7') return false;
    const std::size_t area = digits.starts_with("08")                                                   ? 2
                             : std::ranges::find(short_areas, digits.substr(0, 3)) != short_areas.end() ? 3
                                                                                                        : 4;
    return digits.size() > area && digits[area] != '0' && digits.size() - area >= 5;
}

// The area code stands apart from the rest, or somebody says that it is a phone, or it is a mobile.
bool is_written_as_phone(const Reading& reading, std::size_t at, const Groups& groups) {
    if (is_mobile(groups.digits) && groups.first >= 3) return true;
    if (groups.count > 1 && groups.first >= 2 && groups.first <= 4) {
        const bool area_apart = groups.digits.starts_with("08") ? groups.first == 2 : groups.first >= 3;
        if (area_apart) return true;
    }
    return reading.near_before(at, role::phone, 4);
}

Finding domestic_number(const Reading& reading, std::size_t at) {
    const auto groups = groups_at(reading, at, most_phone_digits);
    if (!is_domestic(groups.digits) || is_date(reading, at, groups) || is_hours(reading, at, groups) ||
        !is_written_as_phone(reading, at, groups))
        return std::nullopt;
    auto start = std::size_t{reading.word(at).start};
    if (start > 0 && reading.text()[start - 1] == '(' && reading.after(at).starts_with(')')) --start;
    return Found{PersonalData::phone, start, groups.end, groups.digits};
}

// +46 70 …, 0046-70 …, +46 (0)70 …, +358 …
Finding international_number(const Reading& reading, std::size_t at) {
    auto start = std::size_t{reading.word(at).start};
    const auto written = reading.written(at);
    const bool plus = start > 0 && reading.text()[start - 1] == '+';
    if (!plus && !written.starts_with("00")) return std::nullopt;
    auto groups = groups_at(reading, at, most_digits_abroad);
    auto digits = groups.digits;
    if (plus) {
        --start;
    } else {
        digits.erase(0, 2);
    }
    const bool swedish = digits.starts_with("46");
    if (!swedish) {
        const bool fits = digits.size() >= 8 && digits.size() <= 14 && digits[0] != '0' && plus &&
                          (groups.count > 1 || digits.size() >= 10);
        return fits ? Finding(Found{PersonalData::phone, start, groups.end, "+" + digits}) : std::nullopt;
    }
    digits.erase(0, 2);
    if (!digits.starts_with('0')) digits.insert(0, "0");
    if (digits.size() > most_phone_digits && groups.count > 1) {
        // A number that follows has been taken along: leave it.
        const std::size_t country = plus ? 2 : 4;
        groups = groups_at(reading, at, groups.digits.size() - 1);
        if (groups.digits.size() <= country) return std::nullopt;
        digits = groups.digits.substr(country);
        if (!digits.starts_with('0')) digits.insert(0, "0");
    }
    if (!is_domestic(digits)) return std::nullopt;
    return Found{PersonalData::phone, start, groups.end, digits};
}

// "tfn 123 45": a local_number number, when the word before says so.
Finding local_number(const Reading& reading, std::size_t at) {
    if (!reading.near_before(at, role::phone, 2) || reading.near_before(at, role::extension, 2))
        return std::nullopt;
    const auto groups = groups_at(reading, at, 8);
    const bool grouped =
        groups.count >= 2 && groups.first <= 4 && groups.digits.size() >= 5 && groups.digits[0] != '0';
    if (!grouped || groups.digits.starts_with("114") || groups.digits.starts_with("112")) return std::nullopt;
    if (reading.after(at).find_first_of("-–/.") != std::string_view::npos && groups.first < 3)
        return std::nullopt;  // "8–16"
    if (groups.digits.starts_with("77") || groups.digits.starts_with("20")) return std::nullopt;
    return Found{PersonalData::phone, reading.word(at).start, groups.end, groups.digits};
}

}  // namespace

Finding find_phone(const Reading& reading, std::size_t at) {
    if (!reading.word(at).is_number()) return std::nullopt;
    const auto start = reading.word(at).start;
    if (start > 0 && is_digit(byte_at(reading.text(), start - 1))) return std::nullopt;
    auto found = international_number(reading, at);
    if (!found && reading.written(at).starts_with('0')) found = domestic_number(reading, at);
    if (!found && !reading.written(at).starts_with('0')) found = local_number(reading, at);
    if (!found) return std::nullopt;
    // "070-1740653/0123-45678" is cut, but out of two phones.
    const bool two =
        byte_at(reading.text(), found->end) == '/' || (start > 0 && reading.text()[start - 1] == '/');
    return two || !reading.cut_out_of_number(found->start, found->end) ? found : std::nullopt;
}

}  // namespace kansli::text::detail
