#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "documents/sources.hpp"
#include "documents/test_sources.hpp"

using namespace kansli;
using namespace kansli::documents;
using namespace kansli::documents::test;

TEST_CASE("new and changed files come in; the rest costs no reading") {
    Fixture fixture;
    fixture.put("taxa.md", taxa);
    fixture.put("under/policy.md", "# Policy\n\nLåna varsamt.\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "2 0 0 0");
    CHECK(fixture.document("taxa.md").attributes.source == fixture.folder.string());
    CHECK(fixture.document("under/policy.md").collection == "prov");
    CHECK(fixture.sources->get(fixture.administrator, source.id)->items == 2);
    CHECK(fixture.sources->get(fixture.administrator, source.id)->polled == fixture.moment);

    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 2 0 0");
    fs::remove_all(fixture.data /
                   "files");  // an original would have to be stored again if a file were opened
    fs::create_directories(fixture.data / "files");
    CHECK(fixture.poll(source) == "0 2 0 0");
    CHECK(fs::is_empty(fixture.data / "files"));
    CHECK(fixture.reader.reads == reads);

    fixture.put("taxa.md", "# Taxa\n\nAvgiften är 200 kronor.\n");
    CHECK(fixture.poll(source) == "1 1 0 0");
    CHECK(fixture.document("taxa.md").versions == 2);
    // Written again with the same words: its time changed, so it is compared, and is no new version.
    fixture.put("taxa.md", "# Taxa\n\nAvgiften är 200 kronor.\n");
    CHECK(fixture.poll(source) == "0 2 0 0");
    CHECK(fixture.document("taxa.md").versions == 2);
}

TEST_CASE("a sidecar belongs to its file") {
    Fixture fixture;
    fixture.put("taxa.md", taxa);
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "1 0 0 0");
    fixture.put("taxa.md.toml", "titel = \"Taxa för lån\"\n");
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document("taxa.md").attributes.title == "Taxa för lån");
    CHECK(fixture.poll(source) == "0 1 0 0");
}

TEST_CASE("a file that is gone stops applying the day before, and applies again when it is back") {
    Fixture fixture;
    fixture.put("taxa.md", taxa);
    fixture.put("policy.md", "# Policy\n\nLåna varsamt.\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "2 0 0 0");
    const auto id = fixture.document("taxa.md").id;

    fs::rename(fixture.folder / "taxa.md", fixture.root.path() / "undan.md");
    CHECK(fixture.poll(source) == "0 1 0 1");
    CHECK(fixture.last_day("taxa.md") == last_of_may);
    CHECK_FALSE(fixture.last_day("policy.md"));
    CHECK(fixture.recorded("document_gone") == 1);
    CHECK(fixture.sources->get(fixture.administrator, source.id)->items == 1);
    fixture.moment += std::chrono::hours(48);
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.last_day("taxa.md") == last_of_may);

    SUBCASE("as it was") {
        const int reads = fixture.reader.reads;
        fs::rename(fixture.root.path() / "undan.md", fixture.folder / "taxa.md");
        CHECK(fixture.poll(source) == "0 2 0 0");
        CHECK(fixture.reader.reads == reads);
        CHECK(fixture.document("taxa.md").versions == 1);
    }
    SUBCASE("touched") {
        fixture.put("taxa.md", taxa);
        CHECK(fixture.poll(source) == "0 2 0 0");
    }
    SUBCASE("changed") {
        fixture.put("taxa.md", "# Taxa\n\nAvgiften är 200 kronor.\n");
        CHECK(fixture.poll(source) == "1 1 0 0");
        CHECK(fixture.document("taxa.md").versions == 2);
    }
    CHECK(fixture.document("taxa.md").id == id);
    CHECK_FALSE(fixture.last_day("taxa.md"));
    CHECK(fixture.recorded("document_back") == 1);
    CHECK(fixture.recorded("document_gone") == 1);
    CHECK_FALSE(fixture.record->verify()->first_broken);
}

TEST_CASE("what a person or a file says of validity outlasts a disappearance") {
    Fixture fixture;
    fixture.put("a.md", "---\ngäller_till: 2026-03-31\n---\n# A\n\nText.\n");
    fixture.put("b.md", "---\ngäller_till: 2027-03-31\n---\n# B\n\nText.\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "2 0 0 0");
    const auto hide = [&](const char* name) {
        fs::rename(fixture.folder / name, fixture.root.path() / name);
    };
    const auto show = [&](const char* name) {
        fs::rename(fixture.root.path() / name, fixture.folder / name);
    };
    hide("a.md");
    hide("b.md");
    CHECK(fixture.poll(source) == "0 0 0 2");
    CHECK(fixture.last_day("a.md") == parse_date("2026-03-31").value());
    CHECK(fixture.last_day("b.md") == last_of_may);
    show("a.md");
    show("b.md");
    CHECK(fixture.poll(source) == "0 2 0 0");
    CHECK(fixture.last_day("a.md") == parse_date("2026-03-31").value());
    CHECK(fixture.last_day("b.md") == parse_date("2027-03-31").value());
}

TEST_CASE("the metadata of a file that comes back changed is the file's own") {
    Fixture fixture;
    fixture.put("a.md", "---\ntitel: Gammal titel\n---\n# A\n\nText.\n");
    const auto source = fixture.add();
    fixture.poll(source);
    fs::remove(fixture.folder / "a.md");
    CHECK(fixture.poll(source) == "0 0 0 1");
    fixture.put("a.md", "---\ntitel: Ny titel\n---\n# A\n\nText.\n");
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document("a.md").attributes.title == "Ny titel");
}

TEST_CASE("a folder that cannot be reached touches nothing") {
    Fixture fixture;
    fixture.put("taxa.md", taxa);
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "1 0 0 0");
    const fs::path aside = fixture.root.path() / "aside";
    fs::rename(fixture.folder, aside);

    CHECK(fixture.poll(source) == "unavailable");
    CHECK(fixture.problem(source)->find(fixture.folder.string()) != std::string::npos);
    CHECK_FALSE(fixture.last_day("taxa.md"));
    CHECK(fixture.sources->due(fixture.moment)->empty());  // it waits for its interval like any other

    // A disk that is not mounted leaves an empty folder in its place.
    fs::create_directories(fixture.folder);
    CHECK(fixture.poll(source) == "unavailable");
    CHECK_FALSE(fixture.last_day("taxa.md"));
    CHECK(fixture.recorded("document_gone") == 0);

    fs::remove(fixture.folder);
    fs::rename(aside, fixture.folder);
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK_FALSE(fixture.problem(source));

    // The same folder, emptied: that is meant.
    fs::remove(fixture.folder / "taxa.md");
    CHECK(fixture.poll(source) == "0 0 0 1");
    CHECK(fixture.last_day("taxa.md") == last_of_may);
}

TEST_CASE("a file that cannot be read stops no other, and is tried again when it has changed") {
    Fixture fixture;
    fixture.put("a.md", taxa);
    fixture.put("tom.md", "");
    fixture.put("z.md", "# Z\n\nText.\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "2 0 1 0");
    CHECK(fixture.problem(source)->starts_with("tom.md: "));
    const auto items = fixture.sources->items(fixture.administrator, source.id).value();
    REQUIRE(items.size() == 3);
    CHECK(items[0].documents == std::vector{fixture.document("a.md").id});
    CHECK(items[1].problem.has_value());
    CHECK(items[1].documents.empty());

    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 3 0 0");
    CHECK(fixture.reader.reads == reads);
    CHECK(fixture.problem(source).has_value());
    fixture.put("tom.md", "# Inte tom\n\nText.\n");
    CHECK(fixture.poll(source) == "1 2 0 0");
    CHECK_FALSE(fixture.problem(source));

    // One that was read before keeps its last good version.
    fixture.put("a.md", "");
    CHECK(fixture.poll(source) == "0 2 1 0");
    CHECK(fixture.document("a.md").versions == 1);
    CHECK_FALSE(fixture.last_day("a.md"));
    fs::remove(fixture.folder / "a.md");
    CHECK(fixture.poll(source) == "0 2 0 1");
    CHECK(fixture.last_day("a.md") == last_of_may);
    CHECK_FALSE(fixture.problem(source));
}

TEST_CASE("a document that moves to another file has not gone") {
    Fixture fixture;
    fixture.put("gammalt/namn.md", "---\nid: KS-7\n---\n# Policy\n\nText.\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "1 0 0 0");
    fs::rename(fixture.folder / "gammalt/namn.md", fixture.folder / "nytt.md");
    CHECK(fixture.poll(source) == "1 0 0 1");
    CHECK(fixture.library->documents(access::keeper())->size() == 1);
    CHECK_FALSE(fixture.last_day("nytt.md"));
    CHECK(fixture.recorded("document_gone") == 0);
}

TEST_CASE("a line that leaves a .jsonl goes, and the others stay") {
    Fixture fixture;
    fixture.put("faq.jsonl", "{\"id\": \"p1\", \"text\": \"Ett.\"}\n{\"id\": \"p2\", \"text\": \"Två.\"}\n");
    const auto source = fixture.add();
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.sources->items(fixture.administrator, source.id)->front().documents.size() == 2);
    fixture.put("faq.jsonl", "{\"id\": \"p2\", \"text\": \"Två.\"}\n{\"id\": \"p3\", \"text\": \"Tre.\"}\n");
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.last_day("p1") == last_of_may);
    CHECK_FALSE(fixture.last_day("p2"));
    CHECK_FALSE(fixture.last_day("p3"));
    fixture.put("faq.jsonl",
                "{\"id\": \"p1\", \"text\": \"Ett.\"}\n{\"id\": \"p3\", \"text\": \"Tre.\"}\nskräp\n");
    CHECK(fixture.poll(source) == "0 0 1 0");  // it says nothing certain of what is gone
    CHECK_FALSE(fixture.last_day("p1"));
    CHECK_FALSE(fixture.last_day("p2"));
    fs::remove(fixture.folder / "faq.jsonl");
    CHECK(fixture.poll(source) == "0 0 0 1");
    for (const char* name : {"p1", "p2", "p3"})
        CHECK(fixture.last_day(name) == last_of_may);
}

TEST_CASE("two sources with a file of one name: the first keeps it, the second is told") {
    Fixture fixture;
    const fs::path other = fixture.root.path() / "annan";
    fixture.put("taxa.md", taxa);
    fixture.put("../annan/taxa.md", "# En annan taxa\n\nText.\n");
    const auto first = fixture.add();
    const auto second = fixture.add({other.string()});
    CHECK(fixture.poll(first) == "1 0 0 0");
    CHECK(fixture.poll(second) == "0 0 1 0");
    CHECK(fixture.problem(second)->starts_with("taxa.md: "));
    CHECK(fixture.document("taxa.md").versions == 1);
    fixture.put("taxa.md", "# Taxa\n\nAvgiften är 200 kronor.\n");
    CHECK(fixture.poll(first) == "1 0 0 0");
    fs::remove(fixture.folder / "taxa.md");
    CHECK(fixture.poll(first) == "0 0 0 1");
    CHECK(fixture.poll(second) == "1 0 0 0");
    CHECK_FALSE(fixture.last_day("taxa.md"));
}
