// Sections are matched by path, then by what they say; the words of matched sections are compared in text/.
#include "documents/difference.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kansli::documents {

namespace {

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
        const auto first = text::pieces(own_text(before_, a));
        const auto second = text::pieces(own_text(after_, b));
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
        change.spans = text::compare_texts(old_text, new_text);
    }
    return change;
}

}  // namespace

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
