#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/caller.hpp"
#include "access/sessions.hpp"
#include "api/problem.hpp"
#include "core/result.hpp"
#include "http/message.hpp"
#include "http/server.hpp"
#include "json/binder.hpp"
#include "json/schema.hpp"

// The table that the router, the OpenAPI description and the test of rights are all made from.
namespace kansli::api {

using access::Right;

struct Services;

// What a body may hold unless its operation says otherwise: texts and lists of the size that people write. A body's size as
// a whole is RouteOptions' affair.
inline constexpr json::ReadOptions usual_sizes{.longest_text = 4000, .most_elements = 1000};

// A request on its way to a handler, with the person behind it and what there is to work on.
struct Call {
    http::Request& request;
    Services& services;
    access::Caller caller{};
    std::string session{};  // the session's token; empty when nobody is signed in, and with an API key
    access::SessionId session_id{};
    std::string proxy_user{};  // whom a trusted reverse proxy has named; empty: nobody
    json::ReadOptions sizes = usual_sizes;

    // The request's JSON body.
    template <typename Body>
    [[nodiscard]] Result<Body> body() const {
        return json::read<Body>(request.body, sizes);
    }
    [[nodiscard]] std::string path_value(const std::string& name) const {
        return request.path_values.at(name);
    }
    [[nodiscard]] std::optional<std::string> query(std::string_view name) const {
        return request.query_value(name);
    }
    [[nodiscard]] std::vector<std::string> query_all(std::string_view name) const;
    // A whole number within limits; absent gives `otherwise`.
    [[nodiscard]] Result<std::int64_t> number(std::string_view name, std::int64_t otherwise,
                                              std::int64_t least, std::int64_t most) const;
};

struct Parameter {
    std::string name{};
    std::string about{};
    bool repeated = false;
};

// One operation as the outside sees it.
struct Operation {
    http::Method method = http::Method::get;
    std::string path{};
    std::string id{};     // camel case, as OpenAPI clients want it
    std::string about{};  // one sentence
    Right right = Right::read;
    std::vector<Parameter> query{};
    http::RouteOptions limits{};
    json::ReadOptions sizes = usual_sizes;  // of the texts and lists of the body
    bool open_query =
        false;  // another system adds to the query what it likes; what is not in `query` is left alone
};

// Whether the request's query holds nothing but what the operation of /api/ knows: a misspelt name would otherwise be an
// answer to another question.
[[nodiscard]] Result<void> check_query(const Operation& operation, const http::Request& request);

// The schema of a body and the type it is sent as.
struct BodyDescription {
    std::string content_type{};
    json::Value schema{};
};

struct Route {
    Operation operation{};
    std::optional<BodyDescription> request{};
    std::optional<BodyDescription> response{};
    int success = 200;
    std::function<Result<http::Response>(Call&)> handle{};
    std::function<Result<http::Response>(Call&)> stream{};  // may be empty
    std::string failure_type = "application/problem+json";
    http::Response (*refuse)(const Error&, const std::string& request_id) = problem;  // how errors are told
};

struct Nothing {};  // an operation without a request or a response body

class RouteTable {
  public:
    // A handler that takes and gives described structs.
    template <typename Request, typename Response>
    void add(Operation operation, std::function<Result<Response>(Call&, Request)> handler, int success = 200);

    // A handler that reads its body itself and makes its own response, for headers beside the described
    // bodies.
    template <typename Request, typename Response>
    void add_response(Operation operation, std::function<Result<http::Response>(Call&)> handler,
                      int success = 200);

    // A multipart form with files; `Form` is what its text field holds, described so that clients have its type.
    template <typename Form, typename Response>
    void add_multipart(Operation operation, json::Value schema,
                       std::function<Result<http::Response>(Call&)> handler, int success);

    // A handler that answers with something else than one JSON object: a file, a picture, a stream.
    void add_raw(Operation operation, std::string content_type,
                 std::function<Result<http::Response>(Call&)> handler,
                 std::optional<BodyDescription> request = {}, int success = 200);

    // Errors of the route added last are told in another form.
    void refuse_with(std::string content_type, http::Response (*refuse)(const Error&, const std::string&));

    // The same operation as the route added last, as an event stream, for callers that accept
    // text/event-stream.
    void stream_variant(std::function<Result<http::Response>(Call&)> handler);

    // How a described struct goes over the wire, for a raw operation that reads it itself; nothing for Nothing.
    template <typename Body>
    [[nodiscard]] std::optional<BodyDescription> describe(json::Direction direction);

    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
    // The JSON Schemas of all types that the routes send or read.
    [[nodiscard]] const json::Schemas& schemas() const { return schemas_; }

  private:
    std::vector<Route> routes_;
    json::Schemas schemas_;
};

// The OpenAPI 3.1 description of the table, as committed in docs/api/openapi.json.
[[nodiscard]] std::string openapi(const RouteTable& table);

template <typename Body>
std::optional<BodyDescription> RouteTable::describe(json::Direction direction) {
    if constexpr (std::is_same_v<Body, Nothing>) {
        return std::nullopt;
    } else {
        return BodyDescription{"application/json", schemas_.of<Body>(direction)};
    }
}

template <typename Request, typename Response>
void RouteTable::add_response(Operation operation, std::function<Result<http::Response>(Call&)> handler,
                              int success) {
    routes_.push_back({.operation = std::move(operation),
                       .request = describe<Request>(json::Direction::read),
                       .response = describe<Response>(json::Direction::write),
                       .success = success,
                       .handle = std::move(handler)});
}

template <typename Form, typename Response>
void RouteTable::add_multipart(Operation operation, json::Value schema,
                               std::function<Result<http::Response>(Call&)> handler, int success) {
    static_cast<void>(schemas_.of<Form>(json::Direction::read));
    routes_.push_back({.operation = std::move(operation),
                       .request = BodyDescription{"multipart/form-data", std::move(schema)},
                       .response = describe<Response>(json::Direction::write),
                       .success = success,
                       .handle = std::move(handler)});
}

// How a handler's answer goes out: as JSON, or without a body.
template <typename Answer>
http::Response response_of(const Answer& answer, int success) {
    return http::Response::json(json::write(answer), success).with("Cache-Control", "no-store");
}
inline http::Response response_of(const Nothing& /*answer*/, int /*success*/) {
    return http::Response::no_content();
}

template <typename Request, typename Response>
void RouteTable::add(Operation operation, std::function<Result<Response>(Call&, Request)> handler,
                     int success) {
    add_response<Request, Response>(
        std::move(operation),
        [handler = std::move(handler), success](Call& call) -> Result<http::Response> {
            Request body{};
            if constexpr (!std::is_same_v<Request, Nothing>) body = TRY(call.body<Request>());
            return response_of(TRY(handler(call, std::move(body))), success);
        },
        success);
}

}  // namespace kansli::api
