#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// Bank accounts. IBAN (ISO 13616) has a checksum of its own; bankgiro and plusgiro end in Luhn's digit; clearing and account numbers
// have no common checksum, so that only the words before tell them from other digits.
namespace kansli::text::detail {

namespace {

constexpr std::size_t fewest_account_digits = 7;
constexpr std::size_t most_account_digits = 17;  // clearing number with its check digit, and 12 more

// The remainder of an IBAN by 97, country and check digits moved to the end.
int remainder_of_iban(std::string_view digits) {
    const auto moved =
        std::string(digits.substr(2)) + "2814" + std::string(digits.substr(0, 2));  // S is 28, E is 14
    int remainder = 0;
    for (const char c : moved)
        remainder = (remainder * 10 + (c - '0')) % 97;
    return remainder;
}

struct AccountRun {
    std::string digits{};
    std::size_t first = 0;
    std::size_t last = 0;  // index of the last word
};

// Numbers in a row, with blanks, dashes or full stops between; the first may be a clearing number, after which a comma may stand.
AccountRun account_run_at(const Reading& reading, std::size_t at, std::size_t most) {
    AccountRun run{std::string(reading.written(at)), reading.written(at).size(), at};
    while (reading.has(run.last + 1)) {
        const auto between = reading.after(run.last);
        const bool after_clearing = between == ", " && run.first == 4 && run.digits.size() <= 5;
        const bool joins =
            Reading::is_space(between) || Reading::is_dash(between) || between == "." || after_clearing;
        const auto& next = reading.word(run.last + 1);
        if (!joins || !next.is_number() || run.digits.size() + next.size() > most) break;
        run.digits += reading.written(run.last + 1);
        ++run.last;
    }
    return run;
}

Found found_account(const Reading& reading, std::size_t at, AccountRun run) {
    return {PersonalData::bank_account, reading.word(at).start, reading.word(run.last).end,
            std::move(run.digits)};
}

// "5050-1055" and "12 34 56-7": the last group of a plusgiro is one digit.
Finding find_giro(const Reading& reading, std::size_t at) {
    const bool bankgiro = reading.near_before(at, role::bankgiro, 3);
    if (!bankgiro && !reading.near_before(at, role::plusgiro, 3)) return std::nullopt;
    auto run = account_run_at(reading, at, bankgiro ? 8 : 9);
    const auto last = reading.word(run.last).size();
    const bool grouped =
        bankgiro ? (run.digits.size() == 7 || run.digits.size() == 8) : run.last > at && last == 1;
    if (!grouped || !has_luhn_digit(run.digits)) return std::nullopt;
    return found_account(reading, at, std::move(run));
}

Finding find_swish(const Reading& reading, std::size_t at) {
    if (!reading.near_before(at, role::swish, 4)) return std::nullopt;
    auto run = account_run_at(reading, at, 10);
    if (run.digits.size() != 10 || !run.digits.starts_with("12")) return std::nullopt;
    return found_account(reading, at, std::move(run));
}

Finding find_account(const Reading& reading, std::size_t at) {
    const bool clearing = reading.near_before(at, role::clearing, 2);
    if (!clearing && !reading.near_before(at, role::account, 4)) return std::nullopt;
    auto run = account_run_at(reading, at, most_account_digits);
    const bool amount = reading.has(run.last + 1) && reading.word(run.last + 1).is(role::unit);
    const bool long_enough =
        run.digits.size() >= fewest_account_digits || (clearing && run.digits.size() >= 4);
    if (amount || !long_enough) return std::nullopt;
    return found_account(reading, at, std::move(run));
}

}  // namespace

Finding find_bank_account(const Reading& reading, std::size_t at) {
    if (!reading.word(at).is_number()) return std::nullopt;
    if (auto giro = find_giro(reading, at)) return giro;
    if (auto swish = find_swish(reading, at)) return swish;
    return find_account(reading, at);
}

Finding find_iban(const Reading& reading, std::size_t at) {
    const auto written = reading.written(at);
    if (written.size() < 4 || (!written.starts_with("SE") && !written.starts_with("se"))) return std::nullopt;
    std::string digits(written.substr(2));
    auto last = at;
    while (digits.size() < 22 && reading.spaced(last) && reading.word(last + 1).is_number()) {
        ++last;
        digits += reading.written(last);
    }
    if (digits.size() != 22 || digits_of(digits).size() != 22 || remainder_of_iban(digits) != 1)
        return std::nullopt;
    return Found{PersonalData::bank_account, reading.word(at).start, reading.word(last).end, "SE" + digits};
}

}  // namespace kansli::text::detail
