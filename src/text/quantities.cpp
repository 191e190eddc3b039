#include "text/quantities.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "core/time.hpp"
#include "text/detail/numerals.hpp"
#include "text/detail/unit_words.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

namespace kansli::text {

namespace {

constexpr std::int64_t thousandths = 1000;
constexpr std::int64_t largest_value = 1'000'000'000'000'000;
constexpr std::size_t most_digits = 12;  // before the decimals
constexpr std::size_t most_decimals = 3;
constexpr std::size_t digits_in_group = 3;  // between the blanks of "1 320 000"

bool is_whole(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_ascii_digit);
}

std::optional<std::int64_t> integer_of(std::string_view digits) {
    std::int64_t value = 0;
    if (!is_whole(digits) || digits.size() > most_digits) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// "1.320.000" without its points; the text itself when the points are no such.
std::string without_points(std::string_view figure) {
    std::string digits;
    for (std::size_t at = 0; at < figure.size();) {
        const auto end = std::min(figure.find('.', at), figure.size());
        const auto length = end - at;
        if (at == 0 ? length == 0 || length > digits_in_group : length != digits_in_group)
            return std::string(figure);
        digits.append(figure.substr(at, length));
        at = end + 1;
    }
    return digits;
}

// "30", "1,8", "1.8", "1.320.000,50" in thousandths.
std::optional<std::int64_t> thousandths_of(std::string_view figure) {
    auto mark = figure.find(',');
    const auto before = without_points(figure.substr(0, mark));
    std::string_view integer = before;
    std::string_view decimals;
    if (mark != std::string_view::npos) {
        decimals = figure.substr(mark + 1);
    } else if (mark = before.find('.'); mark != std::string_view::npos) {
        decimals = integer.substr(mark + 1);
        integer = integer.substr(0, mark);
    }
    const auto ones = integer_of(integer);
    if (!ones || decimals.size() > most_decimals || (mark != std::string_view::npos && !is_whole(decimals)))
        return std::nullopt;
    std::int64_t value = *ones * thousandths;
    std::int64_t worth = thousandths;
    for (const char digit : decimals) {
        worth /= 10;
        value += (digit - '0') * worth;
    }
    return value;
}

// A number that has been read: what it is, where it ends, and which token comes after it.
struct ReadNumber {
    std::int64_t value = 0;
    std::size_t end = 0;
    std::size_t next = 0;
    std::string_view attached{};  // "kvm" of "30kvm"
    bool article = false;         // "en", "ett"
};

class QuantityReader {
  public:
    explicit QuantityReader(std::string_view text) : text_(text), tokens_(words(text)) {}

    std::vector<Quantity> read() {
        for (std::size_t at = 0; at < tokens_.size();) {
            if (const auto after = read_day(at); after > at) {
                at = after;
                continue;
            }
            const auto number = number_at(at);
            at = number ? read_unit(at, *number) : at + 1;
        }
        return std::move(found_);
    }

  private:
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].folded) : std::string_view{};
    }

    // What stands between a token and the one after it; a bar, which is between no words, when there is none.
    [[nodiscard]] std::string_view gap_after(std::size_t at) const {
        if (at + 1 >= tokens_.size()) return "|";
        return text_.substr(tokens_[at].end, tokens_[at + 1].start - tokens_[at].end);
    }
    [[nodiscard]] bool one_blank_after(std::size_t at) const {
        const auto gap = gap_after(at);
        const auto character = gap.empty() ? detail::Character{} : detail::character_at(gap, 0);
        return character.length == gap.size() && detail::is_blank(character.code) && gap != "\n";
    }

    // The token after the day when one begins at `at`, whether it has a year or not; else `at`.
    std::size_t read_day(std::size_t at) {
        const auto first = integer_of(word(at));
        if (!first) return at;
        if (word(at).size() == 4 && word(at + 1).size() == 2 && word(at + 2).size() == 2 &&
            gap_after(at) == "-" && gap_after(at + 1) == "-")
            return add_day(at, at + 3, first, integer_of(word(at + 1)), integer_of(word(at + 2)));
        if (word(at).size() > 2) return at;
        const auto month = detail::month_named(word(at + 1));
        if (month != 0 && one_blank_after(at)) {
            const bool near = one_blank_after(at + 1) || gap_after(at + 1) == ". ";
            if (!near || word(at + 2).size() != 4 || !is_whole(word(at + 2))) return at + 2;
            return add_day(at, at + 3, integer_of(word(at + 2)), month, first);
        }
        if (gap_after(at) != "/" || !is_whole(word(at + 1)) || word(at + 1).size() > 2) return at;
        const auto gap = gap_after(at + 1);
        const bool near = gap == " " || gap == "-" || gap == "/";
        if (!near || word(at + 2).size() != 4 || !is_whole(word(at + 2))) return at + 2;
        return add_day(at, at + 3, integer_of(word(at + 2)), integer_of(word(at + 1)), first);
    }

    std::size_t add_day(std::size_t at, std::size_t next, std::optional<std::int64_t> year,
                        std::optional<std::int64_t> month, std::optional<std::int64_t> day) {
        if (!year || !month || !day) return at;
        const Date date{std::chrono::year(static_cast<int>(*year)),
                        std::chrono::month(static_cast<unsigned>(*month)),
                        std::chrono::day(static_cast<unsigned>(*day))};
        if (!date.ok()) return at;
        found_.push_back(
            {tokens_[at].start, tokens_[next - 1].end, *year * 10'000 + *month * 100 + *day, Unit::date});
        return next;
    }

    [[nodiscard]] std::optional<ReadNumber> number_at(std::size_t at) const {
        const auto written = word(at);
        if (written.empty() || !is_ascii_digit(written.front())) {
            const auto named = detail::numeral(written);
            if (!named) return std::nullopt;
            return multiplied({.value = *named * thousandths,
                               .end = tokens_[at].end,
                               .next = at + 1,
                               .article = written == "en" || written == "ett"});
        }
        return figures_at(at);
    }

    [[nodiscard]] std::optional<ReadNumber> figures_at(std::size_t at) const {
        std::string figure;
        std::string_view attached;
        std::size_t end = 0;  // of the figure in the last token
        auto last = at;
        for (;; ++last) {
            const auto written = word(last);
            end = std::min(written.find_first_not_of("0123456789.,"), written.size());
            figure += written.substr(0, end);
            attached = written.substr(end);
            if (!goes_on(at, last)) break;
        }
        const auto value = thousandths_of(figure);
        if (!value) return std::nullopt;
        const ReadNumber number{
            .value = *value, .end = tokens_[last].start + end, .next = last + 1, .attached = attached};
        return attached.empty() ? multiplied(number) : number;
    }

    // Whether the figure that began at `first` goes on after `at`: "1 320" does, "08 123" and "2025 100" do not.
    [[nodiscard]] bool goes_on(std::size_t first, std::size_t at) const {
        const auto begun = word(first);
        if (!is_whole(word(at)) || begun.size() > digits_in_group || begun.front() == '0' ||
            !one_blank_after(at))
            return false;
        const auto next = word(at + 1);
        return is_whole(next.substr(0, digits_in_group)) && next.size() >= digits_in_group &&
               (next.size() == digits_in_group || !is_ascii_digit(next[digits_in_group]));
    }

    [[nodiscard]] std::optional<ReadNumber> multiplied(ReadNumber number) const {
        const auto found = std::ranges::find(detail::multiples, word(number.next), &detail::Multiple::word);
        if (found == detail::multiples.end() || !one_blank_after(number.next - 1)) return number;
        if (number.value > largest_value / found->factor) return std::nullopt;
        number.value *= found->factor;
        number.article = false;
        number.end = tokens_[number.next].end;
        // "5 tkr" has its unit already.
        if (found->unit != Unit::none) number.attached = "kr";
        ++number.next;
        return number;
    }

    // Adds the number with its unit; the token to go on with.
    std::size_t read_unit(std::size_t at, const ReadNumber& number) {
        Quantity quantity{tokens_[at].start, number.end, number.value, Unit::none};
        if (!number.attached.empty()) {
            quantity.unit = unit_word(number.attached, number, tokens_[number.next - 1].end, quantity.end);
            if (quantity.unit != Unit::none) found_.push_back(quantity);
            return number.next;
        }
        if (const auto sign = sign_after(number.end); sign.unit != Unit::none) {
            quantity.end = sign.end;
            quantity.unit = sign.unit;
            found_.push_back(quantity);
            return number.next;
        }
        const bool near = one_blank_after(number.next - 1);
        if (near) {
            quantity.unit = unit_word(word(number.next), number, tokens_[number.next].end, quantity.end);
            if (quantity.unit != Unit::none) {
                found_.push_back(quantity);
                return number.next + 1;
            }
        }
        if (!number.article && !is_reference(at, number)) found_.push_back(quantity);
        return number.next;
    }

    // The unit that a word is, with the small figure after it: "m²". `end` becomes where it ends.
    [[nodiscard]] Unit unit_word(std::string_view written, const ReadNumber& number, std::size_t word_end,
                                 std::size_t& end) const {
        auto unit = detail::unit_among(detail::unit_words, written);
        if (unit == Unit::none && !number.article) unit = detail::unit_among(detail::short_units, written);
        if (unit == Unit::none) return unit;
        end = word_end;
        const auto after = text_.substr(word_end);
        if (written != "m" || !(after.starts_with("²") || after.starts_with("³"))) return unit;
        end += std::string_view("²").size();
        return after.starts_with("²") ? Unit::square_metre : Unit::cubic_metre;
    }

    struct Sign {
        Unit unit = Unit::none;
        std::size_t end = 0;
    };
    // "%" and ":-" after a number.
    [[nodiscard]] Sign sign_after(std::size_t end) const {
        if (text_.substr(end).starts_with(":-")) return {Unit::krona, end + 2};
        if (end < text_.size()) {
            const auto character = detail::character_at(text_, end);
            if (detail::is_blank(character.code)) end += character.length;
        }
        if (text_.substr(end).starts_with('%')) return {Unit::percent, end + 1};
        return {};
    }

    [[nodiscard]] bool is_reference(std::size_t at, const ReadNumber& number) const {
        const auto next = word(number.next);
        return next == "§" || next == "kap" || (at > 0 && word(at - 1) == "§");
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    std::vector<Quantity> found_{};
};

std::string_view symbol(Unit unit) {
    switch (unit) {
        case Unit::millimetre:
            return "mm";
        case Unit::centimetre:
            return "cm";
        case Unit::metre:
            return "m";
        case Unit::kilometre:
            return "km";
        case Unit::square_metre:
            return "m²";
        case Unit::hectare:
            return "ha";
        case Unit::cubic_metre:
            return "m³";
        case Unit::litre:
            return "l";
        case Unit::kilogram:
            return "kg";
        case Unit::minute:
            return "minuter";
        case Unit::hour:
            return "timmar";
        case Unit::day:
            return "dagar";
        case Unit::week:
            return "veckor";
        case Unit::month:
            return "månader";
        case Unit::year:
            return "år";
        case Unit::krona:
            return "kr";
        case Unit::percent:
            return "%";
        case Unit::none:
        case Unit::date:
            break;
    }
    return {};
}

}  // namespace

std::vector<Quantity> quantities(std::string_view text) {
    return QuantityReader(text).read();
}

std::string print(const Quantity& quantity) {
    if (quantity.unit == Unit::date)
        return fmt::format("{:04}-{:02}-{:02}", quantity.value / 10'000, quantity.value / 100 % 100,
                           quantity.value % 100);
    auto printed = fmt::format("{}", quantity.value / thousandths);
    if (const auto rest = quantity.value % thousandths; rest != 0) {
        printed += fmt::format(",{:03}", rest);
        while (printed.ends_with('0'))
            printed.pop_back();
    }
    if (quantity.unit != Unit::none) printed.append(" ").append(symbol(quantity.unit));
    return printed;
}

}  // namespace kansli::text
