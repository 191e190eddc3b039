#include "assistants/training_pairs.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "search/memory_material.hpp"
#include "text/known_questions.hpp"

using namespace kansli;
using namespace kansli::assistants;
using namespace std::chrono_literals;

namespace {

const TrainingPairOptions options{.seed = 1, .day = 2026y / 11 / 30};

// A statute with one paragraph below a chapter.
documents::ReadDocument statute(std::string reference, std::string chapter, std::string path,
                                std::string body) {
    documents::ReadDocument document;
    document.attributes.title = "Lag (" + reference + ") om något";
    document.attributes.reference = std::move(reference);
    document.sections.emplace_back();
    documents::Section section;
    section.ordinal = 1;
    section.parent = 0;
    section.level = 1;
    section.path = path;
    section.heading = path;
    section.trail = {std::move(chapter), std::move(path)};
    document.text = section.heading + "\n\n";
    section.body = document.text.size();
    document.text += std::move(body);
    section.end = document.text.size();
    document.sections.push_back(std::move(section));
    return document;
}

const documents::ReadDocument building = statute("2010:900", "9 kap. Lovplikt", "9 kap. 4 §",
                                                 "Det krävs inte bygglov för en komplementbyggnad. Det "
                                                 "gäller om byggnaden är liten. En altan får byggas ändå.");
const documents::ReadDocument school = statute("2010:800", "7 kap. Skolplikt", "7 kap. 2 §",
                                               "Barn som är bosatta i Sverige har skolplikt i grundskolan.");

void put(search::MemoryMaterial& material, const documents::ReadDocument& document, bool current = true) {
    documents::CatalogueEntry entry;
    entry.current = current;
    material.put(std::move(entry), document);
}

TrainingPairs pairs_of(const std::vector<documents::ReadDocument>& documents,
                       const TrainingPairOptions& chosen = options) {
    search::MemoryMaterial material;
    for (const auto& document : documents)
        put(material, document);
    return training_pairs(material, chosen).value();
}

std::size_t count_first(const TrainingPairs& made, std::string_view first, std::string_view within_second) {
    return static_cast<std::size_t>(std::ranges::count_if(made.pairs, [&](const model::TextPair& pair) {
        return pair.first == first && pair.second.find(within_second) != std::string::npos;
    }));
}

bool holds(const TrainingPairs& made, std::string_view text) {
    return std::ranges::any_of(made.pairs, [&](const model::TextPair& pair) {
        return pair.first.find(text) != std::string::npos || pair.second.find(text) != std::string::npos;
    });
}

const text::KnownQuestion& question_of(std::string_view statute, std::string_view path) {
    for (const auto& question : text::known_questions()) {
        for (const auto& paragraph : question.paragraphs) {
            if (paragraph.statute == statute && paragraph.path == path) return question;
        }
    }
    FAIL("no such question");
    return text::known_questions().front();
}

}  // namespace

TEST_CASE("headings, halves and everyday words lead to a section, a question to what answers it") {
    const auto made = pairs_of({building, school});
    CHECK(made.documents == 2);
    CHECK(made.questions == text::known_questions().size());
    CHECK(count_first(made, "9 kap. Lovplikt", "Det krävs inte bygglov") == 1);
    CHECK(count_first(made, "Det krävs inte bygglov för en komplementbyggnad. En altan får byggas ändå. ",
                      "byggnaden är liten") == 1);
    const auto& question = question_of("2010:900", "9 kap. 4 §");
    CHECK(count_first(made, question.question, "Det krävs inte bygglov") == 3);
    CHECK(count_first(made, question.question, "9 kap. Lovplikt Det krävs inte") == 1);
    CHECK(count_first(made, question.question, question.terms.front()) >= 1);
    CHECK(count_first(made, "friggebod", "komplementbyggnad") >= 1);
}

TEST_CASE("the same material gives the same pairs, in whatever order it came") {
    const auto made = pairs_of({building, school});
    CHECK(made.pairs == pairs_of({school, building}).pairs);
    auto other = options;
    other.seed = 2;
    CHECK(made.pairs != pairs_of({building, school}, other).pairs);
}

TEST_CASE("what is left out is in no pair") {
    auto none = options;
    none.leave_out = 1;
    const auto made = pairs_of({building}, none);
    CHECK(made.questions == 0);
    const auto& question = question_of("2010:900", "9 kap. 4 §");
    CHECK_FALSE(holds(made, question.question));
    CHECK(holds(made, "Lovplikt"));

    std::size_t left_out = 0;
    for (const auto& one : text::known_questions()) {
        left_out += is_left_out(one.question, 0.1) ? 1 : 0;
        CHECK_FALSE(is_left_out(one.question, 0));
        CHECK((!is_left_out(one.question, 0.1) || is_left_out(one.question, 0.2)));
    }
    const auto share = static_cast<double>(left_out) / static_cast<double>(text::known_questions().size());
    CHECK(std::abs(share - 0.1) < 0.03);
}

TEST_CASE("only current versions that everybody may read are learned from") {
    auto secret =
        statute("KS 2026/1", "Hemligheter", "1 §", "Larmkoden till rådhusets källare är hemlig för alla.");
    secret.attributes.secrecy = "OSL 18 kap. 8 §";
    auto limited =
        statute("KS 2026/2", "Interna frågor", "1 §", "Arbetsgruppens förslag till ny organisation.");
    limited.attributes.information_class = access::InformationClass::confidential;
    search::MemoryMaterial material;
    put(material, secret);
    put(material, limited);
    put(material, building, false);
    const auto made = training_pairs(material, options).value();
    CHECK(made.documents == 0);
    CHECK_FALSE(holds(made, "Larmkoden"));
    CHECK_FALSE(holds(made, "Arbetsgruppens"));
    CHECK_FALSE(holds(made, "Det krävs inte bygglov för en komplementbyggnad. Det"));
}

TEST_CASE("a paragraph that its statute does not have is told") {
    const auto made = pairs_of({building});
    CHECK(std::ranges::find(made.unknown_paragraphs, "2010:900 9 kap. 5 §") != made.unknown_paragraphs.end());
    CHECK(std::ranges::find(made.unknown_paragraphs, "2010:900 9 kap. 4 §") == made.unknown_paragraphs.end());
    CHECK(std::ranges::none_of(made.unknown_paragraphs,
                               [](const auto& place) { return place.starts_with("2010:800"); }));
}

TEST_CASE("without documents the questions and the lexicon remain") {
    const auto made = pairs_of({});
    CHECK(made.documents == 0);
    CHECK(made.questions > 0);
    CHECK(made.pairs.size() > made.questions);
    CHECK(made.unknown_paragraphs.empty());
}
