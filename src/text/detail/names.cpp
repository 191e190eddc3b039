#include "text/detail/names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/name_run.hpp"
#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Names of people.
//
// Problem: half of the Swedish surnames are nature words or places, streets, schools and companies bear people's names, and the
// names of people who live in Sweden come from the whole world, so that no list has them all. Method: a run of words that may be
// parts of one name is read; then the evidence decides: what the lists say of the parts, how they end, and what stands before
// and after. A sentence's first word has its capital anyway, so that more is asked there.
namespace kansli::text::detail {

namespace {

// A capital says little after these.
bool begins_sentence(const Reading& reading, std::size_t at) {
    auto end = std::size_t{reading.word(at).start};
    const auto text = reading.text();
    while (end > 0) {
        const auto character = character_before(text, end);
        const auto code = character.code;
        if (code == U'\n') return true;
        const bool passed = is_blank(code) || code == U'"' || code == U'”' || code == U'(' || code == U'»' ||
                            code == U'’' || code == U'*';
        if (!passed)
            return code == U'.' || code == U'!' || code == U'?' || code == U':' || code == U'•' ||
                   code == U'–' || code == U'…' || code == U'-';
        end -= character.length;
    }
    return true;
}

enum class Introduction : std::uint8_t { none, title, address };

// What the word before says: "herr", "Mvh" (address); "handläggare", "Sökande:" (title).
Introduction introduction(const Reading& reading, std::size_t at) {
    if (at == 0) return Introduction::none;
    const auto between = reading.before(at);
    const auto& before = reading.word(at - 1);
    if (between.size() > 4) return Introduction::none;
    if (before.is(role::form_of_address)) return Introduction::address;
    const bool line = between == "\n" || between == ":\n";  // a title on a line of its own
    const bool abbreviated = between == ". " && before.letters <= 5;
    const bool near = Reading::is_space(between) || between == ": " || between == ":" || abbreviated || line;
    if (!near || (line && (!begins_sentence(reading, at - 1) || !reading.word(at).is(role::any_name))))
        return Introduction::none;
    if (before.is(role::title)) return Introduction::title;
    if (before.is_number() || before.shape == Shape::mixed || before.is(role::any_name | role::not_name))
        return Introduction::none;
    return ends_as_title(fold(reading.written(at - 1))) ? Introduction::title : Introduction::none;
}

// "(S)" after a name is a party.
bool has_party(const Reading& reading, const NameRun& run) {
    if (!reading.has(run.last + 1) || reading.after(run.last) != " (") return false;
    const auto written = reading.written(run.last + 1);
    constexpr auto parties =
        std::to_array<std::string_view>({"S", "M", "C", "L", "V", "KD", "MP", "SD", "FI", "SPI"});
    return std::ranges::find(parties, written) != parties.end() &&
           reading.after(run.last + 1).starts_with(')');
}

// "Lars Johanssons Åkeri AB", "Nordin & Söner Schakt AB".
bool is_business(const Reading& reading, std::size_t last) {
    for (auto at = last; reading.has(at + 1) && at < last + 5; ++at) {
        const auto between = reading.after(at);
        const bool linked = Reading::is_space(between) || between == " & " || between == " och ";
        if (!linked) return false;
        const auto& next = reading.word(at + 1);
        if (next.is(role::business) && next.is_capital()) return true;
        const bool and_word = reading.written(at + 1) == "och";
        if (!next.is_capital() && !and_word) return false;
    }
    return false;
}

bool is_roman(std::string_view text) {
    return !text.empty() && text.find_first_not_of("IVX") == std::string_view::npos && text.size() > 1;
}

// What is often called by a person's first name.
bool is_facility(std::string_view word) {
    constexpr auto facilities =
        std::to_array<std::string_view>({"hotell", "restaurang", "café", "bistro", "avdelning", "avdelningen",
                                         "förskolan", "förskola", "firman", "firma", "hunden", "katten"});
    return std::ranges::find(facilities, fold(word)) != facilities.end();
}

// Streets, schools, companies, saints and kings that bear a name; "Rut-avdrag".
bool names_something_else(const Reading& reading, const NameRun& run) {
    if (run.first > 0) {
        const auto before = reading.written(run.first - 1);
        const bool saint = before == "Sankt" || before == "Sankta" || before == "S:t" ||
                           before == "Drottning" || before == "Kung";
        if (saint && Reading::is_space(reading.before(run.first))) return true;
        if (reading.before(run.first) == "-" && !reading.word(run.first - 1).is_initial()) return true;
        if (is_facility(before) && run.size == 1 && Reading::is_space(reading.before(run.first))) return true;
        if ((before == "t" || before == "ta") && run.first > 1 && reading.before(run.first - 1) == ":")
            return true;
    }
    const auto after = reading.after(run.last);
    if (after.starts_with("- ") ||
        (after == "-" && reading.has(run.last + 1) && !reading.word(run.last + 1).is_capital()))
        return true;
    if (is_business(reading, run.last)) return true;
    if (!reading.spaced(run.last)) return false;
    const auto& next = reading.word(run.last + 1);
    if (is_roman(reading.written(run.last + 1))) return true;
    const auto genitive =
        reading.word(run.last).is(role::genitive) || reading.written(run.last).ends_with('s');
    if (genitive && (next.is(role::institution) || ends_as_institution(fold(reading.written(run.last + 1)))))
        return true;
    return !genitive && next.is(role::institution) && next.shape == Shape::lower;
}

// "Per och Bo Ask", "My och Liv": a name beside a name.
bool stands_beside_name(const Reading& reading, const NameRun& run) {
    if (!reading.has(run.last + 2) || reading.after(run.last) != " " ||
        reading.written(run.last + 1) != "och")
        return false;
    return reading.spaced(run.last + 1) && is_given(part_of(reading, run.last + 2));
}

// Whether "Andersson" and "Maja" in "Andersson, Maja" are one person: the given name stands alone.
std::optional<std::size_t> given_after_comma(const Reading& reading, const NameRun& run) {
    if (!reading.has(run.last + 1) || reading.after(run.last) != ", ") return std::nullopt;
    const auto given = name_run_at(reading, run.last + 1);
    if (given.size != 1 || given.part(0) != Part::given || reading.word(given.last).is(role::genitive))
        return std::nullopt;
    return given.last;
}

// "K-G", "A-M": initials with a hyphen stand for a double name.
bool is_double_initial(const Reading& reading, const NameRun& run) {
    if (run.size < 2 || run.part(0) != Part::initial || run.part(1) != Part::initial || !run.hyphen_before[1])
        return false;
    constexpr auto pairs = std::to_array<std::string_view>(
        {"K-G", "P-O", "C-G", "L-G", "L-O", "L-E", "S-E", "S-O", "B-O", "A-M", "A-K", "A-C", "A-B",
         "K-E", "K-A", "P-E", "P-A", "P-G", "J-E", "J-O", "J-Å", "B-M", "B-Å", "G-B", "H-G", "I-L",
         "U-B", "M-L", "B-G", "T-B", "S-Å", "S-G", "C-J", "C-J", "C-M", "E-M", "R-M"});
    const auto start = reading.word(run.first).start;
    const auto written = reading.text().substr(start, reading.word(run.first + 1).end - start);
    return std::ranges::find(pairs, written) != pairs.end();
}

// Whether the parts alone, where they stand, make a name.
bool is_name(const Reading& reading, const NameRun& run, bool at_beginning) {
    const auto head = head_of(run);
    const auto next = next_of(run);
    switch (head) {
        case Part::given:
        case Part::surname:
            // "IVO" alone is an authority.
            return run.size > 1 || reading.word(run.first).shape == Shape::capital ||
                   reading.word(run.first).letters > 3;
        case Part::maybe_given:
            if (is_given(next) || is_surname(next)) return true;
            if (at_beginning) return next == Part::initial || stands_beside_name(reading, run);
            return run.size > 1 || reading.word(run.first).shape == Shape::capital;
        case Part::maybe_surname:
        case Part::surname_form:
            return has_party(reading, run) ||
                   (!at_beginning &&
                    (next == Part::given || (is_surname(next) && next != Part::maybe_surname)));
        case Part::unknown:
            if (has_party(reading, run)) return true;
            return next == Part::surname ||
                   (!at_beginning && (next == Part::surname_form || (next == Part::given && run.size > 2)));
        case Part::initial:
            return is_surname(next) || (is_double_initial(reading, run));
        default:
            return false;
    }
}

Found name_found(const Reading& reading, std::size_t first, std::size_t last) {
    const auto start = reading.word(first).start;
    const auto end = reading.word(last).end;
    std::string canonical(reading.text().substr(start, end - start));
    const auto written = reading.written(last);
    const bool patronymic = written.ends_with('s') && !reading.word(last).is(role::any_name) &&
                            has_patronymic_ending(fold(written.substr(0, written.size() - 1)));
    if (reading.word(last).is(role::genitive) || patronymic) canonical.pop_back();
    return {PersonalData::name, start, end, std::move(canonical)};
}

// People write their names in small letters, too. Words that are also something else are then taken only where they end what is said.
Finding in_small_letters(const Reading& reading, std::size_t at) {
    const auto is_small = [&](std::size_t word) {
        return reading.has(word) && reading.word(word).shape == Shape::lower;
    };
    const auto& word = reading.word(at);
    const bool patronymic = word.letters > 6 && is_patronymic(reading.written(at));
    // "klass" is not Klas's.
    const bool known = word.is(role::given) && word.letters > (word.is(role::genitive) ? 5 : 2);
    const bool introduced = word.is(role::surname) && introduction(reading, at) == Introduction::address;
    const bool before_surname = word.is(role::common_given) && reading.spaced(at) && is_small(at + 1) &&
                                is_patronymic(reading.written(at + 1));
    if (!known && !patronymic && !introduced && !before_surname) return std::nullopt;
    if (at > 0 &&
        (reading.before(at) == "-" || reading.before(at).ends_with('_') || reading.before(at).ends_with('@')))
        return std::nullopt;
    auto last = at;
    while (is_small(last + 1) && !reading.word(last).is(role::genitive)) {
        const auto& next = reading.word(last + 1);
        const bool hyphen = reading.after(last) == "-" && next.is(role::any_name);
        const bool name = Reading::is_space(reading.after(last)) &&
                          (next.is(role::surname | role::given) || is_patronymic(reading.written(last + 1)));
        const auto beyond = reading.after(last + 1);
        const bool closing = Reading::is_space(reading.after(last)) && next.is(role::common_surname) &&
                             (beyond.empty() || !Reading::is_space(beyond));
        if (!hyphen && !name && !closing) break;
        ++last;
    }
    if (reading.has(last + 1) && reading.after(last) == "-") return std::nullopt;
    return name_found(reading, at, last);
}

}  // namespace

Finding find_name(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (word.shape == Shape::lower) return word.letters > 2 ? in_small_letters(reading, at) : std::nullopt;
    if (!word.is_capital()) return std::nullopt;
    auto run = name_run_at(reading, at);
    if (run.size == 0) return std::nullopt;
    const auto introduced = introduction(reading, at);
    const bool at_beginning = begins_sentence(reading, at) && introduced == Introduction::none;
    if (names_something_else(reading, run)) return std::nullopt;
    if (introduced == Introduction::address && run.part(0) != Part::initial)
        return name_found(reading, run.first, run.last);
    if (introduced == Introduction::title && (run.part(0) != Part::initial || run.size > 1))
        return name_found(reading, run.first, run.last);
    if (const auto given = is_surname(head_of(run)) ? given_after_comma(reading, run) : std::nullopt)
        return name_found(reading, run.first, *given);
    if (!is_name(reading, run, at_beginning)) return std::nullopt;
    // A genitive ends a name: "Annas Volvo", "Eriks Karin".
    std::size_t parts = 1;
    auto next = run.first;
    while (parts < run.size && !(reading.word(next).is(role::genitive) && !run.hyphen_before[parts])) {
        ++next;
        while (next < run.last && reading.word(next).is(role::particle) && !reading.word(next).is_capital())
            ++next;
        ++parts;
    }
    shorten(reading, run, parts);
    return name_found(reading, run.first, run.last);
}

}  // namespace kansli::text::detail
