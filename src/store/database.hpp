#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kansli::store {

namespace detail {
struct ConnectionState;
}

// A prepared statement that is bound, stepped and read. Values are always bound, never pasted into SQL.
// Requires: used by the thread that holds its connection.
class Statement {
  public:
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;

    // Binds all parameters in order (?1, ?2, …). Strings are copied.
    template <typename... Values>
    Statement& bind(const Values&... values) {
        reset();
        int index = 0;
        (bind_one(++index, values), ...);
        return *this;
    }

    // True when there is a row to read.
    [[nodiscard]] Result<bool> step();
    // Runs to the end; for statements without rows.
    [[nodiscard]] Result<void> run();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;       // "" for NULL
    [[nodiscard]] std::string_view view(int column) const;  // until the next step
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

  private:
    friend class Connection;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    void reset();
    void bind_one(int index, std::int64_t value);
    void bind_one(int index, int value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, unsigned value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, bool value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, std::size_t value) { bind_one(index, static_cast<std::int64_t>(value)); }
    void bind_one(int index, double value);
    void bind_one(int index, std::string_view value);
    void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
    void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }
    void bind_one(int index, std::nullptr_t);
    template <typename T>
    void bind_one(int index, const std::optional<T>& value) {
        if (value) {
            bind_one(index, *value);
        } else {
            bind_one(index, nullptr);
        }
    }
    void note(int status);

    sqlite3_stmt* handle_ = nullptr;
    int bind_status_ = 0;  // the first value that could not be bound is told by step()
    bool ended_ = false;
};

// One SQLite connection with a cache of prepared statements.
// Threads: one at a time; `Database` hands them out.
class Connection {
  public:
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // A cached statement, reset and without bindings. The reference holds until the same SQL is prepared
    // again.
    [[nodiscard]] Result<std::reference_wrapper<Statement>> prepare(std::string_view sql);

    // Prepares, binds and runs.
    template <typename... Values>
    [[nodiscard]] Result<void> execute(std::string_view sql, const Values&... values) {
        auto statement = prepare(sql);
        if (!statement) return Failure(statement.error());
        return statement->get().bind(values...).run();
    }

    [[nodiscard]] std::int64_t last_row_id() const;
    [[nodiscard]] std::int64_t changes() const;

  private:
    friend class Database;
    explicit Connection(std::unique_ptr<detail::ConnectionState> state);
    std::unique_ptr<detail::ConnectionState> state_;
};

// A step of a room's schema. Rooms list theirs in order; a step that has run is never changed.
struct Migration {
    std::string_view room;
    int number = 0;  // from 1, without gaps within a room
    std::string_view sql;
};

// The steps of all rooms, each room's in order.
using Rooms = std::vector<std::span<const Migration>>;

// How far a file is from what a program knows.
struct SchemaState {
    std::size_t run = 0;      // steps that have run; 0: a new file
    std::size_t missing = 0;  // steps that have not
    std::string program{};    // the version of Kansli that ran the last of them; empty: a new file, or 0.1.0
};

// The database file of one data folder: many readers, one writer at a time, also across processes (WAL).
// Errors: busy (another process writes for long), corrupt (restore a backup), unavailable (disk full or
// unreadable), conflict (a rule of the schema). Threads: every function may be called from any thread.
// Nesting: inside read() or write() use the Connection that is given. A read() inside a write() does not
// wait, but sees the state before the write; a write() inside a write() on the same thread is refused as
// internal.
class Database {
  public:
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Which steps have run. Writes nothing. conflict when the file is newer than this program, corrupt when its steps
    // are not those that this program knows.
    [[nodiscard]] Result<SchemaState> schema_state(const Rooms& rooms);

    // Runs the steps that have not run yet, all in one transaction; the same errors. See upgrade.hpp for a data folder
    // that is in use.
    [[nodiscard]] Result<void> migrate(const Rooms& rooms);

    // Runs `work` with a connection on one snapshot that sees no half-made change.
    [[nodiscard]] Result<void> read(const std::function<Result<void>(Connection&)>& work);

    // Runs `work` alone among writers. Its changes are kept, on disk, when it succeeds, and undone when it
    // fails.
    [[nodiscard]] Result<void> write(const std::function<Result<void>(Connection&)>& work);

    // A number that changes whenever anybody, also another process, has changed the database.
    [[nodiscard]] Result<std::int64_t> data_version();

    // A consistent copy while the program runs.
    [[nodiscard]] Result<void> backup_to(const std::filesystem::path& file);

    // Writes the file anew without what has been removed from it, and empties the log beside it, so that no byte of it is
    // left there. Needs room for two more files of its size. busy while somebody reads for long: nothing is lost, try again.
    [[nodiscard]] Result<void> wipe_removed();

    // SQLite's own check of pages and indexes; the first complaint as corrupt.
    [[nodiscard]] Result<void> check();
    // The same for the pages alone, in a fraction of the time.
    [[nodiscard]] Result<void> quick_check();

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kansli::store
