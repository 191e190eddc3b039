#pragma once

// What the tests of this room share: a data folder with a record, and ways to do to it what no program of ours does.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "record/checkpoints.hpp"
#include "record/detail/chain.hpp"
#include "record/detail/rows.hpp"
#include "record/record.hpp"

namespace kansli::record::test {

inline const Timestamp noon = parse_timestamp("2026-06-01T12:00:00.000Z").value();

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// The hash that an entry should have.
inline std::string link_hash(const Entry& entry) {
    record::detail::LinkHasher hasher;
    return hex_text(hasher.link_hash(record::detail::row_of(entry, to_string(entry.moment))).value());
}

struct Folder {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::filesystem::path file = folder.path() / "kansli.db";
    std::unique_ptr<store::Database> database = store::Database::open(file).value();
    Record record{*database};
    Checkpoints checkpoints{*database, record, folder.path()};
    access::Caller rut{access::UserId("u1"), "Rut Åk", {access::Role::editor}, {}};

    // `old` entries as an earlier version wrote them, then `entries` of now.
    explicit Folder(int entries = 0, int old = 0) {
        if (old > 0) add_old(old);
        REQUIRE(database->migrate({Record::migrations()}).has_value());
        add(old + 1, old + entries);
    }

    static std::string content_of(int i) { return R"({"antal":)" + std::to_string(i) + R"(,"text":"åäö"})"; }

    void add(int from, int to) {
        write([&](store::Connection& connection) -> Result<void> {
            for (int i = from; i <= to; ++i) {
                TRY(record.append(connection, i % 2 == 0 ? rut : access::keeper(), "test",
                                  "ämne-" + std::to_string(i), content_of(i), noon));
            }
            return {};
        });
    }
    void add(int i) { add(i, i); }

    void add_old(int count) {
        REQUIRE(database->migrate({Record::migrations().first(1)}).has_value());
        write([&](store::Connection& connection) -> Result<void> {
            std::string previous(record::detail::no_previous());
            for (int i = 1; i <= count; ++i) {
                const Entry entry{.number = i,
                                  .moment = noon,
                                  .actor = "kansli",
                                  .kind = "test",
                                  .subject = "gammal",
                                  .content = content_of(i),
                                  .previous = previous,
                                  .format = 1};
                previous = link_hash(entry);
                TRY(connection.execute("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                       entry.number, to_string(noon), entry.actor, entry.kind, entry.subject,
                                       entry.content, entry.previous, previous));
                TRY(connection.execute("UPDATE record_head SET number = ?1, hash = ?2", entry.number,
                                       previous));
            }
            return {};
        });
    }

    template <typename Work>
    void write(const Work& work) {
        const auto done = database->write(work);
        REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : to_line(done.error())));
    }

    Result<void> sql(std::string_view text) {
        return database->write([&](store::Connection& connection) { return connection.execute(text); });
    }

    // What one who has the file in hand does first.
    void drop_triggers() {
        write([](store::Connection& connection) -> Result<void> {
            std::vector<std::string> names;
            auto& rows =
                TRY(connection.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")).get();
            while (TRY(rows.step()))
                names.push_back(rows.text(0));
            for (const auto& name : names)
                TRY(connection.execute("DROP TRIGGER " + name));
            return {};
        });
    }

    Entry remove(std::int64_t number) {
        Entry told;
        write([&](store::Connection& connection) -> Result<void> {
            told = TRY(record.remove_content(connection, rut, number, R"({"beslut":"KS 2026/14"})", noon));
            return {};
        });
        return told;
    }

    Checkpoint checkpoint() {
        const auto made = checkpoints.make(noon);
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_line(made.error())));
        REQUIRE(made->has_value());
        return **made;
    }

    std::string text(std::string_view query) {
        std::string found;
        REQUIRE(database
                    ->read([&](store::Connection& connection) -> Result<void> {
                        auto& row = TRY(connection.prepare(query)).get();
                        if (TRY(row.step())) found = row.text(0);
                        return {};
                    })
                    .has_value());
        return found;
    }

    // "hel 5", or "3: " and the reason.
    std::string tell(VerifyOptions options = {}) {
        const auto result = checkpoints.verify(std::move(options)).value();
        if (!result.first_broken) return "hel " + std::to_string(result.entries);
        return std::to_string(*result.first_broken) + ": " + result.reason;
    }
};

}  // namespace kansli::record::test
