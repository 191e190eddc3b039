#include "text/detail/personal_words.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/uchar.h>

#include "text/detail/context_words.hpp"
#include "text/detail/endings.hpp"
#include "text/detail/utf8.hpp"
#include "text/detail/word_table.hpp"

namespace kansli::text::detail {

// Out of data/names, made a part of the program by the build: masking must not depend on a file that may be missing.
extern const std::string_view given_names;
extern const std::string_view surnames;
extern const std::string_view places;
extern const std::string_view not_names;
extern const std::string_view titles;

namespace {

constexpr std::uint64_t fnv_start = 0xCBF29CE484222325ULL;
constexpr std::uint64_t fnv_prime = 0x100000001B3ULL;

std::uint64_t mixed_hash(std::uint64_t hash) {
    hash ^= hash >> 32U;
    hash *= 0x9E3779B97F4A7C15ULL;
    return hash == 0 ? 1 : hash;
}

// One word being read: its shape, and the hash of its folded letters, as it would be with and without a last s.
class WordReader {
  public:
    void take(char32_t code) {
        if (is_digit(code)) {
            digits_ = true;
        } else {
            note_case(code);
        }
        ++letters_;
        before_last_ = hash_;
        last_is_s_ = code == U's' || code == U'S';
        if (code < 0x80U) {
            add(static_cast<std::uint8_t>(code >= U'A' && code <= U'Z' ? code + 0x20U : code));
        } else {
            add_folded(code);
        }
    }

    // The same for what most letters are: a–z.
    void take_small(std::uint8_t letter) {
        others_ = true;
        small_letters_ = true;
        ++letters_;
        before_last_ = hash_;
        last_is_s_ = letter == 's';
        add(letter);
    }

    [[nodiscard]] Shape shape() const {
        if (digits_) return others_ ? Shape::mixed : Shape::number;
        if (!first_is_capital_) return Shape::lower;
        return small_letters_ || letters_ == 1 ? Shape::capital : Shape::capitals;
    }
    [[nodiscard]] std::uint8_t letters() const {
        return static_cast<std::uint8_t>(letters_ < std::numeric_limits<std::uint8_t>::max()
                                             ? letters_
                                             : std::numeric_limits<std::uint8_t>::max());
    }
    [[nodiscard]] std::uint64_t hash() const { return mixed_hash(hash_); }
    [[nodiscard]] bool may_be_genitive() const { return last_is_s_ && letters_ > 2; }
    [[nodiscard]] std::uint64_t hash_without_s() const { return mixed_hash(before_last_); }

  private:
    void note_case(char32_t code) {
        const bool capital = is_upper(code);
        if (!others_ && !digits_) first_is_capital_ = capital;
        others_ = true;
        small_letters_ = small_letters_ || !capital;
    }
    void add(std::uint8_t byte) { hash_ = (hash_ ^ byte) * fnv_prime; }
    void add_folded(char32_t code) {
        const auto folded = code < 0x100U ? (is_upper(code) ? code + 0x20U : code)
                                          : static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
        for (unsigned shift = 0; shift < 24; shift += 8)
            add(static_cast<std::uint8_t>(folded >> shift));
    }

    std::uint64_t hash_ = fnv_start;
    std::uint64_t before_last_ = fnv_start;
    std::size_t letters_ = 0;
    bool first_is_capital_ = false;
    bool small_letters_ = false;
    bool digits_ = false;
    bool others_ = false;
    bool last_is_s_ = false;
};

// Reads the word at `at`; gives where it ends. An apostrophe between letters belongs to the word: "O'Brien".
std::size_t read_word(std::string_view text, std::size_t at, WordReader& word) {
    while (at < text.size()) {
        if (const auto byte = byte_at(text, at); byte >= 'a' && byte <= 'z') {
            word.take_small(byte);
            ++at;
            continue;
        }
        const auto character = character_at(text, at);
        if (is_letter_or_digit(character.code)) {
            word.take(character.code);
        } else if (character.code == U'\'' || character.code == U'’') {
            if (!is_letter(character_before(text, at).code) || at + character.length >= text.size() ||
                !is_letter(character_at(text, at + character.length).code))
                break;
            word.take(U'\'');
        } else if (!is_combining(character.code)) {
            break;
        }
        at += character.length;
    }
    return at;
}

std::uint64_t hash_of_word(std::string_view word) {
    WordReader reader;
    for (std::size_t at = 0; at < word.size();) {
        const auto character = character_at(word, at);
        reader.take(character.code);
        at += character.length;
    }
    return reader.hash();
}

// The words of a list, and the headings ("## …") between them.
template <typename Take>
void read_list(std::string_view list, Take take) {
    std::size_t section = 0;
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find('\n', at), list.size());
        const auto line = list.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("## ")) ++section;
        if (line.starts_with('#')) continue;
        for (std::size_t word = 0; word < line.size();) {
            const auto stop = std::min(line.find(' ', word), line.size());
            if (stop > word) take(section, line.substr(word, stop - word));
            word = stop + 1;
        }
    }
}

// All lists in one table, and the endings of titles and of institutions by their last byte.
class Lists {
  public:
    Lists() {
        read_names(given_names, role::given, role::common_given);
        read_names(surnames, role::surname, role::common_surname);
        read_list(places, [this](std::size_t, std::string_view word) { add(word, role::place); });
        read_list(not_names, [this](std::size_t, std::string_view word) { add(word, role::not_name); });
        for (const auto& entry : context_words)
            read_list(entry.second, [&](std::size_t, std::string_view word) { add(word, entry.first); });
        constexpr std::array sections = {std::uint32_t{0}, role::form_of_address, role::title,
                                         role::business,   role::institution,     role::particle};
        read_list(titles, [&](std::size_t section, std::string_view word) {
            const auto roles = sections.at(section);
            if (word.starts_with('-')) {
                word.remove_prefix(1);
                (roles == role::title ? title_endings_ : institution_endings_).add(word);
            }
            add(word, roles);
        });
    }

    [[nodiscard]] std::uint32_t roles_of(std::uint64_t hash) const {
        const auto* roles = roles_.find(hash);
        return roles == nullptr ? 0 : *roles;
    }
    [[nodiscard]] bool ends_as_title(std::string_view folded) const { return title_endings_.end(folded, 0); }
    [[nodiscard]] bool ends_as_institution(std::string_view folded) const {
        return institution_endings_.end(folded, 0);
    }

  private:
    void add(std::string_view word, std::uint32_t roles) { roles_[hash_of_word(word)] |= roles; }

    void read_names(std::string_view list, std::uint32_t plain, std::uint32_t common) {
        read_list(list, [&](std::size_t, std::string_view word) {
            const bool marked = word.ends_with('*');
            if (marked) word.remove_suffix(1);
            add(word, marked ? common : plain);
        });
    }

    WordTable<std::uint32_t> roles_{};
    Endings title_endings_{};
    Endings institution_endings_{};
};

const Lists& lists() {
    static const Lists all;
    return all;
}

// A name that is also a word of another list is a name only when its surroundings say so.
std::uint32_t settled(std::uint32_t roles) {
    constexpr auto other =
        role::place | role::not_name | role::direction | role::title | role::form_of_address;
    if ((roles & role::any_name) == 0) return roles;
    if ((roles & role::common_given) != 0) roles &= ~role::given;
    if ((roles & role::common_surname) != 0) roles &= ~role::surname;
    if ((roles & other) == 0) return roles;
    if ((roles & role::given) != 0) roles = (roles & ~role::given) | role::common_given;
    if ((roles & role::surname) != 0) roles = (roles & ~role::surname) | role::common_surname;
    return roles & ~role::not_name;
}

void look_up(const WordReader& reader, PersonalWord& word) {
    word.hash = reader.hash();
    if (word.shape == Shape::number) return;
    word.roles = settled(lists().roles_of(word.hash));
    // "Klass" is in a list of its own, so it is not Klas's.
    if (word.is(role::any_name | role::not_name) || !reader.may_be_genitive()) return;
    constexpr auto inflected = role::any_name | role::place | role::not_name;
    const auto genitive = settled(lists().roles_of(reader.hash_without_s())) & inflected;
    if (genitive == 0) return;
    word.roles |= genitive | role::genitive;
    word.hash = reader.hash_without_s();
}

}  // namespace

void read_personal_words(std::string_view text, std::vector<PersonalWord>& words) {
    words.clear();
    for (std::size_t at = 0; at < text.size();) {
        const auto character = character_at(text, at);
        if (!is_letter_or_digit(character.code)) {
            at += character.length;
            continue;
        }
        WordReader reader;
        auto& word = words.emplace_back();
        word.start = static_cast<std::uint32_t>(at);
        at = read_word(text, at, reader);
        word.end = static_cast<std::uint32_t>(at);
        word.shape = reader.shape();
        word.letters = reader.letters();
        look_up(reader, word);
    }
}

bool ends_as_title(std::string_view folded) {
    return lists().ends_as_title(folded);
}

bool ends_as_institution(std::string_view folded) {
    return lists().ends_as_institution(folded);
}

}  // namespace kansli::text::detail
