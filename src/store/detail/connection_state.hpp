#pragma once

#include <functional>
#include <map>
#include <string>

#include <sqlite3.h>

#include "store/database.hpp"

namespace kansli::store::detail {

struct ConnectionState {
    // The map keeps its nodes in place, so that a reference to a statement holds while others are added.
    using Statements = std::map<std::string, Statement, std::less<>>;

    sqlite3* handle = nullptr;
    Statements statements{};

    explicit ConnectionState(sqlite3* opened) : handle(opened) {}
    ~ConnectionState() {
        statements.clear();
        sqlite3_close_v2(handle);
    }
    ConnectionState(const ConnectionState&) = delete;
    ConnectionState& operator=(const ConnectionState&) = delete;
    ConnectionState(ConnectionState&&) = delete;
    ConnectionState& operator=(ConnectionState&&) = delete;

    // Runs SQL of ours that takes no values; may be several statements.
    [[nodiscard]] Result<void> run_script(const std::string& sql) const;

    // Ends every statement that is still between its rows, so that none holds a snapshot open.
    void rest_statements() const;

    // Undoes the open transaction, when there is one.
    void roll_back() const;
};

}  // namespace kansli::store::detail
