#include "documents/detail/wire.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "documents/outline.hpp"

using namespace kansli;
using namespace kansli::documents;

namespace {

FileReader::Outcome some_outcome() {
    extract::Extract extract;
    extract.format = "pdf";
    extract.pages = 3;
    extract.page_width = 595.3;
    extract.metadata = {{"sfs", "2010:900"},
                        {"åtkomst", "a, b"},
                        {"note", "lydelse före 2025-12-01"},
                        {"snapshot_date", "2025-09-01"}};
    for (const std::string text : {"1 kap. Syfte", "1 §", "Text på sidan.", "2 §", "Mer text."}) {
        extract::Block block{
            .kind = text.size() < 6 ? extract::BlockKind::heading : extract::BlockKind::paragraph,
            .text = text};
        block.places.push_back({0, text.size(), 2, {72.5, 100, 300.25, 112}});
        extract.blocks.push_back(block);
    }
    return {outline(extract, "x.pdf"), {}};
}

}  // namespace

TEST_CASE("an answer comes back as it was") {
    const auto folder = TemporaryFolder::create();
    FileReader::Outcome outcome = some_outcome();
    REQUIRE(write_file(folder->path() / "1", "x"));
    outcome.files.push_back({"bilaga.pdf", folder->path() / "1"});
    const auto back =
        documents::detail::read_answer(documents::detail::write_answer(outcome), folder->path());
    REQUIRE(back);
    const ReadDocument& document = back->document;
    CHECK(document.text == outcome.document.text);
    CHECK(document.sections == outcome.document.sections);
    CHECK(document.places == outcome.document.places);
    CHECK(document.attributes == outcome.document.attributes);
    CHECK(document.stated == outcome.document.stated);
    CHECK(document.stated.superseded);
    CHECK(document.pages == 3);
    CHECK(back->files.front().name == "bilaga.pdf");

    const Error error{ErrorCode::too_large, "För stor.", "a.pdf", "Dela upp den."};
    const auto failed =
        documents::detail::read_answer(documents::detail::write_answer(Failure(error)), folder->path());
    CHECK(failed.error() == error);
}

TEST_CASE("a worker cannot hand over a file that is not its own") {
    const auto folder = TemporaryFolder::create();
    FileReader::Outcome outcome = some_outcome();
    outcome.files.push_back({"passwd", "/etc/passwd"});
    CHECK(!documents::detail::read_answer(documents::detail::write_answer(outcome), folder->path()));
    std::filesystem::create_symlink("/etc/passwd", folder->path() / "link");
    outcome.files.front().path = folder->path() / "link";
    CHECK(!documents::detail::read_answer(documents::detail::write_answer(outcome), folder->path()));
    outcome.files.front().path = folder->path() / ".." / "x";
    CHECK(!documents::detail::read_answer(documents::detail::write_answer(outcome), folder->path()));
}

TEST_CASE("any bytes are refused or hold together") {
    const auto folder = TemporaryFolder::create();
    const std::string whole = documents::detail::write_answer(some_outcome());
    CHECK(rc::check([&] {
        std::string bytes = whole;
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        if (*rc::gen::arbitrary<bool>()) {
            bytes[at] = *rc::gen::arbitrary<char>();
        } else {
            bytes.resize(at);
        }
        const auto back = documents::detail::read_answer(bytes, folder->path());
        if (!back) return;
        for (const Section& section : back->document.sections) {
            RC_ASSERT(section.start <= section.body && section.body <= section.end &&
                      section.end <= back->document.text.size());
            RC_ASSERT(section.parent < section.ordinal);
        }
        for (const extract::Place& place : back->document.places)
            RC_ASSERT(place.end <= back->document.text.size());
    }));
}
