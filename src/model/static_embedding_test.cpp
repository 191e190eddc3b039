#include "model/static_embedding.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "model/detail/model_file.hpp"
#include "model/shipped.hpp"

using namespace kansli;
using model::StaticEmbedding;
using model::WordPieces;

namespace {

constexpr std::size_t dimensions = 4;

const std::vector<std::string> names = {"hund", "katt", "bygglov", "##lov", "å"};

std::vector<float> some_rows() {
    return {1, 0, 0, 0, 0.9F, 0.1F, 0, 0, 0, 0, -2, 1, 0, 0, 1, 1, 0, 0, 0, 0};
}

StaticEmbedding small_embedding() {
    return {WordPieces(names), dimensions, some_rows()};
}

double length(const std::vector<float>& vector) {
    return std::sqrt(model::similarity(vector, vector));
}

}  // namespace

TEST_CASE("a text is the mean of its words at length one") {
    const auto embedding = small_embedding();
    const auto dog = embedding.embed("Hundarna!");
    CHECK(dog == std::vector<float>{1, 0, 0, 0});
    CHECK(model::similarity(dog, embedding.embed("katter")) > 0.98F);
    CHECK(model::similarity(dog, embedding.embed("bygglovet")) == doctest::Approx(0));
    const auto both = embedding.embed("hund och bygglov");
    CHECK(length(both) == doctest::Approx(1));
    CHECK(both[0] > 0);
    CHECK(both[2] < 0);
}

TEST_CASE("a text without words is nowhere") {
    const auto embedding = small_embedding();
    for (const auto* text : {"", " … ", "och att den", "xyz", "å"})
        CHECK_MESSAGE(embedding.embed(text) == std::vector<float>(dimensions, 0), text);
}

TEST_CASE("the first dimensions are a vector of their own") {
    const auto embedding = small_embedding();
    std::vector<float> two(2);
    embedding.embed("katt", two);
    CHECK(length(two) == doctest::Approx(1));
    CHECK(two[0] > two[1]);
    embedding.embed("bygglov", two);
    CHECK(two == std::vector<float>{0, 0});
}

TEST_CASE("an embedding that takes the place of another remembers nothing of it") {
    for (const bool turned : {false, true, false}) {
        const StaticEmbedding embedding(WordPieces(turned ? std::vector<std::string>{"katt", "häst"}
                                                          : std::vector<std::string>{"häst", "katt"}),
                                        1, std::vector<float>{-1, 1});
        CHECK(embedding.embed("häst").at(0) == (turned ? 1 : -1));
        CHECK(embedding.embed("katt").at(0) == (turned ? -1 : 1));
    }
}

TEST_CASE("what is written is read again as the same") {
    const auto bytes = small_embedding().write();
    const auto read = StaticEmbedding::read(bytes).value();
    CHECK(read.write() == bytes);
    CHECK(read.dimensions() == dimensions);
    CHECK(read.pieces().pieces() == names);
    for (const auto* text : {"hund", "Får jag ha katt utan bygglov?"})
        CHECK(read.embed(text) == small_embedding().embed(text));
}

TEST_CASE("the vectors that ship are read, and know what they were taught") {
    const auto& shipped = model::shipped_embedding();
    CHECK(shipped.write() == model::detail::model_file());
    const auto asked = shipped.embed("friggebod");
    CHECK(model::similarity(asked, shipped.embed("komplementbyggnad")) >
          model::similarity(asked, shipped.embed("försörjningsstöd")) + 0.2F);
}

TEST_CASE("rows of any numbers give vectors of length one or nothing, also after a file") {
    CHECK(rc::check([](const std::vector<std::int32_t>& numbers, std::uint8_t shift) {
        std::vector<float> rows(names.size() * dimensions, 0);
        for (std::size_t at = 0; at < std::min(numbers.size(), rows.size()); ++at)
            rows[at] = std::ldexp(static_cast<float>(numbers[at]), shift / 2 - 90);
        const StaticEmbedding embedding(WordPieces(names), dimensions, rows);
        const auto read = StaticEmbedding::read(embedding.write());
        RC_ASSERT(read.has_value());
        for (const auto* text : {"hund", "hund katt", "bygglov marklov katt"}) {
            const auto vector = read->embed(text);
            RC_ASSERT(vector == embedding.embed(text));
            const auto is = length(vector);
            RC_ASSERT(is == 0 || std::abs(is - 1) < 1e-3);
        }
    }));
}

TEST_CASE("any bytes are read or refused") {
    CHECK_FALSE(StaticEmbedding::read(""));
    CHECK(StaticEmbedding::read("KSE1").error().code == ErrorCode::corrupt);
    const auto whole = small_embedding().write();
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(StaticEmbedding::read(whole.substr(0, size)));
    CHECK_FALSE(StaticEmbedding::read(whole + '\0'));
    CHECK(rc::check([&] {
        auto bytes = whole;
        for (const auto& [at, byte] : *rc::gen::arbitrary<std::vector<std::pair<std::uint16_t, char>>>())
            bytes[at % bytes.size()] = byte;
        const auto read = StaticEmbedding::read(bytes);
        if (!read) return;
        RC_ASSERT(read->write() == bytes);
        const auto is = length(read->embed("hund katt bygglov å"));
        RC_ASSERT(is == 0 || std::abs(is - 1) < 1e-3);
    }));
    CHECK(rc::check([](const std::string& bytes) { (void)StaticEmbedding::read("KSE1" + bytes); }));
}
