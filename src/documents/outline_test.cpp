#include "documents/outline.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "documents/attributes.hpp"
#include "documents/detail/marks.hpp"

using namespace kansli;
using namespace kansli::documents;
using extract::Block;
using extract::BlockKind;

namespace {

std::filesystem::path shared_folder() {
    if (const char* folder = std::getenv("KANSLI_SHARED")) return folder;
    return std::filesystem::path(KANSLI_SOURCE_DIR) / "../shared";
}

// One block a line, as the golden files write them: "h2 9 kap. Lov", "p Text", "li 1. får …", "tr a | b",
// "row Blad:12 a | b"; "@3" before it sets the page.
Block parse_block(std::string line) {
    Block block;
    int page = 0;
    if (line.front() == '@') {
        page = std::stoi(line.substr(1));
        line.erase(0, line.find(' ') + 1);
    }
    const std::string kind = line.substr(0, line.find(' '));
    std::string rest = line.substr(kind.size() + 1);
    if (kind[0] == 'h') {
        block.kind = BlockKind::heading;
        block.level = kind[1] - '0';
    } else if (kind == "li") {
        block.kind = BlockKind::list_item;
        block.level = 1;
        block.marker = rest.substr(0, rest.find(' '));
        rest.erase(0, block.marker.size() + 1);
    } else if (kind == "tr") {
        block.kind = BlockKind::table_row;
    } else if (kind == "row") {
        block.kind = BlockKind::table_row;
        const auto colon = rest.find(':');
        block.sheet = rest.substr(0, colon);
        block.row = std::stoi(rest.substr(colon + 1));
        rest.erase(0, rest.find(' ', colon) + 1);
    }
    block.text = rest;
    if (page > 0) block.places.push_back({0, rest.size(), page, {}});
    return block;
}

std::string listing(const ReadDocument& document) {
    std::string out =
        fmt::format("titel: {}\ntyp: {}\n", document.attributes.title, to_string(document.attributes.kind));
    for (const Section& section : document.sections) {
        std::string body = document.text.substr(section.body, section.end - section.body);
        if (const auto line = body.find('\n'); line != std::string::npos) body = body.substr(0, line) + " …";
        const std::string_view role = section.role == SectionRole::repealed   ? " (upphävd)"
                                      : section.role == SectionRole::contents ? " (innehåll)"
                                                                              : "";
        out += fmt::format("{:{}}[{}]{} {} = {}", "", 2 * section.level, section.path, role,
                           fmt::join(section.trail, " / "), body);
        while (out.ends_with(' '))
            out.pop_back();
        out += '\n';
    }
    return out;
}

struct Golden {
    std::string head{};
    extract::Extract input{};
    std::string expected{};
};

Golden read_golden(const std::filesystem::path& file) {
    Golden golden;
    std::istringstream lines(*read_file(file));
    bool expected = false;
    for (std::string line; std::getline(lines, line);) {
        if (expected) {
            golden.expected += line + "\n";
            continue;
        }
        golden.head += line + "\n";
        if (line == "----") {
            expected = true;
        } else if (line.starts_with("meta ")) {
            const auto colon = line.find(": ");
            golden.input.metadata[line.substr(5, colon - 5)] = line.substr(colon + 2);
        } else if (line.starts_with("title ")) {
            golden.input.title = line.substr(6);
        } else if (!line.empty() && line.front() != '#') {
            golden.input.blocks.push_back(parse_block(line));
        }
    }
    return golden;
}

void check_invariants(const ReadDocument& document) {
    REQUIRE(!document.sections.empty());
    std::size_t last = 0;
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
        const Section& section = document.sections[i];
        REQUIRE(section.ordinal == static_cast<int>(i));
        REQUIRE(section.parent < section.ordinal);
        REQUIRE(section.start >= last);
        REQUIRE(section.start <= section.body);
        REQUIRE(section.body <= section.end);
        REQUIRE(section.end <= document.text.size());
        if (i > 0)
            REQUIRE(section.level == document.sections[static_cast<std::size_t>(section.parent)].level + 1);
        last = section.start;
    }
    std::size_t at = 0;
    for (const extract::Place& place : document.places) {
        REQUIRE(place.start >= at);
        REQUIRE(place.end <= document.text.size());
        at = place.start;
    }
}

using Paths = std::vector<std::string>;

// "3\u00a0a §" alone on its line: a heading that the corpus' own converter missed, in four places.
bool is_missed_heading(std::string_view line) {
    return line.size() < 10 && (line.ends_with("a §") || line.ends_with("b §")) && line[0] <= '9';
}

// The paths that a corpus file's own headings stand for, in order. A chapter never comes back: where one seems to, the file's mark-up
// has broken a sentence that points at it.
Paths paths_of_headings(std::string_view markdown) {
    Paths paths;
    std::string chapter;
    int latest = 0;
    std::istringstream lines{std::string(markdown)};
    for (std::string line; std::getline(lines, line);) {
        const auto kap = line.find(" kap.");
        const auto mark = line.find_first_not_of('#');
        if (mark > 1 && kap < mark + 6) {
            const std::string rest = line.substr(kap + 5);
            const bool reference = rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9';
            const int number = std::atoi(line.c_str() + mark + 1);
            if (!reference && number >= latest) {
                chapter = line.substr(mark + 1, kap - mark - 1) + " kap. ";
                latest = number;
            }
        }
        if (line.starts_with("#### ")) paths.push_back(chapter + line.substr(5));
        if (is_missed_heading(line))
            paths.push_back(chapter + line[0] + std::string(" ") + line[line.size() - 4] + " §");
    }
    return paths;
}

Paths section_paths(const ReadDocument& document) {
    Paths paths;
    for (const Section& section : document.sections) {
        const documents::detail::Mark mark = documents::detail::read_mark(section.heading);
        if (mark.kind == documents::detail::MarkKind::section && mark.alone) paths.push_back(section.path);
    }
    return paths;
}

// Where two lists of paths part, for the message of a failed test; empty when they are the same.
std::string difference(const Paths& found, const Paths& expected) {
    const auto [a, b] = std::ranges::mismatch(found, expected);
    if (a == found.end() && b == expected.end()) return {};
    return fmt::format("at {}: found {}, expected {}", a - found.begin(), a == found.end() ? "the end" : *a,
                       b == expected.end() ? "the end" : *b);
}

std::string corpus_as_html(std::string_view markdown) {
    std::string html = "<!doctype html><html lang=sv><head><title>x</title></head><body>\n";
    std::istringstream lines{std::string(markdown)};
    bool front = false;
    for (std::string line; std::getline(lines, line);) {
        if (line == "---") {
            front = !front && html.size() < 100;
            continue;
        }
        if (front || line.empty()) continue;
        const auto hashes = line.find_first_not_of('#');
        std::string text = line.substr(hashes > 0 && line[hashes] == ' ' ? hashes + 1 : 0);
        for (std::size_t at = 0; (at = text.find_first_of("<&", at)) != std::string::npos; ++at) {
            text.replace(at, 1, text[at] == '<' ? "&lt;" : "&amp;");
        }
        const std::string tag = text.size() < line.size() ? fmt::format("h{}", hashes) : "p";
        html += fmt::format("<{}>{}</{}>\n", tag, text, tag);
    }
    return html + "</body></html>\n";
}

}  // namespace

TEST_CASE("golden outlines") {
    const auto folder = std::filesystem::path(KANSLI_SOURCE_DIR) / "tests/golden/documents";
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".txt") continue;
        ++files;
        INFO(entry.path().filename().string());
        Golden golden = read_golden(entry.path());
        const ReadDocument document = outline(golden.input, entry.path().filename().string());
        check_invariants(document);
        const std::string actual = listing(document);
        // KANSLI_UPDATE_GOLDEN=1 writes what came out, to be read before it is committed.
        if (std::getenv("KANSLI_UPDATE_GOLDEN") != nullptr) {
            REQUIRE(write_file(entry.path(), golden.head + actual));
        } else {
            CHECK(actual == golden.expected);
        }
    }
    CHECK(files >= 8);
}

TEST_CASE("the statutes' own headings are found with their paths, from Markdown and HTML") {
    std::vector<std::filesystem::path> folders{shared_folder() / "corpora/sfs",
                                               shared_folder() / "corpora/sfs_superseded"};
    if (!std::filesystem::exists(folders[0])) {
        MESSAGE("skipped: the statutes in ../shared/corpora/sfs are absent");
        return;
    }
    const auto workspace = TemporaryFolder::create();
    REQUIRE(workspace);
    std::size_t sections = 0;
    for (const auto& folder : folders) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".md") continue;
            const std::string name = entry.path().filename().string();
            CAPTURE(name);
            const std::string markdown = *read_file(entry.path());
            const Paths expected = paths_of_headings(markdown);
            sections += expected.size();

            auto read = extract::extract_file(entry.path(), name, workspace->path());
            REQUIRE(read);
            const ReadDocument document = outline(*std::move(read), name);
            check_invariants(document);
            CHECK(difference(section_paths(document), expected) == "");
            CHECK(document.attributes.kind == DocumentKind::statute);

            const auto html = workspace->path() / "x.html";
            REQUIRE(write_file(html, corpus_as_html(markdown)));
            auto page = extract::extract_file(html, "x.html", workspace->path());
            if (!page && page.error().code == ErrorCode::unsupported) continue;
            REQUIRE(page);
            CHECK(difference(section_paths(outline(*std::move(page), "x.html")), expected) == "");
        }
    }
    CHECK(sections > 8910);
}

TEST_CASE("a sentence that points at a chapter is no heading, whatever the mark-up says") {
    extract::Extract read;
    for (const std::string line : {"h1 Lag om prov",
                                   "h2 1 kap. Inledning",
                                   "h4 1 §",
                                   "p Lagen gäller prov.",
                                   "h4 2 §",
                                   "p Inom området gäller inte följande bestämmelser:",
                                   "h2 2 kap. 1 § tredje stycket och 3 kap. 2 och 4 §§.",
                                   "p Beslut får överklagas i fråga om",
                                   "p 1. skyldigheter enligt",
                                   "h2 7 kap. 23 §, eller",
                                   "p 2. kostnader.",
                                   "h4 3 §",
                                   "p Domstolen prövar ansvar enligt",
                                   "h2 10 kap.",
                                   "h4 4 §",
                                   "p Ansökan ska vara skriftlig.",
                                   "h2 2 kap. Undantag",
                                   "h4 1 §",
                                   "p Undantag beslutas enligt tabellen.",
                                   "h2 1 kap. Inledning",
                                   "p 2 § | Nämnden",
                                   "h4 2 §",
                                   "p Nämnden får ta ut en avgift.",
                                   "h2 4 kap. Straff",
                                   "h4 2 §",
                                   "p Den som bryter mot lagen döms till böter.",
                                   "h2 2 kap. Ikraftträdande",
                                   "h4 1 §",
                                   "p En ny balk börjar om."})
        read.blocks.push_back(parse_block(line));
    const ReadDocument document = outline(read, "lag.md");
    check_invariants(document);
    CHECK(section_paths(document) == Paths{"1 kap. 1 §", "1 kap. 2 §", "1 kap. 3 §", "1 kap. 4 §",
                                           "2 kap. 1 §", "2 kap. 2 §", "4 kap. 2 §", "2 kap. 1 §"});
    for (const Section& section : document.sections) {
        CHECK(section.heading.find("eller") == std::string::npos);
        if (section.path != "1 kap. 2 §") continue;
        const std::string text = document.text.substr(section.start, section.end - section.start);
        CHECK(text.find("2 kap. 1 § tredje stycket") != std::string::npos);
        CHECK(text.find("2. kostnader.") != std::string::npos);
    }
}

TEST_CASE("the headings of the municipal guidelines are sections") {
    const auto folder = shared_folder() / "corpora/municipal";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: ../shared/corpora/municipal is absent");
        return;
    }
    const auto workspace = TemporaryFolder::create();
    const auto paths = [&](std::string_view name) {
        auto read = extract::extract_file(folder / name, name, workspace->path());
        REQUIRE(read);
        const ReadDocument document = outline(*std::move(read), name);
        check_invariants(document);
        std::vector<std::string> result;
        for (const Section& section : document.sections)
            result.push_back(section.heading);
        return result;
    };
    const auto fees = paths("botkyrka-avgifter-vard-och-omsorg-2025.md");
    for (const std::string_view heading :
         {"2.1 Beräkning av inkomst", "2.2 Beräkning av boendekostnad", "2.4 Boendekostnad i bostadsrätt",
          "3.1 Maxavgift",
          "2.5 Beräkning av makars, registrerade partners och sambors inkomster och boendekostnader",
          "3.3 Avgiftsutrymme", "4.1 Avgiftsnivåer", "4.2 Påbörjad och avslutad hemtjänst samt uppehåll",
          "5.4 Uppehåll", "5.5 Transport till bårhus", "5.6 Jämkning vid flytt till särskilt boende",
          "7. Parboendegaranti", "8. Debitering", "9. Överklagan"}) {
        CAPTURE(heading);
        CHECK(std::ranges::count(fees, heading) == 1);
    }
    const auto support = paths("botkyrka-riktlinje-anhorigstod-2025.md");
    for (const std::string_view heading :
         {"Begrepp", "Olika typer av anhörigstöd", "Omsorgscoachens roll (förut benämnt demenscoach)",
          "Utbud av anhörigstöd inom vård- och omsorgsförvaltningen i Botkyrka kommun"}) {
        CAPTURE(heading);
        CHECK(std::ranges::count(support, heading) == 1);
    }
}

TEST_CASE("any blocks give a whole tree") {
    CHECK(rc::check([](const std::vector<std::tuple<int, int, int>>& shape) {
        static const std::vector<std::string> texts{"4 §",
                                                    "4 a § Text om lov.",
                                                    "9 kap. Lov",
                                                    "2.1 Avgifter",
                                                    "§ 12 Taxa",
                                                    "Bilaga 1",
                                                    "Övergångsbestämmelser",
                                                    "1976:955",
                                                    "Innehåll",
                                                    "Avgifter 3",
                                                    "AVDELNING I",
                                                    "Vad kostar det?",
                                                    "En mening som är en mening.",
                                                    "å",
                                                    std::string(900, 'x')};
        extract::Extract input;
        for (const auto& [kind, level, text] : shape) {
            Block block;
            block.kind = static_cast<BlockKind>(static_cast<unsigned>(kind) % 4);
            block.level = static_cast<int>(static_cast<unsigned>(level) % 7);
            block.text = texts[static_cast<unsigned>(text) % texts.size()];
            if (block.kind == BlockKind::list_item) block.marker = "–";
            if (level % 3 == 0) block.places.push_back({0, block.text.size(), 1, {}});
            input.blocks.push_back(block);
        }
        const ReadDocument document = outline(input, "x.txt");
        std::size_t at = 0;
        for (const Section& section : document.sections) {
            RC_ASSERT(section.start >= at && section.start <= section.body && section.body <= section.end);
            RC_ASSERT(section.end <= document.text.size());
            RC_ASSERT(section.heading.empty() ||
                      document.text.compare(section.start, section.heading.size(), section.heading) == 0 ||
                      section.ordinal == 0);
            at = section.start;
        }
        // Every block but the headings' own lines lies in exactly one section's own text or heading.
        std::size_t covered = 0;
        for (const Section& section : document.sections)
            covered = std::max(covered, section.end);
        RC_ASSERT(covered == document.text.size());
        for (const extract::Place& place : document.places)
            RC_ASSERT(place.end <= document.text.size());
    }));
}
