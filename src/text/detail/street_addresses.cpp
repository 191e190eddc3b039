#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/detail/personal_finders.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

// Addresses (SS 613401): street and number with entrance, flat or floor, then postal code and town; boxes; postal code and town
// alone. A street without a number is a place, not somebody's address.
namespace kansli::text::detail {

namespace {

// Endings that make a word a street in front of a number …
constexpr auto street_endings = std::to_array<std::string_view>(
    {"gatan",      "gata",    "vägen",      "väg",      "gränd",  "gränden", "stigen",  "stig",
     "allén",      "allé",    "esplanaden", "esplanad", "torget", "torg",    "backen",  "kajen",
     "promenaden", "svängen", "slingan",    "ringen",   "liden",  "brinken", "stråket", "leden"});
// … and those that do when something else says that it is an address.
constexpr auto place_endings = std::to_array<std::string_view>(
    {"dalen", "hagen",    "gården", "parken", "lunden", "höjden", "udden",   "viken", "strand", "stranden",
     "ängen", "kullen",   "torp",   "hult",   "gången", "bron",   "by",      "gård",  "näs",    "berg",
     "backe", "trädgård", "tomten", "åsen",   "lyckan", "vreten", "platsen", "plats", "plan"});
// Roads of a kind, with their number: "väg 30", "länsväg 126".
constexpr auto kinds_of_road = std::to_array<std::string_view>({"väg",
                                                                "vägen",
                                                                "gata",
                                                                "gatan",
                                                                "torg",
                                                                "torget",
                                                                "plats",
                                                                "platsen",
                                                                "plan",
                                                                "planen",
                                                                "backen",
                                                                "stig",
                                                                "stigen",
                                                                "leden",
                                                                "ringen",
                                                                "allé",
                                                                "allén",
                                                                "gränd",
                                                                "riksväg",
                                                                "riksvägen",
                                                                "länsväg",
                                                                "länsvägen",
                                                                "motorväg",
                                                                "motorvägen",
                                                                "cykelväg",
                                                                "cykelvägen",
                                                                "gångväg",
                                                                "gångvägen",
                                                                "skogsväg",
                                                                "grusväg",
                                                                "bilväg",
                                                                "huvudgata",
                                                                "huvudgatan",
                                                                "lokalgata",
                                                                "lokalgatan",
                                                                "detaljplan",
                                                                "detaljplanen",
                                                                "översiktsplan",
                                                                "översiktsplanen",
                                                                "kontrollplan",
                                                                "genomförandeplan",
                                                                "vårdplan",
                                                                "handlingsplan",
                                                                "åtgärdsplan",
                                                                "arbetsplats",
                                                                "arbetsplatsen",
                                                                "parkeringsplats",
                                                                "parkeringsplatsen",
                                                                "hållplats",
                                                                "lekplats",
                                                                "lekplatsen",
                                                                "verksamhetsplan",
                                                                "elevplan",
                                                                "krisplan",
                                                                "likabehandlingsplan",
                                                                "byggplats",
                                                                "uteplats",
                                                                "busshållplats",
                                                                "betygsplan",
                                                                "upplag",
                                                                "våningsplan"});

template <std::size_t Count>
bool ends_as_one_of(std::string_view folded, const std::array<std::string_view, Count>& endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) {
        return folded.size() > ending.size() + 1 && folded.ends_with(ending);
    });
}

// "5", "16 B", "40B", "4-6". Gives the index of its last word, or nothing.
std::optional<std::size_t> house_number(const Reading& reading, std::size_t at) {
    if (!reading.has(at)) return std::nullopt;
    const auto& word = reading.word(at);
    const auto written = reading.written(at);
    const auto digits = digits_of(written);
    if (digits.empty() || digits.size() > 4 || written[0] == '0') return std::nullopt;
    if (word.shape == Shape::mixed) {
        const bool entrance = written.size() == digits.size() + 1 && written.starts_with(digits);
        return entrance ? std::optional(at) : std::nullopt;
    }
    auto last = at;
    if (Reading::is_dash(reading.after(at)) && reading.has(at + 1) && reading.word(at + 1).is_number() &&
        reading.word(at + 1).size() <= 3)
        ++last;
    if (reading.spaced(last) && reading.word(last + 1).size() == 1) {
        const char letter = reading.written(last + 1)[0];
        const bool entrance =
            (letter >= 'A' && letter <= 'H') || (letter >= 'b' && letter <= 'h' && letter != 'e');
        if (entrance) ++last;
    }
    if (reading.spaced(last) && reading.word(last + 1).is(role::unit)) return std::nullopt;
    if (byte_at(reading.text(), reading.word(last).end) == ':') return std::nullopt;  // "Västergård 1:102"
    return last;
}

bool is_list_comma(std::string_view between) {
    return between == ", " || between == "," || Reading::is_space(between);
}

// "lgh 1102", "3 tr", "vån 2".
std::size_t with_flat(const Reading& reading, std::size_t last) {
    if (!reading.has(last + 2) || !is_list_comma(reading.after(last)) || !reading.spaced(last + 1))
        return last;
    const auto first = fold(reading.written(last + 1));
    const auto second = fold(reading.written(last + 2));
    const bool number_first = reading.word(last + 1).is_number() && first.size() <= 2;
    const bool number_second = reading.word(last + 2).is_number() && second.size() <= 4;
    const bool flat =
        first == "lgh" || first == "lägenhet" || first == "vån" || first == "våning" || first == "uppg";
    if (number_second && flat) return last + 2;
    return number_first && (second == "tr" || second == "trappor") ? last + 2 : last;
}

// "234 56 Almsjö", "SE-234 56 Almsjö". Gives the index of its last word.
std::optional<std::size_t> postal_town(const Reading& reading, std::size_t at, bool after_street) {
    if (!reading.has(at + 1)) return std::nullopt;
    const auto country = reading.written(at);
    if ((country == "SE" || country == "S") && reading.after(at) == "-") ++at;
    auto town = at + 1;
    const auto size = reading.word(at).size();
    if (!reading.word(at).is_number() || reading.written(at)[0] == '0') return std::nullopt;
    if (size == 3) {
        if (!reading.has(at + 2) || !reading.spaced(at) || !reading.word(at + 1).is_number() ||
            reading.word(at + 1).size() != 2)
            return std::nullopt;
        town = at + 2;
    } else if (size != 5) {
        return std::nullopt;
    }
    const auto between = reading.after(town - 1);
    if (!Reading::is_space(between) && between != "  ") return std::nullopt;
    const auto& word = reading.word(town);
    const bool known = word.is(role::place);
    if (word.is(role::unit) || word.letters < 2 || (!known && !word.is_capital())) return std::nullopt;
    if (!known && (!after_street && (size == 5 || word.is(role::not_name)))) return std::nullopt;
    const bool two_words =
        word.is(role::direction) && reading.spaced(town) && reading.word(town + 1).is_capital();
    return two_words ? town + 1 : town;
}

Found whole_address(const Reading& reading, std::size_t first, std::size_t last) {
    last = with_flat(reading, last);
    const auto between = reading.after(last);
    if (is_list_comma(between)) {
        if (const auto town = postal_town(reading, last + 1, true)) {
            last = *town;
        } else if (between == ", " && reading.has(last + 2) && reading.word(last + 1).is_capital() &&
                   reading.after(last + 1) == ", ") {
            // A village between street and postal code.
            if (const auto after_village = postal_town(reading, last + 2, true)) last = *after_village;
        }
    }
    const auto start = reading.word(first).start;
    const auto end = reading.word(last).end;
    return {PersonalData::address, start, end, fold(reading.text().substr(start, end - start))};
}

// Whether postal code and town, or a flat, follow the house number: then any word may be a street.
bool is_plainly_address(const Reading& reading, std::size_t last) {
    return with_flat(reading, last) != last ||
           (is_list_comma(reading.after(last)) && postal_town(reading, last + 1, true));
}

// A street of one word, with what stands before it ("Norra Hamngatan"); `head` is the word before the number.
bool is_street(const Reading& reading, std::size_t first, std::size_t head, std::size_t last) {
    const auto folded = fold(reading.written(head));
    const bool alone = first == head;
    if (std::ranges::find(kinds_of_road, folded) != kinds_of_road.end()) {
        // "Karl Johans gata 5", but not "väg 30".
        return !alone && folded.size() > 3 && reading.word(head - 1).is_capital() &&
               !reading.word(head - 1).is(role::not_name);
    }
    if (ends_as_one_of(folded, street_endings)) return true;
    const bool said = reading.near_before(first, role::home, 3) || is_plainly_address(reading, last);
    return said && reading.word(head).is_capital() &&
           (ends_as_one_of(folded, place_endings) || is_plainly_address(reading, last));
}

// Boxes: "Box 217", "Postlåda 118".
Finding find_box(const Reading& reading, std::size_t at) {
    const auto written = reading.written(at);
    if (written != "Box" && written != "BOX" && written != "Postlåda" && written != "Postbox")
        return std::nullopt;
    if (!reading.spaced(at) || !reading.word(at + 1).is_number() || reading.word(at + 1).size() > 5)
        return std::nullopt;
    return whole_address(reading, at, at + 1);
}

// "lgh 1104" alone is the number of a dwelling.
Finding find_flat(const Reading& reading, std::size_t at) {
    const auto written = fold(reading.written(at));
    if (written != "lgh" && written != "lägenhet") return std::nullopt;
    if (!reading.spaced(at) || !reading.word(at + 1).is_number() || reading.word(at + 1).size() != 4)
        return std::nullopt;
    return Found{PersonalData::address, reading.word(at).start, reading.word(at + 1).end,
                 std::string(reading.written(at + 1))};
}

// The place of the number after up to three more words of a street's name.
std::optional<std::size_t> number_after_street(const Reading& reading, std::size_t at) {
    for (auto next = at; reading.has(next + 1) && next < at + 4; ++next) {
        if (!reading.spaced(next) && reading.after(next) != "-" && reading.after(next) != ":")
            return std::nullopt;
        const auto shape = reading.word(next + 1).shape;
        if (shape == Shape::number || shape == Shape::mixed)
            return reading.spaced(next) ? std::optional(next + 1) : std::nullopt;
        const bool part = reading.word(next).is_capital();
        if (!part) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Finding find_address(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (word.letters < 3 && !word.is_capital()) return std::nullopt;
    const auto number = number_after_street(reading, at);
    if (!number) return std::nullopt;
    if (auto box = find_box(reading, at)) return box;
    if (auto flat = find_flat(reading, at)) return flat;
    const auto head = *number - 1;
    const auto last = house_number(reading, *number);
    if (!last) return std::nullopt;
    for (auto part = at; part < head; ++part) {
        const auto& before = reading.word(part);
        if (before.is(role::not_name | role::title | role::form_of_address | role::home | role::property))
            return std::nullopt;
    }
    if (word.is(role::home | role::property) || !is_street(reading, at, head, *last)) return std::nullopt;
    if (at < head && head > 0 && reading.word(at).is(role::given) &&
        ends_as_one_of(fold(reading.written(head)), street_endings) && reading.word(head).is_capital())
        return std::nullopt;  // "Nina Ek Alvägen 12": a name before an address
    return whole_address(reading, at, *last);
}

Finding find_postal_town(const Reading& reading, std::size_t at) {
    const auto last = postal_town(reading, at, false);
    if (!last || reading.cut_out_of_number(reading.word(at).start, reading.word(at).end)) return std::nullopt;
    const auto start = reading.word(at).start;
    const auto end = reading.word(*last).end;
    return Found{PersonalData::address, start, end, fold(reading.text().substr(start, end - start))};
}

}  // namespace kansli::text::detail
