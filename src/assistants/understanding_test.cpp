#include "assistants/understanding.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using namespace kansli::assistants;
using namespace std::chrono_literals;

namespace {

constexpr Date today = 2026y / 11 / 30;

text::LexiconEntry entry(std::string_view line) {
    return text::parse_entry(line).value();
}

Understanding understood(std::string_view question, const std::vector<text::LexiconEntry>& corrections = {}) {
    const auto below = std::make_shared<text::Lexicon>();
    below->add(entry("friggebod, lillstuga = komplementbyggnad"));
    below->add(entry("friggebod ~ bygglov"));
    below->add(entry("bygga ut = tillbyggnad"));
    text::Lexicon lexicon(below);
    for (const auto& correction : corrections)
        lexicon.add(correction);
    return understand(inquire(question, lexicon, today), lexicon, today, corrections);
}

// "friggebod: komplementbyggnad, bygglov"
std::vector<std::string> lines(const Understanding& understanding) {
    std::vector<std::string> all;
    for (const auto& expression : understanding.expressions) {
        std::string line = expression.expression;
        for (const auto& wording : expression.wordings)
            line += " " + wording.text;
        all.push_back(line);
    }
    return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("each expression of a question is told with what it was looked for as, closest first") {
    const auto understanding = understood("Vad kostar en friggebod med altan?");
    CHECK(lines(understanding) == Lines{"friggebod komplementbyggnad bygglov", "altan"});
    CHECK(understanding.asks_for == Cue::price);
    CHECK(understanding.expressions.front().wordings.front().closeness == 1);
    CHECK(understanding.expressions.front().wordings.back().closeness < 1);
    CHECK(understanding.corrections.empty());
    CHECK(lines(understood("Får jag bygga huset ut mot gatan 12?")) ==
          Lines{"bygga ut tillbyggnad", "huset", "gatan"});
    CHECK(understood("").expressions.empty());
}

TEST_CASE("a correction changes what its question is understood as, and stands beside it") {
    const auto added =
        understood("Får jag ha en friggebod?",
                   {text::entry_of("friggebod", text::LexicalRelation::same, "attefallshus").value()});
    CHECK(lines(added) == Lines{"friggebod komplementbyggnad attefallshus bygglov"});
    REQUIRE(added.corrections.size() == 1);
    CHECK(added.corrections[0].kind == CorrectionKind::means);
    CHECK(added.corrections[0].expression == "friggebod");
    CHECK(added.corrections[0].term == "attefallshus");
    CHECK_FALSE(added.corrections[0].suggested);
    const auto removed =
        understood("Får jag ha en friggebod?",
                   {text::entry_of("friggebod", text::LexicalRelation::unlike, "bygglov").value()});
    CHECK(lines(removed) == Lines{"friggebod komplementbyggnad"});
    CHECK(removed.corrections.at(0).kind == CorrectionKind::means_not);
}

TEST_CASE("what an expression is called can be taken away as it is shown, whatever was asked") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto question = "friggeboden " + bytes;
        for (const auto& expression : understood(question).expressions) {
            for (const auto& wording : expression.wordings) {
                const auto correction =
                    text::entry_of(expression.expression, text::LexicalRelation::unlike, wording.text);
                RC_ASSERT(correction.has_value());
                for (const auto& after : understood(question, {*correction}).expressions) {
                    if (after.expression != expression.expression) continue;
                    for (const auto& left : after.wordings)
                        RC_ASSERT(left.text != wording.text);
                }
            }
        }
    }));
}
