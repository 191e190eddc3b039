#include "model/word_pieces.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli;
using model::WordPieces;

namespace {

using Names = std::vector<std::string>;

Names cut(const WordPieces& pieces, std::string_view word) {
    std::vector<std::uint32_t> numbers;
    pieces.cut(word, numbers);
    Names names;
    for (const auto number : numbers)
        names.push_back(pieces.pieces().at(number));
    return names;
}

// The pieces put together again.
std::string joined(const Names& names) {
    std::string word;
    for (const auto& name : names)
        word += name.starts_with("##") && !word.empty() ? name.substr(2) : name;
    return word;
}

std::map<std::string, std::uint64_t> counted(const std::vector<std::string>& words) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& word : words)
        counts[word] += 3;
    return counts;
}

// Words that repeat themselves, so that the same letters can be merged in more than one order.
rc::Gen<std::vector<std::string>> few_letters() {
    const auto letter = rc::gen::element(std::string("a"), std::string("b"), std::string("å"));
    const auto word = rc::gen::map(rc::gen::container<Names>(letter), [](const Names& letters) {
        std::string made;
        for (const auto& one : letters)
            made += one;
        return made;
    });
    return rc::gen::container<Names>(word);
}

}  // namespace

TEST_CASE("commonest neighbours become pieces, and words are cut with the longest") {
    const auto pieces = WordPieces::learn({{"bygglov", 9}, {"marklov", 7}, {"bygga", 5}}, 15);
    CHECK(cut(pieces, "bygglov") == Names{"bygg", "##lov"});
    CHECK(cut(pieces, "rivlov").back() == "##lov");
    CHECK(cut(pieces, "").empty());
    CHECK(cut(WordPieces({}), "bygglov").empty());
    CHECK(cut(WordPieces({"å", "##a", "##å"}), "åxa") == Names{"å", "##a"});
}

TEST_CASE("the same words give the same pieces, never more than asked beyond the letters") {
    CHECK(rc::check([] {
        const auto words = counted(*few_letters());
        const auto size = *rc::gen::inRange<std::size_t>(0, 60);
        const auto learned = WordPieces::learn(words, size).pieces();
        RC_ASSERT(learned == WordPieces::learn(words, size).pieces());
        constexpr std::size_t letters = 6;  // three, at the beginning and inside
        RC_ASSERT(learned.size() <= std::max(size, letters));
    }));
}

TEST_CASE("the pieces of a learned word are the word") {
    CHECK(rc::check([] {
        const auto words = *few_letters();
        const auto pieces = WordPieces::learn(counted(words), *rc::gen::inRange<std::size_t>(0, 60));
        for (const auto& word : words)
            RC_ASSERT(joined(cut(pieces, word)) == word);
    }));
}

TEST_CASE("any bytes are learned and cut") {
    CHECK(rc::check([](const std::vector<std::string>& words, const std::string& other) {
        const auto pieces = WordPieces::learn(counted(words), 300);
        for (const auto& word : words)
            RC_ASSERT(joined(cut(pieces, word)).size() <= word.size() + 2 * word.size());
        (void)cut(pieces, other);
        (void)cut(WordPieces(words), other);
    }));
}

TEST_CASE("no piece is longer than its length can be written") {
    const std::string endless(2000, 'a');
    const auto pieces = WordPieces::learn({{endless, 5}}, 5000);
    for (const auto& name : pieces.pieces())
        CHECK(name.size() <= WordPieces::longest_name);
    CHECK(joined(cut(pieces, endless)) == endless);
}

TEST_CASE("a copy lives on without the first, and has its identity") {
    auto first = std::make_unique<WordPieces>(Names{"by", "##gg", "##lov"});
    const auto copy = *first;
    CHECK(copy.identity() == first->identity());
    CHECK(WordPieces(Names{"by"}).identity() != first->identity());
    first.reset();
    CHECK(cut(copy, "bygglov") == Names{"by", "##gg", "##lov"});
}
