// Real files that are not part of the repository. The tests skip when the folder with them is absent.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/extract.hpp"
#include "text/language.hpp"

using namespace kansli;
using namespace kansli::extract;

namespace {

std::filesystem::path corpora() {
    const char* named = std::getenv("KANSLI_SHARED");
    const std::filesystem::path shared =
        named != nullptr ? named : std::filesystem::path(KANSLI_SOURCE_DIR) / ".." / "shared";
    return shared / "corpora";
}

bool present(const std::filesystem::path& path) {
    if (std::filesystem::exists(path)) return true;
    MESSAGE("skipped: " << path.filename().string() << " is not here (set KANSLI_SHARED)");
    return false;
}

Extract read(const std::filesystem::path& path) {
    const auto folder = TemporaryFolder::create().value();
    return extract_file(path, path.filename().string(), folder.path()).value();
}

std::map<std::string, int> count_words(std::string_view text) {
    std::map<std::string, int> counts;
    for (const auto& word : text::words(text))
        ++counts[word.folded];
    return counts;
}

// The share of the reference's words that the extract has too, each as often as it occurs.
double share_found(const Extract& extract, std::string_view reference) {
    std::string all;
    for (const auto& block : extract.blocks)
        all.append(block.marker).append(" ").append(block.text).append("\n");
    const auto mine = count_words(all);
    int found = 0;
    int total = 0;
    for (const auto& [word, count] : count_words(reference)) {
        const auto at = mine.find(word);
        found += at == mine.end() ? 0 : std::min(count, at->second);
        total += count;
    }
    return static_cast<double>(found) / std::max(total, 1);
}

// The references keep each printed line, with words divided at its end, and say where a page begins.
std::string joined_reference(std::string_view reference) {
    std::string text;
    for (const auto line : extract::detail::split_lines(reference)) {
        if (!line.starts_with("=== sida")) extract::detail::join_line(text, line);
    }
    return text;
}

bool has_block(const Extract& extract, BlockKind kind, std::string_view text) {
    return std::ranges::any_of(extract.blocks,
                               [&](const Block& block) { return block.kind == kind && block.text == text; });
}

}  // namespace

TEST_CASE("published PDF files give at least 97 % of their words, joined and in rows") {
    for (const std::string name : {"kommittedirektiv-2016-15-dataskyddsforordningen", "nfs-2007-10"}) {
        const auto pdf = corpora() / "pdf" / (name + ".pdf");
        if (!present(pdf)) return;
        const auto extract = read(pdf);
        const auto share = share_found(
            extract, joined_reference(read_file(corpora() / "pdf" / (name + ".ref.txt")).value()));
        CAPTURE(name);
        MESSAGE(name << ": share of words found " << share);
        CHECK(share >= 0.97);
    }
    const auto directive = read(corpora() / "pdf" / "kommittedirektiv-2016-15-dataskyddsforordningen.pdf");
    CHECK(has_block(directive, BlockKind::heading, "Samråd och redovisning av uppdraget"));
    CHECK(has_block(
        directive, BlockKind::heading,
        "Kompletterande regler om behandling av känsliga personuppgifter och uppgifter om lagöverträdelser"));
    const auto rules = read(corpora() / "pdf" / "nfs-2007-10.pdf");
    CHECK(has_block(rules, BlockKind::heading, "Organisation och utbildning"));
    CHECK_FALSE(rules.metadata.contains("title"));  // "NFS 2007-10k2.indd.indd"
    CHECK(has_block(rules, BlockKind::table_row, "Sameby | Enligt definition i rennäringslagen (1971:437)."));
    CHECK(std::ranges::count_if(rules.blocks,
                                [](const Block& block) { return block.text == "NFS 2007:10"; }) <= 2);
}

TEST_CASE("a proposition in DOCX has its numbers on its headings") {
    const auto file = corpora() / "pdf" / "prop-2012-13-144.docx";
    if (!present(file)) return;
    const auto extract = read(file);
    CHECK(has_block(extract, BlockKind::heading,
                    "3.1 EU:s bestämmelser om statligt stöd till sjöfartsnäringen"));
    CHECK(extract.metadata.at("creator") == "Ellika Eriksson");
}

TEST_CASE("a municipality's web page gives its own content and not the site's menus") {
    const auto file = corpora() / "municipal" / "botkyrka-webb-aldreomsorg.html";
    if (!present(file)) return;
    const auto extract = read(file);
    CHECK(extract.title == "Äldreomsorg");
    CHECK(has_block(extract, BlockKind::heading, "För dig som bor hemma"));
    CHECK(
        has_block(extract, BlockKind::paragraph, "Alla boenden i Botkyrka kommun sorterade efter stadsdel."));
    CHECK(extract.blocks.size() < 80);
}

TEST_CASE("a guideline that is only called Markdown has its headings") {
    const auto file = corpora() / "municipal" / "botkyrka-avgifter-vard-och-omsorg-2025.md";
    if (!present(file)) return;
    const auto extract = read(file);
    for (const std::string heading : {"2.1 Beräkning av inkomst", "3.1 Maxavgift", "4.4 Servicehus",
                                      "5.6 Jämkning vid flytt till särskilt boende"}) {
        CAPTURE(heading);
        CHECK(has_block(extract, BlockKind::heading, heading));
    }
    CHECK(has_block(extract, BlockKind::list_item, "garantipension"));
}

TEST_CASE("every heading of every statute comes out as it stands in the file") {
    const auto folder = corpora() / "sfs";
    if (!present(folder)) return;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".md") continue;
        const auto extract = read(entry.path());
        const auto source = read_file(entry.path()).value();
        std::ptrdiff_t marked = 0;
        for (std::size_t at = source.find("\n#"); at != std::string::npos; at = source.find("\n#", at + 1))
            ++marked;
        CAPTURE(entry.path().filename().string());
        CHECK(std::ranges::count(extract.blocks, BlockKind::heading, &Block::kind) == marked);
        CHECK(extract.metadata.contains("sfs"));
        CHECK_FALSE(extract.title.empty());
    }
}
