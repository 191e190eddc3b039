#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "text/language.hpp"
#include "text/personal_data.hpp"

// Placeholders that can be read: "[namn 1]s ansökan", "[personnummer]".
namespace kansli::text {

namespace {

// The things of one kind, numbered from 1 in the order in which they come.
class Things {
  public:
    std::size_t number_of(const std::string& thing) {
        return numbers_.try_emplace(thing, numbers_.size() + 1).first->second;
    }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

  private:
    std::unordered_map<std::string, std::size_t> numbers_{};
};

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
            const auto parts = words(name);
            if (parts.size() < 2 || !whole_.insert(name).second) continue;
            for (const auto& part : parts) {
                auto& owner = owners_.try_emplace(part.folded, name).first->second;
                if (owner != name) owner.clear();  // two people have it
            }
        }
    }

    // The one whole name that the written name is, or is a part of; itself when there are none or several.
    [[nodiscard]] Person of(const PersonalDataSpan& span) const {
        Person itself{fold(span.canonical), span.canonical.size() < span.end - span.start};
        if (whole_.contains(itself.name)) return itself;
        if (const auto* owner = owner_of(itself.name)) return {*owner, itself.genitive};
        if (!itself.name.ends_with('s')) return itself;
        auto shorter = itself.name;
        shorter.pop_back();
        if (whole_.contains(shorter)) return {shorter, true};
        const auto* owner = owner_of(shorter);
        return owner == nullptr ? itself : Person{*owner, true};
    }

  private:
    [[nodiscard]] const std::string* owner_of(const std::string& part) const {
        const auto place = owners_.find(part);
        return place == owners_.end() || place->second.empty() ? nullptr : &place->second;
    }

    std::unordered_set<std::string> whole_{};
    std::unordered_map<std::string, std::string> owners_{};  // empty for a part of several names
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
