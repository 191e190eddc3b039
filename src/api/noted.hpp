#pragma once

#include <string>
#include <utility>

#include "access/alongside.hpp"
#include "api/messages.hpp"
#include "api/route_table.hpp"
#include "api/services.hpp"
#include "json/binder.hpp"

namespace kansli::api {

// What the record says of something that was changed: the thing as it then was.
template <typename T>
[[nodiscard]] std::string recorded(const T& changed) {
    return json::write(changed);
}
[[nodiscard]] inline std::string recorded(const access::User& user) {
    return json::write(view(user));
}

// An entry of `kind` about what was changed, by whoever makes the call, written in the same transaction.
template <typename T>
[[nodiscard]] access::Alongside<T> noted(const Call& call, std::string kind) {
    return [&record = call.services.record, who = call.caller, kind = std::move(kind)](
               store::Connection& connection, const T& changed) -> Result<void> {
        TRY(record.append(connection, who, kind, changed.id.str(), recorded(changed), now()));
        return {};
    };
}

}  // namespace kansli::api
