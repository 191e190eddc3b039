#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/noted.hpp"
#include "api/routes.hpp"
#include "api/scim.hpp"
#include "api/scim_filter.hpp"
#include "api/scim_patch.hpp"
#include "core/ascii.hpp"

// SCIM 2.0 (RFC 7644): another program keeps people and groups as they should be.
namespace kansli::api {

namespace {

using access::GroupId;
using access::ProvisionedGroup;
using access::ProvisionedPerson;
using access::UserId;
using json::Value;

constexpr std::int64_t most_resources = 1000;
constexpr std::int64_t usual_resources = 100;
constexpr http::RouteOptions scim_limits{.body_limit = std::uint64_t{8} << 20U};

using ScimHandler = std::function<Result<http::Response>(Call&)>;

// `body`: the operation takes one.
void add_scim(RouteTable& table, Operation operation, bool body, ScimHandler handler, int success = 200) {
    const std::string type(scim::content_type);
    operation.right = Right::provision;
    operation.limits = scim_limits;
    table.add_raw(std::move(operation), type, std::move(handler),
                  body ? std::optional(BodyDescription{type, {}}) : std::nullopt, success);
    table.refuse_with(type, scim::refusal);
}

Result<Value> body_of(const Call& call) {
    auto body = json::parse(call.request.body);
    if (!body) return fail(ErrorCode::invalid_input, "Förfrågan är inte JSON.", std::string(scim::in_body));
    if (body->as_object() == nullptr)
        return fail(ErrorCode::invalid_input, "Förfrågan ska vara ett objekt.", std::string(scim::in_body));
    return *std::move(body);
}

// The attributes that a query lists, in lower case.
std::set<std::string> attributes_in(const Call& call, std::string_view name) {
    std::set<std::string> attributes;
    std::string word;
    for (const char c : call.query(name).value_or("") + ",") {
        if (c != ',' && c != ' ') {
            word += to_lower_ascii(c);
        } else if (!word.empty()) {
            attributes.insert(std::exchange(word, {}));
        }
    }
    return attributes;
}

// Leaves out what the client has asked not to have. What says what a thing is stays.
Value trimmed_resource(const Call& call, Value resource) {
    const auto wanted = attributes_in(call, "attributes");
    const auto unwanted = attributes_in(call, "excludedAttributes");
    std::erase_if(*resource.as_object(), [&](const Value::Member& member) {
        const auto name = to_lower_ascii(member.first);
        if (name == "schemas" || name == "id" || name == "meta") return false;
        return unwanted.contains(name) || (!wanted.empty() && !wanted.contains(name));
    });
    return resource;
}

http::Response created(const Call& call, const Value& resource) {
    const auto* location = resource.at("/meta/location");
    auto response = scim::answer(trimmed_resource(call, resource), 201);
    response.with("Location", *location->as_string());
    return response;
}

Result<http::Response> page_of(const Call& call, std::vector<Value> resources) {
    const auto first = TRY(call.number("startIndex", 1, INT32_MIN, INT32_MAX));
    const auto count = TRY(call.number("count", usual_resources, INT32_MIN, INT32_MAX));
    const auto total = static_cast<std::int64_t>(resources.size());
    const auto begin = std::clamp<std::int64_t>(first, 1, total + 1);
    const auto end = std::min(total + 1, begin + std::clamp<std::int64_t>(count, 0, most_resources));
    Value list(Value::Object{
        {"schemas", Value(Value::Array{Value("urn:ietf:params:scim:api:messages:2.0:ListResponse")})},
        {"totalResults", total},
        {"startIndex", begin},
        {"itemsPerPage", end - begin}});
    list["Resources"] = Value::array();
    for (auto i = begin; i < end; ++i)
        list["Resources"].push_back(
            trimmed_resource(call, std::move(resources[static_cast<std::size_t>(i - 1)])));
    return scim::answer(list);
}

// What a filter compares with. Nothing: no such attribute.
std::optional<std::vector<std::string>> values_of(const ProvisionedPerson& person,
                                                  std::string_view attribute) {
    const auto& user = person.user;
    if (attribute == "id") return std::vector{user.id.str()};
    if (attribute == "username") return std::vector{user.user_name};
    if (attribute == "externalid") return std::vector{person.external_id};
    if (attribute == "displayname" || attribute == "name.formatted") return std::vector{user.name};
    if (attribute == "emails" || attribute == "emails.value") return std::vector{user.email};
    if (attribute == "active") return std::vector{std::string(user.disabled ? "false" : "true")};
    return std::nullopt;
}

std::optional<std::vector<std::string>> values_of(const ProvisionedGroup& group, std::string_view attribute) {
    if (attribute == "id") return std::vector{group.group.id.str()};
    if (attribute == "displayname") return std::vector{group.group.name};
    if (attribute == "externalid") return std::vector{group.external_id};
    if (attribute != "members" && attribute != "members.value") return std::nullopt;
    std::vector<std::string> ids;
    for (const auto& member : group.members)
        ids.push_back(member.id.str());
    return ids;
}

// Ids are compared to the letter, everything else without regard to case (RFC 7643, section 4).
bool equal_values(std::string_view attribute, const std::string& a, const std::string& b) {
    if (attribute == "id" || attribute == "externalid" || attribute.starts_with("members")) return a == b;
    return to_lower_ascii(a) == to_lower_ascii(b);
}

template <typename T>
Result<bool> fits(const T& thing, const std::vector<scim::Condition>& conditions) {
    for (const auto& [attribute, value] : conditions) {
        const auto values = values_of(thing, attribute);
        if (!values) {
            return fail(ErrorCode::invalid_input, fmt::format("Det går inte att filtrera på {}.", attribute),
                        std::string(scim::in_filter));
        }
        const bool found = std::ranges::any_of(
            *values, [&](const std::string& have) { return equal_values(attribute, have, value); });
        if (!found) return false;
    }
    return true;
}

Result<std::vector<scim::Condition>> scim_filter_of(const Call& call) {
    const auto filter = call.query("filter");
    if (!filter || filter->empty()) return std::vector<scim::Condition>();
    return scim::parse_filter(*filter);
}

template <typename T>
Result<std::vector<Value>> fitting(const Call& call, const std::vector<T>& things,
                                   const std::vector<scim::Condition>& conditions) {
    // An attribute that does not exist is wrong also when there is nothing to compare it with.
    TRY(fits(T{}, conditions));
    std::vector<Value> resources;
    for (const auto& thing : things) {
        if (TRY(fits(thing, conditions)))
            resources.push_back(scim::resource_of(thing, call.services.base_url));
    }
    return resources;
}

Result<http::Response> list_users(Call& call) {
    const auto conditions = TRY(scim_filter_of(call));
    access::WantedPeople wanted;
    for (const auto& [attribute, value] : conditions) {
        if (attribute == "username") wanted.user_name = value;
        if (attribute == "externalid") wanted.external_id = value;
    }
    return page_of(call, TRY(fitting(call, TRY(call.services.provisioning.people(wanted)), conditions)));
}

Result<http::Response> create_user(Call& call) {
    ProvisionedPerson wanted;
    TRY(scim::read_resource(TRY(body_of(call)), wanted));
    auto& provisioning = call.services.provisioning;
    auto person = TRY(provisioning.create_person(
        {.name = wanted.user.name, .user_name = wanted.user.user_name, .email = wanted.user.email},
        wanted.external_id, noted<access::User>(call, "user_created")));
    // Somebody who is not to come in yet.
    if (wanted.user.disabled) {
        const auto disable = [](ProvisionedPerson& made) -> Result<void> {
            made.user.disabled = true;
            return {};
        };
        person =
            TRY(provisioning.edit_person(person.user.id, disable, noted<access::User>(call, "user_changed")));
    }
    return created(call, scim::resource_of(person, call.services.base_url));
}

Result<http::Response> edit_user(Call& call, const access::Provisioning::Edit<ProvisionedPerson>& edit) {
    const auto person = TRY(call.services.provisioning.edit_person(
        UserId{call.path_value("user")}, edit, noted<access::User>(call, "user_changed")));
    return scim::answer(trimmed_resource(call, scim::resource_of(person, call.services.base_url)));
}

Result<http::Response> replace_user(Call& call) {
    const auto body = TRY(body_of(call));
    return edit_user(call, [&](ProvisionedPerson& person) { return scim::read_resource(body, person); });
}

Result<http::Response> patch_user(Call& call) {
    const auto steps = TRY(scim::parse_patch(TRY(body_of(call))));
    return edit_user(call, [&](ProvisionedPerson& person) { return scim::apply(steps, person); });
}

access::GroupNotes group_notes(const Call& call, std::string kind) {
    return {.group = noted<access::Group>(call, std::move(kind)),
            .person = noted<access::User>(call, "user_changed")};
}

Result<http::Response> create_scim_group(Call& call) {
    ProvisionedGroup wanted;
    TRY(scim::read_resource(TRY(body_of(call)), wanted));
    const auto group =
        TRY(call.services.provisioning.create_group(wanted, group_notes(call, "group_created")));
    return created(call, scim::resource_of(group, call.services.base_url));
}

Result<http::Response> edit_group(Call& call, const access::Provisioning::Edit<ProvisionedGroup>& edit) {
    const auto group = TRY(call.services.provisioning.edit_group(GroupId{call.path_value("group")}, edit,
                                                                 group_notes(call, "group_changed")));
    return scim::answer(trimmed_resource(call, scim::resource_of(group, call.services.base_url)));
}

Result<http::Response> replace_group(Call& call) {
    const auto body = TRY(body_of(call));
    return edit_group(call, [&](ProvisionedGroup& group) { return scim::read_resource(body, group); });
}

Result<http::Response> patch_group(Call& call) {
    const auto steps = TRY(scim::parse_patch(TRY(body_of(call))));
    return edit_group(call, [&](ProvisionedGroup& group) { return scim::apply(steps, group); });
}

std::vector<Parameter> query_of_one() {
    return {{"attributes", "Bara dessa attribut, med komma mellan."},
            {"excludedAttributes", "Alla attribut utom dessa."}};
}

std::vector<Parameter> query_of_list() {
    auto query = query_of_one();
    query.push_back({"filter", "Jämförelser med eq, med and mellan."});
    query.push_back({"startIndex", "Den första som ska med; 1 om inget anges."});
    query.push_back({"count", "Högst så många, upp till 1000; 100 om inget anges."});
    return query;
}

void add_scim_user_routes(RouteTable& table) {
    add_scim(table,
             {.method = http::Method::get,
              .path = "/scim/v2/Users",
              .id = "listScimUsers",
              .about = "Personerna.",
              .query = query_of_list()},
             false, list_users);
    add_scim(table,
             {http::Method::post, "/scim/v2/Users", "createScimUser", "Lägg upp en person, som blir läsare."},
             true, create_user, 201);
    add_scim(
        table,
        {.method = http::Method::get,
         .path = "/scim/v2/Users/{user}",
         .id = "getScimUser",
         .about = "En person.",
         .query = query_of_one()},
        false, [](Call& call) -> Result<http::Response> {
            const auto person = TRY(call.services.provisioning.person(UserId{call.path_value("user")}));
            return scim::answer(trimmed_resource(call, scim::resource_of(person, call.services.base_url)));
        });
    add_scim(table, {http::Method::put, "/scim/v2/Users/{user}", "replaceScimUser", "Ersätt uppgifterna."},
             true, replace_user);
    add_scim(table, {http::Method::patch, "/scim/v2/Users/{user}", "patchScimUser", "Ändra uppgifter."}, true,
             patch_user);
    add_scim(
        table,
        {http::Method::del, "/scim/v2/Users/{user}", "deleteScimUser",
         "Stäng av kontot. Det som personen har gjort står kvar."},
        false,
        [](Call& call) -> Result<http::Response> {
            TRY(call.services.provisioning.remove_person(UserId{call.path_value("user")},
                                                         noted<access::User>(call, "user_changed")));
            return http::Response::no_content();
        },
        204);
}

void add_scim_group_routes(RouteTable& table) {
    add_scim(table,
             {.method = http::Method::get,
              .path = "/scim/v2/Groups",
              .id = "listScimGroups",
              .about = "Grupperna.",
              .query = query_of_list()},
             false, [](Call& call) -> Result<http::Response> {
                 const auto conditions = TRY(scim_filter_of(call));
                 return page_of(call,
                                TRY(fitting(call, TRY(call.services.provisioning.groups()), conditions)));
             });
    add_scim(table, {http::Method::post, "/scim/v2/Groups", "createScimGroup", "Lägg upp en grupp."}, true,
             create_scim_group, 201);
    add_scim(
        table,
        {.method = http::Method::get,
         .path = "/scim/v2/Groups/{group}",
         .id = "getScimGroup",
         .about = "En grupp.",
         .query = query_of_one()},
        false, [](Call& call) -> Result<http::Response> {
            const auto group = TRY(call.services.provisioning.group(GroupId{call.path_value("group")}));
            return scim::answer(trimmed_resource(call, scim::resource_of(group, call.services.base_url)));
        });
    add_scim(table, {http::Method::put, "/scim/v2/Groups/{group}", "replaceScimGroup", "Ersätt uppgifterna."},
             true, replace_group);
    add_scim(table,
             {http::Method::patch, "/scim/v2/Groups/{group}", "patchScimGroup", "Ändra namn och medlemmar."},
             true, patch_group);
    add_scim(
        table,
        {http::Method::del, "/scim/v2/Groups/{group}", "deleteScimGroup",
         "Ta bort en grupp. Medlemmarna lämnar den."},
        false,
        [](Call& call) -> Result<http::Response> {
            TRY(call.services.provisioning.remove_group(GroupId{call.path_value("group")},
                                                        group_notes(call, "group_removed")));
            return http::Response::no_content();
        },
        204);
}

// The one of that id.
Result<http::Response> one_of(const std::vector<Value>& things, const std::string& id) {
    const auto found = std::ranges::find_if(
        things, [&](const Value& thing) { return *thing.find("id")->as_string() == id; });
    if (found != things.end()) return scim::answer(*found);
    return fail(ErrorCode::not_found, "Det finns inte.", id);
}

void add_scim_about_routes(RouteTable& table) {
    add_scim(
        table,
        {http::Method::get, "/scim/v2/ServiceProviderConfig", "getScimConfig", "Vad servern kan av SCIM."},
        false, [](Call& call) -> Result<http::Response> {
            return scim::answer(scim::service_provider_config(call.services.base_url));
        });
    add_scim(table, {http::Method::get, "/scim/v2/ResourceTypes", "listScimResourceTypes", "Vad som finns."},
             false, [](Call& call) { return page_of(call, scim::resource_types(call.services.base_url)); });
    add_scim(table, {http::Method::get, "/scim/v2/ResourceTypes/{type}", "getScimResourceType", "Ett slag."},
             false, [](Call& call) {
                 return one_of(scim::resource_types(call.services.base_url), call.path_value("type"));
             });
    add_scim(table, {http::Method::get, "/scim/v2/Schemas", "listScimSchemas", "Vilka attribut som finns."},
             false, [](Call& call) { return page_of(call, scim::schemas(call.services.base_url)); });
    add_scim(
        table, {http::Method::get, "/scim/v2/Schemas/{schema}", "getScimSchema", "Attributen för ett slag."},
        false,
        [](Call& call) { return one_of(scim::schemas(call.services.base_url), call.path_value("schema")); });
}

}  // namespace

void add_scim_routes(RouteTable& table) {
    add_scim_about_routes(table);
    add_scim_user_routes(table);
    add_scim_group_routes(table);
}

}  // namespace kansli::api
