#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// Personal identity numbers and co-ordination numbers (folkbokföringslagen 18 §, lagen om samordningsnummer): YYMMDD-NNNC or
// YYYYMMDD-NNNC, where C is Luhn's digit of the nine before; the day plus 60 makes a co-ordination number; + instead of - from
// the year in which the person turns 100. People also write a blank, nothing, a dash of typesetting, or the date in parts.
// Organisation numbers have a month of at least 20 and are no dates.
namespace kansli::text::detail {

namespace {

struct WrittenNumber {
    std::string digits{};  // 10 or 12
    std::size_t end = 0;
};

bool is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_of(int year, int month) {
    constexpr std::array days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

// The kind that the digits are of; nothing when date or check digit are wrong.
std::optional<PersonalData> kind_of(std::string_view digits) {
    const auto ten = digits.substr(digits.size() - 10);
    const int century = digits.size() == 12 ? value_of(digits.substr(0, 2)) : 20;
    if (century < 18 || century > 20) return std::nullopt;
    const int month = value_of(ten.substr(2, 2));
    const int day = value_of(ten.substr(4, 2));
    if (month < 1 || month > 12 || !has_luhn_digit(ten)) return std::nullopt;
    const bool moved = day > 60;
    const int true_day = moved ? day - 60 : day;
    if (true_day < 1 || true_day > days_of(century * 100 + value_of(ten.substr(0, 2)), month))
        return std::nullopt;
    return moved ? PersonalData::coordination_number : PersonalData::identity_number;
}

bool parts_date(std::string_view between) {
    return Reading::is_dash(between) || between == "+" || Reading::is_space(between) || between == " - " ||
           between == " – " || between == "- " || between == " -";
}

bool is_number_of(const Reading& reading, std::size_t at, std::size_t length) {
    return reading.has(at) && reading.word(at).is_number() && reading.word(at).size() == length;
}

WrittenNumber joined_words(const Reading& reading, std::size_t first, std::size_t last) {
    const auto start = reading.word(first).start;
    const auto end = reading.word(last).end;
    return {digits_of(reading.text().substr(start, end - start)), end};
}

// All that may be written for one number: 10 or 12 digits; 6 or 8 and 4; the date in three parts and 4.
std::optional<WrittenNumber> number_at(const Reading& reading, std::size_t at) {
    const auto length = reading.word(at).size();
    if (length == 10 || length == 12) return joined_words(reading, at, at);
    if ((length == 6 || length == 8) && is_number_of(reading, at + 1, 4) && parts_date(reading.after(at)))
        return joined_words(reading, at, at + 1);
    if (length != 2 && length != 4) return std::nullopt;
    if (!is_number_of(reading, at + 1, 2) || !is_number_of(reading, at + 2, 2) ||
        !is_number_of(reading, at + 3, 4))
        return std::nullopt;
    const auto mark = reading.after(at);
    if (!Reading::is_dash(mark) && !Reading::is_space(mark)) return std::nullopt;
    if (reading.after(at + 1) != mark || !parts_date(reading.after(at + 2))) return std::nullopt;
    return joined_words(reading, at, at + 3);
}

// Ten digits in a row from 070 are a mobile phone more often than somebody born in 2007.
bool is_rather_mobile(const Reading& reading, std::size_t at, PersonalData kind) {
    const auto written = reading.written(at);
    if (written.size() != 10 || !written.starts_with("07")) return false;
    if (std::string_view("02369").find(written[2]) == std::string_view::npos) return false;
    if (reading.near_before(at, role::phone, 4)) return true;
    return kind == PersonalData::coordination_number && !reading.near_before(at, role::identity, 4);
}

}  // namespace

Finding find_identity_number(const Reading& reading, std::size_t at) {
    if (!reading.word(at).is_number()) return std::nullopt;
    const auto number = number_at(reading, at);
    if (!number) return std::nullopt;
    const auto start = reading.word(at).start;
    if (reading.cut_out_of_number(start, number->end)) return std::nullopt;
    const auto kind = kind_of(number->digits);
    if (!kind || is_rather_mobile(reading, at, *kind)) return std::nullopt;
    return Found{*kind, start, number->end, number->digits.substr(number->digits.size() - 10)};
}

// The VAT number of a sole trader is SE, the identity number and 01.
Finding find_sole_trader(const Reading& reading, std::size_t at) {
    const auto written = reading.written(at);
    if (written.size() != 14 || !written.starts_with("SE") || !written.ends_with("01")) return std::nullopt;
    const auto digits = written.substr(2, 10);
    if (digits_of(digits).size() != 10) return std::nullopt;
    const auto kind = kind_of(digits);
    if (!kind) return std::nullopt;
    return Found{*kind, reading.word(at).start, reading.word(at).end, std::string(digits)};
}

}  // namespace kansli::text::detail
