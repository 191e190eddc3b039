#include "documents/sources.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/file.hpp"
#include "documents/library.hpp"
#include "documents/outline.hpp"
#include "store/data_folder.hpp"

using namespace kansli;
using namespace kansli::documents;

namespace {

namespace fs = std::filesystem;

// Reads in this process.
class PlainReader final : public FileReader {
  public:
    std::atomic<int> reads = 0;  // the importer reads several at once
    std::function<void()> on_read{};
    Result<Outcome> read(const fs::path& file, const std::string& name, const fs::path& workspace,
                         std::stop_token /*stop*/) override {
        ++reads;
        if (on_read) on_read();
        auto extract = TRY(extract::extract_file(file, name, workspace));
        Outcome outcome;
        outcome.files = std::move(extract.files);
        outcome.document = outline(std::move(extract), name);
        return outcome;
    }
};

class NoIndex final : public VersionIndex {
  public:
    Result<void> add(std::uint32_t /*number*/, const ReadDocument& /*version*/,
                     const Placing& /*placing*/) override {
        return {};
    }
    Result<void> commit() override { return {}; }
};

// Answers as web servers do.
class WebServers final : public Fetcher {
  public:
    struct Page {
        std::string body{};
        std::string etag{};
        std::string content_type = "text/html; charset=utf-8";
    };
    std::map<std::string, Page> pages{};
    std::set<std::string> silent{};  // beginnings of addresses of hosts that are down
    bool knows_conditions = true;
    int requests = 0;
    int bodies = 0;

    Result<Fetched> fetch(const std::string& address, const std::string& etag,
                          const std::string& /*last_modified*/, const fs::path& target) override {
        ++requests;
        for (const auto& host : silent) {
            if (address.starts_with(host))
                return fail(ErrorCode::unavailable, "Servern svarar inte.", address);
        }
        const auto page = pages.find(address);
        if (page == pages.end()) return fail(ErrorCode::not_found, "Sidan finns inte.", address);
        Fetched fetched{
            .content_type = page->second.content_type, .etag = page->second.etag, .final_address = address};
        if (knows_conditions && !etag.empty() && etag == page->second.etag) {
            fetched.not_modified = true;
            return fetched;
        }
        ++bodies;
        TRY(write_file(target, page->second.body));
        return fetched;
    }
};

access::Caller somebody(access::Role role) {
    return {access::UserId("u1"), "Eva", {role}, {}};
}

struct Fixture {
    TemporaryFolder root = TemporaryFolder::create().value();
    fs::path data = root.path() / "data";
    fs::path folder = root.path() / "delad";
    Timestamp moment = parse_timestamp("2026-06-01T12:00:00.000Z").value();
    int writes = 0;
    std::unique_ptr<store::Database> database{};
    std::unique_ptr<record::Record> record{};
    std::unique_ptr<Library> library{};
    PlainReader reader{};
    NoIndex index{};
    WebServers web{};
    std::unique_ptr<Importer> importer{};
    std::unique_ptr<SourceList> sources{};
    access::Caller administrator = somebody(access::Role::administrator);

    Fixture() {
        REQUIRE(store::DataFolder::create(data).has_value());
        fs::create_directories(folder);
        database = std::move(*store::Database::open(data / "kansli.db"));
        REQUIRE(
            database->migrate({record::Record::migrations(), Library::migrations(), SourceList::migrations()})
                .has_value());
        record = std::make_unique<record::Record>(*database);
        library = std::make_unique<Library>(*database, data / "files");
        importer = std::make_unique<Importer>(*library, *database, data, reader, index);
        sources = std::make_unique<SourceList>(*database, *importer, *record, web, data / "uploads",
                                               [this] { return moment; });
    }

    // Each write has a time of its own, long before the clock's.
    void put(const std::string& name, std::string_view text) {
        const fs::path file = folder / name;
        fs::create_directories(file.parent_path());
        REQUIRE(write_file(file, text).has_value());
        const auto age = std::chrono::hours(24) - std::chrono::seconds(++writes);
        fs::last_write_time(file, std::chrono::file_clock::from_sys(moment - age));
    }

    Source add(std::vector<std::string> locations = {}, const std::string& collection = "prov") {
        if (locations.empty()) locations.push_back(folder.string());
        auto source =
            sources->add(administrator, {.collection = collection, .locations = std::move(locations)});
        REQUIRE_MESSAGE(source.has_value(), (source ? "" : to_line(source.error())));
        return *std::move(source);
    }

    // "imported unchanged failed gone"
    std::string poll(const Source& source) {
        moment += std::chrono::hours(1);
        const auto report = sources->poll(source.id);
        if (!report) return std::string(to_string(report.error().code));
        return fmt::format("{} {} {} {}", report->imported, report->unchanged, report->failed, report->gone);
    }

    [[nodiscard]] DocumentSummary document(const std::string& file_name) const {
        const auto documents = library->documents(access::keeper());
        REQUIRE(documents.has_value());
        for (const auto& document : *documents) {
            if (document.file_name == file_name) return document;
        }
        FAIL("no document " << file_name);
        return {};
    }
    [[nodiscard]] std::optional<Date> last_day(const std::string& file_name) const {
        return document(file_name).attributes.valid_to;
    }
    [[nodiscard]] std::optional<std::string> problem(const Source& source) const {
        return sources->get(administrator, source.id)->problem;
    }
    [[nodiscard]] std::size_t recorded(const std::string& kind) const {
        return record->entries({.kind = kind})->size();
    }
};

const Date last_of_may = parse_date("2026-05-31").value();

constexpr std::string_view taxa = "# Taxa\n\nAvgiften är 100 kronor.\n";

}  // namespace

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

TEST_CASE("a web page that has not changed is not fetched, or not read") {
    Fixture fixture;
    const std::string address = "https://kommun.example/bygglov";
    fixture.web.pages[address] = {
        "<html><head><title>Bygglov</title></head><body><p>Sök i god tid.</p></body></html>", "\"1\""};
    const auto source = fixture.add({address});
    CHECK(source.kind == SourceKind::web);
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document(address).attributes.source == address);
    CHECK(fixture.document(address).attributes.kind == DocumentKind::web_page);
    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 1);
    fixture.web.knows_conditions = false;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 2);
    fixture.web.pages[address].etag = "\"2\"";  // the server says changed, the bytes do not
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.reader.reads == reads);
    fixture.web.knows_conditions = true;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 3);

    fixture.web.pages[address] = {
        "<html><head><title>Bygglov</title></head><body><p>Sök nu.</p></body></html>", "\"3\""};
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document(address).versions == 2);
    CHECK(fixture.document(address).attributes.kind == DocumentKind::web_page);
    CHECK(fs::is_empty(fixture.data / "uploads/sources" / source.id.str() / "pages"));
}

TEST_CASE("a page that the server no longer has is gone; a server that is silent changes nothing") {
    Fixture fixture;
    auto& pages = fixture.web.pages;
    pages["https://kommun.example/a"] = {"<html><body><p>A.</p></body></html>", "\"a\""};
    pages["https://kommun.example/b"] = {"<html><body><p>B.</p></body></html>", "\"b\""};
    pages["https://annan.example/c"] = {"<html><body><p>C.</p></body></html>", "\"c\""};
    const auto source =
        fixture.add({"https://kommun.example/a", "https://kommun.example/b", "https://annan.example/c"});
    CHECK(fixture.poll(source) == "3 0 0 0");

    fixture.web.silent = {"https://kommun.example/"};
    const int requests = fixture.web.requests;
    CHECK(fixture.poll(source) == "0 1 2 0");
    CHECK(fixture.web.requests == requests + 2);  // a silent host is asked once
    CHECK(
        fixture.problem(source)->starts_with("https://kommun.example/a: Servern svarar inte. (och 1 till)"));
    CHECK_FALSE(fixture.last_day("https://kommun.example/a"));
    fixture.web.silent.insert("https://annan.example/");
    CHECK(fixture.poll(source) == "unavailable");
    CHECK(fixture.recorded("document_gone") == 0);
    fixture.web.silent.clear();
    CHECK(fixture.poll(source) == "0 3 0 0");
    CHECK_FALSE(fixture.problem(source));

    const auto kept = pages.extract("https://kommun.example/a");
    CHECK(fixture.poll(source) == "0 2 0 1");
    CHECK(fixture.last_day("https://kommun.example/a") == last_of_may);
    CHECK(fixture.poll(source) == "0 2 0 0");
    pages[kept.key()] = kept.mapped();
    CHECK(fixture.poll(source) == "0 3 0 0");
    CHECK_FALSE(fixture.last_day("https://kommun.example/a"));
    CHECK(fixture.recorded("document_back") == 1);
}

TEST_CASE("a page that cannot be read is told, and tried again when it has changed") {
    Fixture fixture;
    fixture.web.pages["https://kommun.example/tom"] = {"", "\"1\"", "text/html"};
    const auto source = fixture.add({"https://kommun.example/tom", "https://kommun.example/saknas"});
    CHECK(fixture.poll(source) == "0 0 2 0");
    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 1 1 0");
    CHECK(fixture.reader.reads == reads);
    CHECK(fixture.problem(source)->find("(och 1 till)") != std::string::npos);
    fixture.web.pages["https://kommun.example/tom"] = {"<html><body><p>Text.</p></body></html>", "\"2\"",
                                                       "text/html"};
    fixture.web.pages["https://kommun.example/saknas"] = {"Bara text.", "", "text/plain"};
    CHECK(fixture.poll(source) == "2 0 0 0");
    CHECK(fixture.document("https://kommun.example/saknas").attributes.kind == DocumentKind::other);
    CHECK_FALSE(fixture.problem(source));
}
