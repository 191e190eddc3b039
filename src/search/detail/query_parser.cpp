#include "search/detail/query_parser.hpp"

#include <algorithm>
#include <span>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

using text::Token;

bool is_number(std::string_view word) {
    return !word.empty() && word.size() <= 4 && std::ranges::all_of(word, is_ascii_digit);
}

// "4", or "4a" as one word.
bool is_numbered(std::string_view word) {
    if (is_number(word)) return true;
    return word.size() >= 2 && word.back() >= 'a' && word.back() <= 'z' &&
           is_number(word.substr(0, word.size() - 1));
}

bool is_letter(std::string_view word) {
    return word.size() == 1 && word[0] >= 'a' && word[0] <= 'z';
}

// A number with an optional letter after it ("4", "4 a", "4a") at the front of the words: how many words it takes.
std::size_t numbered(std::span<const Token> words, std::string& key) {
    if (words.empty() || !is_numbered(words[0].folded)) return 0;
    key += words[0].folded;
    if (words.size() < 2 || !is_number(words[0].folded) || !is_letter(words[1].folded)) return 1;
    key += words[1].folded;
    return 2;
}

// A place at the front of the words, with how many of them it takes: 0 when there is none.
std::size_t place_at(std::span<const Token> words, std::string& key) {
    std::string chapter;
    std::size_t used = numbered(words, chapter);
    if (used == 0 || used >= words.size()) return 0;
    if (words[used].folded == "§" || words[used].folded == "paragrafen") {
        key = chapter;
        return used + 1;
    }
    if (words[used].folded != "kap" && words[used].folded != "kapitlet") return 0;
    ++used;
    std::string section;
    const std::size_t more = numbered(words.subspan(used), section);
    if (more == 0 || used + more >= words.size() || words[used + more].folded != "§") return 0;
    key = chapter + "k" + section;
    return used + more + 1;
}

// Takes the query apart from left to right.
class Parser {
  public:
    Parser(std::string_view text, QueryStyle style) : text_(text), style_(style) {}

    std::vector<Clause> parse() {
        while (at_ < text_.size() && clauses_.size() < most_clauses) {
            if (is_ascii_space(text_[at_])) {
                ++at_;
            } else if (style_ == QueryStyle::question) {
                add_words(at_, text_.size(), false);
            } else {
                take_unit();
            }
        }
        if (clauses_.size() > most_clauses) clauses_.resize(most_clauses);
        return std::move(clauses_);
    }

  private:
    void take_unit() {
        const std::size_t begin = at_;
        const bool excluded = text_[at_] == '-';
        if (excluded) ++at_;
        if (const std::size_t mark = quote_at(at_); mark > 0) {
            take_phrase(begin, mark, excluded);
        } else if (excluded) {
            const std::size_t end = end_of_unit(at_);
            take_plain(begin, end, true);
        } else {
            take_plain(begin, end_of_run(begin), false);
        }
    }

    // The length of a quotation mark at a place, 0 when there is none.
    [[nodiscard]] std::size_t quote_at(std::size_t at) const {
        if (at >= text_.size()) return 0;
        if (text_[at] == '"') return 1;
        const std::string_view three = text_.substr(at, 3);
        return three == "”" || three == "“" || three == "„" ? 3 : 0;
    }

    void take_phrase(std::size_t begin, std::size_t mark, bool excluded) {
        const std::size_t inside = at_ + mark;
        std::size_t close = inside;
        while (close < text_.size() && quote_at(close) == 0)
            ++close;
        at_ = std::min(close + quote_at(close), text_.size());
        Clause clause{ClauseKind::phrase, excluded, {}, {}, begin, at_};
        for (Token& word : text::words(text_.substr(inside, close - inside)))
            clause.words.push_back(std::move(word.folded));
        if (clause.words.empty()) return;
        if (clause.words.size() > most_clauses) clause.words.resize(most_clauses);
        for (const std::string& word : clause.words)
            clause.written += (clause.written.empty() ? "" : " ") + word;
        if (clause.words.size() == 1) clause.kind = ClauseKind::word;
        // A single quoted word is that word: asked for, but as any other.
        clauses_.push_back(std::move(clause));
    }

    // To the next white space or quotation mark.
    [[nodiscard]] std::size_t end_of_unit(std::size_t at) const {
        while (at < text_.size() && !is_ascii_space(text_[at]) && quote_at(at) == 0)
            ++at;
        return at;
    }

    // Over several plain words, so that places of several words are seen whole; stops before what carries a mark.
    [[nodiscard]] std::size_t end_of_run(std::size_t at) const {
        for (;;) {
            const std::size_t end = end_of_unit(at);
            if (end > at && text_[end - 1] == '*') return end;
            std::size_t next = end;
            while (next < text_.size() && is_ascii_space(text_[next]))
                ++next;
            if (next == end || next >= text_.size() || text_[next] == '-' || quote_at(next) > 0) return end;
            at = next;
        }
    }

    void take_plain(std::size_t begin, std::size_t end, bool excluded) {
        const bool star = end > begin && text_[end - 1] == '*';
        const std::size_t before = clauses_.size();
        add_words(excluded ? begin + 1 : begin, end, excluded);
        for (std::size_t i = before; excluded && i < clauses_.size(); ++i)
            clauses_[i].start = begin;
        if (!star || clauses_.size() == before) return;
        Clause& last = clauses_.back();
        if (last.kind == ClauseKind::word && last.end + 1 == end) {
            last.kind = ClauseKind::prefix;
            last.end = end;
        }
    }

    void add_words(std::size_t begin, std::size_t end, bool excluded) {
        const std::vector<Token> words = text::words(text_.substr(begin, end - begin));
        const std::span<const Token> all(words);
        for (std::size_t i = 0; i < all.size() && clauses_.size() < most_clauses;) {
            std::string key;
            const std::size_t taken = excluded ? 0 : place_at(all.subspan(i), key);
            const std::size_t used = std::max<std::size_t>(taken, 1);
            const std::size_t from = begin + all[i].start;
            const std::size_t to = begin + all[i + used - 1].end;
            clauses_.push_back({taken > 0 ? ClauseKind::place : ClauseKind::word,
                                excluded,
                                {taken > 0 ? key : all[i].folded},
                                std::string(text_.substr(from, to - from)),
                                from,
                                to});
            i += used;
        }
        at_ = end;
    }

    std::string_view text_;
    QueryStyle style_;
    std::size_t at_ = 0;
    std::vector<Clause> clauses_{};
};

}  // namespace

std::vector<Clause> parse_query(std::string_view text, QueryStyle style) {
    return Parser(text, style).parse();
}

std::optional<std::string> place_key(std::string_view path) {
    const std::vector<Token> words = text::words(path);
    std::string key;
    if (place_at(words, key) != words.size() || key.empty()) return std::nullopt;
    return key;
}

}  // namespace kansli::search::detail
