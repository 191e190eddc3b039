#include "access/grants.hpp"

#include <fmt/format.h>

#include "access/rights.hpp"

namespace kansli::access {

Result<Grant> parse_grant(std::string_view text) {
    const auto colon = text.find(':');
    const auto kind = json::enum_value<GrantKind>(text.substr(0, colon));
    if (colon == std::string_view::npos || !kind || colon + 1 == text.size()) {
        return fail(ErrorCode::invalid_input, fmt::format("\"{}\" går inte att ge.", text), {},
                    "Skriv till exempel role:reader, review:answer, group:NAMN eller department:NAMN.");
    }
    Grant grant{.kind = *kind, .name = std::string(text.substr(colon + 1))};
    const auto role = json::enum_value<Role>(grant.name);
    if (grant.kind == GrantKind::role && (!role || *role == Role::service))
        return fail(ErrorCode::invalid_input, fmt::format("Rollen \"{}\" går inte att ge.", grant.name));
    return grant;
}

}  // namespace kansli::access
