#pragma once

#include <string>
#include <utility>

#include "access/alongside.hpp"
#include "access/caller.hpp"
#include "api/noted.hpp"
#include "house.hpp"

namespace kansli::app {

// An entry about what the command line changed, written in the same transaction.
template <typename T>
[[nodiscard]] access::Alongside<T> noted(House& house, std::string kind) {
    return [&record = house.record, kind = std::move(kind)](store::Connection& connection,
                                                            const T& changed) -> Result<void> {
        TRY(record.append(connection, access::keeper(), kind, changed.id.str(), api::recorded(changed),
                          now()));
        return {};
    };
}

}  // namespace kansli::app
