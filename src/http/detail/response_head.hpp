#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace kansli::http::detail {

// How the body's end is found by the client.
struct Framing {
    std::optional<std::uint64_t> content_length{};
    bool chunked = false;
    bool keep_alive = true;
    bool http_1_0 = false;
};

// Status line and headers with the empty line after them. Control characters in names and values are left out, so that no
// value can begin another header; framing headers are ours alone.
[[nodiscard]] std::string response_head(const Response& response, const Framing& framing, std::time_t now);

// "400 Bad Request"'s second part.
[[nodiscard]] std::string_view reason_of(int status);

// A piece of a chunked body; the last one is empty.
[[nodiscard]] std::string chunk(std::string_view bytes);

}  // namespace kansli::http::detail
