#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/language.hpp"
#include "text/personal_data.hpp"

// Placeholders that can be read: "[namn 1]s ansökan", "[personnummer]".
namespace kansli::text {

namespace {

// The things of one kind, in the order in which they come.
class Things {
  public:
    // The number of a thing, from 1.
    std::size_t number_of(const std::string& folded) {
        const auto known = std::ranges::find(things_, folded);
        if (known != things_.end()) return static_cast<std::size_t>(known - things_.begin()) + 1;
        things_.push_back(folded);
        return things_.size();
    }
    [[nodiscard]] std::size_t size() const { return things_.size(); }

  private:
    std::vector<std::string> things_{};
};

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> found;
    for (auto& token : words(name))
        found.push_back(std::move(token.folded));
    return found;
}

bool is_part(const std::string& word, const std::string& name) {
    const auto parts = words_of(name);
    const auto is_same = [&](const std::string& part) { return part == word || part + "s" == word; };
    return parts.size() > 1 && std::ranges::any_of(parts, is_same);
}

// A person as the text speaks of them: the name without the s of a genitive.
struct Person {
    std::string name{};
    bool genitive = false;
};

// The whole names of a text, so that "Rut" and "Läsares" are found to be "Rut Läsare".
class People {
  public:
    explicit People(const std::vector<PersonalDataSpan>& spans) {
        for (const auto& span : spans) {
            if (span.kind != PersonalData::name) continue;
            auto name = fold(span.canonical);
            if (words_of(name).size() > 1 && std::ranges::find(names_, name) == names_.end())
                names_.push_back(std::move(name));
        }
    }

    // The one whole name that the written name is, or is a part of; itself when there are none or several.
    [[nodiscard]] Person of(const PersonalDataSpan& span) const {
        const Person itself{fold(span.canonical), span.canonical.size() < span.end - span.start};
        const std::string* found = nullptr;
        bool genitive = itself.genitive;
        for (const auto& name : names_) {
            if (name + "s" == itself.name) return {name, true};
            if (name == itself.name || !is_part(itself.name, name)) continue;
            if (found != nullptr) return itself;
            found = &name;
            genitive = genitive || !stands_in(itself.name, name);
        }
        return found == nullptr ? itself : Person{*found, genitive};
    }

  private:
    static bool stands_in(const std::string& word, const std::string& name) {
        const auto parts = words_of(name);
        return std::ranges::find(parts, word) != parts.end();
    }

    std::vector<std::string> names_{};
};

std::size_t index_of(PersonalData kind) {
    return static_cast<std::size_t>(kind);
}

}  // namespace

std::string mask(std::string_view text, const std::vector<PersonalDataSpan>& spans) {
    std::array<Things, personal_data_kinds> things;
    const People people(spans);
    std::vector<std::size_t> numbers;
    std::vector<bool> genitives;
    for (const auto& span : spans) {
        const auto person = span.kind == PersonalData::name ? people.of(span) : Person{span.canonical, false};
        numbers.push_back(things.at(index_of(span.kind)).number_of(person.name));
        genitives.push_back(person.genitive);
    }
    std::string out;
    std::size_t at = 0;
    for (std::size_t index = 0; index < spans.size(); ++index) {
        const auto& span = spans[index];
        out.append(text.substr(at, span.start - at)).append("[").append(swedish_name(span.kind));
        if (things.at(index_of(span.kind)).size() > 1) out.append(" ").append(std::to_string(numbers[index]));
        out.append(genitives[index] ? "]s" : "]");
        at = span.end;
    }
    return out.append(text.substr(at));
}

}  // namespace kansli::text
