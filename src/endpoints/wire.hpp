#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::endpoints {

// A JSON text for an endpoint.
struct WireCall {
    std::string address{};
    std::string json{};
    std::string authorization{};  // the header; empty: none
    std::size_t limit = 0;        // bytes of the answer
    std::chrono::milliseconds patience{};
    std::stop_token stop{};
    // Gets the body of a success piece by piece; false ends the call.
    std::function<bool(std::string_view)> on_piece{};
};

// An answer that came, whatever its status.
struct WireAnswer {
    int status = 0;
    std::string body{};  // of a failure
};

// How endpoints are reached. The composition root makes it of the one client for outgoing calls, which only calls hosts that the
// administrator has named. It follows no redirects and may be called from any thread.
// Errors: forbidden for a host that is not named, unavailable when nobody answers or the answer is cut off, too_large, cancelled.
using Wire = std::function<Result<WireAnswer>(const WireCall&)>;

}  // namespace kansli::endpoints
