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

}  // namespace

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
