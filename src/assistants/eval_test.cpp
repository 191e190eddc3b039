#include "assistants/eval.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "json/value.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

search::Hit paragraph(std::string reference, std::string path) {
    search::Hit hit;
    hit.reference = std::move(reference);
    hit.path = std::move(path);
    return hit;
}

EvalOutcome outcome(bool answerable, bool answered, std::vector<std::size_t> places, bool right = false,
                    bool quotes = false) {
    EvalOutcome out;
    out.question.answerable = answerable;
    out.question.refs.resize(answerable ? 1 : 0);
    out.answered = answered;
    out.places = std::move(places);
    out.right_source = right;
    out.quotes_support = quotes;
    out.milliseconds = 2;
    return out;
}

}  // namespace

TEST_CASE("question files are read in both shapes, with another question field") {
    const auto questions =
        read_questions(
            R"({"id": "B1", "question": "Hur stor?", "question_clerk": "Vilken area?", "answerable": true, )"
            R"("refs": [{"sfs": "2010:900", "chapter": "9", "section": "4"}], "support": "30,0"})"
            "\n\n"
            R"({"id": "N1", "question": "Vem?", "answerable": false, "refs": []})"
            "\n",
            "question_clerk")
            .value();
    REQUIRE(questions.size() == 2);
    CHECK(questions[0].question == "Vilken area?");
    CHECK(questions[0].refs[0].chapter == "9");
    CHECK(questions[1].question == "Vem?");
    CHECK_FALSE(questions[1].answerable);
}

TEST_CASE("a line that is not a question is named") {
    const auto broken = read_questions("{\"question\": \"A?\", \"answerable\": true}\n{\n");
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().code == ErrorCode::invalid_input);
    CHECK(broken.error().where == "rad 2");
    CHECK(read_questions(R"({"answerable": true})").error().where == "rad 1");
    CHECK(read_questions(R"({"question": "A?"})").error().where == "rad 1");
}

TEST_CASE("a hit is right when it is the paragraph that was meant") {
    const ExpectedSource chapter{.sfs = "2010:900", .chapter = "9", .section = "4", .doc = ""};
    CHECK(is_right(chapter, paragraph("2010:900", "9 kap. 4 §")));
    CHECK_FALSE(is_right(chapter, paragraph("2010:900", "9 kap. 4 a §")));
    CHECK_FALSE(is_right(chapter, paragraph("2010:900", "9 kap. 40 §")));
    CHECK_FALSE(is_right(chapter, paragraph("2010:900", "4 §")));
    CHECK_FALSE(is_right(chapter, paragraph("2011:338", "9 kap. 4 §")));
    CHECK(is_right({.sfs = "2017:900", .chapter = "", .section = "28", .doc = ""},
                   paragraph("2017:900", "28 §")));
    CHECK(is_right({.sfs = "2016:1145", .chapter = "19 a", .section = "11", .doc = ""},
                   paragraph("2016:1145", "19 a kap. 11 §")));
}

TEST_CASE("a hit is right when it lies under the heading of the document that was meant") {
    search::Hit hit;
    hit.file_name = "taxor/avgifter-2025.md";
    hit.path = "4.1 Avgiftsnivåer";
    hit.trail = {"Avgifter", "4. Hemtjänst", "4.1 Avgiftsnivåer"};
    CHECK(
        is_right({.sfs = "", .chapter = "", .section = "4.1 Avgiftsnivåer", .doc = "avgifter-2025.md"}, hit));
    CHECK(is_right({.sfs = "", .chapter = "", .section = "4 Hemtjänst", .doc = "avgifter-2025"}, hit));
    CHECK(is_right({.sfs = "", .chapter = "", .section = "", .doc = "avgifter-2025.md"}, hit));
    CHECK_FALSE(
        is_right({.sfs = "", .chapter = "", .section = "5 Måltider", .doc = "avgifter-2025.md"}, hit));
    CHECK_FALSE(is_right({.sfs = "", .chapter = "", .section = "", .doc = "annat.md"}, hit));
}

TEST_CASE("the figures are what their names say") {
    const auto report = summarise({
        outcome(true, true, {1}, true, true),
        outcome(true, true, {4}, false, false),
        outcome(true, false, {12}),
        outcome(true, false, {}),
        outcome(false, true, {}),
        outcome(false, false, {}),
    });
    CHECK(report.questions == 6);
    CHECK(report.recall_1 == doctest::Approx(0.25));
    CHECK(report.recall_5 == doctest::Approx(0.5));
    CHECK(report.recall_10 == doctest::Approx(0.5));
    CHECK(report.recall_20 == doctest::Approx(0.75));
    CHECK(report.mrr_10 == doctest::Approx((1 + 0.25) / 4));
    CHECK(report.ndcg_10 == doctest::Approx((1 + 1 / std::log2(5)) / 4));
    CHECK(report.answerable_precision == doctest::Approx(2.0 / 3));
    CHECK(report.answerable_recall == doctest::Approx(0.5));
    CHECK(report.unanswerable_precision == doctest::Approx(1.0 / 3));
    CHECK(report.unanswerable_recall == doctest::Approx(0.5));
    CHECK(report.right_source == doctest::Approx(1.0 / 3));
    CHECK(report.quotes_support == doctest::Approx(0.5));
    CHECK(report.ms_per_question == doctest::Approx(2));
    CHECK(summarise({}).recall_5 == 0);
}

TEST_CASE("the gain is whole when all right sources come first, and counts none of them twice") {
    EvalQuestion question;
    question.answerable = true;
    question.refs = {{.sfs = "2010:900", .chapter = "9", .section = "4", .doc = ""},
                     {.sfs = "2010:900", .chapter = "9", .section = "5", .doc = ""}};
    const std::vector hits{paragraph("2010:900", "9 kap. 4 §"), paragraph("2010:900", "9 kap. 4 §"),
                           paragraph("2010:900", "9 kap. 5 §")};
    const auto places = places_of(question, hits);
    CHECK(places == std::vector<std::size_t>{1, 3});
    EvalOutcome one = outcome(true, true, places);
    one.question = question;
    const auto second = 1 / std::log2(3);
    CHECK(summarise({one}).ndcg_10 == doctest::Approx((1 + 0.5) / (1 + second)));
    one.places = {1, 2};
    CHECK(summarise({one}).ndcg_10 == doctest::Approx(1));
    one.places = {11, 12};
    CHECK(summarise({one}).ndcg_10 == 0);
}

TEST_CASE("the calibration error is the distance between support and the share that is right, bin by bin") {
    const auto supported = [](double support, bool right) {
        auto out = outcome(true, true, {1}, right);
        out.answer.support = support;
        return out;
    };
    CHECK(summarise({supported(1, true), supported(0, false)}).calibration_error == 0);
    // Half of four are right at 0.75; the one alone at 0.31 is not.
    CHECK(summarise({supported(0.75, true), supported(0.75, true), supported(0.75, false),
                     supported(0.75, false), supported(0.31, false)})
              .calibration_error == doctest::Approx((4 * 0.25 + 0.31) / 5));
    // A source that is right by name gives no right to a question that has no answer.
    auto unanswerable = outcome(false, true, {}, true);
    unanswerable.answer.support = 0.9;
    CHECK(summarise({unanswerable}).calibration_error == doctest::Approx(0.9));
}

TEST_CASE("the report is JSON with the names of the contract") {
    const auto object =
        json::parse(to_json(summarise({outcome(true, true, {1}, true, true)}), /*details=*/true)).value();
    for (const auto* name :
         {"recall@1", "recall@5", "recall@10", "recall@20", "mrr@10", "ndcg@10", "answerable_precision",
          "answerable_recall", "unanswerable_precision", "unanswerable_recall", "quotes_support",
          "calibration_error", "ms_per_question"}) {
        CAPTURE(name);
        CHECK(object.find(name) != nullptr);
    }
    CHECK(object.find("outcomes")->as_array()->size() == 1);
}
