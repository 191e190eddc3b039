#include "documents/difference.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::documents;

namespace {

std::string without(const std::vector<Piece>& pieces, PieceKind left_out) {
    std::string text;
    for (const auto& piece : pieces) {
        if (piece.kind != left_out) text += piece.text;
    }
    return text;
}

ReadDocument document(const std::vector<std::pair<std::string, std::string>>& sections) {
    ReadDocument made;
    for (const auto& [path, text] : sections) {
        const auto start = made.text.size();
        made.text += text;
        made.sections.push_back({.ordinal = static_cast<int>(made.sections.size()),
                                 .path = path,
                                 .start = start,
                                 .body = start,
                                 .end = made.text.size()});
        made.text += "\n\n";
    }
    return made;
}

}  // namespace

TEST_CASE("changed words stand beside what stayed") {
    CHECK(difference_of_texts("Avgiften är 100 kronor.", "Avgiften är 200 kronor.") ==
          std::vector<Piece>{{PieceKind::same, "Avgiften är "},
                             {PieceKind::deleted, "100"},
                             {PieceKind::inserted, "200"},
                             {PieceKind::same, " kronor."}});
    CHECK(difference_of_texts("", "").empty());
    CHECK(difference_of_texts("a", "") == std::vector<Piece>{{PieceKind::deleted, "a"}});
    CHECK(difference_of_texts("", "a") == std::vector<Piece>{{PieceKind::inserted, "a"}});
}

TEST_CASE("the pieces give back both texts") {
    CHECK(rc::check([] {
        const auto word = rc::gen::element<std::string>("a", "b", "c", " ", "\n");
        const auto join = [](const std::vector<std::string>& words) {
            std::string text;
            for (const auto& part : words)
                text += part;
            return text;
        };
        const auto before = join(*rc::gen::container<std::vector<std::string>>(word));
        const auto after = join(*rc::gen::container<std::vector<std::string>>(word));
        const auto pieces = difference_of_texts(before, after);
        RC_ASSERT(without(pieces, PieceKind::inserted) == before);
        RC_ASSERT(without(pieces, PieceKind::deleted) == after);
    }));
}

TEST_CASE("texts that share nothing are one deletion and one insertion") {
    std::string before;
    std::string after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + " ";
        after += "b" + std::to_string(i) + "\n";
    }
    CHECK(difference_of_texts(before, after).size() == 2);
}

TEST_CASE("sections are told as changed, added and removed") {
    const auto before = document({{"1 §", "Ett."}, {"2 §", "Två."}, {"3 §", "Tre."}});
    const auto after = document({{"1 §", "Ett."}, {"2 §", "Två igen."}, {"4 §", "Fyra."}});
    const auto result = difference(before, after);
    REQUIRE(result.sections.size() == 3);
    CHECK(result.sections[0].path == "2 §");
    CHECK(result.sections[0].state == SectionChange::changed);
    CHECK(result.sections[1].path == "4 §");
    CHECK(result.sections[1].state == SectionChange::added);
    CHECK(result.sections[2].path == "3 §");
    CHECK(result.sections[2].state == SectionChange::removed);
    CHECK(difference(before, before).sections.empty());
}
