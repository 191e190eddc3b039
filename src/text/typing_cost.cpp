#include "text/typing_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "text/detail/utf8.hpp"

namespace kansli::text {

namespace {

// A Swedish keyboard, each row half a key further right than the one above.
constexpr auto key_rows = std::to_array<std::u32string_view>({U"qwertyuiopå", U"asdfghjklöä", U"zxcvbnm"});
constexpr double row_offset = 0.5;
constexpr double reach = 1.2;  // in keys: the neighbours beside, above and below

struct KeyPlace {
    double row = 0;
    double column = 0;
};

// A letter's place on the keyboard; false for what is no letter there.
bool place_of_key(char32_t letter, KeyPlace& place) {
    for (std::size_t row = 0; row < key_rows.size(); ++row) {
        const auto column = key_rows[row].find(letter);
        if (column == std::u32string_view::npos) continue;
        const auto down = static_cast<double>(row);
        place = {down, static_cast<double>(column) + row_offset * down};
        return true;
    }
    return false;
}

bool are_neighbours(char32_t a, char32_t b) {
    KeyPlace first;
    KeyPlace second;
    if (!place_of_key(a, first) || !place_of_key(b, second)) return false;
    return std::hypot(first.row - second.row, first.column - second.column) <= reach;
}

bool lost_dots(char32_t typed, char32_t meant) {
    return (typed == U'a' && (meant == U'å' || meant == U'ä')) || (typed == U'o' && meant == U'ö') ||
           (typed == U'e' && meant == U'é');
}

// "aa", "ae", "oe": as in addresses and on foreign keyboards.
bool lost_dots(char32_t first, char32_t second, char32_t meant) {
    return (first == U'a' && second == U'a' && meant == U'å') ||
           (first == U'a' && second == U'e' && meant == U'ä') ||
           (first == U'o' && second == U'e' && meant == U'ö');
}

double cost_of_other(char32_t typed, char32_t meant) {
    if (typed == meant) return 0;
    if (lost_dots(typed, meant)) return of_lost_dots;
    return are_neighbours(typed, meant) ? of_near_key : of_other_letter;
}

std::u32string letters_of(std::string_view word) {
    std::u32string letters;
    for (std::size_t at = 0; at < word.size();) {
        const auto character = detail::character_at(word, at);
        letters += character.code;
        at += character.length;
    }
    return letters;
}

// Three rows of the table of alignments at a time would do; words are short, so the whole of it stands.
class Alignment {
  public:
    Alignment(const std::u32string& typed, const std::u32string& meant)
        : typed_(typed), meant_(meant), costs_((typed.size() + 1) * (meant.size() + 1)) {}

    double cost() {
        for (std::size_t i = 0; i <= typed_.size(); ++i) {
            for (std::size_t j = 0; j <= meant_.size(); ++j)
                at(i, j) = i + j == 0 ? 0 : cheapest(i, j);
        }
        return at(typed_.size(), meant_.size());
    }

  private:
    double& at(std::size_t i, std::size_t j) { return costs_[i * (meant_.size() + 1) + j]; }

    // Of the ways in which the first `i` letters may have been typed for the first `j`.
    double cheapest(std::size_t i, std::size_t j) {
        double best = not_a_slip;
        if (i > 0) best = std::min(best, at(i - 1, j) + of_extra(typed_, i) + first(j == 0));
        if (j > 0) best = std::min(best, at(i, j - 1) + of_extra(meant_, j) + first(j == 1));
        if (i > 0 && j > 0) {
            const double other = cost_of_other(typed_[i - 1], meant_[j - 1]);
            best = std::min(best, at(i - 1, j - 1) + other + first(j == 1 && other > of_lost_dots));
        }
        if (i > 1 && j > 0 && lost_dots(typed_[i - 2], typed_[i - 1], meant_[j - 1]))
            best = std::min(best, at(i - 2, j - 1) + of_lost_dots);
        if (i > 1 && j > 1 && typed_[i - 1] != typed_[i - 2] && typed_[i - 2] == meant_[j - 1] &&
            typed_[i - 1] == meant_[j - 2])
            best = std::min(best, at(i - 2, j - 2) + of_exchange + first(j == 2));
        return best;
    }

    // A letter that one word has more than the other, before place `end`.
    static double of_extra(const std::u32string& word, std::size_t end) {
        const bool doubled = end > 1 && word[end - 1] == word[end - 2];
        return doubled ? of_doubling : of_letter;
    }
    static double first(bool is_first) { return is_first ? of_first_letter : 0; }

    const std::u32string& typed_;
    const std::u32string& meant_;
    std::vector<double> costs_;
};

}  // namespace

double typing_cost(std::string_view typed, std::string_view meant, double most) {
    const auto as_typed = letters_of(typed);
    const auto as_meant = letters_of(meant);
    const double cost = Alignment(as_typed, as_meant).cost();
    return cost <= most + 1e-9 ? cost : not_a_slip;
}

}  // namespace kansli::text
