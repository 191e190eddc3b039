#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/file.hpp"
#include "text/detail/utf8.hpp"
#include "text/detail/word_list.hpp"
#include "text/detail/word_list_flags.hpp"
#include "text/language.hpp"

namespace kansli::text::detail {

namespace {

// A form is believed to begin (or end) compounds when it does so in this many listed words.
constexpr std::uint32_t seen_often = 3;
constexpr std::uint32_t seen_very_often = 12;   // for forms that lead to no listed word
constexpr std::size_t shortest_mined_part = 3;  // bytes of the part that is learned
constexpr std::size_t shortest_known_part = 4;  // bytes of the part that must be known already

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

}  // namespace

// Fills a word list from the two files.
class WordListReader {
  public:
    WordList read(std::string_view affixes, std::string_view words) {
        read_roles(affixes);
        prepare_ascii_bits();
        read_rules(affixes);
        prepare_ascii_bits();
        const auto head = std::min(words.find('\n'), words.size());
        make_room(words.substr(0, head));
        each_line(words.substr(head), [&](std::string_view line) { read_word(line); });
        mine();
        return std::move(list_);
    }

  private:
    // The first line says about how many words there are; a file that says too much gets no more room than one that is large.
    void make_room(std::string_view head) {
        constexpr std::size_t many = 300'000;
        std::size_t count = 0;
        std::from_chars(head.data(), head.data() + head.size(), count);
        count = std::min(count, many);
        list_.roots_ = WordTable<std::uint64_t>(count);
        listed_.reserve(count);
    }

    [[nodiscard]] std::uint64_t bit(std::string_view flag) const {
        const auto found = bits_.find(flag);
        return found == bits_.end() ? 0 : found->second;
    }

    [[nodiscard]] std::uint64_t all_bits(std::string_view flags) const {
        std::uint64_t out = 0;
        for (std::size_t at = 0; at < flags.size();) {
            if (const auto byte = byte_at(flags, at); byte < ascii_bits_.size()) {
                out |= ascii_bits_[byte];
                ++at;
                continue;
            }
            const auto length = character_at(flags, at).length;
            out |= bit(flags.substr(at, length));
            at += length;
        }
        return out;
    }

    void read_roles(std::string_view affixes) {
        constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> roles = {{
            {"COMPOUNDBEGIN", begins},
            {"COMPOUNDMIDDLE", begins},
            {"COMPOUNDEND", ends},
            {"ONLYINCOMPOUND", only_inside},
            {"FORBIDDENWORD", forbidden},
        }};
        each_line(affixes, [&](std::string_view line) {
            const auto parts = fields(line);
            if (parts.size() < 2) return;
            for (const auto& [word, role] : roles) {
                if (parts[0] == word) bits_[std::string(parts[1])] = role;
            }
        });
    }

    static std::size_t last_byte(const WordList::Rule& rule) {
        return rule.add.empty() ? 0 : static_cast<std::uint8_t>(rule.add.back());
    }

    void read_rules(std::string_view affixes) {
        unsigned next = first_rule_bit;
        each_line(affixes, [&](std::string_view line) {
            const auto parts = fields(line);
            if (parts.size() < 4 || parts[0] != "SFX") return;
            if (parts.size() > 4) {
                add_rule(parts);
                return;
            }
            // the head of a rule: flag, crossing, count
            const bool fresh = next < last_rule_bit && !bits_.contains(parts[1]);
            if (fresh) bits_[std::string(parts[1])] = std::uint64_t{1} << next++;
        });
        auto& rules = list_.inflections_;
        std::ranges::sort(rules, {}, last_byte);
        list_.by_last_byte_.assign(257, 0);
        for (std::size_t byte = 0; byte < 257; ++byte) {
            const auto first = std::ranges::lower_bound(rules, byte, {}, last_byte);
            list_.by_last_byte_[byte] = static_cast<std::uint16_t>(first - rules.begin());
        }
    }

    void add_rule(const std::vector<std::string_view>& parts) {
        const auto slash = parts[3].find('/');
        const auto add = parts[3].substr(0, slash);
        const auto continues = slash == std::string_view::npos ? 0 : all_bits(parts[3].substr(slash + 1));
        WordList::Rule rule{bit(parts[1]), std::string(parts[2] == "0" ? "" : parts[2]),
                            std::string(add == "0" ? "" : add), std::string(parts[4])};
        if (rule.flag == 0 || rule.add.ends_with('-')) return;
        if (rule.strip.empty() && rule.add == "r" && rule.condition == ".") present_ |= rule.flag;
        const bool links = (continues & begins) != 0;
        if (links) link_flags_ |= rule.flag;
        auto& rules = links ? list_.links_ : list_.inflections_;
        if (rules.size() < most_rules) rules.push_back(std::move(rule));
    }

    void add_modifier(std::string_view form, std::uint16_t rule, bool is_name) {
        auto& modifier = list_.modifiers_[hash_of(form)];
        const bool fresh = modifier.rule == 0 && !modifier.name;
        // A form's own flags say more than a rule that happens to make it; a common word more than a name.
        if (fresh || rule == as_it_stands || (modifier.name && !is_name)) modifier = {rule, is_name};
    }

    void prepare_ascii_bits() {
        for (const auto& [flag, value] : bits_) {
            if (flag.size() == 1) ascii_bits_[static_cast<std::uint8_t>(flag.front())] = value;
        }
    }

    static bool is_word_byte(char c) {
        return static_cast<std::uint8_t>(c) >= 0x80U || is_letter(static_cast<std::uint8_t>(c));
    }

    void read_word(std::string_view line) {
        const auto slash = std::min(line.find('/'), line.size());
        const auto written = line.substr(0, std::min(slash, line.find_first_of(" \t\r")));
        const auto flags_at = std::min(slash + 1, line.size());
        auto flags =
            all_bits(line.substr(flags_at, line.find_first_of(" \t\r", flags_at) - flags_at)) | is_word;
        if ((flags & forbidden) != 0 || written.size() < shortest_root) return;
        if (!std::ranges::all_of(written, is_word_byte)) return;
        if (is_upper(character_at(written, 0).code)) flags |= name;
        if ((flags & (present_ | name)) == 0) flags |= noun;
        take_word(fold(written), flags);
    }

    void take_word(const std::string& word, std::uint64_t flags) {
        const bool is_name = (flags & name) != 0;
        const bool inside = (flags & only_inside) != 0;
        if ((flags & begins) != 0) add_modifier(word, inside ? by_letters : as_it_stands, is_name);
        for (std::size_t at = 0; at < list_.links_.size() && (flags & link_flags_) != 0; ++at) {
            const auto& rule = list_.links_[at];
            if ((flags & rule.flag) == 0 || !word.ends_with(rule.strip) ||
                !condition_holds(rule.condition, word))
                continue;
            const auto form = word.substr(0, word.size() - rule.strip.size()) + rule.add;
            add_modifier(form, inside ? by_letters : static_cast<std::uint16_t>(at), is_name);
        }
        if (inside && (flags & ends) == 0) return;
        auto& known = list_.roots_[hash_of(word)];
        known = known == 0 || (known & name) != 0 ? (flags | (known & ~name)) : (known | (flags & ~name));
        if (!is_name && !inside) listed_.push_back(word);
    }

    struct Sighting {
        std::uint32_t times = 0;
        std::uint32_t word = 0;    // one of the listed words it was seen in …
        std::uint32_t length = 0;  // … and how much of its beginning it takes
    };

    // The list's compounds show parts that its flags do not: "gatu" in gatubelysning, gatukontor and gatunamn.
    void mine() {
        WordTable<Sighting> firsts;
        WordTable<std::uint32_t> lasts;
        for (std::size_t index = 0; index < listed_.size(); ++index) {
            const std::string_view word = listed_[index];
            for (std::size_t at = shortest_mined_part; at + shortest_mined_part <= word.size(); ++at) {
                if (is_continuation(byte_at(word, at))) continue;
                const auto last = hash_of(word.substr(at));
                const auto* last_flags = list_.roots_.find(last);
                if (last_flags == nullptr || (*last_flags & name) != 0) continue;
                const auto first = hash_of(word.substr(0, at));
                const auto* modifier = list_.modifiers_.find(first);
                const bool ends_compounds = (*last_flags & ends) != 0;
                if (modifier == nullptr && ends_compounds && word.size() - at >= shortest_known_part) {
                    auto& seen = firsts[first];
                    seen = {seen.times + 1, static_cast<std::uint32_t>(index),
                            static_cast<std::uint32_t>(at)};
                } else if (modifier != nullptr && !ends_compounds && at >= shortest_known_part &&
                           !modifier->name) {
                    ++lasts[last];
                }
            }
        }
        lasts.each([&](std::uint64_t hash, std::uint32_t times) {
            if (times >= seen_often) list_.roots_[hash] |= ends;
        });
        firsts.each([&](std::uint64_t hash, const Sighting& seen) {
            if (seen.times < seen_often) return;
            const auto form = std::string_view(listed_[seen.word]).substr(0, seen.length);
            if (seen.times >= (is_explained(form) ? seen_often : seen_very_often))
                list_.modifiers_[hash] = {by_mining, false};
        });
    }

    // Whether a form is a word, or leads to one by the common linking letters.
    [[nodiscard]] bool is_explained(std::string_view form) const {
        return list_.flags_of(form) != 0 || (list_.flags_of(list_.base_by_letters(form)) & ends) != 0;
    }

    WordList list_{};
    std::map<std::string, std::uint64_t, std::less<>> bits_{};  // flag → its bit
    std::array<std::uint64_t, 128> ascii_bits_{};               // the same, for flags of one byte
    std::uint64_t link_flags_ = 0;                              // the flags of all links
    std::uint64_t present_ = 0;                                 // the flag that adds -r: verbs
    std::vector<std::string> listed_{};
};

Result<WordList> WordList::load(const std::filesystem::path& word_list) {
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
    return WordListReader().read(*affixes, *words);
}

}  // namespace kansli::text::detail
