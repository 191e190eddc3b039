// The bytes of a connection, through everything that looks at them before a handler does: head, body, target, query,
// cookies, route, range.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "http/detail/file_answer.hpp"
#include "http/detail/prepare.hpp"
#include "http/detail/request_parser.hpp"
#include "http/detail/response_head.hpp"
#include "http/router.hpp"

using namespace kansli;
using namespace kansli::http::detail;

namespace {

constexpr std::size_t head_limit = 4096;

const http::Router& router() {
    static const http::Router made = [] {
        http::Router result;
        for (const auto* pattern : {"/", "/a", "/a/{b}", "/a/{b}/c", "/a/b/{c}", "/f/{rest*}"}) {
            result.add(http::Method::get, pattern,
                       [](http::Request&) { return http::Response::no_content(); });
        }
        return result;
    }();
    return made;
}

void use(const Head& head, const std::string& body) {
    std::vector<std::string> segments;
    const auto request = make_request(head, segments);
    if (!request) return;
    for (const auto& segment : segments) {
        if (segment == ".." || segment == "." || segment.find('/') != std::string::npos) std::abort();
    }
    (void)router().find(request->method, segments);
    const auto range = request->header("range").value_or(body);
    const auto [kind, span] = parse_range(range, 1000);
    if (kind == RangeKind::part && (span.size == 0 || span.first + span.size > 1000)) std::abort();
    auto response = http::Response::text(body).with("X-Echo", request->header("x").value_or(""));
    const auto text = response_head(response, {.content_length = body.size()}, 0);
    if (text.find("\r\n\r\n") != text.size() - 4) std::abort();
}

// Requests one after the other, as a connection has them; `piece` bytes at a time. The bodies, joined.
std::pair<bool, std::string> serve(std::string_view input, std::size_t piece) {
    std::string buffer;
    std::string bodies;
    while (!input.empty()) {
        RequestParser parser(head_limit);
        bool in_head = true;
        std::string body;
        while (in_head || !parser.done()) {
            const auto used = in_head ? parser.head(buffer) : parser.body(buffer, body);
            if (!used) return {false, bodies};
            buffer.erase(0, *used);
            if (in_head && *used > 0) {
                in_head = false;
                continue;
            }
            if (!in_head && parser.done()) break;
            if (input.empty()) return {true, bodies};
            buffer += input.substr(0, piece);
            input.remove_prefix(std::min(piece, input.size()));
        }
        use(parser.head(), body);
        bodies += body + "|";
    }
    return {true, bodies};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = serve(input, input.size());
    const auto pieces = serve(input, 1U + data[0] % 64U);
    // In pieces a request may be answered before a later fault is seen; what was answered must be the same.
    if (whole.first && pieces.first && !pieces.second.starts_with(whole.second) &&
        !whole.second.starts_with(pieces.second)) {
        std::abort();
    }
    return 0;
}
