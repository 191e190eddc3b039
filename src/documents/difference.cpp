#include "documents/difference.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <ranges>
#include <utility>

namespace kansli::documents {

namespace {

using Words = std::vector<std::string_view>;

// Edits beyond this many make the texts strangers to each other; the search would also cost the square of it.
constexpr std::ptrdiff_t most_edits = 2000;

bool is_blank(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\t';
}

// Runs of letters and runs of white space, alternating.
Words split(std::string_view text) {
    Words words;
    while (!text.empty()) {
        const bool blank = is_blank(text.front());
        const auto end = std::ranges::find_if(text, [&](char letter) { return is_blank(letter) != blank; });
        const auto length = static_cast<std::size_t>(end - text.begin());
        words.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return words;
}

void append(std::vector<Piece>& pieces, PieceKind kind, std::string_view text) {
    if (text.empty()) return;
    if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({kind, {}});
    pieces.back().text += text;
}

// Myers' greedy search. `furthest_` holds, for each number of edits, how far each diagonal k = x − y got; walking back through
// it gives the script.
class EditScript {
  public:
    EditScript(const Words& before, const Words& after) : before_(before), after_(after) {}

    // False when more than `most_edits` are needed.
    [[nodiscard]] bool search() {
        const auto longest = std::min(size(before_) + size(after_), most_edits);
        std::vector<std::ptrdiff_t> reached(static_cast<std::size_t>(2 * longest + 3), 0);
        offset_ = longest + 1;
        for (edits_ = 0; edits_ <= longest; ++edits_) {
            furthest_.emplace_back(reached.begin() + offset_ - edits_ - 1,
                                   reached.begin() + offset_ + edits_ + 2);
            for (std::ptrdiff_t diagonal = -edits_; diagonal <= edits_; diagonal += 2) {
                auto& here = reached[static_cast<std::size_t>(offset_ + diagonal)];
                const auto below = reached[static_cast<std::size_t>(offset_ + diagonal + 1)];
                const auto above = reached[static_cast<std::size_t>(offset_ + diagonal - 1)];
                const bool insert = diagonal == -edits_ || (diagonal != edits_ && above < below);
                here = follow(insert ? below : above + 1, diagonal);
                if (here >= size(before_) && here - diagonal >= size(after_)) return true;
            }
        }
        return false;
    }

    [[nodiscard]] std::vector<Piece> script() const {
        struct Step {
            PieceKind kind;
            std::string_view word;
        };
        std::vector<Step> backwards;
        auto x = size(before_);
        auto y = size(after_);
        for (auto edits = edits_; edits >= 0; --edits) {
            const auto diagonal = x - y;
            const bool insert = diagonal == -edits ||
                                (diagonal != edits && at(edits, diagonal - 1) < at(edits, diagonal + 1));
            const auto from = edits == 0 ? 0 : (insert ? at(edits, diagonal + 1) : at(edits, diagonal - 1));
            const auto start = edits == 0 ? 0 : (insert ? from : from + 1);
            for (; x > start; --x, --y)
                backwards.push_back({PieceKind::same, before_[static_cast<std::size_t>(x - 1)]});
            if (edits == 0) break;
            if (insert) {
                backwards.push_back({PieceKind::inserted, after_[static_cast<std::size_t>(--y)]});
            } else {
                backwards.push_back({PieceKind::deleted, before_[static_cast<std::size_t>(--x)]});
            }
        }
        std::vector<Piece> pieces;
        for (const auto& step : std::views::reverse(backwards))
            append(pieces, step.kind, step.word);
        return pieces;
    }

  private:
    static std::ptrdiff_t size(const Words& words) { return static_cast<std::ptrdiff_t>(words.size()); }

    [[nodiscard]] std::ptrdiff_t follow(std::ptrdiff_t x, std::ptrdiff_t diagonal) const {
        while (x < size(before_) && x - diagonal < size(after_) &&
               before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - diagonal)]) {
            ++x;
        }
        return x;
    }

    // How far `diagonal` had got before edit number `edits` was made.
    [[nodiscard]] std::ptrdiff_t at(std::ptrdiff_t edits, std::ptrdiff_t diagonal) const {
        return furthest_[static_cast<std::size_t>(edits)][static_cast<std::size_t>(diagonal + edits + 1)];
    }

    const Words& before_;
    const Words& after_;
    std::ptrdiff_t offset_ = 0;
    std::ptrdiff_t edits_ = 0;
    std::vector<std::vector<std::ptrdiff_t>> furthest_{};
};

std::string_view text_of(const ReadDocument& document, const Section& section) {
    return std::string_view(document.text).substr(section.start, section.end - section.start);
}

// A path and which of the sections with that path it is.
using Key = std::pair<std::string, int>;

std::vector<Key> keys_of(const ReadDocument& document) {
    std::map<std::string, int> seen;
    std::vector<Key> keys;
    for (const auto& section : document.sections)
        keys.emplace_back(section.path, seen[section.path]++);
    return keys;
}

}  // namespace

std::vector<Piece> difference_of_texts(std::string_view before, std::string_view after) {
    const Words old_words = split(before);
    const Words new_words = split(after);
    EditScript script(old_words, new_words);
    if (script.search()) return script.script();
    std::vector<Piece> pieces;
    append(pieces, PieceKind::deleted, before);
    append(pieces, PieceKind::inserted, after);
    return pieces;
}

Difference difference(const ReadDocument& before, const ReadDocument& after) {
    const auto old_keys = keys_of(before);
    const auto new_keys = keys_of(after);
    std::map<Key, std::size_t> old_places;
    for (std::size_t i = 0; i < old_keys.size(); ++i)
        old_places.emplace(old_keys[i], i);
    const std::map<Key, bool> kept = [&] {
        std::map<Key, bool> found;
        for (const auto& key : new_keys)
            found.emplace(key, true);
        return found;
    }();

    Difference result;
    std::size_t told = 0;  // old sections up to here have been looked at
    const auto tell_removed = [&](std::size_t until) {
        for (; told < until; ++told) {
            const auto text = text_of(before, before.sections[told]);
            if (kept.contains(old_keys[told]) || text.empty()) continue;
            result.sections.push_back(
                {old_keys[told].first, SectionChange::removed, {{PieceKind::deleted, std::string(text)}}});
        }
    };
    for (std::size_t i = 0; i < new_keys.size(); ++i) {
        const auto text = text_of(after, after.sections[i]);
        const auto place = old_places.find(new_keys[i]);
        if (place == old_places.end()) {
            if (text.empty()) continue;
            result.sections.push_back(
                {new_keys[i].first, SectionChange::added, {{PieceKind::inserted, std::string(text)}}});
            continue;
        }
        tell_removed(place->second);
        const auto old_text = text_of(before, before.sections[place->second]);
        if (old_text == text) continue;
        result.sections.push_back(
            {new_keys[i].first, SectionChange::changed, difference_of_texts(old_text, text)});
    }
    tell_removed(old_keys.size());
    return result;
}

}  // namespace kansli::documents
