#include "assistants/evidence.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "assistants/composer.hpp"
#include "assistants/refusal.hpp"
#include "assistants/support.hpp"
#include "text/language.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

Inquiry asked(std::string_view question) {
    return inquire(question, kansli::text::Lexicon::shipped(), kansli::Date{});
}

Candidate section(std::string heading, const std::string& body, double score) {
    Candidate candidate;
    candidate.body = heading.size() + 2;
    candidate.text = heading + "\n\n" + body;
    candidate.title = "Riktlinjer för bygglov";
    candidate.trail = {"Riktlinjer för bygglov", std::move(heading)};
    candidate.score = score;
    return candidate;
}

const std::vector<Candidate> building = {
    section("3 Tidsfrister", "Nämnden ska besluta om lov inom tio veckor. Fristen får förlängas en gång.", 8),
    section("5.2 Altaner", "Bygglov krävs inte för en altan som är högst 1,8 meter hög. Mät från marken.", 9),
    section("7 Avgifter",
            "Avgiften för bygglov tas ut enligt taxan.\n\nTill avgiften läggs\n\n1. kostnad för karta,\n\n2. "
            "kostnad för kungörelse.",
            7),
};

double like(std::string_view asked, std::string_view found) {
    const Term term{.word = std::string(asked), .stem = text::stem(asked)};
    return likeness(term, std::string(found), text::stem(found));
}

Composition answer(std::string_view question, const std::vector<Candidate>& candidates) {
    return compose(candidates, weigh_evidence(asked(question), candidates));
}

}  // namespace

TEST_CASE("words are alike by inflection and by being parts of one another") {
    CHECK(like("avgift", "avgift") == 1);
    CHECK(like("avgift", "avgifterna") > like("avgift", "bygglovsavgift"));
    CHECK(like("avgift", "bygglovsavgift") > like("bygglovsavgift", "avgift"));
    CHECK(like("bygglovsavgift", "avgift") > 0);
    CHECK(like("gift", "avgift") == 0);
    CHECK(like("kommun", "förening") == 0);
}

TEST_CASE("the passage that holds most of the question comes first, and its heading counts") {
    const auto composition = answer("Hur hög får en altan vara utan bygglov?", building);
    REQUIRE_FALSE(composition.quotations.empty());
    CHECK(composition.quotations[0].sentence ==
          "Bygglov krävs inte för en altan som är högst 1,8 meter hög.");
    CHECK(composition.best.meets_cue);
    const auto time = answer("Vilken tidsfrist har nämnden för beslut?", building);
    CHECK(time.quotations[0].sentence == "Nämnden ska besluta om lov inom tio veckor.");
}

TEST_CASE("a quantity of the question is met by the same quantity in another spelling") {
    const std::vector<Candidate> sizes = {section(
        "5.1 Friggebodar", "En friggebod får vara högst 15 m² stor. Nocken får vara högst 3,0 meter.", 9)};
    const auto inquiry = asked("Får en friggebod vara femton kvadrat?");
    const auto number = std::ranges::find(inquiry.terms, "femton", &Term::word);
    REQUIRE(number != inquiry.terms.end());
    CHECK(number->number);
    const auto at = static_cast<std::size_t>(number - inquiry.terms.begin());
    CHECK(weigh_evidence(inquiry, sizes).candidates[0].by_term[at] > 0.9);
    const auto other = asked("Får en friggebod vara sexton kvadrat?");
    CHECK(weigh_evidence(other, sizes).candidates[0].by_term[at] == 0);
}

TEST_CASE("a word that was read as another counts for less than one that was typed so") {
    auto inquiry = asked("Krävs bygglov?");
    const auto as_typed = weigh_evidence(inquiry, building).candidates[1];
    for (auto& term : inquiry.terms)
        term.respelled = true;
    const auto respelled = weigh_evidence(inquiry, building).candidates[1];
    CHECK(respelled.coverage > 0);
    CHECK(respelled.coverage < as_typed.coverage);
}

TEST_CASE("a list item is quoted with its lead-in, and a lead-in with its items") {
    const auto item = answer("Kostnad för kungörelse?", building);
    REQUIRE_FALSE(item.quotations.empty());
    CHECK(answer_text(item).find("Till avgiften läggs") != std::string::npos);
    CHECK(answer_text(item).find("2. kostnad för kungörelse.") != std::string::npos);
}

TEST_CASE("a row of a table answers with the names of its columns, and the names alone answer nothing") {
    const std::vector<Candidate> taxa = {
        section("Taxa", "Åtgärd | Avgift, kronor\n\nKomplementbyggnad | 4 800\n\nAltan | 2 400", 8)};
    const auto composition = answer("Vilken avgift gäller för komplementbyggnad?", taxa);
    REQUIRE(composition.quotations.size() == 1);
    const auto& quotation = composition.quotations.front();
    CHECK(quotation.sentence == "Åtgärd: Komplementbyggnad | Avgift, kronor: 4 800");
    CHECK(taxa[0].text.substr(quotation.span.start, quotation.span.end - quotation.span.start) ==
          "Komplementbyggnad | 4 800");
    for (const auto& scored : weigh_evidence(asked("Avgift?"), taxa).ranked)
        CHECK(scored.passage != 0);
}

TEST_CASE("a text that stands in two documents is as well supported as in one, and quoted once") {
    auto twice = building;
    for (const auto& candidate : building) {
        twice.push_back(candidate);
        twice.back().version = "avskrift";
        twice.back().title = "Avskrift av riktlinjerna";
    }
    std::ranges::stable_sort(twice, std::ranges::greater{}, &Candidate::score);
    auto once = building;
    std::ranges::stable_sort(once, std::ranges::greater{}, &Candidate::score);
    for (const auto* question :
         {"Hur hög får en altan vara utan bygglov?", "Vilken tidsfrist har nämnden för beslut?"}) {
        const auto inquiry = asked(question);
        const auto both = weigh_evidence(inquiry, twice);
        const auto one = weigh_evidence(inquiry, once);
        for (const auto kind : {documents::DocumentKind::statute, documents::DocumentKind::guideline}) {
            CHECK(support(measure(inquiry, twice, both, compose(twice, both)), kind) >=
                  support(measure(inquiry, once, one, compose(once, one)), kind));
        }
        CHECK(answer_text(compose(twice, both)) == answer_text(compose(once, one)));
    }
}

TEST_CASE("quotations are spans of their sections and never overlap, whatever the text") {
    const auto word = rc::gen::elementOf(std::vector<std::string>{"avgift ", "bygglov ", "nämnden ", "altan ",
                                                                  ". ", "\n\n", "1. ", "om ", "30 "});
    const auto text = rc::gen::map(rc::gen::container<std::vector<std::string>>(word),
                                   [](const std::vector<std::string>& words) {
                                       std::string out;
                                       for (const auto& one : words)
                                           out += one;
                                       return out;
                                   });
    CHECK(rc::check([&] {
        std::vector<Candidate> candidates;
        const auto count = *rc::gen::inRange(0, 5);
        for (int at = 0; at < count; ++at)
            candidates.push_back(section("Rubrik", *text, *rc::gen::inRange(0, 10)));
        const auto inquiry = asked("Vilken avgift har nämnden för bygglov för altan?");
        const auto evidence = weigh_evidence(inquiry, candidates);
        const auto composition = compose(candidates, evidence);
        for (std::size_t a = 0; a < composition.quotations.size(); ++a) {
            const auto& one = composition.quotations[a];
            RC_ASSERT(one.span.start < one.span.end);
            RC_ASSERT(one.span.end <= candidates[one.candidate].text.size());
            for (std::size_t b = a + 1; b < composition.quotations.size(); ++b) {
                const auto& other = composition.quotations[b];
                const bool apart = one.candidate != other.candidate || one.span.end <= other.span.start ||
                                   other.span.end <= one.span.start;
                RC_ASSERT(apart);
            }
        }
        const auto features = measure(inquiry, candidates, evidence, composition);
        for (const auto& [name, value] : named(features)) {
            RC_ASSERT(value >= 0);
            RC_ASSERT(value <= 1 + 1e-9);
        }
        for (const auto kind : {documents::DocumentKind::statute, documents::DocumentKind::guideline}) {
            RC_ASSERT(support(features, kind) >= 0);
            RC_ASSERT(support(features, kind) <= 1);
        }
    }));
}

TEST_CASE("support grows with the evidence and falls with what is missing") {
    const auto measured = [&](std::string_view question) {
        const auto inquiry = asked(question);
        const auto evidence = weigh_evidence(inquiry, building);
        return measure(inquiry, building, evidence, compose(building, evidence));
    };
    const auto good = measured("Hur hög får en altan vara utan bygglov?");
    const auto poor = measured("Hur hög är kommunalskatten i Huddinge?");
    for (const auto kind : {documents::DocumentKind::statute, documents::DocumentKind::guideline})
        CHECK(support(good, kind) > support(poor, kind));
    CHECK(poor.name_missing == 1);
    CHECK(good.name_missing == 0);
}

TEST_CASE("candidates come in the order of their best passages, empty sections last") {
    const auto inquiry = asked("Hur hög får en altan vara utan bygglov?");
    auto candidates = building;
    Candidate heading;
    heading.text = "Altan utan bygglov";
    heading.body = heading.text.size();
    candidates.insert(candidates.begin(), heading);
    const auto evidence = weigh_evidence(inquiry, candidates);
    const auto order = order_of(evidence);
    CHECK(order.size() == candidates.size());
    CHECK(order.front() == evidence.ranked.front().candidate);
    CHECK(order.front() != 0);
}

TEST_CASE("a refusal says why") {
    auto inquiry = asked("Kan jag få hjälp att betala tandläkaren?");
    for (auto& term : inquiry.terms)
        term.known = term.word != "tandläkaren";
    SupportFeatures features;
    features.unknown = 0.6;
    CHECK(refusal_reason(inquiry, features, {.found_anything = true}).find("”tandläkaren”") !=
          std::string::npos);
    CHECK(refusal_reason(inquiry, features, {}).find("Inget av dokumenten") == 0);
    CHECK(refusal_reason(asked("Vad är det?"), features, {}).find("Frågan säger inte") == 0);
    for (auto& term : inquiry.terms)
        term.known = true;
    const RefusalCircumstances near{.found_anything = true, .nearest = NearestSource{"Taxa", "2 Tandvård"}};
    CHECK(refusal_reason(inquiry, features, near).starts_with("Närmast frågan ligger Taxa, 2 Tandvård, men"));
    features.unknown = 0;
    features.cue_missing = 1;
    CHECK(refusal_reason(asked("Vilket telefonnummer har enheten?"), features, {.found_anything = true})
              .find("telefonnummer") != std::string::npos);
    const RefusalCircumstances lapsed{.found_anything = true,
                                      .lapsed = LapsedSource{"Taxa 2025", "1 Avgift", false}};
    CHECK(refusal_reason(inquiry, features, lapsed).find("Taxa 2025, 1 Avgift, gäller inte längre") !=
          std::string::npos);
}
