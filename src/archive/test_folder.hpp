#pragma once

// What the tests of this room share: a data folder with documents, a record and a schedule, and a clock that can be set.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "access/people.hpp"
#include "archive/retention.hpp"
#include "core/file.hpp"
#include "desk/desk.hpp"
#include "documents/importer.hpp"
#include "documents/library.hpp"
#include "documents/outline.hpp"
#include "documents/sources.hpp"
#include "extract/extract.hpp"
#include "glossary/glossary.hpp"
#include "jobs/queue.hpp"
#include "measures/survey.hpp"
#include "record/record.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace kansli::archive::test {

inline Date day(std::string_view text) {
    return parse_date(text).value();
}

inline Timestamp noon(std::string_view text) {
    return std::chrono::sys_days(day(text)) + std::chrono::hours(12);
}

template <typename T>
T good(Result<T> result) {
    REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : to_line(result.error())));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// Reads in this process what the worker would read.
class PlainReader final : public documents::FileReader {
  public:
    Result<Outcome> read(const std::filesystem::path& file, const std::string& name,
                         const std::filesystem::path& workspace, std::stop_token /*stop*/) override {
        auto extract = TRY(extract::extract_file(file, name, workspace));
        return Outcome{documents::outline(std::move(extract), name), {}};
    }
};

// An index that forgets; the real one is tested with the program.
class NoIndex final : public documents::VersionIndex {
  public:
    Result<void> add(std::uint32_t /*number*/, const documents::ReadDocument& /*version*/,
                     const documents::Placing& /*placing*/) override {
        return {};
    }
    Result<void> commit() override { return {}; }
};

struct Folder {
    TemporaryFolder root = TemporaryFolder::create().value();
    store::DataFolder data = store::DataFolder::create(root.path() / "data").value();
    std::unique_ptr<store::Database> database = store::Database::open(data.database_file()).value();
    record::Record record{*database};
    documents::Library library{*database, data.files()};
    PlainReader reader{};
    NoIndex index{};
    documents::Importer importer{library, *database, data.path(), reader, index};
    Timestamp moment = now();
    int rebuilt = 0;
    Retention retention{*database, data, record,
                        [this]() -> Result<void> {
                            ++rebuilt;
                            return {};
                        },
                        [this] { return moment; }};
    access::Caller ombud{access::UserId("u1"), "Dag Ombud", {access::Role::data_protection_officer}, {}};
    access::Caller editor{access::UserId("u2"), "Eva Redaktör", {access::Role::editor}, {}};

    Folder() {
        good(database->migrate(
            {access::People::migrations(), record::Record::migrations(), jobs::Queue::migrations(),
             documents::Library::migrations(), documents::SourceList::migrations(), desk::Desk::migrations(),
             Retention::migrations(), measures::Survey::migrations(), glossary::Glossary::migrations()}));
    }

    documents::FileReport put(const std::string& name, std::string_view text) {
        const auto file = root.path() / name;
        good(write_file(file, text));
        auto reports = good(importer.import(editor, {{file, name}}, {.collection = "prov"}, {}));
        REQUIRE(reports.size() == 1);
        REQUIRE_MESSAGE(!reports[0].error, (reports[0].error ? to_line(*reports[0].error) : std::string()));
        return reports[0];
    }

    std::int64_t note(std::string_view kind, std::string_view content, std::string_view when) {
        return good(record.append(editor, kind, "ämne", content, noon(when))).number;
    }

    RetentionRule rule(Stock stock, std::optional<int> months,
                       RetentionEvent event = RetentionEvent::created) {
        RetentionRule wanted;
        wanted.name = "Provhandling";
        wanted.stock = stock;
        wanted.months = months;
        wanted.event = event;
        wanted.legal_ground = "10 § arkivlagen";
        wanted.decision = "KS 2026/00123";
        wanted.decided_by = "Kommunstyrelsen";
        wanted.decided = day("2020-01-01");
        wanted.valid_from = day("2020-01-01");
        return good(retention.set_rule(ombud, wanted));
    }

    RunReport run() {
        const auto report = good(retention.run(ombud, good(retention.plan(ombud)).hash));
        good(retention.finish());
        return report;
    }

    void write_removed(std::int64_t number) {
        good(database->write([&](store::Connection& connection) -> Result<void> {
            TRY(record.remove_content(connection, ombud, number, "{}", moment));
            return {};
        }));
    }

    // Whether any byte of the data folder tells it.
    [[nodiscard]] bool tells(std::string_view what) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(data.path())) {
            if (entry.is_regular_file() && read_file(entry.path()).value().find(what) != std::string::npos)
                return true;
        }
        return false;
    }

    void in_months(int months) { moment = now() + std::chrono::days(31 * months + 2); }
};

}  // namespace kansli::archive::test
