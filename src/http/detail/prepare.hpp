#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/detail/file_answer.hpp"
#include "http/detail/request_parser.hpp"
#include "http/message.hpp"

namespace kansli::http::detail {

// Makes responses of errors and adds what every response has.
struct Renderer {
    std::function<Response(const Error&, const std::string& request_id)> on_error{};
    std::vector<std::pair<std::string, std::string>> headers{};

    [[nodiscard]] Response refusal(const Refusal& refusal, const std::string& request_id) const;
    // The standing headers, where the handler has not set them itself, and the request's id.
    void complete(Response& response, const std::string& request_id) const;
};

// A response as far as it can be made before a byte is sent.
struct Prepared {
    Response response{};
    std::optional<FileAnswer> file{};  // a file too large to be read at once
};

// Runs the handler and looks at what it gave: opens files, reads small ones, answers conditions. Never throws.
[[nodiscard]] Prepared prepare(const Handler& handler, Request& request, const Renderer& renderer);

// The status for a body that could not be taken.
[[nodiscard]] Refusal body_refusal(Error error);

// The request's parts that the head tells; a refusal when it cannot be served at all.
[[nodiscard]] tl::expected<Request, Refusal> make_request(const Head& head,
                                                          std::vector<std::string>& segments);

// The id that a proxy has given the request in X-Request-Id, when it is 16 to 64 hexadecimal digits and hyphens, so that no
// name or word can get into the log that way; else a new one.
[[nodiscard]] std::string request_id(const Request& request);

// The client's address: the peer's, or what a trusted proxy says it is.
[[nodiscard]] std::string client_address(const std::string& peer, const Request& request,
                                         const std::vector<std::string>& trusted_proxies);

}  // namespace kansli::http::detail
