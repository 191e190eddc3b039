#include "text/difference.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::text;

namespace {

std::string side(const std::vector<EditSpan>& spans, Edit edit) {
    std::string text;
    for (const EditSpan& span : spans) {
        if (span.edit == Edit::same || span.edit == edit) text += span.text;
    }
    return text;
}

std::string marked(const std::vector<EditSpan>& spans) {
    std::string text;
    for (const EditSpan& span : spans) {
        text += span.edit == Edit::same ? span.text
                                        : (span.edit == Edit::deleted ? "[-" : "[+") + span.text + "]";
    }
    return text;
}

// A text of few different words, so that much is shared.
std::string some_text() {
    static const std::vector<std::string> words{"avgift", "lov", " ", " ", " ", ".", "å", "\n", "30,0", "§"};
    std::string text;
    for (const auto word :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 10)))
        text += words[word];
    return text;
}

}  // namespace

TEST_CASE("words are compared as a reader would mark them") {
    CHECK(marked(compare_texts("Avgiften är 500 kronor.", "Avgiften är 550 kronor.")) ==
          "Avgiften är [-500][+550] kronor.");
    CHECK(marked(compare_texts("en två tre", "en fyra fem tre")) == "en [-två][+fyra fem] tre");
    CHECK(marked(compare_texts("", "ny")) == "[+ny]");
    CHECK(marked(compare_texts("a b c d", "x y z d")) == "[-a b c][+x y z] d");
    CHECK(compare_texts("lika", "lika") == std::vector<EditSpan>{{Edit::same, "lika"}});
}

TEST_CASE("both texts can be had back from their difference") {
    CHECK(rc::check([] {
        const std::string before = some_text();
        const std::string after = some_text();
        const auto spans = compare_texts(before, after);
        RC_ASSERT(side(spans, Edit::deleted) == before);
        RC_ASSERT(side(spans, Edit::inserted) == after);
    }));
    std::string long_before;
    std::string long_after;
    for (int i = 0; i < 4000; ++i) {
        long_before += "a" + std::to_string(i) + " ";
        long_after += "b" + std::to_string(i) + " ";
    }
    const auto spans = compare_texts(long_before, long_after);
    CHECK(side(spans, Edit::deleted) == long_before);
    CHECK(side(spans, Edit::inserted) == long_after);
}

TEST_CASE("how much was changed is a share of both texts") {
    CHECK(changed_share(compare_texts("lika", "lika")) == 0);
    CHECK(changed_share(compare_texts("", "")) == 0);
    CHECK(changed_share(compare_texts("allt", "annat")) == 1);
    CHECK(changed_share(compare_texts("en två", "en tre")) == doctest::Approx(0.5).epsilon(0.1));
}
