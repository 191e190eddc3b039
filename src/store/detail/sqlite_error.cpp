#include "store/detail/sqlite_error.hpp"

#include <string>

#include <fmt/format.h>
#include <sqlite3.h>

namespace kansli::store::detail {

namespace {

std::string file_of(sqlite3* handle) {
    const char* name = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
    return name == nullptr ? std::string() : std::string(name);
}

}  // namespace

Error last_error(sqlite3* handle) {
    const int code = (handle == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle)) & 0xFF;
    const std::string reason = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    const auto error = [&](ErrorCode kind, std::string message, std::string advice) {
        return Error{kind, std::move(message), file_of(handle), std::move(advice)};
    };
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error(ErrorCode::busy, "Databasen är upptagen.", "Försök igen om en stund.");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return error(ErrorCode::corrupt, fmt::format("Databasen är skadad ({}).", reason),
                         "Stoppa Kansli och återställ den senaste säkerhetskopian.");
        case SQLITE_FULL:
            return error(ErrorCode::unavailable, "Disken är full.", "Frigör utrymme och försök igen.");
        case SQLITE_CONSTRAINT:
            return error(ErrorCode::conflict,
                         fmt::format("Ändringen strider mot databasens regler ({}).", reason), "");
        case SQLITE_INTERRUPT:
            return error(ErrorCode::cancelled, "Arbetet i databasen avbröts.", "");
        case SQLITE_TOOBIG:
            return error(ErrorCode::too_large, "Värdet är för stort för databasen.", "");
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
            return error(ErrorCode::unavailable,
                         fmt::format("Databasen kan inte läsas eller skrivas ({}).", reason),
                         "Kontrollera disken, filens ägare och rättigheter.");
        default:
            return error(ErrorCode::internal, fmt::format("Databasen svarade med ett fel: {}.", reason), "");
    }
}

}  // namespace kansli::store::detail
