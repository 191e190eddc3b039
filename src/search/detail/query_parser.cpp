#include "search/detail/query_parser.hpp"

#include <algorithm>
#include <span>

#include "core/ascii.hpp"
#include "text/language.hpp"
#include "text/references.hpp"
#include "text/statutes.hpp"

namespace kansli::search::detail {

namespace {

using text::Token;

// The key of a place in a statute: "9k4", "8a"; empty for what is none.
std::string key_of(const text::Reference& reference) {
    if (reference.section.empty() || reference.article) return {};
    return reference.chapter.empty() ? reference.section : reference.chapter + "k" + reference.section;
}

// How many of the words, from the first on, are written for the place. What a section's parts are called stays words of the query.
std::size_t words_of(const text::Reference& reference, std::span<const Token> words) {
    const bool whole = reference.part == 0 && reference.item.empty();
    std::size_t used = 0;
    for (std::size_t i = 0; i < words.size() && words[i].end <= reference.end; ++i) {
        const bool mark = words[i].folded == "§" || words[i].folded.starts_with("paragraf");
        if (whole || mark) used = i + 1;
    }
    return used;
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
        Clause clause{ClauseKind::phrase, excluded, {}, {}, {}, begin, at_};
        for (Token& word : text::words(text_.substr(inside, close - inside)))
            clause.words.push_back(std::move(word.folded));
        if (clause.words.empty()) return;
        if (clause.words.size() > most_clauses) clause.words.resize(most_clauses);
        for (const std::string& word : clause.words)
            clause.written += (clause.written.empty() ? "" : " ") + word;
        // A single quoted word is that word: asked for, but as any other.
        if (clause.words.size() == 1) {
            clause.kind = ClauseKind::word;
            clause.statute = text::statute_named(clause.written);
        }
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
        const std::string_view part = text_.substr(begin, end - begin);
        const std::vector<Token> words = text::words(part);
        const std::span<const Token> all(words);
        const auto places = excluded ? std::vector<text::Reference>{} : text::references(part);
        auto place = places.begin();
        for (std::size_t i = 0; i < all.size() && clauses_.size() < most_clauses;) {
            while (place != places.end() && (place->start < all[i].start || place->names_statute()))
                ++place;
            const bool here = place != places.end() && place->start == all[i].start;
            std::string key = here ? key_of(*place) : std::string();
            const std::size_t taken = key.empty() ? 0 : words_of(*place, all.subspan(i));
            const std::size_t used = std::max<std::size_t>(taken, 1);
            const std::size_t from = begin + all[i].start;
            const std::size_t to = begin + all[i + used - 1].end;
            Clause clause{taken > 0 ? ClauseKind::place : ClauseKind::word,
                          excluded,
                          {taken > 0 ? key : all[i].folded},
                          std::string(text_.substr(from, to - from)),
                          {},
                          from,
                          to};
            clauses_.push_back(std::move(clause));
            if (taken == 0) clauses_.back().statute = statute_at(part, all.subspan(i));
            i += used;
        }
        at_ = end;
    }

    [[nodiscard]] static std::string statute_at(std::string_view part, std::span<const Token> words) {
        const std::string& word = words.front().folded;
        return text::is_statute_number(word) ? word : std::string(text::statute_name_at(part, words).number);
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
    const auto places = text::references(path);
    if (places.size() != 1) return std::nullopt;
    const text::Reference& place = places.front();
    const std::vector<Token> words = text::words(path);
    const bool whole = words.front().start == place.start && words.back().end == place.end;
    std::string key = key_of(place);
    if (!whole || key.empty() || place.part > 0 || !place.item.empty() || !place.last.empty())
        return std::nullopt;
    return key;
}

}  // namespace kansli::search::detail
