#include "documents/importer.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

#include "access/caller.hpp"
#include "core/file.hpp"
#include "documents/attributes.hpp"
#include "documents/outline.hpp"
#include "record/record.hpp"
#include "store/data_folder.hpp"

using namespace kansli;
using namespace kansli::documents;

namespace {

// Reads in this process, and can be told to take its time.
class PlainReader : public FileReader {
    struct Reading {
        PlainReader& reader;
        explicit Reading(PlainReader& one) : reader(one) {
            const int count = ++reader.at_once;
            int most = reader.most_at_once;
            while (most < count && !reader.most_at_once.compare_exchange_weak(most, count)) {
            }
        }
        ~Reading() { --reader.at_once; }
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;
    };

  public:
    std::atomic<int> reads = 0;
    std::atomic<int> at_once = 0;
    std::atomic<int> most_at_once = 0;
    std::chrono::milliseconds pause{0};
    Result<Outcome> read(const std::filesystem::path& file, const std::string& name,
                         const std::filesystem::path& workspace, std::stop_token stop) override {
        ++reads;
        const Reading reading{*this};
        for (auto left = pause; left.count() > 0 && !stop.stop_requested();
             left -= std::chrono::milliseconds(5)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Avbruten.");
        auto extract = TRY(extract::extract_file(file, name, workspace));
        Outcome outcome;
        outcome.files = std::move(extract.files);
        outcome.document = outline(std::move(extract), name);
        return outcome;
    }
};

// What the search index promises, in a file of its own: durable at commit(), the same number replaces.
class FileIndex : public VersionIndex {
  public:
    explicit FileIndex(std::filesystem::path file) : file_(std::move(file)) {
        if (auto text = read_file(file_)) {
            for (std::size_t at = 0; at < text->size(); at = text->find('\n', at) + 1) {
                added_[static_cast<std::uint32_t>(std::stoul(text->substr(at)))] =
                    text->substr(text->find(' ', at) + 1, 64);
            }
        }
    }
    Result<void> add(std::uint32_t number, const ReadDocument& version, const Placing& /*placing*/) override {
        if (version.text.find("OINDEXERBAR") != std::string::npos)
            return fail(ErrorCode::internal, "Indexet vägrar.");
        added_[number] = sha256_of(version.text);
        return {};
    }
    Result<void> commit() override {
        std::string text;
        for (const auto& [number, hash] : added_)
            text += fmt::format("{} {}\n", number, hash);
        return write_file(file_, text);
    }
    [[nodiscard]] const std::map<std::uint32_t, std::string>& added() const { return added_; }
    static std::string sha256_of(std::string_view text) {
        return fmt::format("{:064}", std::hash<std::string_view>{}(text));
    }

  private:
    std::filesystem::path file_;
    std::map<std::uint32_t, std::string> added_{};
};

access::Caller editor() {
    return {access::UserId("u1"), "Eva Redaktör", {access::Role::editor}, {"plan"}};
}
access::Caller reader(std::vector<std::string> groups = {}) {
    return {access::UserId("u2"), "Rut Läsare", {access::Role::reader}, std::move(groups)};
}

struct House {
    explicit House(const std::filesystem::path& root) : folder(root / "data"), input(root / "in") {
        std::filesystem::create_directories(input);
        if (!std::filesystem::exists(folder / "kansli.toml")) REQUIRE(store::DataFolder::create(folder));
        database = std::move(*store::Database::open(folder / "kansli.db"));
        REQUIRE(database->migrate({record::Record::migrations(), Library::migrations()}));
        library = std::make_unique<Library>(*database, folder / "files");
        index = std::make_unique<FileIndex>(root / "index.txt");
        importer = std::make_unique<Importer>(*library, *database, folder, files, *index);
    }
    void put(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((input / name).parent_path());
        REQUIRE(write_file(input / name, text));
    }
    std::vector<FileReport> import(const ImportOptions& options = {.collection = "prov"}) const {
        auto reports = importer->import(editor(), {{input, {}}}, options, {});
        REQUIRE_MESSAGE(reports, (reports ? "" : to_line(reports.error())));
        return *std::move(reports);
    }
    [[nodiscard]] DocumentSummary only() const {
        const auto documents = library->documents(access::keeper());
        REQUIRE(documents);
        REQUIRE(documents->size() == 1);
        return documents->front();
    }

    std::filesystem::path folder;
    std::filesystem::path input;
    std::unique_ptr<store::Database> database{};
    std::unique_ptr<Library> library{};
    std::unique_ptr<FileIndex> index{};
    PlainReader files{};
    std::unique_ptr<Importer> importer{};
};

std::map<std::string, FileState> states(const std::vector<FileReport>& reports) {
    std::map<std::string, FileState> result;
    for (const FileReport& report : reports)
        result[report.name] = report.state;
    return result;
}

Date day(std::string_view text) {
    return *parse_date(text);
}

}  // namespace

TEST_CASE("a folder comes in: documents, versions, sections, record") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("policy.md",
              "---\ntitel: Policy för lån\ntyp: policy\nägare: Kommunstyrelsen\n---\n# Policy för lån\n\n## "
              "Syfte\n\nAtt låna.\n");
    house.put("under/brev.txt", "Ett brev.\n\nMed två stycken.\n");
    house.put("under/brev.txt.toml", "titel = \"Brevet\"\nklass = \"intern\"\n");
    house.put(".dold", "x");
    house.put("tom.md", "");
    const auto reports = house.import();
    CHECK(states(reports) == std::map<std::string, FileState>{{"policy.md", FileState::done},
                                                              {"under/brev.txt", FileState::done},
                                                              {"tom.md", FileState::failed}});
    const auto documents = *house.library->documents(reader());
    REQUIRE(documents.size() == 2);
    CHECK(documents[0].attributes.title == "Brevet");
    CHECK(documents[0].attributes.information_class == access::InformationClass::internal);
    CHECK(documents[1].attributes.owner == "Kommunstyrelsen");
    CHECK(documents[1].attributes.kind == DocumentKind::policy);

    const ReadDocument version = *house.library->version(reader(), documents[1].current);
    REQUIRE(version.sections.size() == 2);
    CHECK(version.sections[1].trail == std::vector<std::string>{"Syfte"});
    const auto section = *house.library->section(reader(), documents[1].current, 1);
    CHECK(section.section == version.sections[1]);
    CHECK(section.text == "Syfte\n\nAtt låna.");
    CHECK(!house.library->section(reader(), documents[1].current, 9));
    CHECK(*read_file(*house.library->original(reader(), documents[1].current)) ==
          *read_file(house.input / "policy.md"));

    record::Record record(*house.database);
    CHECK(record.entries({.kind = "document_imported"})->size() == 2);
    CHECK(!record.verify()->first_broken);
    CHECK(house.index->added().size() == 2);
    CHECK((*house.library->collections(reader())).front().documents == 2);
}

TEST_CASE("a sidecar whose file is not there is no document, and says so") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("taxa.txt.toml", "titel = \"Taxan\"\n");
    const auto reports = house.import();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].state == FileState::failed);
    REQUIRE(reports[0].error);
    CHECK(reports[0].error->message == "Filen som taxa.txt.toml beskriver finns inte bredvid den.");
    CHECK(reports[0].error->advice.starts_with("Läs in den och taxa.txt tillsammans"));
    CHECK(house.library->documents(access::keeper())->empty());
}

TEST_CASE("a file and its sidecar that were picked one by one belong together by their names") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("0001", "titel = \"Taxan\"\n");
    house.put("0002", "Ett brev.\n");
    const auto reports = house.importer->import(
        editor(), {{house.input / "0001", "taxa.txt.toml"}, {house.input / "0002", "taxa.txt"}},
        {.collection = "prov"}, {});
    REQUIRE(reports);
    CHECK(states(*reports) == std::map<std::string, FileState>{{"taxa.txt", FileState::done}});
    CHECK(house.only().attributes.title == "Taxan");
}

TEST_CASE("a key with a typing error is told of, since it may be the one that says who may read") {
    std::vector<std::string> warnings;
    const auto stated = read_sidecar(
        "atkmst = \"socialtjänst\"\n\"gäller_fram\" = \"2026-01-01\"\nkeywords = \"lån\"\ntitel = \"Lån\"\n",
        "a.md.toml", warnings);
    REQUIRE(stated.has_value());
    CHECK(stated->values.access.empty());
    CHECK(stated->values.title == "Lån");
    CHECK(warnings ==
          std::vector<std::string>{
              "Uppgiften ”atkmst” är okänd och används inte; skrev du fel på ”atkomst”?",
              "Uppgiften ”gäller_fram” är okänd och används inte; skrev du fel på ”galler_fran”?"});
}

TEST_CASE("unchanged bytes are not read again; changed ones become a version") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("a.md", "# A\n\nEtt.\n");
    CHECK(house.import().front().new_version);
    const int reads = house.files.reads;
    const auto again = house.import();
    CHECK(again.front().state == FileState::unchanged);
    CHECK(again.front().document == house.only().id);
    CHECK(house.files.reads == reads);

    house.put("a.md", "# A\n\nTvå.\n");
    CHECK(house.import().front().state == FileState::done);
    const auto versions = *house.library->versions(reader(), house.only().id);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].current);
    CHECK(versions[0].number == 2);
    CHECK(house.library->version(reader(), versions[1].id)->text == "A\n\nEtt.");

    const auto catalogue = *house.library->catalogue();
    REQUIRE(catalogue->entries.size() == 2);
    const Date today = day_in_sweden(now());
    CHECK(!catalogue->entries[0].in_force_from);
    CHECK(catalogue->entries[0].in_force_to == Date(std::chrono::sys_days(today) - std::chrono::days(1)));
    CHECK(catalogue->entries[1].in_force_from == today);
    CHECK(catalogue->find(versions[0].id) == &catalogue->entries[1]);
    CHECK(*house.library->catalogue() == catalogue);

    // The same bytes with another description are a new version.
    house.put("a.md.toml", "galler_till = 2030-12-31\n");
    CHECK(house.import().front().state == FileState::done);
    CHECK(house.only().attributes.valid_to == day("2030-12-31"));
}

TEST_CASE("an older wording that comes later does not become current") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    const auto law = [](std::string_view more, std::string_view text) {
        return fmt::format(
            "---\nsfs: \"2010:900\"\ntitle: Plan- och bygglag (2010:900)\n{}---\n# Plan- och bygglag "
            "(2010:900)\n\n#### 1 §\n\n{}\n",
            more, text);
    };
    house.put("pbl.md", law("snapshot_date: 2026-04-02\n", "Nya ordalag."));
    house.import();
    house.put("gammal.md",
              law("status: äldre lydelse\nsnapshot_date: 2025-09-01\nnote: \"lydelse före 2025-12-01\"\n",
                  "Gamla ordalag."));
    house.import();
    const auto document = house.only();
    CHECK(document.attributes.reference == "2010:900");
    CHECK(document.versions == 2);
    CHECK(house.library->section(reader(), document.current, 1)->text == "1 §\n\nNya ordalag.");
    const auto catalogue = *house.library->catalogue();
    const CatalogueEntry& fresh = catalogue->entries[0];
    const CatalogueEntry& old = catalogue->entries[1];
    CHECK(fresh.current);
    CHECK(fresh.in_force_from == day("2025-12-01"));
    CHECK(!old.current);
    CHECK(old.in_force_to == day("2025-11-30"));
    CHECK(validity_on(day("2026-01-01"), old.attributes) == Validity::expired);
    CHECK(validity_on(day("2025-11-30"), old.attributes) == Validity::applies);
    CHECK(old.source_id == "2010:900");
}

TEST_CASE("a repealed act points at the one that replaced it, whichever came first") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("1.md",
              "---\nsfs: \"2001:453\"\ntitle: Socialtjänstlag (2001:453)\nstatus: upphävd\n"
              "note: \"upphävd 2025-07-01, ersatt av socialtjänstlag (2025:400)\"\n---\n#### 1 §\n\nText.\n");
    house.import();
    CHECK(!house.only().attributes.replaced_by);
    CHECK(house.only().attributes.valid_to == day("2025-06-30"));
    house.put("2.md", "---\nsfs: \"2025:400\"\ntitle: Socialtjänstlag (2025:400)\n---\n#### 1 §\n\nText.\n");
    house.import();
    const auto documents = *house.library->documents(reader());
    REQUIRE(documents.size() == 2);
    const auto& old = documents[0].attributes.reference == "2001:453" ? documents[0] : documents[1];
    const auto& fresh = &old == &documents[0] ? documents[1] : documents[0];
    CHECK(old.attributes.replaced_by == fresh.id);
    CHECK(validity_on(day("2025-07-01"), old.attributes) == Validity::replaced);
}

TEST_CASE("lines of a .jsonl are documents of their own; a bad line is told by its number") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("faq.jsonl",
              "{\"pid\": \"p1\", \"text\": \"Första.\\nAndra.\"}\n\nskräp\n{\"id\": 7, \"title\": \"Sju\", "
              "\"text\": \"Text\", "
              "\"ägare\": \"KS\"}\n{\"id\": \"tom\"}\n");
    const auto reports = house.import();
    CHECK(states(reports) == std::map<std::string, FileState>{{"p1", FileState::done},
                                                              {"7", FileState::done},
                                                              {"faq.jsonl, rad 3", FileState::failed},
                                                              {"faq.jsonl, rad 5", FileState::failed},
                                                              {"faq.jsonl", FileState::done}});
    const auto documents = *house.library->documents(reader());
    REQUIRE(documents.size() == 2);
    CHECK(documents[1].attributes.title == "Sju");
    CHECK(documents[1].attributes.owner == "KS");
    CHECK(documents[1].file_name == "7");
    CHECK(house.library->version(reader(), documents[0].current)->text == "Första.\n\nAndra.");
    CHECK(states(house.import())["p1"] == FileState::unchanged);
}

TEST_CASE("an endless line of a .jsonl is refused in little memory, and the next one is read") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    constexpr std::size_t piece = std::size_t{1} << 16U;  // what is read at a time
    const std::string around(piece - 30, 'a');
    house.put("faq.jsonl", R"({"id":"lång","text":")" + std::string(std::size_t{20} << 20U, 'a') + "\"}\n" +
                               R"({"id":"hel","text":"Hel."})" + "\r\n\n" + R"({"id":"jämn","text":")" +
                               around + "bbbbb\"}\n" + R"({"id":"sist","text":"Utan radslut."})");
    CHECK(states(house.import()) == std::map<std::string, FileState>{{"faq.jsonl, rad 1", FileState::failed},
                                                                     {"hel", FileState::done},
                                                                     {"jämn", FileState::done},
                                                                     {"sist", FileState::done},
                                                                     {"faq.jsonl", FileState::done}});
    CHECK(house.library->documents(reader())->size() == 3);
}

TEST_CASE("rights: what may not be read is not there, and old versions are never easier to read") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("a.md", "# A\n\nÖppet.\n");
    house.import();
    house.put("a.md", "---\nåtkomst: [plan]\n---\n# A\n\nStängt.\n");
    house.import();
    const auto document = *house.library->documents(reader({"plan"}));
    REQUIRE(document.size() == 1);
    CHECK(house.library->documents(reader())->empty());
    CHECK(house.library->collections(reader())->empty());
    CHECK(house.library->document(reader(), document[0].id).error().code == ErrorCode::not_found);
    const auto versions = *house.library->versions(reader({"plan"}), document[0].id);
    for (const VersionSummary& version : versions) {
        CHECK(house.library->version(reader(), version.id).error().code == ErrorCode::not_found);
        CHECK(house.library->section(reader(), version.id, 0).error().code == ErrorCode::not_found);
        CHECK(house.library->places(reader(), version.id, 0, 5).error().code == ErrorCode::not_found);
        CHECK(house.library->original(reader(), version.id).error().code == ErrorCode::not_found);
    }
    const auto catalogue = *house.library->catalogue();
    for (const CatalogueEntry& entry : catalogue->entries)
        CHECK(entry.attributes.access == access::AccessList{"plan"});
    CHECK(house.importer->import(reader(), {{house.input, {}}}, {.collection = "prov"}, {}).error().code ==
          ErrorCode::forbidden);
}

TEST_CASE("describing and withdrawing are on record, and a person's words outlast the next import") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("taxa.md", "# Taxa\n\nEtt.\n");
    house.import();
    Attributes attributes = house.only().attributes;
    attributes.title = "Taxa för bygglov";
    attributes.owner = "Byggnadsnämnden";
    attributes.valid_from = day("2026-01-01");
    CHECK(house.library->describe(reader(), house.only().id, attributes).error().code ==
          ErrorCode::forbidden);
    REQUIRE(house.library->describe(editor(), house.only().id, attributes));
    CHECK(house.only().attributes == attributes);
    auto turned = attributes;
    turned.title = "Taxa \u202Evol";
    CHECK(house.library->describe(editor(), house.only().id, turned).error().where == "title");
    attributes.valid_to = day("2025-01-01");
    CHECK(house.library->describe(editor(), house.only().id, attributes).error().where == "valid_to");

    house.put("taxa.md", "# Taxa\n\nTvå.\n");
    house.import();
    CHECK(house.only().attributes.title == "Taxa för bygglov");
    CHECK(!house.only().attributes.valid_from);

    const DocumentId id = house.only().id;
    REQUIRE(house.library->withdraw(editor(), id));
    CHECK(house.library->documents(reader())->empty());
    CHECK((*house.library->catalogue())->entries.empty());
    CHECK(house.library->document(reader(), id).error().code == ErrorCode::not_found);
    CHECK(house.library->document(access::keeper(), id));
    CHECK(house.library->versions(access::keeper(), id)->size() == 2);
    record::Record record(*house.database);
    CHECK(record.entries({.kind = "document_described"})->size() == 1);
    CHECK(record.entries({.kind = "document_withdrawn"})->size() == 1);
    // The same file again brings it back.
    CHECK(house.import().front().state == FileState::done);
    CHECK(house.only().id == id);
}

TEST_CASE("the form's attributes go over the file's, and one file can be a version of a chosen document") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("a.md", "# A\n\nEtt.\n");
    ImportOptions options{.collection = "prov"};
    options.given.owner = "Miljönämnden";
    options.given.information_class = access::InformationClass::confidential;
    house.import(options);
    CHECK(house.only().attributes.owner == "Miljönämnden");
    CHECK(house.only().attributes.information_class == access::InformationClass::confidential);
    house.put("b.md", "# B\n\nTvå.\n");
    const auto reports =
        house.importer->import(editor(), {{house.input / "b.md", {}}},
                               {.collection = "prov", .given = {}, .as_version_of = house.only().id}, {});
    REQUIRE(reports);
    CHECK(house.only().versions == 2);
    CHECK(house.only().attributes.owner == "Miljönämnden");
    const auto wrong =
        house.importer->import(editor(), {{house.input / "b.md", {}}},
                               {.collection = "annan", .given = {}, .as_version_of = house.only().id}, {});
    CHECK(wrong->front().state == FileState::failed);
    CHECK(!house.importer->import(editor(), {{house.input, {}}}, {.collection = "a/b"}, {}));
    Attributes turned;
    turned.title = "Taxa \u202Evol";
    CHECK(
        !house.importer->import(editor(), {{house.input, {}}}, {.collection = "prov", .given = turned}, {}));
    CHECK(!house.importer->import(editor(), {{house.input, {}}}, {.collection = "\u202Er\u00E4lger"}, {}));
}

TEST_CASE("a file that the index refuses fails alone") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    house.put("bra.md", "# Bra\n\nText.\n");
    house.put("illa.md", "# Illa\n\nOINDEXERBAR.\n");
    CHECK(states(house.import()) ==
          std::map<std::string, FileState>{{"bra.md", FileState::done}, {"illa.md", FileState::failed}});
    CHECK(house.only().attributes.title == "Bra");
    const auto missing =
        house.importer->import(editor(), {{house.input / "saknas.md", {}}, {house.input / "bra.md", {}}},
                               {.collection = "prov"}, {});
    CHECK(states(*missing) == std::map<std::string, FileState>{{"saknas.md", FileState::failed},
                                                               {"bra.md", FileState::unchanged}});
}

TEST_CASE("stopping keeps what is finished; suspending leaves the rest for later") {
    for (const bool suspend : {false, true}) {
        CAPTURE(suspend);
        const auto root = TemporaryFolder::create();
        House house(root->path());
        for (int i = 0; i < 120; ++i)
            house.put(fmt::format("{:02}.md", i), fmt::format("# Nummer {}\n\nText.\n", i));
        house.files.pause = std::chrono::milliseconds(15);
        std::stop_source stop;
        int seen = 0;
        const auto reports = house.importer->import(
            editor(), {{house.input, {}}}, {.collection = "prov"},
            [&](const FileReport& report) {
                if (report.state != FileState::indexing || ++seen != 3) return;
                suspend ? house.importer->suspend() : static_cast<void>(stop.request_stop());
            },
            stop.get_token());
        REQUIRE(reports);
        CHECK(reports->size() == 120);
        const auto count = [&](FileState state) {
            return std::ranges::count(*reports, state, &FileReport::state);
        };
        CHECK(count(FileState::done) > 0);
        CHECK(count(suspend ? FileState::waiting : FileState::cancelled) >= 20);
        House again(root->path());
        const auto resumed = again.importer->resume({});
        REQUIRE(resumed);
        CHECK(again.library->documents(access::keeper())->size() ==
              (suspend ? 120U : static_cast<std::size_t>(count(FileState::done))));
    }
}

TEST_CASE("files are indexed while others are read, and told of in their order") {
    const auto root = TemporaryFolder::create();
    House house(root->path());
    constexpr int files = 40;
    for (int i = 0; i < files; ++i)
        house.put(fmt::format("{:02}.md", i), fmt::format("# Nummer {}\n\nText.\n", i));
    house.files.pause = std::chrono::milliseconds(5);
    int done = 0;
    int indexed_before_all_were_read = 0;
    const auto reports = house.importer->import(
        editor(), {{house.input, {}}}, {.collection = "prov"}, [&](const FileReport& report) {
            if (report.state == FileState::indexing && house.files.reads < files)
                ++indexed_before_all_were_read;
            if (report.state == FileState::done) ++done;
        });
    REQUIRE(reports);
    CHECK(done == files);
    CHECK(indexed_before_all_were_read > 0);
    CHECK(house.files.most_at_once == 2);
    CHECK(std::ranges::is_sorted(*reports, {}, &FileReport::name));
}

TEST_CASE("killed at any instant, the old version answers and the batch is finished later") {
    // A child imports in its own process and is killed after a random time; then everything must hold together.
    std::mt19937 random(20261122);
    const int rounds = std::getenv("KANSLI_KILLS") != nullptr ? std::stoi(std::getenv("KANSLI_KILLS")) : 12;
    const auto root = TemporaryFolder::create();
    std::map<std::string, std::string> texts;
    {
        House house(root->path());
        for (int i = 0; i < 25; ++i)
            house.put(fmt::format("{:02}.md", i), fmt::format("# Nummer {}\n\nVersion 0.\n", i));
        house.import();
    }
    int cut_off = 0;
    for (int round = 1; round <= rounds; ++round) {
        CAPTURE(round);
        for (int i = 0; i < 25; ++i) {
            REQUIRE(write_file(root->path() / "in" / fmt::format("{:02}.md", i),
                               fmt::format("# Nummer {}\n\nVersion {}.\n", i, round)));
        }
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            House house(root->path());
            house.files.pause = std::chrono::milliseconds(2);
            static_cast<void>(
                house.importer->import(editor(), {{house.input, {}}}, {.collection = "prov"}, {}));
            _exit(0);
        }
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::uniform_int_distribution<int>(5, 160)(random)));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        cut_off += WIFSIGNALED(status) ? 1 : 0;

        House house(root->path());
        const auto before = *house.library->catalogue();
        std::set<std::string> current;
        for (const CatalogueEntry& entry : before->entries) {
            const ReadDocument document = *house.library->version(access::keeper(), entry.version);
            REQUIRE(house.index->added().contains(entry.number));
            REQUIRE(house.index->added().at(entry.number) == FileIndex::sha256_of(document.text));
            if (!entry.current) continue;
            current.insert(entry.file_name);
            const std::string last = fmt::format("Version {}.", round - 1);
            const std::string next = fmt::format("Version {}.", round);
            REQUIRE((document.text.ends_with(last) || document.text.ends_with(next)));
        }
        REQUIRE(current.size() == 25);
        REQUIRE(house.importer->resume({}));
        REQUIRE(house.import().size() == 25);
        const auto documents = house.library->documents(access::keeper());
        for (const DocumentSummary& document : *documents) {
            REQUIRE(house.library->version(access::keeper(), document.current)
                        ->text.ends_with(fmt::format("Version {}.", round)));
            REQUIRE(document.versions == round + 1);
        }
        REQUIRE(!record::Record(*house.database).verify()->first_broken);
    }
    CHECK(cut_off > 0);
}
