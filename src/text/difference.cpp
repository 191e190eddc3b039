// Words are compared with Myers' greedy algorithm ("An O(ND) difference algorithm and its variations", 1986): the shortest
// way from one list of words to the other, found by walking diagonals with ever more edits. Cost: words × edits. Edits are
// bounded, because two texts that differ in thousands of words are read as a replacement anyway.
#include "text/difference.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace kansli::text {

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

}  // namespace

std::vector<std::string_view> pieces(std::string_view text) {
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

std::vector<EditSpan> compare_texts(std::string_view before, std::string_view after) {
    SpanWriter writer;
    writer.take(steps_between(pieces(before), pieces(after)));
    return std::move(writer.spans);
}

double changed_share(const std::vector<EditSpan>& spans) {
    std::size_t changed = 0;
    std::size_t all = 0;
    for (const auto& span : spans) {
        all += span.text.size() * (span.edit == Edit::same ? 2 : 1);
        changed += span.edit == Edit::same ? 0 : span.text.size();
    }
    return all == 0 ? 0 : static_cast<double>(changed) / static_cast<double>(all);
}

}  // namespace kansli::text
