#include "archive/mention.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "text/language.hpp"

namespace kansli::archive {

namespace {

constexpr std::size_t short_number = 10;  // digits: YYMMDDNNNN
constexpr std::size_t long_number = 12;   // digits: YYYYMMDDNNNN

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool may_stand_before_last_four(char c) {
    return c == '-' || c == '+' || c == ' ';
}

struct WrittenNumber {
    std::string digits{};
    std::size_t end = 0;
};

// The digits from `start` on, with at most one sign between them, which must stand before the last four. A date and a
// number beside it in a table look the same; taken for the number they cost nobody a mention.
std::optional<WrittenNumber> number_at(std::string_view text, std::size_t start) {
    WrittenNumber number;
    std::size_t sign = 0;  // how many digits stand before it
    std::size_t at = start;
    for (; at < text.size() && number.digits.size() <= long_number; ++at) {
        if (is_digit(text[at])) {
            number.digits += text[at];
            continue;
        }
        const bool first_sign =
            sign == 0 && number.digits.size() >= 6 && may_stand_before_last_four(text[at]);
        if (!first_sign || at + 1 >= text.size() || !is_digit(text[at + 1])) break;
        sign = number.digits.size();
    }
    number.end = at;
    const std::size_t count = number.digits.size();
    if (count != short_number && count != long_number) return std::nullopt;
    if (sign != 0 && sign != count - 4) return std::nullopt;
    return number;
}

std::vector<Mention> mentions_of_number(std::string_view text, std::string_view ten_digits) {
    std::vector<Mention> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
        const auto number = number_at(text, at);
        if (number && std::string_view(number->digits).ends_with(ten_digits))
            found.push_back({at, number->end});
    }
    return found;
}

// Whether a word of a text is a form of a sought word; only the last word of a name takes the genitive.
bool is_form(std::string_view word, std::string_view sought, bool last) {
    if (word == sought) return true;
    return last && word.size() == sought.size() + 1 && word.starts_with(sought) && word.back() == 's';
}

bool stand_at(const std::vector<text::Token>& tokens, std::size_t at,
              const std::vector<std::string>& sought) {
    if (at + sought.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < sought.size(); ++i)
        if (!is_form(tokens[at + i].folded, sought[i], i + 1 == sought.size())) return false;
    return true;
}

bool is_plain_letter(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

std::string longest_run(std::string_view folded) {
    std::string_view longest;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        std::size_t end = at;
        while (end < folded.size() && is_plain_letter(folded[end]))
            ++end;
        if (end - at > longest.size()) longest = folded.substr(at, end - at);
        at = end;
    }
    return std::string(longest);
}

// Whether the text has characters that folding makes plain letters of, or takes away from between them: soft hyphens, İ, the sign for
// kelvin, ligatures.
bool folds_to_plain(std::string_view text) {
    for (const std::string_view sign : {"\xC2\xAD", "\xC4\xB0", "\xE2\x84\xAA", "\xEF\xAC"})
        if (text.find(sign) != std::string_view::npos) return true;
    return false;
}

// `letters` are in lower case; the text in either.
bool contains_letters(std::string_view text, std::string_view letters) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::search(text, letters, [&](char a, char b) { return lower(a) == b; }).begin() !=
           text.end();
}

}  // namespace

Sought::Sought(std::string_view what) {
    const auto begin = what.find_first_not_of(' ');
    if (begin != std::string_view::npos && is_digit(what[begin])) {
        const auto number = number_at(what, begin);
        const bool whole = number && what.find_first_not_of(' ', number->end) == std::string_view::npos;
        if (whole) number_ = number->digits.substr(number->digits.size() - short_number);
    }
    for (const auto& token : text::words(what)) {
        words_.push_back(token.folded);
        if (auto run = longest_run(token.folded); run.size() > letters_.size()) letters_ = std::move(run);
    }
}

bool Sought::may_be_in(std::string_view text) const {
    if (!number_.empty() || letters_.empty() || folds_to_plain(text)) return true;
    return contains_letters(text, letters_);
}

std::vector<Mention> Sought::in(std::string_view text) const {
    if (!number_.empty()) return mentions_of_number(text, number_);
    std::vector<Mention> found;
    if (words_.empty() || !may_be_in(text)) return found;
    // "Åkesson, Rut", as registers write it; without the comma it may be the end of one sentence and the beginning of the next.
    auto turned = words_;
    std::rotate(turned.begin(), turned.end() - 1, turned.end());
    const auto tokens = text::words(text);
    const auto turned_stand_at = [&](std::size_t at) {
        if (words_.size() < 2 || !stand_at(tokens, at, turned)) return false;
        const auto between = text.substr(tokens[at].end, tokens[at + 1].start - tokens[at].end);
        return between.find(',') != std::string_view::npos;
    };
    for (std::size_t at = 0; at < tokens.size();) {
        if (!stand_at(tokens, at, words_) && !turned_stand_at(at)) {
            ++at;
            continue;
        }
        found.push_back({tokens[at].start, tokens[at + words_.size() - 1].end});
        at += words_.size();
    }
    return found;
}

}  // namespace kansli::archive
