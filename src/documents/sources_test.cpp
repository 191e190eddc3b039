#include "documents/sources.hpp"

#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "documents/test_sources.hpp"

using namespace kansli;
using namespace kansli::documents;
using namespace kansli::documents::test;

TEST_CASE("a source is added, listed and removed, by administrators and on record") {
    Fixture fixture;
    auto& sources = *fixture.sources;
    const NewSource wanted{
        .collection = "prov", .locations = {fixture.folder.string() + "/"}, .interval_minutes = 5};
    const auto editor = somebody(access::Role::editor);
    CHECK(sources.add(editor, wanted).error().code == ErrorCode::forbidden);
    CHECK(sources.list(editor).error().code == ErrorCode::forbidden);
    const auto source = sources.add(fixture.administrator, wanted).value();
    CHECK(source.kind == SourceKind::folder);
    CHECK(source.locations == std::vector{fixture.folder.string()});
    CHECK(sources.remove(editor, source.id).error().code == ErrorCode::forbidden);
    REQUIRE(sources.list(fixture.administrator)->size() == 1);
    CHECK(sources.get(fixture.administrator, source.id)->interval_minutes == 5);
    CHECK_FALSE(sources.get(fixture.administrator, source.id)->polled);

    fixture.put("a.md", taxa);
    CHECK(fixture.poll(source) == "1 0 0 0");
    REQUIRE(sources.remove(fixture.administrator, source.id).has_value());
    CHECK(sources.list(fixture.administrator)->empty());
    CHECK(sources.remove(fixture.administrator, source.id).error().code == ErrorCode::not_found);
    CHECK(sources.poll(source.id).error().code == ErrorCode::not_found);
    CHECK_FALSE(fixture.last_day("a.md"));  // the document stays
    CHECK(fixture.recorded("source_added") == 1);
    CHECK(fixture.recorded("source_removed") == 1);
    CHECK_FALSE(fixture.record->verify()->first_broken);
}

TEST_CASE("places that cannot be a source are refused, with the place in the error") {
    Fixture fixture;
    const auto refusal = [&](std::vector<std::string> locations, const std::string& collection = "prov",
                             int interval = 60) {
        const auto source =
            fixture.sources->add(fixture.administrator, {collection, std::move(locations), interval});
        return source ? Error{} : source.error();
    };
    const std::string folder = fixture.folder.string();
    fixture.put("fil.md", taxa);
    fs::create_symlink(fixture.data / "files", fixture.root.path() / "smygväg");
    for (const auto& wrong : {std::string("delad"), folder + "/saknas", folder + "/fil.md",
                              fixture.data.string(), (fixture.data / "files").string(),
                              fixture.root.path().string(), (fixture.root.path() / "smygväg").string(),
                              std::string("/"), std::string("ftp://kommun.example/")}) {
        const auto error = refusal({wrong});
        CHECK_MESSAGE(error.code == ErrorCode::invalid_input, wrong);
        CHECK(error.where == wrong);
    }
    CHECK(refusal({}).where == "locations");
    CHECK(refusal({folder, folder}).code == ErrorCode::invalid_input);
    CHECK(refusal({"https://kommun.example/", folder}).where == folder);
    CHECK(refusal({folder}, "").where == "collection");
    CHECK(refusal({folder}, "a/b").where == "collection");
    CHECK(refusal({folder}, "\u202Ereglger").where == "collection");
    CHECK(refusal({folder}, "prov", 0).where == "interval_minutes");
    CHECK(refusal({folder}, "prov", longest_interval_minutes + 1).where == "interval_minutes");
    CHECK(fixture.sources->list(fixture.administrator)->empty());
}

TEST_CASE("two sources of one collection do not stand in each other's place") {
    Fixture fixture;
    fixture.put("under/a.md", taxa);
    fixture.add();
    fixture.add({"https://kommun.example/a", "https://kommun.example/b"});
    const auto code = [&](const std::string& location, const std::string& collection = "prov") {
        const auto source =
            fixture.sources->add(fixture.administrator, {.collection = collection, .locations = {location}});
        return source ? "added" : to_string(source.error().code);
    };
    CHECK(code(fixture.folder.string()) == "conflict");
    CHECK(code((fixture.folder / "under").string()) == "conflict");
    CHECK(code("https://KOMMUN.example/b#x") == "conflict");
    CHECK(code("https://kommun.example/c") == "added");
    CHECK(code((fixture.folder / "under").string(), "annan") == "added");
}

TEST_CASE("a stop keeps what was read, and the rest is still due") {
    Fixture fixture;
    for (int i = 0; i < 100; ++i)
        fixture.put(fmt::format("{:03}.md", i), fmt::format("# Nr {}\n\nText.\n", i));
    const auto source = fixture.add();
    std::stop_source stop;
    std::mutex mutex;
    fixture.reader.on_read = [&] {
        const std::scoped_lock lock(mutex);
        if (fixture.reader.reads > 80) stop.request_stop();
    };
    CHECK(fixture.sources->poll(source.id, {}, stop.get_token()).error().code == ErrorCode::cancelled);
    const auto items = fixture.sources->get(fixture.administrator, source.id)->items;
    CHECK(items >= 64);
    CHECK(items < 100);
    CHECK(fixture.sources->due(fixture.moment) == std::vector{source.id});
    fixture.reader.on_read = {};
    CHECK(fixture.poll(source) == fmt::format("{} {} 0 0", 100 - items, items));
}

TEST_CASE("one reading of a source at a time; a removal ends it") {
    Fixture fixture;
    fixture.put("a.md", taxa);
    const auto source = fixture.add();
    std::string inside;
    fixture.reader.on_read = [&] { inside = to_string(fixture.sources->poll(source.id).error().code); };
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(inside == "busy");
    fixture.put("a.md", "# A\n\nNytt.\n");
    fixture.reader.on_read = [&] {
        REQUIRE(fixture.sources->remove(fixture.administrator, source.id).has_value());
    };
    CHECK(fixture.poll(source) == "not_found");
    CHECK(fixture.sources->list(fixture.administrator)->empty());
}

TEST_CASE("sources are due when their interval has passed, the longest waiting first") {
    Fixture fixture;
    const auto folder = fixture.add();
    fixture.moment += std::chrono::minutes(1);
    const auto web =
        fixture.sources
            ->add(fixture.administrator,
                  {.collection = "webb", .locations = {"https://kommun.example/"}, .interval_minutes = 5})
            .value();
    CHECK(fixture.sources->due(fixture.moment) == std::vector{folder.id, web.id});
    fixture.web.pages["https://kommun.example/"] = {"<html><body><p>Hej.</p></body></html>"};
    CHECK(fixture.poll(web) == "1 0 0 0");
    CHECK(fixture.poll(folder) == "0 0 0 0");
    CHECK(fixture.sources->due(fixture.moment) == std::vector{web.id});
    CHECK(fixture.sources->due(fixture.moment + std::chrono::minutes(59)) == std::vector{web.id});
    CHECK(fixture.sources->due(fixture.moment + std::chrono::minutes(60)) == std::vector{web.id, folder.id});
}
