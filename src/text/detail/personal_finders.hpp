#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/detail/personal_words.hpp"
#include "text/personal_data.hpp"

// The finders of personal data, one kind of thing each. A finder is asked at a word whether its thing begins there.
namespace kansli::text::detail {

// A text with its words, and what the finders ask of both.
class Reading {
  public:
    Reading(std::string_view text, const std::vector<PersonalWord>& words) : text_(text), words_(words) {}

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] bool has(std::size_t at) const { return at < words_.size(); }
    [[nodiscard]] const PersonalWord& word(std::size_t at) const { return words_[at]; }
    [[nodiscard]] std::string_view written(std::size_t at) const {
        return text_.substr(words_[at].start, words_[at].size());
    }
    // What stands between a word and the next one; all that follows after the last.
    [[nodiscard]] std::string_view after(std::size_t at) const {
        const auto end = words_[at].end;
        return text_.substr(end, (has(at + 1) ? words_[at + 1].start : text_.size()) - end);
    }
    [[nodiscard]] std::string_view before(std::size_t at) const {
        const auto start = at == 0 ? 0 : words_[at - 1].end;
        return text_.substr(start, words_[at].start - start);
    }
    // Whether the word is followed by a next one after one blank. Asked at every word, so that the plain blank comes first.
    [[nodiscard]] bool spaced(std::size_t at) const {
        if (!has(at + 1)) return false;
        const auto end = words_[at].end;
        return (words_[at + 1].start == end + 1 && text_[end] == ' ') || is_space(after(at));
    }
    // The byte after the word; 0 at the end.
    [[nodiscard]] char mark_after(std::size_t at) const {
        const auto end = words_[at].end;
        return end < text_.size() ? text_[end] : '\0';
    }

    // Whether one of the `distance` words before, on the same line, has one of the roles.
    [[nodiscard]] bool near_before(std::size_t at, std::uint32_t roles, std::size_t distance) const;
    // Whether a number stands in other digits: "1-850312-2380", "2380.1".
    [[nodiscard]] bool cut_out_of_number(std::size_t start, std::size_t end) const;

    static bool is_space(std::string_view between) {
        if (between.size() == 1) return between.front() == ' ';
        return between == "\u00A0" || between == "\u202F";
    }
    static bool is_dash(std::string_view between) {
        if (between.size() == 1) return between.front() == '-';
        return between == "–" || between == "‑" || between == "−";
    }

  private:
    std::string_view text_;
    const std::vector<PersonalWord>& words_;
};

struct Found {
    PersonalData kind = PersonalData::name;
    std::size_t start = 0;
    std::size_t end = 0;
    std::string canonical{};
};
using Finding = std::optional<Found>;

// At a word that begins with a digit.
[[nodiscard]] Finding find_identity_number(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_phone(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_bank_account(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_referenced_case(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_network_address(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_postal_town(const Reading& reading, std::size_t at);

// At a word that begins with a letter.
[[nodiscard]] Finding find_iban(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_sole_trader(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_case_number(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_licence_plate(const Reading& reading, std::size_t at);
// `previous` is the thing found last, or nullptr: in "Berga 1:2 respektive Skeppet 29" the first says what the second is.
[[nodiscard]] Finding find_property(const Reading& reading, std::size_t at, const Found* previous);
[[nodiscard]] Finding find_address(const Reading& reading, std::size_t at);
[[nodiscard]] Finding find_name(const Reading& reading, std::size_t at);

// Everywhere: e-mail addresses are found by their @.
[[nodiscard]] std::vector<Found> find_emails(std::string_view text);

// The digits of a text, in order.
[[nodiscard]] std::string digits_of(std::string_view text);
// Whether the last digit is the check digit that Luhn's rule (ISO/IEC 7812) gives. Requires: digits only.
[[nodiscard]] bool has_luhn_digit(std::string_view digits);
// The value of a short run of digits.
[[nodiscard]] int value_of(std::string_view digits);

}  // namespace kansli::text::detail
