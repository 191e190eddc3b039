#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/known_questions.hpp"

namespace kansli::assistants {

// Questions to choose from while somebody types: those that begin so, then those that hold all the words, the last of which may be
// unfinished. Short ones first. Pure; threads: const use from any.
class QuestionSuggestions {
  public:
    // Only questions that a statute answers. They outlive the object.
    explicit QuestionSuggestions(std::span<const text::KnownQuestion> questions);

    // Of the questions that ship, made once.
    [[nodiscard]] static const QuestionSuggestions& known();

    // All statutes that answer any of the questions: "2010:900".
    [[nodiscard]] const std::set<std::string, std::less<>>& statutes() const { return statutes_; }

    // At most `count`, and only those all of whose statutes are among `readable`.
    [[nodiscard]] std::vector<std::string> find(std::string_view typed,
                                                const std::set<std::string, std::less<>>& readable,
                                                std::size_t count) const;

  private:
    struct Prepared {
        const text::KnownQuestion* question = nullptr;
        std::string folded{};
        std::vector<std::string> words{};
        std::vector<std::string> stems{};  // of the words, in their order
    };

    std::vector<Prepared> prepared_{};  // short ones first
    std::set<std::string, std::less<>> statutes_{};
};

}  // namespace kansli::assistants
