#include "api/route_table.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/calls.hpp"
#include "core/check.hpp"

namespace kansli::api {

std::vector<std::string> Call::query_all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : request.query) {
        if (key == name && !value.empty()) values.push_back(value);
    }
    return values;
}

Result<std::int64_t> Call::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) const {
    const auto text = query(name);
    if (!text || text->empty()) return otherwise;
    return whole_number(*text, name, least, most);
}

Result<void> check_query(const Operation& operation, const http::Request& request) {
    if (operation.open_query || !operation.path.starts_with("/api/")) return {};
    for (const auto& [name, value] : request.query) {
        if (std::ranges::find(operation.query, name, &Parameter::name) != operation.query.end()) continue;
        if (operation.query.empty())
            return fail(ErrorCode::invalid_input, "Parametern är okänd.", name,
                        "Den här adressen tar inga parametrar.");
        std::vector<std::string> known;
        for (const auto& parameter : operation.query)
            known.push_back(parameter.name);
        return fail(ErrorCode::invalid_input, "Parametern är okänd.", name,
                    fmt::format("Kända parametrar: {}.", fmt::join(known, ", ")));
    }
    return {};
}

void RouteTable::add_raw(Operation operation, std::string content_type,
                         std::function<Result<http::Response>(Call&)> handler,
                         std::optional<BodyDescription> request, int success) {
    routes_.push_back({.operation = std::move(operation),
                       .request = std::move(request),
                       .response = BodyDescription{std::move(content_type), {}},
                       .success = success,
                       .handle = std::move(handler)});
}

void RouteTable::refuse_with(std::string content_type,
                             http::Response (*refuse)(const Error&, const std::string&)) {
    CHECK_INVARIANT(!routes_.empty());
    routes_.back().failure_type = std::move(content_type);
    routes_.back().refuse = refuse;
}

void RouteTable::stream_variant(std::function<Result<http::Response>(Call&)> handler) {
    CHECK_INVARIANT(!routes_.empty());
    routes_.back().stream = std::move(handler);
}

}  // namespace kansli::api
