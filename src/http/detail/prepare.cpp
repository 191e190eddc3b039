#include "http/detail/prepare.hpp"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "core/log.hpp"
#include "http/detail/ascii.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

namespace kansli::http::detail {

namespace {

constexpr std::uint64_t small_file = std::uint64_t{128} << 10U;

// What went wrong goes to the log, a number that finds it there to the user.
Refusal incident(std::string_view what) {
    const auto id = random_token(4);
    log::error("incident {}: {}", id, what);
    return {500,
            {ErrorCode::internal,
             fmt::format("Ett oväntat fel inträffade (händelse {}).", id),
             {},
             "Försök igen. Lämna händelsens nummer till den som sköter servern om felet är kvar."},
            {}};
}

Response run(const Handler& handler, Request& request, const Renderer& renderer) {
    try {
        return handler(request);
    } catch (const std::exception& error) {
        return renderer.refusal(incident(error.what()), request.id);
    } catch (...) {
        return renderer.refusal(incident("an unknown exception"), request.id);
    }
}

Prepared prepare_file(Response response, const Request& request, const Renderer& renderer) {
    auto answer = answer_with_file(std::get<FileBody>(response.body), request);
    if (!answer) return {renderer.refusal({404, answer.error(), {}}, request.id), {}};
    response.body = std::string();
    response.status = answer->status;
    for (auto& header : answer->headers)
        response.headers.push_back(std::move(header));
    if (!answer->file) return {std::move(response), {}};
    if (answer->span.size > small_file || request.method == Method::head) {
        return {std::move(response), *std::move(answer)};
    }
    auto bytes = read_at(answer->file, answer->span.first, answer->span.size);
    if (!bytes || bytes->size() != answer->span.size)
        return {renderer.refusal(incident("a file cannot be read"), request.id), {}};
    response.body = *std::move(bytes);
    return {std::move(response), {}};
}

// A handler that names its response's version lets the client keep it.
void answer_condition(Response& response, const Request& request) {
    const bool reading = request.method == Method::get || request.method == Method::head;
    const auto etag = response.header("etag");
    const auto condition = request.header("if-none-match");
    if (!reading || response.status != 200 || !etag || !condition || !matches_any(*condition, *etag)) return;
    response.status = 304;
    response.body = std::string();
}

}  // namespace

Response Renderer::refusal(const Refusal& refusal, const std::string& request_id) const {
    Response response;
    try {
        response =
            on_error ? on_error(refusal.error, request_id) : Response::text(to_line(refusal.error) + "\n");
    } catch (const std::exception& error) {
        log::error("an error cannot be shown: {}", error.what());
        response = Response::text("Ett oväntat fel inträffade.\n");
    }
    response.status = refusal.status;
    for (const auto& [name, value] : refusal.headers)
        response.with(name, value);
    return response;
}

void Renderer::complete(Response& response, const std::string& request_id) const {
    response.with("X-Request-Id", request_id);
    for (const auto& [name, value] : headers) {
        if (!response.header(name)) response.with(name, value);
    }
}

Prepared prepare(const Handler& handler, Request& request, const Renderer& renderer) {
    const log::RequestScope scope(request.id);
    auto response = run(handler, request, renderer);
    if (std::holds_alternative<FileBody>(response.body))
        return prepare_file(std::move(response), request, renderer);
    if (std::holds_alternative<std::string>(response.body)) answer_condition(response, request);
    return {std::move(response), {}};
}

Refusal body_refusal(Error error) {
    int status = 400;
    if (error.code == ErrorCode::too_large) status = 413;
    if (error.code == ErrorCode::unsupported) status = 415;
    if (error.code == ErrorCode::unavailable) status = 507;
    if (error.code == ErrorCode::cancelled) status = 408;
    return {status, std::move(error), {}};
}

tl::expected<Request, Refusal> make_request(const Head& head, std::vector<std::string>& segments) {
    const auto method = method_of(head.method);
    if (!method) {
        return tl::unexpected(
            Refusal{501, {ErrorCode::unsupported, fmt::format("Metoden {} stöds inte.", head.method)}, {}});
    }
    auto target = parse_target(head.target);
    if (!target) return tl::unexpected(Refusal{400, target.error(), {}});
    Request request;
    request.method = *method;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.headers = head.headers;
    if (const auto cookie = request.header("cookie")) request.cookies = parse_cookies(*cookie);
    segments = std::move(target->segments);
    return request;
}

std::string request_id(const Request& request) {
    const auto is_part = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
    };
    auto given = request.header("x-request-id");
    const bool good =
        given && given->size() >= 16 && given->size() <= 64 && std::ranges::all_of(*given, is_part);
    return good ? *std::move(given) : random_token();
}

std::string client_address(const std::string& peer, const Request& request,
                           const std::vector<std::string>& trusted_proxies) {
    const auto forwarded = request.header("x-forwarded-for");
    if (!forwarded || std::ranges::find(trusted_proxies, peer) == trusted_proxies.end()) return peer;
    // The last address is the one that our own proxy saw; those before it are what the client claims.
    const auto comma = forwarded->rfind(',');
    return std::string(trim(std::string_view(*forwarded).substr(comma == forwarded->npos ? 0 : comma + 1)));
}

}  // namespace kansli::http::detail
