#include "http/detail/response_head.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "http/detail/ascii.hpp"

namespace kansli::http::detail {

namespace {

bool is_ours(std::string_view name) {
    constexpr std::array<std::string_view, 4> ours{"content-length", "transfer-encoding", "connection",
                                                   "date"};
    return std::ranges::any_of(ours, [&](std::string_view own) { return equal_names(own, name); });
}

void append_clean(std::string& out, std::string_view text) {
    for (const char letter : text) {
        if (!is_control(letter) || letter == '\t') out += letter;
    }
}

}  // namespace

std::string_view reason_of(int status) {
    constexpr std::array<std::pair<int, std::string_view>, 29> reasons{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {499, "Client Closed Request"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
    }};
    const auto* const found = std::ranges::find(reasons, status, &std::pair<int, std::string_view>::first);
    return found != reasons.end() ? found->second : "Status";
}

std::string response_head(const Response& response, const Framing& framing, std::time_t now) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n",
                                   response.status, reason_of(response.status), fmt::gmtime(now));
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name)) continue;
        append_clean(head, name);
        head += ": ";
        append_clean(head, value);
        head += "\r\n";
    }
    if (framing.content_length) head += fmt::format("Content-Length: {}\r\n", *framing.content_length);
    if (framing.chunked) head += "Transfer-Encoding: chunked\r\n";
    if (!framing.keep_alive) head += "Connection: close\r\n";
    if (framing.keep_alive && framing.http_1_0) head += "Connection: keep-alive\r\n";
    head += "\r\n";
    return head;
}

std::string chunk(std::string_view bytes) {
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

}  // namespace kansli::http::detail
