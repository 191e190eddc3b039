#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Property designations (fastighetsregisterlagen): tract, block and unit "Berga 1:14", or block and unit "Ekorren 12" in towns, with
// the municipality in front or not. With a colon the form tells; without, only the word before ("fastigheten") does.
namespace kansli::text::detail {

namespace {

// "1:14", not a year ("KFN 2026:3").
bool is_block_and_unit(const Reading& reading, std::size_t at) {
    if (!reading.has(at + 1) || !reading.word(at).is_number() || !reading.word(at + 1).is_number())
        return false;
    return reading.after(at) == ":" && reading.word(at).size() <= 3 && reading.word(at + 1).size() <= 4 &&
           reading.written(at)[0] != '0' && byte_at(reading.text(), reading.word(at + 1).end) != ':';
}

bool is_property_unit(const Reading& reading, std::size_t at) {
    return reading.has(at) && reading.word(at).is_number() && reading.word(at).size() <= 3 &&
           reading.written(at)[0] != '0' &&
           !(reading.has(at + 1) && reading.spaced(at) && reading.word(at + 1).is(role::unit));
}

// A word of a designation's name: "Almsjö", "Norra", "Prästgård".
bool is_tract(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (word.letters < 2 || word.is(role::property | role::title | role::form_of_address)) return false;
    if (word.shape == Shape::capitals) return word.letters > 4;
    return word.shape == Shape::capital &&
           (word.is(role::place | role::direction) || !word.is(role::not_name) || word.is(role::any_name));
}

// The number after up to three words of a name.
std::optional<std::size_t> number_after_tract(const Reading& reading, std::size_t at) {
    for (auto next = at; reading.has(next + 1) && next < at + 3; ++next) {
        if (!is_tract(reading, next) || !reading.spaced(next)) return std::nullopt;
        if (reading.word(next + 1).is_number()) return next + 1;
    }
    return std::nullopt;
}

// "fastigheten", "kv.", "Fastighet:" before; or a designation that was just property_found and "och".
bool property_is_spoken_of(const Reading& reading, std::size_t at, const Found* previous) {
    if (at == 0) return false;
    const auto between = reading.before(at);
    const bool near = Reading::is_space(between) || between == ": " || between == ":" || between == ". ";
    if (near && reading.word(at - 1).is(role::property)) return true;
    if (previous == nullptr || previous->kind != PersonalData::property) return false;
    const auto gap = reading.text().substr(previous->end, reading.word(at).start - previous->end);
    constexpr auto links =
        std::to_array<std::string_view>({" och ", ", ", " respektive ", " samt ", " eller "});
    return std::ranges::find(links, gap) != links.end();
}

bool ends_as_street(std::string_view folded) {
    constexpr auto endings = std::to_array<std::string_view>(
        {"gatan", "gata", "vägen", "väg", "gränd", "stigen", "allén", "torget"});
    return std::ranges::any_of(endings, [&](std::string_view ending) { return folded.ends_with(ending); });
}

Found property_found(const Reading& reading, std::size_t first, std::size_t last) {
    const auto start = reading.word(first).start;
    const auto end = reading.word(last).end;
    return {PersonalData::property, start, end, fold(reading.text().substr(start, end - start))};
}

}  // namespace

Finding find_property(const Reading& reading, std::size_t at, const Found* previous) {
    if (!reading.word(at).is_capital()) return std::nullopt;
    const auto number = number_after_tract(reading, at);
    if (!number) return std::nullopt;
    if (is_block_and_unit(reading, *number)) {
        const bool time = reading.word(*number).size() <= 2 && reading.word(*number + 1).size() == 2 &&
                          reading.word(*number - 1).is(role::not_name);
        return time ? std::nullopt : Finding(property_found(reading, at, *number + 1));
    }
    if (!is_property_unit(reading, *number) || !property_is_spoken_of(reading, at, previous))
        return std::nullopt;
    if (ends_as_street(fold(reading.written(*number - 1)))) return std::nullopt;  // "fastigheten Storgatan 1"
    return property_found(reading, at, *number);
}

}  // namespace kansli::text::detail
