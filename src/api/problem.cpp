#include "api/problem.hpp"

#include <optional>
#include <string>

#include "api/messages.hpp"
#include "json/binder.hpp"

namespace kansli::api {

namespace {

// The heading a person reads above the detail.
std::string title_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input:
            return "Något i förfrågan är fel";
        case ErrorCode::not_found:
            return "Finns inte";
        case ErrorCode::not_authenticated:
            return "Du behöver logga in";
        case ErrorCode::forbidden:
            return "Du har inte rätt att göra detta";
        case ErrorCode::conflict:
            return "Krockar med något annat";
        case ErrorCode::too_large:
            return "För stort";
        case ErrorCode::busy:
            return "Upptaget just nu";
        case ErrorCode::cancelled:
            return "Avbrutet";
        case ErrorCode::unsupported:
            return "Stöds inte";
        case ErrorCode::corrupt:
            return "Skadade uppgifter";
        case ErrorCode::unavailable:
            return "Går inte att nå just nu";
        case ErrorCode::internal:
            return "Ett fel hos oss";
    }
    return "Ett fel hos oss";
}

}  // namespace

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input:
            return 400;
        case ErrorCode::not_authenticated:
            return 401;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::too_large:
            return 413;
        case ErrorCode::unsupported:
            return 415;
        case ErrorCode::corrupt:
            return 422;
        case ErrorCode::busy:
            return 429;
        case ErrorCode::cancelled:
            return 499;
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

http::Response problem(const Error& error, const std::string& request_id) {
    const auto optional = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    const Problem body{.type = "urn:kansli:problem:" + std::string(to_string(error.code)),
                       .title = title_of(error.code),
                       .status = status_of(error.code),
                       .detail = error.message,
                       .code = std::string(to_string(error.code)),
                       .where = optional(error.where),
                       .advice = optional(error.advice),
                       .request = optional(request_id)};
    http::Response response;
    response.status = body.status;
    response.body = json::write(body);
    response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
    return response;
}

}  // namespace kansli::api
