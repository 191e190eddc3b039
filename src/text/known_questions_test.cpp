#include "text/known_questions.hpp"

#include <map>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/detail/lexicon_files.hpp"

using namespace kansli::text;

TEST_CASE("a question is read with what answers it") {
    const auto file = parse_known_questions(
        "# bygga\n\nFår jag sätta upp en bod? | får | komplementbyggnad; bygglov | 2010:900 9 kap. 6 §; "
        "1998:808 12 a §\n"
        "Var får askan spridas?|var|spridning av aska|\n");
    CHECK(file.faults.empty());
    REQUIRE(file.questions.size() == 2);
    const auto& first = file.questions.front();
    CHECK(first.question == "Får jag sätta upp en bod?");
    CHECK(first.kind == "får");
    CHECK(first.terms.at(1) == "bygglov");
    CHECK(first.paragraphs.at(0).statute == "2010:900");
    CHECK(first.paragraphs.at(0).path == "9 kap. 6 §");
    CHECK(first.paragraphs.at(1).path == "12 a §");
    CHECK(file.questions.back().paragraphs.empty());
}

TEST_CASE("what is no question is told with its line") {
    for (const auto* line :
         {"Får jag?", "Får jag? | får | lov", "| får | lov |", "Får jag? | kanske | lov |",
          "Får jag? | får | |", "Får jag? | får | lov | 9 kap. 6 §", "Får jag? | får | lov | 2010:900",
          "Får jag? | får | lov | PBL 6 §", "Får jag? | får | lov | 2010:900 9 kap 6 §",
          "Får jag? | får | lov | 2010:900 9 kap. 6 § 2 st."}) {
        const auto file = parse_known_questions("\n" + std::string(line));
        CHECK_MESSAGE(file.questions.empty(), line);
        REQUIRE(file.faults.size() == 1);
        CHECK(file.faults.front().line == 2);
    }
    CHECK(parse_known_questions("Får jag? | får | lov |\nfår JAG? | får | lov |").faults.front().text ==
          "Frågan står på rad 1 också.");
}

TEST_CASE("the questions that ship have no faults, and each is asked once") {
    for (const auto file : detail::question_files()) {
        for (const auto& fault : parse_known_questions(file).faults)
            FAIL_CHECK(file.substr(0, 60), " line ", fault.line, ": ", fault.text);
    }
    std::map<std::string, int> times;
    for (const auto& question : known_questions())
        CHECK_MESSAGE(++times[fold(question.question)] == 1, question.question);
    CHECK(times.size() > 1000);
}

TEST_CASE("any bytes are questions or faults") {
    CHECK(rc::check([](const std::string& bytes) {
        (void)parse_known_questions(bytes);
        (void)parse_known_questions("Får jag? | får | lov | " + bytes);
        (void)parse_known_questions("Får jag? | får | lov | 2010:900 " + bytes);
    }));
}
