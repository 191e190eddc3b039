#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/file.hpp"
#include "documents/library.hpp"
#include "documents/outline.hpp"
#include "documents/sources.hpp"
#include "store/data_folder.hpp"

// A data folder with sources, for the tests of sources: files are read in this process, nothing is indexed, web servers are a map, and
// the test sets the clock.
namespace kansli::documents::test {

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

inline access::Caller somebody(access::Role role) {
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

inline const Date last_of_may = parse_date("2026-05-31").value();

inline constexpr std::string_view taxa = "# Taxa\n\nAvgiften är 100 kronor.\n";

}  // namespace kansli::documents::test
