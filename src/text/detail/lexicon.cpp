#include "text/detail/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "core/file.hpp"
#include "text/detail/utf8.hpp"
#include "text/language.hpp"

namespace kansli::text::detail {

namespace {

// The parts that flags play, as bits; the flags of suffix rules get the bits after these as they appear.
constexpr std::uint64_t begins = 1;         // COMPOUNDBEGIN, COMPOUNDMIDDLE
constexpr std::uint64_t ends = 2;           // COMPOUNDEND
constexpr std::uint64_t only_inside = 4;    // ONLYINCOMPOUND
constexpr std::uint64_t forbidden = 8;      // FORBIDDENWORD
constexpr std::uint64_t name = 16;          // written with a capital
constexpr std::uint64_t is_word = std::uint64_t{1} << 63U;  // set for every word found
constexpr unsigned first_rule_bit = 5;
constexpr unsigned last_rule_bit = 63;

constexpr std::uint16_t as_it_stands = 0xFFFF;
constexpr std::uint16_t by_letters = 0xFFFE;
constexpr std::size_t shortest_root = 2;

// FNV-1a with a final mix: fast on short words, and spread enough to sort by.
std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : word) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
    hash ^= hash >> 32U;
    return hash * 0x9E3779B97F4A7C15ULL;
}

std::vector<std::string_view> fields(std::string_view line) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    while (at < line.size()) {
        at = line.find_first_not_of(" \t\r", at);
        if (at == std::string_view::npos) break;
        const auto end = std::min(line.find_first_of(" \t\r", at), line.size());
        out.push_back(line.substr(at, end - at));
        at = end;
    }
    return out;
}

template <typename Visit>
void each_line(std::string_view text, Visit visit) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        visit(text.substr(at, end - at));
        at = end + 1;
    }
}

// Hunspell's conditions: characters, "." for any, "[abc]" and "[^abc]"; matched against the end of the word.
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

bool condition_holds(std::string_view condition, std::string_view word) {
    auto end = word.size();
    auto at = condition.size();
    while (at > 0) {
        if (end == 0) return false;
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

// The linking that the list does not explain, tried in this order: what is taken off the form and what the word has instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> letter_links = {{
    {"", "a"}, {"", "e"}, {"s", ""}, {"o", "a"}, {"u", "a"}, {"e", "a"}, {"e", ""}, {"s", "e"}, {"s", "a"}, {"es", ""},
    {"a", ""}, {"ie", "ium"}, {"el", "la"}, {"er", "ra"},
}};

}  // namespace

// Fills a lexicon from the two files.
struct Lexicon::Reader {
    Lexicon lexicon{};
    std::map<std::string, std::uint64_t, std::less<>> bits{};  // flag → its bit
    std::vector<std::pair<std::string, std::uint64_t>> inside_only{};

    std::uint64_t bit(std::string_view flag) const {
        const auto found = bits.find(flag);
        return found == bits.end() ? 0 : found->second;
    }

    std::uint64_t all_bits(std::string_view flags) const {
        std::uint64_t out = 0;
        for (std::size_t at = 0; at < flags.size();) {
            const auto length = character_at(flags, at).length;
            out |= bit(flags.substr(at, length));
            at += length;
        }
        return out;
    }

    void read_roles(std::string_view affixes) {
        constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> roles = {{
            {"COMPOUNDBEGIN", begins}, {"COMPOUNDMIDDLE", begins}, {"COMPOUNDEND", ends}, {"ONLYINCOMPOUND", only_inside},
            {"FORBIDDENWORD", forbidden},
        }};
        each_line(affixes, [&](std::string_view line) {
            const auto parts = fields(line);
            if (parts.size() < 2) return;
            for (const auto& [word, role] : roles) {
                if (parts[0] == word) bits[std::string(parts[1])] = role;
            }
        });
    }

    void read_rules(std::string_view affixes) {
        unsigned next = first_rule_bit;
        each_line(affixes, [&](std::string_view line) {
            const auto parts = fields(line);
            if (parts.size() < 4 || parts[0] != "SFX") return;
            if (parts.size() == 4) {  // the head of a rule: flag, crossing, count
                const bool fresh = next < last_rule_bit && !bits.contains(parts[1]);
                if (fresh) bits[std::string(parts[1])] = std::uint64_t{1} << next++;
                return;
            }
            add_rule(parts);
        });
        std::ranges::stable_sort(lexicon.inflections_, {}, last_byte);
        lexicon.by_last_byte_.assign(257, 0);
        for (std::size_t byte = 0; byte < 257; ++byte) {
            const auto first = std::ranges::lower_bound(lexicon.inflections_, byte, {}, last_byte);
            lexicon.by_last_byte_[byte] = static_cast<std::uint16_t>(first - lexicon.inflections_.begin());
        }
    }

    static std::size_t last_byte(const Rule& rule) {
        return rule.add.empty() ? 0 : static_cast<std::uint8_t>(rule.add.back());
    }

    void add_rule(const std::vector<std::string_view>& parts) {
        const auto slash = parts[3].find('/');
        const auto add = parts[3].substr(0, slash);
        const auto continues = slash == std::string_view::npos ? 0 : all_bits(parts[3].substr(slash + 1));
        Rule rule{bit(parts[1]), std::string(parts[2] == "0" ? "" : parts[2]), std::string(add == "0" ? "" : add),
                  std::string(parts[4])};
        if (rule.flag == 0 || rule.add.ends_with('-')) return;
        const bool links = (continues & begins) != 0;
        auto& rules = links ? lexicon.links_ : lexicon.inflections_;
        if (rules.size() < by_letters) rules.push_back(std::move(rule));
    }

    void read_words(std::string_view words) {
        bool head = true;  // the first line is a count
        each_line(words, [&](std::string_view line) {
            if (!std::exchange(head, false)) read_word(line);
        });
        order();
        for (const auto& [form, flags] : inside_only) {
            lexicon.modifiers_.push_back({hash_of(form), by_letters, (flags & name) != 0});
        }
        std::ranges::stable_sort(lexicon.modifiers_, {}, &Form::hash);
        const auto repeated = std::ranges::unique(lexicon.modifiers_, {}, &Form::hash);
        lexicon.modifiers_.erase(repeated.begin(), repeated.end());
        lexicon.modifiers_.shrink_to_fit();
    }

    void read_word(std::string_view line) {
        const auto slash = line.find('/');
        auto written = line.substr(0, std::min(slash, line.find_first_of(" \t\r")));
        const auto flags_at = slash == std::string_view::npos ? line.size() : slash + 1;
        auto flags = all_bits(line.substr(flags_at, line.find_first_of(" \t\r", flags_at) - flags_at));
        if ((flags & forbidden) != 0 || written.size() < shortest_root || !is_valid_utf8(written)) return;
        if (written.find_first_of("-.: 0123456789") != std::string_view::npos) return;
        if (is_upper(character_at(written, 0).code)) flags |= name;
        const auto word = fold(written);
        if ((flags & only_inside) != 0) {
            if ((flags & begins) != 0) inside_only.emplace_back(word, flags);
            if ((flags & ends) != 0) lexicon.roots_.push_back({hash_of(word), flags});
            return;
        }
        lexicon.roots_.push_back({hash_of(word), flags});
        if ((flags & begins) != 0) lexicon.modifiers_.push_back({hash_of(word), as_it_stands, (flags & name) != 0});
        add_linked(word, flags);
    }

    void add_linked(const std::string& word, std::uint64_t flags) {
        for (std::size_t at = 0; at < lexicon.links_.size(); ++at) {
            const auto& rule = lexicon.links_[at];
            if ((flags & rule.flag) == 0 || !word.ends_with(rule.strip) || !condition_holds(rule.condition, word)) continue;
            const auto form = word.substr(0, word.size() - rule.strip.size()) + rule.add;
            lexicon.modifiers_.push_back({hash_of(form), static_cast<std::uint16_t>(at), (flags & name) != 0});
        }
    }

    // Words that stand in the list more than once keep the flags of all their lines; a name only when every line is one.
    void order() {
        auto& roots = lexicon.roots_;
        std::ranges::sort(roots, {}, &Root::hash);
        std::size_t kept = 0;
        for (std::size_t at = 0; at < roots.size(); ++at) {
            if (kept > 0 && roots[kept - 1].hash == roots[at].hash) {
                const auto both_names = roots[kept - 1].flags & roots[at].flags & name;
                roots[kept - 1].flags = ((roots[kept - 1].flags | roots[at].flags) & ~name) | both_names;
            } else {
                roots[kept++] = roots[at];
            }
        }
        roots.resize(kept);
        roots.shrink_to_fit();
    }
};

Result<Lexicon> Lexicon::load(const std::filesystem::path& word_list) {
    auto affix_file = word_list;
    affix_file.replace_extension(".aff");
    const auto unavailable = [](const Error& error) {
        return Error{ErrorCode::unavailable, "Ordlistan kan inte läsas. " + error.message, error.where,
                     "Installera paketet hunspell-sv eller ange en annan ordlista."};
    };
    const auto affixes = read_file(affix_file);
    if (!affixes) return Failure(unavailable(affixes.error()));
    const auto words = read_file(word_list);
    if (!words) return Failure(unavailable(words.error()));
    if (!is_valid_utf8(*words) || !is_valid_utf8(*affixes) || words->empty()) {
        return fail(ErrorCode::corrupt, "Ordlistan är inte en hunspell-ordlista i UTF-8.", word_list.string(),
                    "Installera om paketet hunspell-sv.");
    }
    Reader reader;
    reader.read_roles(*affixes);
    reader.read_rules(*affixes);
    reader.read_words(*words);
    return std::move(reader.lexicon);
}

std::uint64_t Lexicon::flags_of(std::string_view word) const {
    const auto hash = hash_of(word);
    const auto found = std::ranges::lower_bound(roots_, hash, {}, &Root::hash);
    return found != roots_.end() && found->hash == hash ? found->flags | is_word : 0;
}

Lexicon::Standing Lexicon::standing(std::string_view form) const {
    if (form.size() < shortest_root) return Standing::unknown;
    auto best = Standing::unknown;
    const auto take = [&](std::uint64_t flags) {
        if (flags == 0) return;
        best = std::max(best, (flags & ends) != 0 ? Standing::last : Standing::listed);
    };
    take(flags_of(form));
    std::string root;
    for (const std::size_t byte : {std::size_t{0}, std::size_t{static_cast<std::uint8_t>(form.back())}}) {
        for (std::size_t at = by_last_byte_[byte]; at < by_last_byte_[byte + 1] && best != Standing::last; ++at) {
            const auto& rule = inflections_[at];
            if (form.size() <= rule.add.size() || !form.ends_with(rule.add)) continue;
            root.assign(form.substr(0, form.size() - rule.add.size())).append(rule.strip);
            const auto flags = flags_of(root);
            if ((flags & rule.flag) != 0 && condition_holds(rule.condition, root)) take(flags);
        }
    }
    return best;
}

bool Lexicon::is_base_form(std::string_view word) const { return (flags_of(word) & ends) != 0; }

std::optional<std::string> Lexicon::base_by_letters(std::string_view form) const {
    for (const auto& [off, on] : letter_links) {
        if (!form.ends_with(off) || form.size() < off.size() + shortest_root) continue;
        auto base = std::string(form.substr(0, form.size() - off.size())).append(on);
        if (is_base_form(base)) return base;
    }
    return std::nullopt;
}

std::optional<Lexicon::Modifier> Lexicon::modifier(std::string_view form) const {
    const auto hash = hash_of(form);
    const auto found = std::ranges::lower_bound(modifiers_, hash, {}, &Form::hash);
    if (found == modifiers_.end() || found->hash != hash) return std::nullopt;
    if (found->rule == as_it_stands) return Modifier{std::string(form), found->name};
    if (found->rule == by_letters) return Modifier{base_by_letters(form).value_or(std::string(form)), found->name};
    const auto& rule = links_[found->rule];
    if (!form.ends_with(rule.add)) return std::nullopt;
    return Modifier{std::string(form.substr(0, form.size() - rule.add.size())).append(rule.strip), found->name};
}

}  // namespace kansli::text::detail
