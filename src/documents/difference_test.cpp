#include "documents/difference.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "documents/outline.hpp"

using namespace kansli;
using namespace kansli::documents;

namespace {

std::string side(const std::vector<EditSpan>& spans, Edit edit) {
    std::string text;
    for (const EditSpan& span : spans) {
        if (span.edit == Edit::same || span.edit == edit) text += span.text;
    }
    return text;
}

ReadDocument document(const std::vector<std::pair<std::string, std::string>>& sections) {
    extract::Extract extract;
    for (const auto& [heading, text] : sections) {
        extract.blocks.push_back({.kind = extract::BlockKind::heading, .level = 2, .text = heading});
        extract.blocks.push_back({.kind = extract::BlockKind::paragraph, .text = text});
    }
    return outline(extract, "x");
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

TEST_CASE("sections are matched by path, and by words when the path changed") {
    const auto before = document(
        {{"Syfte", "Att låna ut."}, {"Regler", "Lånet är gratis för alla som bor här."}, {"Slut", "Klart."}});
    const auto after = document({{"Syfte", "Att låna ut saker."},
                                 {"Villkor", "Lånet är gratis för alla som bor här."},
                                 {"Nytt", "Helt annat."}});
    const Difference difference = compare(before, after);
    std::vector<std::pair<std::string, Change>> seen;
    for (const SectionChange& section : difference.sections)
        seen.emplace_back(section.path, section.change);
    CHECK(seen == std::vector<std::pair<std::string, Change>>{{"", Change::same},
                                                              {"Syfte", Change::changed},
                                                              {"Villkor", Change::changed},
                                                              {"Nytt", Change::added},
                                                              {"Slut", Change::removed}});
    CHECK(marked(difference.sections[1].spans) == "Syfte\n\nAtt låna ut[+ saker].");
    CHECK(difference.changed == 2);
    CHECK(difference.added == 1);
    CHECK(difference.removed == 1);
}

TEST_CASE("every section of both versions is shown once, and gives its text back") {
    CHECK(rc::check([](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& a,
                       const std::vector<std::pair<std::uint8_t, std::uint8_t>>& b) {
        const auto make = [](const auto& shape) {
            std::vector<std::pair<std::string, std::string>> sections;
            for (const auto& [heading, text] : shape)
                sections.emplace_back("Rubrik " + std::to_string(heading % 5),
                                      "Ord " + std::to_string(text % 4) + " till.");
            return document(sections);
        };
        const ReadDocument before = make(a);
        const ReadDocument after = make(b);
        std::vector<int> earlier;
        std::string rebuilt;
        for (const SectionChange& section : compare(before, after).sections) {
            if (section.before >= 0) earlier.push_back(section.before);
            if (section.after < 0) continue;
            const Section& shown = after.sections[static_cast<std::size_t>(section.after)];
            const std::string own =
                section.change == Change::same
                    ? before.text.substr(before.sections[static_cast<std::size_t>(section.before)].start,
                                         before.sections[static_cast<std::size_t>(section.before)].end -
                                             before.sections[static_cast<std::size_t>(section.before)].start)
                    : side(section.spans, Edit::inserted);
            RC_ASSERT(own == after.text.substr(shown.start, shown.end - shown.start));
            if (!own.empty()) rebuilt += (rebuilt.empty() ? "" : "\n\n") + own;
        }
        RC_ASSERT(rebuilt == after.text);
        std::ranges::sort(earlier);
        RC_ASSERT(earlier.size() == before.sections.size());
        for (std::size_t i = 0; i < earlier.size(); ++i)
            RC_ASSERT(earlier[i] == static_cast<int>(i));
    }));
}
