#include "text/references.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "text/detail/reference_tie.hpp"
#include "text/detail/reference_words.hpp"
#include "text/statutes.hpp"

namespace kansli::text {

namespace {

using detail::is_number_and_letter;
using detail::is_small_number;
using detail::ordinals;
using detail::ReferenceWords;

constexpr auto statute_endings = std::to_array<std::string_view>(
    {"lag", "lagen", "förordning", "förordningen", "balk", "balken", "kungörelse", "kungörelsen", "stadga",
     "stadgan", "ordning", "ordningen", "form", "formen"});
constexpr std::size_t longest_list = 40;
constexpr int highest_item = 60;

int number_of(std::string_view digits) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// 1 for "första"; 0 for other words.
int ordinal_of(std::string_view word) {
    const auto* const found = std::ranges::find(ordinals, word);
    return found == ordinals.end() ? 0 : static_cast<int>(found - ordinals.begin()) + 1;
}

bool names_kind_of_statute(std::string_view word) {
    return std::ranges::any_of(statute_endings, [&](auto ending) { return word.ends_with(ending); });
}

// A key such as "4" or "8a" and the word after it.
struct Numbered {
    std::string key{};
    std::size_t next = 0;
};

struct Section {
    std::size_t at = 0;
    Numbered first{};
    std::string last{};
    std::size_t next = 0;
};

// A statute by name, or "denna lag", which names the one that the text stands in.
struct Named {
    std::string statute{};
    std::size_t next = 0;
    bool relative = false;  // nothing to find anew: "samma lag"
};

class Reader {
  public:
    explicit Reader(std::string_view text) : words_(text) {}

    std::vector<Reference> read() {
        for (std::size_t at = 0; at < words_.size();) {
            if (const auto named = statute_at(at)) {
                add_statute(at, *named);
                at = named->next;
            } else if (const std::size_t end = group_at(at); end > at) {
                at = end;
            } else {
                ++at;
            }
        }
        return std::move(found_);
    }

  private:
    // ---- numbers ----

    [[nodiscard]] std::optional<Numbered> numbered(std::size_t at, bool with_letter) const {
        const auto word = words_.word(at);
        if (with_letter && is_number_and_letter(word)) return Numbered{std::string(word), at + 1};
        if (!is_small_number(word)) return std::nullopt;
        if (!with_letter) return Numbered{std::string(word), at + 1};
        if (!words_.is_letter(at + 1) || !words_.only(at + 1)) return std::nullopt;
        return Numbered{std::string(word) + std::string(words_.word(at + 1)), at + 2};
    }

    // "§", "§§", "paragrafen": the word after it, or `at` itself when there is none.
    [[nodiscard]] std::size_t after_mark(std::size_t at) const {
        if (!words_.only(at)) return at;
        if (words_.is(at, {"paragrafen", "paragraferna", "paragraf"})) return at + 1;
        if (words_.word(at) != "§") return at;
        return words_.word(at + 1) == "§" && words_.gap(at + 1).empty() ? at + 2 : at + 1;
    }

    // "2 st. och 4 st.": the full stop of an abbreviation ends nothing.
    [[nodiscard]] bool after_abbreviation(std::size_t at) const {
        return at > 0 && words_.is(at - 1, {"kap", "st"});
    }

    // The member of a list after the word before `at`; none when the list ends there.
    [[nodiscard]] std::optional<std::size_t> next_in_list(std::size_t at) const {
        const std::string_view marks = after_abbreviation(at) ? ",.)" : ",)";
        if (words_.is(at, {"och", "eller", "samt", "respektive"}))
            return words_.only(at, marks) && words_.only(at + 1) ? std::optional(at + 1) : std::nullopt;
        const bool comma = words_.only(at, marks) && words_.gap(at).find(',') != std::string_view::npos;
        return comma ? std::optional(at) : std::nullopt;
    }

    // "2, 4 a och 6-8 §§". Letters are tried first, since "4 a" without its letter would end the list.
    bool sections(std::size_t at, std::vector<Section>& list,
                  std::size_t& end) const {  // NOLINT(misc-no-recursion)
        if (list.size() >= longest_list) return false;
        for (const bool letter : {true, false}) {
            const auto first = numbered(at, letter);
            if (!first) continue;
            if (finish(Section{at, *first, {}, first->next}, list, end)) return true;
            if (!words_.dash_before(first->next)) continue;
            for (const bool last_letter : {true, false}) {
                const auto last = numbered(first->next, last_letter);
                if (last && finish(Section{at, *first, last->key, last->next}, list, end)) return true;
            }
        }
        return false;
    }

    bool finish(const Section& section, std::vector<Section>& list,
                std::size_t& end) const {  // NOLINT(misc-no-recursion)
        list.push_back(section);
        if (const auto after = after_mark(section.next); after > section.next) {
            end = after;
            return true;
        }
        const auto next = next_in_list(section.next);
        if (next && sections(*next, list, end)) return true;
        list.pop_back();
        return false;
    }

    [[nodiscard]] std::optional<Numbered> chapter(std::size_t at) const {
        // "9kap" as it is typed
        if (auto glued = words_.word(at); glued.ends_with("kap")) {
            glued.remove_suffix(std::string_view("kap").size());
            if (is_small_number(glued)) return Numbered{std::string(glued), at + 1};
        }
        for (const bool letter : {true, false}) {
            auto number = numbered(at, letter);
            if (!number || !words_.only(number->next)) continue;
            if (!words_.is(number->next, {"kap", "kapitlet", "kapitel"})) continue;
            ++number->next;
            return number;
        }
        return std::nullopt;
    }

    // ---- places ----

    // Adds a place with what it was written as, words [from, end).
    void add(Reference place, std::size_t from, std::size_t end) {
        place.start = words_.start(from);
        place.end = words_.end(end - 1);
        group_.push_back(std::move(place));
    }

    // One place, or a list of sections with one mark, at `at`: the word after it, or `at` when there is none.
    std::size_t place_at(std::size_t at, const std::string& around) {
        if (const auto number = chapter(at)) return chapter_at(at, *number);
        if (const auto end = colon_at(at); end > at) return end;
        if (const auto end = articles_at(at); end > at) return end;
        std::vector<Section> list;
        std::size_t end = at;
        if (sections(at, list, end)) return add_sections(at, around, list, end);
        Reference own;
        return ordinal_of(words_.word(at)) > 0 ? details(own, at, at) : at;
    }

    std::size_t chapter_at(std::size_t at, const Numbered& number) {
        std::vector<Section> list;
        std::size_t end = number.next;
        if (words_.only(number.next, ".")) {
            if (sections(number.next, list, end)) return add_sections(at, number.key, list, end);
            // "9 kap. § 4"
            for (const bool letter : {true, false}) {
                const auto section = numbered(number.next + 1, letter);
                if (words_.word(number.next) != "§" || !section) continue;
                add({.chapter = number.key, .section = section->key}, at, section->next);
                return section->next;
            }
        }
        add({.chapter = number.key}, at, number.next);
        return number.next;
    }

    std::size_t add_sections(std::size_t at, const std::string& around, const std::vector<Section>& list,
                             std::size_t end) {
        for (std::size_t i = 0; i + 1 < list.size(); ++i) {
            const Reference place{.chapter = around, .section = list[i].first.key, .last = list[i].last};
            add(place, i == 0 ? at : list[i].at, list[i].next);
        }
        const Section& section = list.back();
        const Reference place{.chapter = around, .section = section.first.key, .last = section.last};
        const std::size_t from = list.size() == 1 ? at : section.at;
        const std::size_t after = details(place, from, end);
        if (after > end) return after;
        add(place, from, end);
        return end;
    }

    // "PBL 9:4"; dropped again when no statute stands beside it.
    std::size_t colon_at(std::size_t at) {
        const auto word = words_.word(at);
        const auto colon = word.find(':');
        if (colon == std::string_view::npos || colon == 0 || colon > 2) return at;
        const auto section = word.substr(colon + 1);
        if (!is_small_number(word.substr(0, colon))) return at;
        if (!is_small_number(section) && !is_number_and_letter(section)) return at;
        colons_ = true;
        Reference place{.chapter = std::string(word.substr(0, colon)), .section = std::string(section)};
        add(std::move(place), at, at + 1);
        return at + 1;
    }

    // "artikel 6.1 f och 9 i dataskyddsförordningen".
    std::size_t articles_at(std::size_t at) {
        if (!words_.is(at, {"artikel", "artiklarna", "art"}) || !words_.only(at + 1, ".")) return at;
        std::size_t end = at;
        for (std::optional<std::size_t> next = at + 1; next; next = next_in_list(end)) {
            const auto word = words_.word(*next);
            const auto dot = std::min(word.find('.'), word.size());
            const auto part = word.substr(std::min(dot + 1, word.size()));
            if (!is_small_number(word.substr(0, dot)) || (!part.empty() && !is_small_number(part))) break;
            Reference place{
                .section = std::string(word.substr(0, dot)), .part = number_of(part), .article = true};
            const std::size_t from = end == at ? at : *next;
            end = *next + 1;
            if (is_item_letter(end)) place.item = words_.word(end++);
            add(std::move(place), from, end);
        }
        return end;
    }

    // ---- parts and items ----

    // "i" is a word of its own: "3 § i lagen"; "e-tjänst" is one word.
    [[nodiscard]] bool is_item_letter(std::size_t at) const {
        return words_.is_letter(at) && words_.word(at) != "i" && words_.only(at) &&
               !words_.gap(at + 1).starts_with('-');
    }

    // "första och andra styckena", "2 st.": the word after, or `at`.
    std::size_t parts(std::size_t at, std::vector<std::pair<int, std::size_t>>& list) const {
        if (is_small_number(words_.word(at)) && words_.only(at + 1) && words_.word(at + 1) == "st") {
            list.emplace_back(number_of(words_.word(at)), at);
            return at + 2;
        }
        for (std::optional<std::size_t> next = at; next && ordinal_of(words_.word(*next)) > 0;) {
            list.emplace_back(ordinal_of(words_.word(*next)), *next);
            if (words_.only(*next + 1) && words_.is(*next + 1, {"stycket", "styckena"})) return *next + 2;
            next = next_in_list(*next + 1);
        }
        list.clear();
        return at;
    }

    // What follows a section: its parts and their items, each of them a place. The word after, or `at` when there is none.
    std::size_t details(const Reference& section, std::size_t from, std::size_t at) {
        std::size_t end = at;
        for (std::optional<std::size_t> next = at; next; next = next_in_list(end)) {
            if (*next > from && *next == at && !words_.only(at)) break;
            std::vector<std::pair<int, std::size_t>> list;
            const std::size_t after = parts(*next, list);
            if (after == *next) break;
            for (std::size_t i = 0; i < list.size(); ++i) {
                Reference place = section;
                place.part = list[i].first;
                const bool last = i + 1 == list.size();
                const std::size_t begin = end == at && i == 0 ? from : list[i].second;
                end = last ? items(place, begin, after) : list[i].second + 1;
                if (!last) add(place, begin, end);
            }
        }
        if (end > at || section.section.empty()) return end;
        // Without a part: "6 § 1 eller 2".
        if (!item_follows(at)) return at;
        return items(section, from, at);
    }

    [[nodiscard]] bool item_follows(std::size_t at) const {
        const bool by_name = ordinal_of(words_.word(at)) > 0 && words_.is(at + 1, {"punkten", "meningen"});
        return words_.only(at) && (by_name || item_at(at).has_value());
    }

    // A number that no mark follows, "punkt 4", or a letter.
    [[nodiscard]] std::optional<Numbered> item_at(std::size_t at) const {
        if (words_.is(at, {"punkt", "punkten", "p"}) && words_.only(at + 1, ".")) ++at;
        if (is_item_letter(at)) return Numbered{std::string(words_.word(at)), at + 1};
        for (const bool letter : {true, false}) {
            auto number = numbered(at, letter);
            if (!number || number_of(number->key) > highest_item) continue;
            if (letter && number->key.back() == 'i') continue;
            const bool place = after_mark(number->next) > number->next ||
                               words_.is(number->next, {"kap", "kapitlet", "st"}) ||
                               words_.is(number->next, {"stycket", "styckena"});
            if (!place) return number;
        }
        return std::nullopt;
    }

    // The items that stand after a section or a part, and the section or part itself when there are none.
    std::size_t items(Reference place, std::size_t from, std::size_t at) {
        if (ordinal_of(words_.word(at)) > 0 && words_.only(at)) {
            if (words_.word(at + 1) == "punkten") place.item = std::to_string(ordinal_of(words_.word(at)));
            if (words_.is(at + 1, {"punkten", "meningen"})) at += 2;
            add(std::move(place), from, at);
            return at;
        }
        const auto first = words_.only(at, after_abbreviation(at) ? "." : "") ? item_at(at) : std::nullopt;
        if (!first) {
            add(std::move(place), from, at);
            return at;
        }
        std::size_t end = first->next;
        place.item = first->key;
        add(place, from, end);
        for (std::size_t count = 0; count < longest_list; ++count) {
            const auto next = words_.dash_before(end) ? std::optional(end) : next_in_list(end);
            if (!next || starts_section(*next)) break;
            const auto item = item_at(*next);
            if (!item) break;
            place.item = item->key;
            add(place, *next, item->next);
            end = item->next;
        }
        return end;
    }

    [[nodiscard]] bool starts_section(std::size_t at) const {
        std::vector<Section> list;
        std::size_t end = at;
        return chapter(at).has_value() || sections(at, list, end);
    }

    // ---- statutes ----

    [[nodiscard]] std::optional<Named> statute_at(std::size_t at) const {
        if (is_statute_number(words_.word(at))) return Named{std::string(words_.word(at)), at + 1};
        const auto told = told_.find(std::string(words_.word(at)));
        const auto name = statute_name_at(words_.text(), words_.from(at));
        std::size_t end = at + std::max<std::size_t>(name.words, 1);
        if (name.words == 0 && words_.word(at + 1) == "och" && words_.gap(at + 1).starts_with('-'))
            end = at + 3;
        const bool known = name.words > 0;
        if (!known && !names_kind_of_statute(words_.word(end - 1))) return std::nullopt;
        if (is_statute_number(words_.word(end)) && words_.gap(end).ends_with('('))
            return Named{std::string(words_.word(end)), end + 1};
        if (told != told_.end()) return Named{told->second, at + 1};
        return known ? std::optional(Named{std::string(name.number), end}) : std::nullopt;
    }

    void add_statute(std::size_t at, const Named& named) {
        // "förordningen" alone says nothing of which.
        const auto name = words_.word(at);
        const bool tells = std::ranges::find(statute_endings, name) == statute_endings.end();
        if (tells && named.next == at + 2 && is_statute_number(words_.word(at + 1)))
            told_[std::string(name)] = named.statute;
        Reference statute{.statute = named.statute, .tie = detail::tie_of(words_, at, named.next)};
        statute.start = words_.start(at);
        statute.end = words_.end(named.next - 1);
        found_.push_back(std::move(statute));
        last_statute_ = named.statute;
        named_until_ = named.next;
    }

    // The statute that a group of places is tied to by what stands after it: "i plan- och bygglagen", "samma lag", "denna lag".
    [[nodiscard]] std::optional<Named> statute_after(std::size_t at) const {
        const bool stop = after_abbreviation(at) || !group_.back().item.empty();
        if (!words_.only(at, stop ? ".)(" : "(")) return std::nullopt;
        if (words_.word(at) == "i" && words_.only(at + 1)) ++at;
        if (words_.is(at, {"denna", "samma", "nämnda"}) && names_kind_of_statute(words_.word(at + 1)))
            return Named{words_.word(at) == "denna" ? std::string() : last_statute_, at + 2, true};
        return statute_at(at);
    }

    // ---- groups ----

    // A run of places that belong together. The word after it, or `at` when there is none.
    std::size_t group_at(std::size_t at) {
        group_.clear();
        colons_ = false;
        std::size_t end = place_at(at, {});
        if (end == at) return at;
        for (auto next = next_in_list(end); next; next = next_in_list(end)) {
            const std::size_t after = place_at(*next, group_.back().chapter);
            if (after == *next) break;
            end = after;
        }
        bind(at, end);
        return end;
    }

    void bind(std::size_t at, std::size_t end) {
        auto named = statute_after(end);
        const bool before = at > 0 && named_until_ == at && words_.only(at, ",)");
        if (!named && before) named = Named{last_statute_, at, true};
        if (colons_ && !named) return;
        const bool same_chapter =
            words_.only(end) && words_.word(end) == "samma" && words_.word(end + 1) == "kapitel";
        if (same_chapter && !named) named = Named{place_statute_, end, true};
        const Tie tie = detail::tie_of(words_, at, end);
        for (Reference& place : group_) {
            if (named) place.statute = named->statute;
            if (same_chapter && place.chapter.empty()) place.chapter = last_chapter_;
            place.tie = tie;
        }
        place_statute_ = group_.back().statute;
        last_chapter_ = group_.back().chapter;
        if (named && named->relative) last_statute_ = named->statute;
        std::ranges::move(group_, std::back_inserter(found_));
    }

    ReferenceWords words_;
    std::vector<Reference> found_{};
    std::vector<Reference> group_{};
    bool colons_ = false;
    std::map<std::string, std::string> told_{};  // names that the text has told the number of
    std::string last_statute_{};
    std::string place_statute_{};
    std::string last_chapter_{};
    std::size_t named_until_ = 0;  // the word after the latest name of a statute
};

}  // namespace

std::vector<Reference> references(std::string_view text) {
    return Reader(text).read();
}

}  // namespace kansli::text
