#include "assistants/question_suggestions.hpp"

#include <algorithm>
#include <utility>

#include "core/ascii.hpp"
#include "text/language.hpp"

namespace kansli::assistants {

namespace {

constexpr std::size_t least_telling = 3;  // bytes of a word that says anything

// What was typed, as it is compared.
struct Typed {
    std::string folded{};
    std::vector<std::string> words{};  // that must stand in the question
    std::vector<std::string> stems{};
    std::string unfinished{};  // the word that is being typed; empty: none
};

Typed typed_of(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front()))
        text.remove_prefix(1);
    Typed typed{.folded = text::fold(text)};
    const auto tokens = text::words(text);
    for (const auto& token : tokens) {
        if (token.end == text.size()) {
            typed.unfinished = token.folded;
        } else if (!text::is_light_word(token.folded)) {
            typed.words.push_back(token.folded);
            typed.stems.push_back(text::stem(token.folded));
        }
    }
    return typed;
}

// "får jag" says nothing of what is asked: it only finds questions that begin so.
bool tells_something(const Typed& typed) {
    if (!typed.words.empty()) return true;
    return typed.unfinished.size() >= least_telling && !text::is_light_word(typed.unfinished);
}

bool among_paragraphs_of(const text::KnownQuestion& question,
                         const std::set<std::string, std::less<>>& readable) {
    return std::ranges::all_of(question.paragraphs,
                               [&](const auto& paragraph) { return readable.contains(paragraph.statute); });
}

bool holds(const std::vector<std::string>& list, std::string_view one) {
    return std::ranges::find(list, one) != list.end();
}

}  // namespace

QuestionSuggestions::QuestionSuggestions(std::span<const text::KnownQuestion> questions) {
    for (const auto& question : questions) {
        if (question.paragraphs.empty()) continue;
        Prepared one{.question = &question, .folded = text::fold(question.question)};
        for (auto& token : text::words(question.question)) {
            one.stems.push_back(text::stem(token.folded));
            one.words.push_back(std::move(token.folded));
        }
        prepared_.push_back(std::move(one));
        for (const auto& paragraph : question.paragraphs)
            statutes_.insert(paragraph.statute);
    }
    std::ranges::stable_sort(prepared_, {}, [](const Prepared& one) { return one.folded.size(); });
}

const QuestionSuggestions& QuestionSuggestions::known() {
    static const QuestionSuggestions suggestions(text::known_questions());
    return suggestions;
}

std::vector<std::string> QuestionSuggestions::find(std::string_view typed,
                                                   const std::set<std::string, std::less<>>& readable,
                                                   std::size_t count) const {
    const auto wanted = typed_of(typed);
    std::vector<std::string> beginning;
    std::vector<std::string> holding;
    if (wanted.folded.size() < least_telling || readable.empty()) return beginning;
    const bool telling = tells_something(wanted);
    const auto holds_all = [&](const Prepared& one) {
        for (std::size_t at = 0; at < wanted.words.size(); ++at) {
            if (!holds(one.words, wanted.words[at]) && !holds(one.stems, wanted.stems[at])) return false;
        }
        return std::ranges::any_of(
            one.words, [&](const std::string& word) { return word.starts_with(wanted.unfinished); });
    };
    for (const auto& one : prepared_) {
        if (beginning.size() == count) break;
        const bool begins = one.folded.starts_with(wanted.folded);
        if (!begins && (!telling || holding.size() == count || !holds_all(one))) continue;
        if (!among_paragraphs_of(*one.question, readable)) continue;
        (begins ? beginning : holding).push_back(one.question->question);
    }
    for (auto& question : holding) {
        if (beginning.size() < count) beginning.push_back(std::move(question));
    }
    return beginning;
}

}  // namespace kansli::assistants
