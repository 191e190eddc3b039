#include <set>
#include <string>
#include <utility>

#include "api/messages.hpp"
#include "api/route_table.hpp"
#include "core/check.hpp"
#include "json/value.hpp"

namespace kansli::api {

namespace {

using json::Value;

std::string method_name(http::Method method) {
    switch (method) {
        case http::Method::get:
            return "get";
        case http::Method::head:
            return "head";
        case http::Method::post:
            return "post";
        case http::Method::put:
            return "put";
        case http::Method::patch:
            return "patch";
        case http::Method::del:
            return "delete";
    }
    return "get";
}

Value text_schema() {
    return Value(Value::Object{{"type", "string"}});
}

Value parameter(const std::string& name, const std::string& place, const std::string& about, bool repeated) {
    Value result = Value::object();
    result["name"] = name;
    result["in"] = place;
    if (!about.empty()) result["description"] = about;
    if (place == "path") result["required"] = true;
    result["schema"] = text_schema();
    if (repeated) result["schema"] = Value(Value::Object{{"type", "array"}, {"items", text_schema()}});
    return result;
}

// The names between braces of "/api/versions/{version}/pages/{page}".
std::vector<std::string> path_parameters(const std::string& path) {
    std::vector<std::string> names;
    for (auto begin = path.find('{'); begin != std::string::npos; begin = path.find('{', begin + 1)) {
        names.push_back(path.substr(begin + 1, path.find('}', begin) - begin - 1));
    }
    return names;
}

Value content(const BodyDescription& body) {
    Value type = Value::object();
    const bool bytes = body.schema.is_null();
    type[body.content_type] = Value::object();
    type[body.content_type]["schema"] = bytes ? text_schema() : body.schema;
    return type;
}

Value describe_responses(const Route& route, const Value& problem) {
    Value responses = Value::object();
    Value& success = responses[std::to_string(route.success)];
    success["description"] = "Det gick bra.";
    if (route.response) success["content"] = content(*route.response);
    if (route.stream) success["content"]["text/event-stream"]["schema"] = text_schema();
    Value& failure = responses["default"];
    failure["description"] = "Det gick inte; detail säger varför.";
    const bool plain = route.failure_type == "application/problem+json";
    failure["content"][route.failure_type]["schema"] = plain ? problem : text_schema();
    return responses;
}

Value describe(const Route& route, const Value& problem) {
    const auto& operation = route.operation;
    Value result = Value::object();
    result["operationId"] = operation.id;
    result["summary"] = operation.about;
    result["x-kansli-right"] = json::enum_name(operation.right);
    Value parameters = Value::array();
    for (const auto& name : path_parameters(operation.path))
        parameters.push_back(parameter(name, "path", "", false));
    for (const auto& query : operation.query) {
        parameters.push_back(parameter(query.name, "query", query.about, query.repeated));
    }
    if (!parameters.as_array()->empty()) result["parameters"] = std::move(parameters);
    if (route.request) {
        result["requestBody"]["required"] = true;
        result["requestBody"]["content"] = content(*route.request);
    }
    result["responses"] = describe_responses(route, problem);
    if (operation.right == Right::anyone) result["security"] = Value::array();
    if (operation.right == Right::account)
        result["security"] = Value(Value::Array{Value(Value::Object{{"session", Value::array()}})});
    return result;
}

}  // namespace

std::string openapi(const RouteTable& table) {
    Value document = Value::object();
    document["openapi"] = "3.1.0";
    document["info"]["title"] = "Kansli";
    document["info"]["version"] = KANSLI_VERSION;
    document["info"]["description"] = "Svar ur kommunens egna dokument, med citat för varje mening.";
    document["info"]["license"]["name"] = "Apache-2.0";
    document["info"]["license"]["identifier"] = "Apache-2.0";
    document["servers"] = Value(Value::Array{Value(Value::Object{{"url", "/"}})});
    document["security"] = Value(Value::Array{Value(Value::Object{{"session", Value::array()}}),
                                              Value(Value::Object{{"key", Value::array()}})});
    json::Schemas schemas = table.schemas();
    const Value problem = schemas.of<Problem>(json::Direction::write);
    std::set<std::string> ids;
    for (const auto& route : table.routes()) {
        CHECK_INVARIANT(ids.insert(route.operation.id).second);
        document["paths"][route.operation.path][method_name(route.operation.method)] =
            describe(route, problem);
    }
    document["components"]["schemas"] = schemas.components();
    Value& session = document["components"]["securitySchemes"]["session"];
    session["type"] = "apiKey";
    session["in"] = "cookie";
    session["name"] = "kansli_session";
    session["description"] = "Åtgärder som ändrar något kräver också X-Kansli-Csrf ur GET /api/session.";
    Value& key = document["components"]["securitySchemes"]["key"];
    key["type"] = "http";
    key["scheme"] = "bearer";
    key["description"] =
        "En API-nyckel (kansli_…). Den når högst de rättigheter som den fick, och aldrig account.";
    return json::pretty(document) + "\n";
}

}  // namespace kansli::api
