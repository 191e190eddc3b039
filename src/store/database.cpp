#include "store/database.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "store/detail/connection_state.hpp"
#include "store/detail/sqlite_error.hpp"

namespace kansli::store {

namespace {

using namespace std::chrono_literals;

constexpr auto busy_timeout = 15s;     // for a lock that another process holds
constexpr auto writer_patience = 60s;  // for the writers of this process that came before
constexpr std::size_t idle_readers = 8;
constexpr std::size_t cached_statements = 256;

constexpr auto settings =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA mmap_size = 67108864;"
    "PRAGMA journal_size_limit = 67108864;"
    "PRAGMA trusted_schema = OFF;";

// A new file is made here rather than by SQLite, so that no other account can read it or the files beside it.
// An old one is not opened: closing it again would drop the locks that SQLite holds on it elsewhere in this
// process.
Result<void> make_private_file(const std::filesystem::path& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
    if (made >= 0 || errno == EEXIST) return {};
    return fail(ErrorCode::unavailable, "Databasen kan inte skapas.", file.string(),
                "Kontrollera att mappen finns och att kontot får skriva i den.");
}

Result<sqlite3*> open_handle(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(file.c_str(), &handle, flags, nullptr) == SQLITE_OK) return handle;
    auto error = detail::last_error(handle);
    sqlite3_close_v2(handle);
    error.where = file.string();
    return Failure(std::move(error));
}

// The change of journal mode does not wait for a lock by itself when two processes open a new file at once.
Result<void> set_write_ahead_log(const detail::ConnectionState& connection) {
    const auto deadline = std::chrono::steady_clock::now() + busy_timeout;
    while (true) {
        auto done = connection.run_script("PRAGMA journal_mode = WAL;");
        const bool again = !done && done.error().code == ErrorCode::busy;
        if (!again || std::chrono::steady_clock::now() > deadline) return done;
        std::this_thread::sleep_for(5ms);
    }
}

Result<std::unique_ptr<detail::ConnectionState>> open_connection(const std::filesystem::path& file) {
    auto connection = std::make_unique<detail::ConnectionState>(TRY(open_handle(file)));
    sqlite3_busy_timeout(connection->handle,
                         static_cast<int>(std::chrono::milliseconds(busy_timeout).count()));
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    TRY(connection->run_script(settings));
    return connection;
}

// References to statements are handed out only within one use of a connection, so between uses all may go.
void trim(detail::ConnectionState& connection) {
    if (connection.statements.size() > cached_statements) connection.statements.clear();
}

// Begins, and undoes unless committed, also when the work throws.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(detail::ConnectionState& connection, const char* sql) {
        trim(connection);
        TRY(connection.run_script(sql));
        return Transaction(connection);
    }
    ~Transaction() {
        if (connection_ != nullptr) connection_->roll_back();
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;

    [[nodiscard]] Result<void> commit() {
        connection_->rest_statements();
        TRY(connection_->run_script("COMMIT"));
        connection_ = nullptr;
        return {};
    }

  private:
    explicit Transaction(detail::ConnectionState& connection) : connection_(&connection) {}
    detail::ConnectionState* connection_;
};

Result<void> copy_pages(sqlite3* from, sqlite3* to) {
    sqlite3_backup* copy = sqlite3_backup_init(to, "main", from, "main");
    if (copy == nullptr) return Failure(detail::last_error(to));
    sqlite3_backup_step(copy, -1);
    if (sqlite3_backup_finish(copy) != SQLITE_OK) return Failure(detail::last_error(to));
    return {};
}

}  // namespace

struct Database::State {
    std::filesystem::path file;

    std::timed_mutex writing{};
    std::atomic<std::thread::id> writing_thread{};
    std::unique_ptr<Connection> writer{};

    std::mutex readers_mutex{};
    std::vector<std::unique_ptr<Connection>> readers{};  // those not in use

    std::mutex watcher_mutex{};
    std::unique_ptr<Connection> watcher{};

    // More readers than are kept idle get a connection of their own, so that a nested read never waits for
    // its caller.
    [[nodiscard]] Result<std::unique_ptr<Connection>> take_reader();
    void give_back(std::unique_ptr<Connection> reader);
};

Result<std::unique_ptr<Connection>> Database::State::take_reader() {
    {
        const std::scoped_lock lock(readers_mutex);
        if (!readers.empty()) {
            auto reader = std::move(readers.back());
            readers.pop_back();
            return reader;
        }
    }
    auto opened = TRY(open_connection(file));
    TRY(opened->run_script("PRAGMA query_only = ON;"));
    return std::unique_ptr<Connection>(new Connection(std::move(opened)));
}

void Database::State::give_back(std::unique_ptr<Connection> reader) {
    const std::scoped_lock lock(readers_mutex);
    if (readers.size() < idle_readers) readers.push_back(std::move(reader));
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file) {
    TRY(make_private_file(file));
    auto state = std::make_unique<State>();
    state->file = file;
    auto connection = TRY(open_connection(file));
    TRY(set_write_ahead_log(*connection));
    state->writer.reset(new Connection(std::move(connection)));
    return std::unique_ptr<Database>(new Database(std::move(state)));
}

Result<void> Database::read(const std::function<Result<void>(Connection&)>& work) {
    auto reader = TRY(state_->take_reader());
    const auto on_one_snapshot = [&]() -> Result<void> {
        // Nothing is written, so the snapshot ends in the same way whether the work went well or not.
        const auto transaction = TRY(Transaction::begin(*reader->state_, "BEGIN"));
        return work(*reader);
    };
    auto outcome = on_one_snapshot();
    state_->give_back(std::move(reader));
    return outcome;
}

Result<void> Database::write(const std::function<Result<void>(Connection&)>& work) {
    if (state_->writing_thread.load() == std::this_thread::get_id()) {
        return fail(ErrorCode::internal, "En skrivning kan inte börja inne i en annan.",
                    state_->file.string());
    }
    const std::unique_lock lock(state_->writing, writer_patience);
    if (!lock.owns_lock()) {
        return fail(ErrorCode::busy, "Databasen är upptagen.", state_->file.string(),
                    "Försök igen om en stund.");
    }
    struct Mark {
        std::atomic<std::thread::id>& thread;
        explicit Mark(std::atomic<std::thread::id>& marked) : thread(marked) {
            thread = std::this_thread::get_id();
        }
        ~Mark() { thread = std::thread::id(); }
        Mark(const Mark&) = delete;
        Mark& operator=(const Mark&) = delete;
    } const mark(state_->writing_thread);
    auto transaction = TRY(Transaction::begin(*state_->writer->state_, "BEGIN IMMEDIATE"));
    TRY(work(*state_->writer));
    return transaction.commit();
}

Result<std::int64_t> Database::data_version() {
    const std::scoped_lock lock(state_->watcher_mutex);
    // SQLite counts the changes that other connections make, so the one that asks must never write itself.
    if (!state_->watcher) state_->watcher.reset(new Connection(TRY(open_connection(state_->file))));
    auto& statement = TRY(state_->watcher->prepare("PRAGMA data_version")).get();
    if (!TRY(statement.step())) return fail(ErrorCode::internal, "Databasens version kan inte läsas.");
    const auto version = statement.integer(0);
    TRY(statement.run());
    return version;
}

Result<void> Database::backup_to(const std::filesystem::path& file) {
    std::error_code status;
    if (std::filesystem::exists(file, status)) {
        return fail(ErrorCode::conflict, "Filen finns redan.", file.string(), "Välj ett annat namn.");
    }
    const auto part = std::filesystem::path(file.string() + ".part-" + random_token(4));
    TRY(make_private_file(part));
    const auto copy = [&]() -> Result<void> {
        const detail::ConnectionState target(TRY(open_handle(part)));
        return read([&](Connection& source) { return copy_pages(source.state_->handle, target.handle); });
    };
    auto copied = copy();
    if (copied && ::rename(part.c_str(), file.c_str()) != 0) {
        copied = fail(ErrorCode::unavailable, "Säkerhetskopian kan inte skrivas.", file.string());
    }
    if (!copied) {
        std::filesystem::remove(part, status);
        return copied;
    }
    return sync_folder(file.parent_path());
}

Result<void> Database::wipe_removed() {
    const std::unique_lock lock(state_->writing, writer_patience);
    if (!lock.owns_lock()) {
        return fail(ErrorCode::busy, "Databasen är upptagen.", state_->file.string(),
                    "Försök igen om en stund.");
    }
    // A connection of its own: the new file takes form on disk, where the others keep such things in memory.
    const auto connection = TRY(open_connection(state_->file));
    TRY(connection->run_script("PRAGMA temp_store = FILE; VACUUM;"));
    Connection emptying(TRY(open_connection(state_->file)));
    auto& outcome = TRY(emptying.prepare("PRAGMA wal_checkpoint(TRUNCATE)")).get();
    if (TRY(outcome.step()) && outcome.integer(0) == 0) return outcome.run();
    return fail(ErrorCode::busy, "Databasens logg kan inte tömmas medan någon läser.", state_->file.string(),
                "Försök igen om en stund.");
}

namespace {

Failure damaged(const std::filesystem::path& file, std::string_view what) {
    return fail(ErrorCode::corrupt, fmt::format("Databasen är skadad ({}).", what), file.string(),
                "Stoppa Kansli och återställ den senaste säkerhetskopian.");
}

// Runs one of SQLite's checks, which answers "ok" or with complaints.
Result<void> run_check(Connection& connection, const char* sql, const std::filesystem::path& file) {
    auto& pages = TRY(connection.prepare(sql)).get();
    if (TRY(pages.step()) && pages.view(0) != "ok") return damaged(file, pages.view(0));
    return {};
}

}  // namespace

Result<void> Database::check() {
    return read([this](Connection& connection) -> Result<void> {
        TRY(run_check(connection, "PRAGMA integrity_check(1)", state_->file));
        auto& keys = TRY(connection.prepare("PRAGMA foreign_key_check")).get();
        if (TRY(keys.step())) {
            return damaged(state_->file,
                           fmt::format("{} pekar på {} som saknas", keys.text(0), keys.text(2)));
        }
        return {};
    });
}

Result<void> Database::quick_check() {
    return read([this](Connection& connection) {
        return run_check(connection, "PRAGMA quick_check(1)", state_->file);
    });
}

}  // namespace kansli::store
