#include "api/scim.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "api/problem.hpp"
#include "core/ascii.hpp"
#include "core/time.hpp"

namespace kansli::api::scim {

namespace {

using json::Value;

Value object(Value::Object members) {
    return Value(std::move(members));
}

Value list_of(std::string_view text) {
    return Value(Value::Array{Value(text)});
}

std::string location(const std::string& base, std::string_view kind, const std::string& id) {
    return fmt::format("{}/scim/v2/{}/{}", base, kind, id);
}

Failure bad_value(std::string message, std::string_view attribute) {
    return fail(ErrorCode::invalid_input, std::move(message), std::string(attribute));
}

// The text of a member; empty when there is none or it is null.
Result<std::string> optional_text(const Value& body, std::string_view name) {
    const auto* value = body.find(name);
    if (value == nullptr || value->is_null()) return std::string();
    return text_value(*value, name);
}

// What the person is called, from whichever of the attributes is there.
Result<std::string> name_in(const Value& body) {
    if (auto shown = TRY(optional_text(body, "displayName")); !shown.empty()) return shown;
    const auto* name = body.find("name");
    if (name == nullptr) return optional_text(body, "userName");
    if (auto formatted = TRY(optional_text(*name, "formatted")); !formatted.empty()) return formatted;
    auto given = TRY(optional_text(*name, "givenName"));
    const auto family = TRY(optional_text(*name, "familyName"));
    if (!given.empty() && !family.empty()) given += ' ';
    given += family;
    if (given.empty()) return optional_text(body, "userName");
    return given;
}

std::string_view scim_type(const Error& error) {
    const std::string_view where = error.where;
    if (error.code == ErrorCode::conflict) {
        const bool taken = where == "user_name" || where == "name" || where == "externalId";
        return taken ? "uniqueness" : "";
    }
    if (error.code == ErrorCode::too_large && where == in_filter) return "tooMany";
    if (error.code != ErrorCode::invalid_input) return "";
    if (where == in_filter) return "invalidFilter";
    if (where == in_path) return "invalidPath";
    if (where == in_body) return "invalidSyntax";
    if (where == read_only) return "mutability";
    return "invalidValue";
}

}  // namespace

Result<std::string> text_value(const Value& value, std::string_view attribute) {
    if (const auto* text = value.as_string()) return *text;
    return bad_value(fmt::format("{} ska vara text.", attribute), attribute);
}

Result<bool> truth_value(const Value& value, std::string_view attribute) {
    if (const auto truth = value.as_bool()) return *truth;
    const auto* text = value.as_string();
    const auto word = text != nullptr ? to_lower_ascii(*text) : std::string();
    if (word == "true" || word == "false") return word == "true";
    return bad_value(fmt::format("{} ska vara true eller false.", attribute), attribute);
}

Result<std::string> email_value(const Value& value) {
    if (value.is_null()) return std::string();
    if (const auto* text = value.as_string()) return *text;
    if (value.as_object() != nullptr) return optional_text(value, "value");
    const auto* list = value.as_array();
    if (list == nullptr) return bad_value("emails ska vara en lista.", "emails");
    if (list->empty()) return std::string();
    const auto primary = std::ranges::find_if(*list, [](const Value& one) {
        const auto* mark = one.find("primary");
        return mark != nullptr && truth_value(*mark, "primary").value_or(false);
    });
    return email_value(primary == list->end() ? list->front() : *primary);
}

Result<std::vector<access::Member>> member_values(const Value& value) {
    std::vector<access::Member> members;
    if (value.is_null()) return members;
    if (const auto* list = value.as_array()) {
        for (const auto& one : *list) {
            for (auto& member : TRY(member_values(one)))
                members.push_back(std::move(member));
        }
        return members;
    }
    const auto* id = value.as_object() != nullptr ? value.find("value") : &value;
    if (id == nullptr) return bad_value("En medlem saknar value.", "members");
    members.push_back({.id = access::UserId(TRY(text_value(*id, "members")))});
    return members;
}

Value resource_of(const access::ProvisionedPerson& person, const std::string& base) {
    const auto& user = person.user;
    Value result = object({{"schemas", list_of(user_schema)}, {"id", user.id.str()}});
    if (!person.external_id.empty()) result["externalId"] = person.external_id;
    result["userName"] = user.user_name;
    result["displayName"] = user.name;
    result["name"] = object({{"formatted", user.name}});
    if (!user.email.empty()) {
        result["emails"].push_back(object({{"value", user.email}, {"type", "work"}, {"primary", true}}));
    }
    result["active"] = !user.disabled;
    for (const auto& group : person.groups) {
        result["groups"].push_back(object({{"value", group.id.str()},
                                           {"display", group.name},
                                           {"$ref", location(base, "Groups", group.id.str())}}));
    }
    result["meta"] = object({{"resourceType", "User"},
                             {"created", to_string(user.created)},
                             {"location", location(base, "Users", user.id.str())}});
    return result;
}

Value resource_of(const access::ProvisionedGroup& group, const std::string& base) {
    const auto& id = group.group.id.str();
    Value result = object({{"schemas", list_of(group_schema)}, {"id", id}});
    if (!group.external_id.empty()) result["externalId"] = group.external_id;
    result["displayName"] = group.group.name;
    result["members"] = Value::array();
    for (const auto& member : group.members) {
        result["members"].push_back(object({{"value", member.id.str()},
                                            {"display", member.name},
                                            {"$ref", location(base, "Users", member.id.str())}}));
    }
    result["meta"] = object({{"resourceType", "Group"}, {"location", location(base, "Groups", id)}});
    return result;
}

Result<void> read_resource(const Value& body, access::ProvisionedPerson& person) {
    auto user_name = TRY(optional_text(body, "userName"));
    if (user_name.empty()) return bad_value("userName saknas.", "userName");
    person.user.user_name = std::move(user_name);
    person.user.name = TRY(name_in(body));
    person.external_id = TRY(optional_text(body, "externalId"));
    const auto* emails = body.find("emails");
    person.user.email = emails != nullptr ? TRY(email_value(*emails)) : std::string();
    if (const auto* active = body.find("active")) person.user.disabled = !TRY(truth_value(*active, "active"));
    return {};
}

Result<void> read_resource(const Value& body, access::ProvisionedGroup& group) {
    auto name = TRY(optional_text(body, "displayName"));
    if (name.empty()) return bad_value("displayName saknas.", "displayName");
    group.group.name = std::move(name);
    group.external_id = TRY(optional_text(body, "externalId"));
    group.members.clear();
    if (const auto* members = body.find("members")) group.members = TRY(member_values(*members));
    return {};
}

http::Response answer(const Value& body, int status) {
    http::Response response{.status = status, .body = json::write(body)};
    response.headers = {{"Content-Type", std::string(content_type)}, {"Cache-Control", "no-store"}};
    return response;
}

http::Response refusal(const Error& error, const std::string& /*request_id*/) {
    const int status = status_of(error.code);
    Value body = object({{"schemas", list_of("urn:ietf:params:scim:api:messages:2.0:Error")},
                         {"status", std::to_string(status)}});
    if (const auto type = scim_type(error); !type.empty()) body["scimType"] = type;
    body["detail"] = error.advice.empty() ? error.message : error.message + " " + error.advice;
    return answer(body, status);
}

}  // namespace kansli::api::scim
