#include "model/embedding_trainer.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::model;

namespace {

// What people say and what the law says, with no word in common.
const std::vector<std::pair<std::string, std::string>> partners = {
    {"friggebod i trädgården", "komplementbyggnad på tomten"},
    {"dagis för mitt barn", "förskola erbjuds från ett års ålder"},
    {"soporna luktar", "hushållsavfall ska forslas bort"},
    {"grannen spelar hög musik", "buller som stör omgivningen"},
    {"farfars aska", "gravsättning inom ett år"},
    {"bidrag till hyran", "ekonomiskt bistånd till boendet"},
    {"plugga med resväg", "skolskjuts för elever"},
    {"hjälp med städning hemma", "hemtjänst enligt socialtjänstlagen"},
};

std::vector<TextPair> toy_pairs() {
    std::vector<TextPair> pairs;
    for (int times = 0; times < 4; ++times) {
        for (const auto& [first, second] : partners)
            pairs.push_back({first, second, static_cast<std::uint32_t>(pairs.size() % 3)});
    }
    return pairs;
}

TrainingOptions toy_options() {
    TrainingOptions options;
    options.dimensions = 32;
    options.nested = {8, 16, 64};
    options.batch = 16;
    options.of_group = 4;
    options.epochs = 30;
    return options;
}

}  // namespace

TEST_CASE("the right partner becomes the nearest, also by the first dimensions alone") {
    const auto pairs = toy_pairs();
    std::vector<double> losses;
    const auto embedding =
        train_embedding(learn_pieces(pairs, 300), pairs, toy_options(), [&](const TrainingStep& step) {
            CHECK(step.step == losses.size() + 1);
            CHECK(step.step <= step.steps);
            losses.push_back(step.loss);
        });
    CHECK(losses.size() == 30 * 2);
    CHECK(losses.back() < losses.front() / 4);
    for (const std::size_t size : {32, 8}) {
        std::vector<float> asked(size);
        std::vector<float> other(size);
        for (const auto& [first, right] : partners) {
            embedding.embed(first, asked);
            embedding.embed(right, other);
            const auto of_right = similarity(asked, other);
            for (const auto& [unused, wrong] : partners) {
                if (wrong == right) continue;
                embedding.embed(wrong, other);
                CHECK_MESSAGE(similarity(asked, other) < of_right, first, " | ", wrong);
            }
        }
    }
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
    const auto pairs = toy_pairs();
    auto options = toy_options();
    options.epochs = 2;
    const auto trained = [&] { return train_embedding(learn_pieces(pairs, 200), pairs, options).write(); };
    const auto bytes = trained();
    CHECK(bytes == trained());
    options.seed = 2;
    CHECK(bytes != trained());
}

TEST_CASE("nothing to learn from is fine") {
    const auto embedding = train_embedding(learn_pieces({}, 100), {}, toy_options());
    CHECK(embedding.pieces().pieces().empty());
    CHECK(embedding.embed("bygglov") == std::vector<float>(32, 0));

    const std::vector<TextPair> wordless = {
        {"", "bygglov", 0}, {"och att", "!", 0}, {"bygglov", "bygglov", 0}};
    int steps = 0;
    (void)train_embedding(learn_pieces(wordless, 100), wordless, toy_options(),
                          [&](const TrainingStep&) { ++steps; });
    CHECK(steps == 0);  // one pair has no wrong answer beside it
}

TEST_CASE("pairs with the same answer are not taught apart") {
    const std::vector<TextPair> pairs = {{"altan", "uteplats", 0}, {"trädäck", "uteplats", 0}};
    const auto embedding = train_embedding(learn_pieces(pairs, 100), pairs, toy_options());
    for (const auto* word : {"altan", "trädäck"})
        CHECK_MESSAGE(similarity(embedding.embed(word), embedding.embed("uteplats")) > -0.9F, word);
    CHECK(std::isfinite(embedding.embed("altan").at(0)));
}
