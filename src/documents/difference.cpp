// Sections are matched by path; the words of matched sections are compared with Myers' greedy algorithm ("An O(ND)
// difference algorithm and its variations", 1986): the shortest way from one list of words to the other, found by walking
// diagonals with ever more edits. Cost: words × edits. Edits are bounded, because two texts that differ in thousands of
// words are read as a replacement anyway.
#include "documents/difference.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace kansli::documents {

namespace {

using Words = std::vector<std::string_view>;

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

bool in_word(char c) {
    const auto value = static_cast<unsigned char>(c);
    return value >= 0x80 || (value >= '0' && value <= '9') || (value >= 'A' && value <= 'Z') ||
           (value >= 'a' && value <= 'z');
}

// Words, runs of blanks, and single signs; together they are the text.
Words split(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (in_word(text[at])) {
            while (end < text.size() && in_word(text[end]))
                ++end;
        } else if (is_blank(text[at])) {
            while (end < text.size() && is_blank(text[end]))
                ++end;
        }
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

struct Step {
    Edit edit = Edit::same;
    std::string_view word{};
};

constexpr int most_edits = 1500;

// The shortest edit script, or nothing when it has more than `most_edits` steps.
class Myers {
  public:
    Myers(const Words& a, const Words& b)
        : a_(a), b_(b), size_a_(static_cast<int>(a.size())), size_b_(static_cast<int>(b.size())) {}

    [[nodiscard]] std::optional<std::vector<Step>> steps() {
        const int most = std::min(most_edits, size_a_ + size_b_);
        for (int edits = 0; edits <= most; ++edits) {
            if (advance(edits)) return trace_back(edits);
        }
        return std::nullopt;
    }

  private:
    // Where a diagonal stands in the row of `edits`.
    [[nodiscard]] static std::size_t place(int edits, int diagonal) {
        const int from_the_lowest = diagonal + edits;
        return static_cast<std::size_t>(from_the_lowest);
    }

    // Row `edits` holds, for each diagonal −edits … edits, how far along `a` that many edits reach.
    [[nodiscard]] int reached(int edits, int diagonal) const {
        return rows_[static_cast<std::size_t>(edits)][place(edits, diagonal)];
    }

    // Whether the best way onto a diagonal is an insertion (from the diagonal above) rather than a deletion.
    [[nodiscard]] bool inserts(int edits, int diagonal) const {
        return diagonal == -edits ||
               (diagonal != edits && reached(edits - 1, diagonal - 1) < reached(edits - 1, diagonal + 1));
    }

    bool advance(int edits) {
        std::vector<int> row(place(edits, edits) + 1, 0);
        for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
            int x = 0;
            if (edits > 0) {
                x = inserts(edits, diagonal) ? reached(edits - 1, diagonal + 1)
                                             : reached(edits - 1, diagonal - 1) + 1;
            }
            x = std::min(x, size_a_);
            while (x < size_a_ && x - diagonal < size_b_ && x - diagonal >= 0 &&
                   word(a_, x) == word(b_, x - diagonal))
                ++x;
            row[place(edits, diagonal)] = x;
            if (x >= size_a_ && x - diagonal >= size_b_) {
                rows_.push_back(std::move(row));
                return true;
            }
        }
        // Diagonals of the other parity are never read: each row only looks at its neighbours in the row before.
        rows_.push_back(std::move(row));
        return false;
    }

    [[nodiscard]] std::vector<Step> trace_back(int edits) const {
        std::vector<Step> steps;
        int x = size_a_;
        int y = size_b_;
        for (; edits > 0; --edits) {
            const int diagonal = x - y;
            const bool insertion = inserts(edits, diagonal);
            const int from = insertion ? diagonal + 1 : diagonal - 1;
            const int from_x = reached(edits - 1, from);
            const int after_x = insertion ? from_x : from_x + 1;
            for (; x > after_x; --x, --y)
                steps.push_back({Edit::same, word(a_, x - 1)});
            if (insertion) {
                steps.push_back({Edit::inserted, word(b_, --y)});
            } else {
                steps.push_back({Edit::deleted, word(a_, --x)});
            }
        }
        for (; x > 0; --x)
            steps.push_back({Edit::same, word(a_, x - 1)});
        std::ranges::reverse(steps);
        return steps;
    }

    static std::string_view word(const Words& words, int i) { return words[static_cast<std::size_t>(i)]; }

    const Words& a_;
    const Words& b_;
    int size_a_;
    int size_b_;
    std::vector<std::vector<int>> rows_{};
};

std::vector<Step> steps_between(Words before, Words after) {
    std::vector<Step> head;
    std::vector<Step> tail;
    const auto [a, b] = std::ranges::mismatch(before, after);
    for (auto word = before.begin(); word != a; ++word)
        head.push_back({Edit::same, *word});
    before.erase(before.begin(), a);
    after.erase(after.begin(), b);
    while (!before.empty() && !after.empty() && before.back() == after.back()) {
        tail.push_back({Edit::same, before.back()});
        before.pop_back();
        after.pop_back();
    }
    if (auto middle = Myers(before, after).steps()) {
        head.insert(head.end(), middle->begin(), middle->end());
    } else {
        for (const std::string_view word : before)
            head.push_back({Edit::deleted, word});
        for (const std::string_view word : after)
            head.push_back({Edit::inserted, word});
    }
    head.insert(head.end(), tail.rbegin(), tail.rend());
    return head;
}

// Joins steps to spans. Between two kept words all deletions come before all insertions, and a blank that only stands
// between two changes is a part of them: "två nya ord" is replaced as a whole, not word by word.
class SpanWriter {
  public:
    void take(const std::vector<Step>& steps) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const Step& step = steps[i];
            const bool between = step.edit == Edit::same && is_blank(step.word.front()) && changing() &&
                                 i + 1 < steps.size() && steps[i + 1].edit != Edit::same;
            if (between || step.edit == Edit::deleted) deleted_ += step.word;
            if (between || step.edit == Edit::inserted) inserted_ += step.word;
            if (between || step.edit != Edit::same) continue;
            flush();
            add(Edit::same, step.word);
        }
        flush();
    }

    std::vector<EditSpan> spans{};

  private:
    [[nodiscard]] bool changing() const { return !deleted_.empty() || !inserted_.empty(); }
    void flush() {
        add(Edit::deleted, deleted_);
        add(Edit::inserted, inserted_);
        deleted_.clear();
        inserted_.clear();
    }
    void add(Edit edit, std::string_view text) {
        if (text.empty()) return;
        if (!spans.empty() && spans.back().edit == edit) {
            spans.back().text += text;
        } else {
            spans.push_back({edit, std::string(text)});
        }
    }
    std::string deleted_{};
    std::string inserted_{};
};

std::string_view own_text(const ReadDocument& document, const Section& section) {
    return std::string_view(document.text).substr(section.start, section.end - section.start);
}

// Pairs the sections of two versions: pair[i] is the earlier section of later section i, or -1.
class Matcher {
  public:
    Matcher(const ReadDocument& before, const ReadDocument& after)
        : before_(before),
          after_(after),
          pairs_(after.sections.size(), -1),
          taken_(before.sections.size(), false) {}

    std::vector<int> match() {
        match_paths();
        match_words();
        return std::move(pairs_);
    }

  private:
    // The first with a path belongs to the first with that path, the second to the second.
    void match_paths() {
        std::multimap<std::string_view, std::size_t> earlier;
        for (std::size_t i = 0; i < before_.sections.size(); ++i)
            earlier.emplace(before_.sections[i].path, i);
        for (std::size_t i = 0; i < after_.sections.size(); ++i) {
            const auto found = earlier.find(after_.sections[i].path);
            if (found == earlier.end()) continue;
            pair(i, found->second);
            earlier.erase(found);
        }
    }

    // A new path between the same neighbours: a heading that was reworded or renumbered.
    void match_words() {
        std::size_t next = 0;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            if (pairs_[i] >= 0) {
                next = static_cast<std::size_t>(pairs_[i]) + 1;
                continue;
            }
            if (next < taken_.size() && !taken_[next] && alike(before_.sections[next], after_.sections[i]))
                pair(i, next++);
        }
    }

    [[nodiscard]] bool alike(const Section& a, const Section& b) const {
        const Words first = split(own_text(before_, a));
        const Words second = split(own_text(after_, b));
        const std::set<std::string_view> known(first.begin(), first.end());
        const std::set<std::string_view> other(second.begin(), second.end());
        const auto shared =
            std::ranges::count_if(other, [&](std::string_view word) { return known.contains(word); });
        return 2 * static_cast<std::size_t>(shared) > std::max(known.size(), other.size());
    }

    void pair(std::size_t later, std::size_t earlier) {
        pairs_[later] = static_cast<int>(earlier);
        taken_[earlier] = true;
    }

    const ReadDocument& before_;
    const ReadDocument& after_;
    std::vector<int> pairs_;
    std::vector<bool> taken_;
};

SectionChange compare_sections(const ReadDocument& before, const Section* earlier, const ReadDocument& after,
                               const Section* later) {
    const Section& shown = later != nullptr ? *later : *earlier;
    SectionChange change{.path = shown.path, .trail = shown.trail};
    const std::string_view old_text = earlier != nullptr ? own_text(before, *earlier) : std::string_view{};
    const std::string_view new_text = later != nullptr ? own_text(after, *later) : std::string_view{};
    if (earlier != nullptr) change.before = earlier->ordinal;
    if (later != nullptr) change.after = later->ordinal;
    if (earlier == nullptr) {
        change.change = Change::added;
        change.spans = {{Edit::inserted, std::string(new_text)}};
    } else if (later == nullptr) {
        change.change = Change::removed;
        change.spans = {{Edit::deleted, std::string(old_text)}};
    } else if (old_text != new_text) {
        change.change = Change::changed;
        change.spans = compare_texts(old_text, new_text);
    }
    return change;
}

}  // namespace

std::vector<EditSpan> compare_texts(std::string_view before, std::string_view after) {
    SpanWriter writer;
    writer.take(steps_between(split(before), split(after)));
    return std::move(writer.spans);
}

Difference compare(const ReadDocument& before, const ReadDocument& after) {
    const std::vector<int> pairs = Matcher(before, after).match();
    std::vector<bool> shown(before.sections.size(), false);
    for (const int earlier : pairs) {
        if (earlier >= 0) shown[static_cast<std::size_t>(earlier)] = true;
    }
    Difference difference;
    const auto add = [&](const Section* earlier, const Section* later) {
        difference.sections.push_back(compare_sections(before, earlier, after, later));
        const Change change = difference.sections.back().change;
        difference.changed += change == Change::changed ? 1 : 0;
        difference.added += change == Change::added ? 1 : 0;
        difference.removed += change == Change::removed ? 1 : 0;
    };
    // Removed sections come before the first later section whose own earlier place lies behind theirs.
    std::size_t next = 0;
    const auto add_removed = [&](std::size_t until) {
        for (; next < until; ++next) {
            if (!shown[next]) add(&before.sections[next], nullptr);
        }
    };
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i] >= 0) add_removed(static_cast<std::size_t>(pairs[i]));
        add(pairs[i] >= 0 ? &before.sections[static_cast<std::size_t>(pairs[i])] : nullptr,
            &after.sections[i]);
    }
    add_removed(before.sections.size());
    return difference;
}

}  // namespace kansli::documents
