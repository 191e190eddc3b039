#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "http/message.hpp"

namespace kansli::http::detail {

// The first line and headers of a request, as they came.
struct Head {
    std::string method{};
    std::string target{};
    std::map<std::string, std::string> headers{};  // lower case; several of one name joined by ", "
    bool keep_alive = false;
    bool http_1_0 = false;
    bool has_body = false;
    bool expects_continue = false;
    std::optional<std::uint64_t> content_length{};
};

// Why a request is not served, with the status that says so.
struct Refusal {
    int status = 400;
    Error error{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

// Parses one HTTP/1 request from memory, over Boost.Beast's parser, and stricter than it: what two parsers could read
// differently (folded lines, any transfer coding but a single "chunked", a missing or repeated Host) is refused.
// Threads: one instance, one thread.
class RequestParser {
  public:
    explicit RequestParser(std::size_t header_limit);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    // The head at the beginning of `bytes`: how many of them it takes, or 0 when it is not whole yet. Call again with all
    // bytes and more.
    [[nodiscard]] tl::expected<std::size_t, Refusal> head(std::string_view bytes);
    [[nodiscard]] const Head& head() const;

    // After the head: adds the body's bytes in `bytes` to `out`, decoded, and says how many were used.
    [[nodiscard]] tl::expected<std::size_t, Refusal> body(std::string_view bytes, std::string& out);
    [[nodiscard]] bool done() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kansli::http::detail
