#pragma once

#include "access/caller.hpp"
#include "core/result.hpp"

namespace kansli::archive::detail {

// forbidden unless the caller may remove and release.
[[nodiscard]] inline Result<void> require_protector(const access::Caller& caller) {
    if (access::may(caller, access::Right::protect)) return {};
    return fail(ErrorCode::forbidden, "Det här kräver rätten att gallra och lämna ut.", {},
                "Be en administratör om rollen dataskyddsombud.");
}

}  // namespace kansli::archive::detail
