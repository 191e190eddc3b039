#include "text/synonyms.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/detail/synonym_groups.hpp"
#include "text/language.hpp"

namespace kansli::text {

namespace {

constexpr double of_last_part = 0.5;         // "sommarstuga" is a kind of "stuga" …
constexpr double of_first_part = 0.35;       // … and "dagisplats" has to do with "dagis"
constexpr std::size_t shortest_synonym = 4;  // bytes
constexpr std::size_t shortest_beside = 3;

// The groups by the stems of their words.
class Thesaurus {
  public:
    Thesaurus() {
        for (std::size_t group = 0; group < detail::synonym_groups.size(); ++group) {
            for (const auto& token : words(detail::synonym_groups[group])) {
                auto word = stem(token.folded);
                by_word_[word].push_back(group);
                groups_[group].push_back(std::move(word));
            }
        }
    }

    // The others of the groups that a stem stands in; nothing for what is no word of any.
    [[nodiscard]] std::vector<Synonym> of(const std::string& word, double closeness) const {
        std::vector<Synonym> found;
        const auto place = by_word_.find(word);
        if (place == by_word_.end()) return found;
        for (const auto group : place->second) {
            for (const auto& other : groups_[group]) {
                if (other != word && std::ranges::find(found, other, &Synonym::stem) == found.end())
                    found.push_back({other, closeness});
            }
        }
        return found;
    }

    // The part itself is as close as what it is called otherwise.
    [[nodiscard]] std::vector<Synonym> of_part(std::string_view part, double closeness) const {
        const auto word = stem(part);
        auto found = of(word, closeness);
        if (!found.empty()) found.insert(found.begin(), Synonym{word, closeness});
        return found;
    }

  private:
    std::unordered_map<std::string, std::vector<std::size_t>> by_word_{};
    std::vector<std::vector<std::string>> groups_ =
        std::vector<std::vector<std::string>>(detail::synonym_groups.size());
};

bool begins_letter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::vector<Synonym> synonyms(std::string_view folded) {
    static const Thesaurus thesaurus;
    if (auto found = thesaurus.of(stem(folded), closeness_of_whole); !found.empty()) return found;
    for (std::size_t at = shortest_beside; at + shortest_synonym <= folded.size(); ++at) {
        if (!begins_letter(folded[at])) continue;
        if (auto found = thesaurus.of_part(folded.substr(at), of_last_part); !found.empty()) return found;
    }
    for (auto end = folded.size() - std::min(folded.size(), shortest_beside); end >= shortest_synonym;
         --end) {
        if (!begins_letter(folded[end])) continue;
        if (auto found = thesaurus.of_part(folded.substr(0, end), of_first_part); !found.empty())
            return found;
    }
    return {};
}

}  // namespace kansli::text
