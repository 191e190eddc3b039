#include "assistants/question_suggestions.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/language.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

using Statutes = std::set<std::string, std::less<>>;
using Lines = std::vector<std::string>;

const std::vector<text::KnownQuestion>& some() {
    static const auto file = text::parse_known_questions(
        "Får jag bygga en altan utan lov? | får | altan | 2010:900 9 kap. 4 §\n"
        "Får jag bygga ett plank? | får | plank | 2010:900 9 kap. 4 §; 1998:808 3 §\n"
        "Hur högt får planket vara? | hur mycket | plank | 2010:900 9 kap. 4 §\n"
        "Var lämnar jag planket? | var | avfall |\n"
        "Hur länge får urnan stå kvar? | hur länge | gravsättning | 1990:1144 5 kap. 11 §\n");
    return file.questions;
}

const Statutes all{"2010:900", "1998:808", "1990:1144"};

Lines found(std::string_view typed, const Statutes& readable = all, std::size_t count = 6) {
    return QuestionSuggestions(some()).find(typed, readable, count);
}

}  // namespace

TEST_CASE("questions that begin so come first, then those that hold all the words, short ones first") {
    CHECK(found("får jag") == Lines{"Får jag bygga ett plank?", "Får jag bygga en altan utan lov?"});
    CHECK(found("plank") == Lines{"Får jag bygga ett plank?", "Hur högt får planket vara?"});
    CHECK(found("Hur hög") == Lines{"Hur högt får planket vara?"});
    CHECK(found("bygga alt") == Lines{"Får jag bygga en altan utan lov?"});
    CHECK(found("planket högt") == Lines{"Hur högt får planket vara?"});
    CHECK(found("  urnan ") == Lines{"Hur länge får urnan stå kvar?"});
    CHECK(found("plank urna").empty());
    CHECK(found("plank", all, 1) == Lines{"Får jag bygga ett plank?"});
}

TEST_CASE("too little, nothing and light words find nothing but beginnings") {
    for (const auto* typed : {"", " ", "f", "jag ", "en utan", "zebra"})
        CHECK_MESSAGE(found(typed).empty(), typed);
}

TEST_CASE(
    "a question is only suggested to whoever may read all that answers it, and never without an answer") {
    CHECK(found("plank", {"2010:900"}) == Lines{"Hur högt får planket vara?"});
    CHECK(found("plank", {"1990:1144"}).empty());
    CHECK(found("plank", {}).empty());
    CHECK(found("lämnar jag planket").empty());
    CHECK(QuestionSuggestions(some()).statutes() == all);
}

TEST_CASE("whatever is typed, what comes back is known and holds what was typed") {
    const auto& known = QuestionSuggestions::known();
    CHECK(known.find("får jag", known.statutes(), 6).size() == 6);
    CHECK(rc::check([&](const std::string& bytes) {
        const auto questions = known.find(bytes, known.statutes(), 6);
        RC_ASSERT(questions.size() <= 6);
        for (const auto& question : questions) {
            const auto is_it = [&](const auto& one) { return one.question == question; };
            RC_ASSERT(std::ranges::any_of(text::known_questions(), is_it));
        }
    }));
}
