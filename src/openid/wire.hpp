#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "core/result.hpp"

namespace kansli::openid {

// What is asked of the provider.
struct WireCall {
    std::string address{};
    std::optional<std::string> form{};  // to post; without one the address is read
    std::string authorization{};        // the header that goes with the form
    std::size_t limit = 0;              // bytes of the answer
    std::chrono::seconds patience{};
};

// How the provider is reached: gives the body of an answer that is a success. The composition root makes it of the one client for
// outgoing calls, which only calls hosts that the settings name. It follows no redirects and may be called from any thread.
using Wire = std::function<Result<std::string>(const WireCall&)>;

}  // namespace kansli::openid
