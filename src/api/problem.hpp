#pragma once

#include <string>

#include "core/error.hpp"
#include "http/message.hpp"

namespace kansli::api {

// The one place where a failure becomes an HTTP status.
[[nodiscard]] int status_of(ErrorCode code);

// An error as application/problem+json (RFC 9457) with our members `code`, `where`, `advice` and `request`.
[[nodiscard]] http::Response problem(const Error& error, const std::string& request_id);

}  // namespace kansli::api
