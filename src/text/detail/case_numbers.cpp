#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"

// Case numbers: register numbers with the letters of the committee ("KS 2026/00123", "BMN-2026-45"), numbers after a word that says
// what they are ("dnr 2026-123", "mål nr T 1234-26"), and those of police reports ("5000-K123456-26"). Numbers of public law
// (SFS 2010:900, (EU) 2016/679, MÖD 2014:32) look alike and are told by their letters.
namespace kansli::text::detail {

namespace {

constexpr std::size_t longest_prefix = 7;

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

bool is_mark(std::string_view between) {
    return between == "/" || between == "-" || between == ":" || between == ".";
}

bool is_number_sized(const Reading& reading, std::size_t at, std::size_t fewest, std::size_t most) {
    return reading.has(at) && reading.word(at).is_number() && reading.word(at).size() >= fewest &&
           reading.word(at).size() <= most;
}

// Letters, capitals and blanks of one case number are the same whatever marks stand between.
std::string canonical_case(std::string_view written) {
    std::string out;
    for (const char c : written) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte >= 0x80U || is_letter_or_digit(byte))
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
    }
    return out;
}

Found case_found(const Reading& reading, std::size_t first, std::size_t last) {
    const auto start = reading.word(first).start;
    const auto end = reading.word(last).end;
    return {PersonalData::case_number, start, end, canonical_case(reading.text().substr(start, end - start))};
}

// The number after the year, with the number of the document ("-4") or digits set apart ("55 700").
std::size_t last_of_number(const Reading& reading, std::size_t at) {
    if (is_number_sized(reading, at + 1, 1, 4) && Reading::is_dash(reading.after(at))) return at + 1;
    if (is_number_sized(reading, at + 1, 3, 3) && Reading::is_space(reading.after(at)) &&
        reading.word(at).size() <= 3)
        return at + 1;
    return at;
}

bool is_prefix(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (!word.is_capital() || word.letters > longest_prefix || word.is(role::no_case | role::reference))
        return false;
    const auto written = reading.written(at);
    return !(word.shape == Shape::capitals && written.ends_with("FS"));
}

// Law is cited with letters and a year, too: "HSLF-FS 2025:1".
bool is_cited_law(const Reading& reading, std::size_t at) {
    return at > 0 && (reading.before(at) == "-" || reading.before(at) == "/") &&
           reading.word(at - 1).shape == Shape::capitals;
}

Finding with_letters(const Reading& reading, std::size_t at) {
    const auto between = reading.after(at);
    if (!Reading::is_space(between) && !is_mark(between)) return std::nullopt;
    if (!is_number_sized(reading, at + 1, 4, 4) || !is_year(reading.written(at + 1)) ||
        !is_mark(reading.after(at + 1)))
        return std::nullopt;
    if (!is_number_sized(reading, at + 2, 1, 7)) return std::nullopt;
    const auto& prefix = reading.word(at);
    if (prefix.shape != Shape::capitals && is_year(reading.written(at + 2))) return std::nullopt;
    const bool sure = prefix.shape == Shape::capitals || reading.word(at + 2).size() >= 3;
    if (!sure && !reading.near_before(at, role::reference, 2)) return std::nullopt;
    const auto last = last_of_number(reading, at + 2);
    const bool date = last > at + 2 && reading.word(at + 2).size() == 2 && reading.word(last).size() == 2 &&
                      Reading::is_dash(reading.after(at + 1));
    if (date) return std::nullopt;  // "Beslut KS 2026-03-12"
    return case_found(reading, at, last);
}

// "KC26-00912": letters and a year of two digits in one word, or "BN 26-123"; only where a case is spoken of.
Finding with_short_year(const Reading& reading, std::size_t at) {
    if (!reading.near_before(at, role::reference, 3)) return std::nullopt;
    const auto& word = reading.word(at);
    if (word.shape == Shape::mixed && is_upper(character_at(reading.text(), word.start).code) &&
        is_mark(reading.after(at)) && is_number_sized(reading, at + 1, 3, 7))
        return case_found(reading, at, at + 1);
    if (!is_prefix(reading, at) || word.letters < 2 || !reading.spaced(at)) return std::nullopt;
    if (!is_number_sized(reading, at + 1, 2, 2) || !is_mark(reading.after(at + 1)) ||
        !is_number_sized(reading, at + 2, 3, 7))
        return std::nullopt;
    return case_found(reading, at, at + 2);
}

Finding police_report(const Reading& reading, std::size_t at) {
    if (!is_number_sized(reading, at, 4, 4) || !reading.has(at + 2) || reading.after(at) != "-" ||
        reading.after(at + 1) != "-")
        return std::nullopt;
    const auto middle = reading.written(at + 1);
    const bool fits = middle.size() >= 4 && (middle[0] == 'K' || middle[0] == 'k') &&
                      digits_of(middle).size() == middle.size() - 1;
    if (!fits || !is_number_sized(reading, at + 2, 2, 4)) return std::nullopt;
    return case_found(reading, at, at + 2);
}

}  // namespace

Finding find_case_number(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (!word.is_capital() && word.shape != Shape::mixed) return std::nullopt;
    if (is_prefix(reading, at) && !is_cited_law(reading, at)) {
        if (auto number = with_letters(reading, at)) return number;
    }
    return with_short_year(reading, at);
}

Finding find_referenced_case(const Reading& reading, std::size_t at) {
    if (auto report = police_report(reading, at)) return report;
    if (!is_number_sized(reading, at, 2, 12)) return std::nullopt;
    if (!reading.near_before(at, role::reference, 3) ||
        (reading.near_before(at, role::no_case, 1) && reading.written(at - 1) != "nr"))
        return std::nullopt;
    // "ärende enligt vapenlagen (1996:67)": a statute.
    if (reading.before(at).ends_with('(') && reading.after(at) == ":") return std::nullopt;
    const bool followed =
        reading.has(at + 1) && is_mark(reading.after(at)) && is_number_sized(reading, at + 1, 2, 7);
    if (!followed) {
        const bool numbered =
            reading.word(at).size() >= 5 && !(reading.has(at + 1) && reading.word(at + 1).is(role::unit));
        return numbered ? Finding(case_found(reading, at, at)) : std::nullopt;
    }
    const bool third =
        reading.has(at + 2) && is_mark(reading.after(at + 1)) && reading.word(at + 2).is_number();
    if (third && reading.word(at + 1).size() == 2 && reading.word(at + 2).size() == 2)
        return std::nullopt;  // a date
    const auto shorter = std::min(reading.word(at).size(), reading.word(at + 1).size());
    const auto longer = std::max(reading.word(at).size(), reading.word(at + 1).size());
    if (longer < 3 || (shorter < 2)) return std::nullopt;
    return case_found(reading, at, last_of_number(reading, at + 1));
}

}  // namespace kansli::text::detail
