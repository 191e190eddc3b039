#include "http/message.hpp"

#include <algorithm>

#include "http/detail/ascii.hpp"

namespace kansli::http {

std::optional<std::string> Request::query_value(std::string_view name) const {
    const auto found =
        std::ranges::find(query, name, [](const auto& pair) -> std::string_view { return pair.first; });
    return found != query.end() ? std::optional(found->second) : std::nullopt;
}

std::optional<std::string> Request::header(std::string_view name) const {
    const auto found = headers.find(detail::lower(name));
    return found != headers.end() ? std::optional(found->second) : std::nullopt;
}

Response Response::json(std::string text, int status) {
    return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(text)};
}

Response Response::text(std::string text, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
            .body = std::move(text)};
}

Response Response::no_content() {
    return {.status = 204};
}

Response Response::redirect(std::string location) {
    return {.status = 303, .headers = {{"Location", std::move(location)}}};
}

Response Response::file(std::filesystem::path path, std::string content_type, std::string etag) {
    return {.status = 200,
            .headers = {{"Content-Type", std::move(content_type)}},
            .body = FileBody{std::move(path), std::move(etag)}};
}

Response Response::events(StreamBody write) {
    return {.status = 200, .body = std::move(write)};
}

Response Response::hub(EventHub& hub, std::string topic, std::string last_event_id) {
    return {.status = 200, .body = HubBody{&hub, std::move(topic), std::move(last_event_id)}};
}

Response& Response::with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::optional<std::string> Response::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [&](const auto& pair) { return detail::equal_names(pair.first, name); });
    return found != headers.end() ? std::optional(found->second) : std::nullopt;
}

}  // namespace kansli::http
