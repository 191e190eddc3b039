#include "text/detail/word_list.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/detail/utf8.hpp"
#include "text/detail/word_list_flags.hpp"

namespace kansli::text::detail {

namespace {

// Linking that no rule explains, tried in this order: what is taken off the form and what the word has instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> letter_links = {{
    {"s", ""},
    {"o", "a"},
    {"u", "a"},
    {"e", "a"},
    {"e", ""},
    {"", "a"},
    {"", "e"},
    {"s", "e"},
    {"s", "a"},
    {"es", ""},
    {"a", ""},
    {"ie", "ium"},
    {"el", "la"},
    {"er", "ra"},
}};

bool class_holds(std::string_view letters, char32_t code) {
    const bool negated = letters.starts_with('^');
    if (negated) letters.remove_prefix(1);
    bool found = false;
    for (std::size_t at = 0; at < letters.size() && !found;) {
        const auto character = character_at(letters, at);
        found = character.code == code;
        at += character.length;
    }
    return found != negated;
}

}  // namespace

bool condition_holds(std::string_view condition, std::string_view word) {
    auto end = word.size();
    auto at = condition.size();
    while (at > 0) {
        if (end == 0) return condition == ".";
        const auto letter = character_before(word, end);
        end -= letter.length;
        if (condition[at - 1] == ']') {
            const auto open = condition.rfind('[', at - 1);
            if (open == std::string_view::npos) return false;
            if (!class_holds(condition.substr(open + 1, at - open - 2), letter.code)) return false;
            at = open;
            continue;
        }
        const auto wanted = character_before(condition, at);
        if (wanted.code != U'.' && wanted.code != letter.code) return false;
        at -= wanted.length;
    }
    return true;
}

std::uint64_t WordList::flags_of(std::string_view word) const {
    const auto* flags = roots_.find(hash_of(word));
    return flags == nullptr ? 0 : *flags;
}

bool WordList::is_base_form(std::string_view word) const {
    return (flags_of(word) & ends) != 0;
}

WordList::Standing WordList::standing(std::string_view form) const {
    if (form.size() < shortest_root) return Standing::unknown;
    auto best = Standing::unknown;
    const auto take = [&](std::uint64_t flags) {
        if (flags == 0) return;
        best = std::max(best, (flags & ends) != 0 ? Standing::last : Standing::listed);
    };
    take(flags_of(form));
    std::string root;
    for (const std::size_t byte : {std::size_t{0}, std::size_t{static_cast<std::uint8_t>(form.back())}}) {
        for (std::size_t at = by_last_byte_[byte]; at < by_last_byte_[byte + 1] && best != Standing::last;
             ++at) {
            const auto& rule = inflections_[at];
            if (form.size() <= rule.add.size() || !form.ends_with(rule.add)) continue;
            root.assign(form.substr(0, form.size() - rule.add.size())).append(rule.strip);
            const auto flags = flags_of(root);
            if ((flags & rule.flag) != 0 && condition_holds(rule.condition, root)) take(flags);
        }
    }
    return best;
}

std::string WordList::base_by_letters(std::string_view form) const {
    std::optional<std::string> verb;
    for (const auto& [off, on] : letter_links) {
        if (!form.ends_with(off) || form.size() < off.size() + shortest_root) continue;
        auto base = std::string(form.substr(0, form.size() - off.size())).append(on);
        const auto flags = flags_of(base);
        if ((flags & noun) != 0) return base;
        if (!verb && (flags & ends) != 0) verb = std::move(base);
    }
    if (verb && flags_of(form) == 0) return *std::move(verb);
    const bool linked = form.size() > 5 && form.ends_with('s') && (flags_of(form) & noun) == 0;
    return std::string(linked ? form.substr(0, form.size() - 1) : form);
}

// "avgifts" may come from the verb (avgifta) by the list's rules, and from the noun by plain sense: the noun is meant.
std::string WordList::base_by_rule(std::string_view form, const Rule& rule) const {
    auto base = std::string(form.substr(0, form.size() - rule.add.size())).append(rule.strip);
    if ((flags_of(base) & noun) != 0) return base;
    auto other = base_by_letters(form);
    return (flags_of(other) & noun) != 0 ? other : base;
}

std::optional<WordList::Modifier> WordList::modifier(std::string_view form) const {
    const auto* found = modifiers_.find(hash_of(form));
    if (found == nullptr) return std::nullopt;
    if (found->rule == as_it_stands) return Modifier{std::string(form), found->name, false};
    if (found->rule == by_letters) return Modifier{base_by_letters(form), found->name, false};
    if (found->rule == by_mining) {
        return Modifier{is_base_form(form) ? std::string(form) : base_by_letters(form), found->name, true};
    }
    const auto& rule = links_[found->rule];
    if (!form.ends_with(rule.add)) return std::nullopt;
    return Modifier{base_by_rule(form, rule), found->name, false};
}

}  // namespace kansli::text::detail
