#include <memory>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "store/database.hpp"
#include "store/detail/connection_state.hpp"
#include "store/detail/sqlite_error.hpp"

namespace kansli::store {

namespace {

Failure last_failure(sqlite3_stmt* statement) {
    return Failure(detail::last_error(sqlite3_db_handle(statement)));
}

}  // namespace

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), bind_status_(other.bind_status_), ended_(other.ended_) {
}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(bind_status_, other.bind_status_);
    std::swap(ended_, other.ended_);
    return *this;
}

void Statement::reset() {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
    bind_status_ = SQLITE_OK;
    ended_ = false;
}

void Statement::note(int status) {
    if (bind_status_ == SQLITE_OK) bind_status_ = status;
}

void Statement::bind_one(int index, std::int64_t value) {
    note(sqlite3_bind_int64(handle_, index, value));
}
void Statement::bind_one(int index, double value) {
    note(sqlite3_bind_double(handle_, index, value));
}
void Statement::bind_one(int index, std::nullptr_t) {
    note(sqlite3_bind_null(handle_, index));
}

void Statement::bind_one(int index, std::string_view value) {
    // A view without bytes may have no address, which SQLite would take for NULL.
    const char* bytes = value.data() == nullptr ? "" : value.data();
    note(sqlite3_bind_text64(handle_, index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Result<bool> Statement::step() {
    if (ended_) return false;
    if (bind_status_ == SQLITE_TOOBIG)
        return fail(ErrorCode::too_large, "Värdet är för stort för databasen.");
    if (bind_status_ != SQLITE_OK) {
        return fail(ErrorCode::internal, "Antalet värden passar inte databasfrågan.", sqlite3_sql(handle_));
    }
    const int status = sqlite3_step(handle_);
    if (status == SQLITE_ROW) return true;
    // After its end SQLite would run the statement once more; an end stays an end until the next bind.
    ended_ = true;
    if (status != SQLITE_DONE) {
        auto failure = last_failure(handle_);
        sqlite3_reset(handle_);
        return failure;
    }
    sqlite3_reset(handle_);
    return false;
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    return {};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(handle_, column);
}
std::string Statement::text(int column) const {
    return std::string(view(column));
}

std::string_view Statement::view(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::optional<std::string> Statement::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

Result<void> detail::ConnectionState::run_script(const std::string& sql) const {
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return Failure(detail::last_error(handle));
}

void detail::ConnectionState::rest_statements() const {
    for (auto* each = sqlite3_next_stmt(handle, nullptr); each != nullptr;
         each = sqlite3_next_stmt(handle, each)) {
        sqlite3_reset(each);
    }
}

void detail::ConnectionState::roll_back() const {
    rest_statements();
    // SQLite has undone it by itself when the disk was full or could not be read.
    if (sqlite3_get_autocommit(handle) == 0) sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

Connection::Connection(std::unique_ptr<detail::ConnectionState> state) : state_(std::move(state)) {
}
Connection::~Connection() = default;

Result<std::reference_wrapper<Statement>> Connection::prepare(std::string_view sql) {
    auto found = state_->statements.find(sql);
    if (found == state_->statements.end()) {
        sqlite3_stmt* handle = nullptr;
        const int status = sqlite3_prepare_v3(state_->handle, sql.data(), static_cast<int>(sql.size()),
                                              SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
        if (status != SQLITE_OK) return Failure(detail::last_error(state_->handle));
        found = state_->statements.emplace(std::string(sql), Statement(handle)).first;
    }
    found->second.reset();
    return std::ref(found->second);
}

std::int64_t Connection::last_row_id() const {
    return sqlite3_last_insert_rowid(state_->handle);
}
std::int64_t Connection::changes() const {
    return sqlite3_changes64(state_->handle);
}

}  // namespace kansli::store
