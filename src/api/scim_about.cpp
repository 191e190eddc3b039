// What SCIM clients ask first: what this server can do, and which attributes there are.
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "api/scim.hpp"

namespace kansli::api::scim {

namespace {

using json::Value;

struct Attribute {
    std::string_view name{};
    std::string_view about{};
    std::string_view type = "string";
    std::string_view mutability = "readWrite";
    std::string_view uniqueness = "none";
    bool required = false;
    bool several = false;
    bool exact = false;
    std::span<const Attribute> parts{};
};

constexpr std::array name_parts{Attribute{.name = "formatted", .about = "Namnet som det skrivs."}};
constexpr std::array email_parts{Attribute{.name = "value", .about = "Adressen."},
                                 Attribute{.name = "type", .about = "Alltid work."},
                                 Attribute{.name = "primary", .about = "Alltid true.", .type = "boolean"}};
constexpr std::array group_parts{
    Attribute{.name = "value", .about = "Gruppens id.", .mutability = "readOnly", .exact = true},
    Attribute{.name = "$ref", .about = "Gruppens adress.", .type = "reference", .mutability = "readOnly"},
    Attribute{.name = "display", .about = "Gruppens namn.", .mutability = "readOnly"}};
constexpr std::array member_parts{
    Attribute{.name = "value", .about = "Personens id.", .mutability = "immutable", .exact = true},
    Attribute{.name = "display", .about = "Personens namn.", .mutability = "readOnly"},
    Attribute{.name = "$ref", .about = "Personens adress.", .type = "reference", .mutability = "readOnly"}};

constexpr std::array user_attributes{
    Attribute{.name = "userName",
              .about = "Användarnamnet: 1–64 av a–z, siffror och . _ - + @.",
              .uniqueness = "server",
              .required = true},
    Attribute{.name = "displayName", .about = "Namnet som det skrivs."},
    Attribute{.name = "name", .about = "Samma namn.", .type = "complex", .parts = name_parts},
    Attribute{.name = "emails",
              .about = "En adress; av flera den som är primary.",
              .type = "complex",
              .several = true,
              .parts = email_parts},
    Attribute{.name = "active", .about = "false stänger kontot och alla inloggningar.", .type = "boolean"},
    Attribute{.name = "groups",
              .about = "Grupperna som personen är med i.",
              .type = "complex",
              .mutability = "readOnly",
              .several = true,
              .parts = group_parts}};
constexpr std::array group_attributes{
    Attribute{.name = "displayName", .about = "Gruppens namn.", .uniqueness = "server", .required = true},
    Attribute{.name = "members",
              .about = "Personerna i gruppen.",
              .type = "complex",
              .several = true,
              .parts = member_parts}};

Value describe_attributes(std::span<const Attribute> attributes) {
    Value list = Value::array();
    for (const auto& attribute : attributes) {
        Value one(Value::Object{{"name", attribute.name},
                                {"description", attribute.about},
                                {"type", attribute.type},
                                {"multiValued", attribute.several},
                                {"required", attribute.required},
                                {"caseExact", attribute.exact},
                                {"mutability", attribute.mutability},
                                {"returned", "default"},
                                {"uniqueness", attribute.uniqueness}});
        if (!attribute.parts.empty()) one["subAttributes"] = describe_attributes(attribute.parts);
        list.push_back(std::move(one));
    }
    return list;
}

Value schema_of(std::string_view id, std::string_view name, std::span<const Attribute> attributes,
                const std::string& base) {
    return Value(Value::Object{
        {"schemas", Value(Value::Array{Value("urn:ietf:params:scim:schemas:core:2.0:Schema")})},
        {"id", id},
        {"name", name},
        {"attributes", describe_attributes(attributes)},
        {"meta", Value(Value::Object{{"resourceType", "Schema"},
                                     {"location", fmt::format("{}/scim/v2/Schemas/{}", base, id)}})}});
}

Value resource_type(std::string_view name, std::string_view endpoint, std::string_view schema,
                    const std::string& base) {
    return Value(Value::Object{
        {"schemas", Value(Value::Array{Value("urn:ietf:params:scim:schemas:core:2.0:ResourceType")})},
        {"id", name},
        {"name", name},
        {"endpoint", endpoint},
        {"schema", schema},
        {"meta",
         Value(Value::Object{{"resourceType", "ResourceType"},
                             {"location", fmt::format("{}/scim/v2/ResourceTypes/{}", base, name)}})}});
}

Value supported(bool is) {
    return Value(Value::Object{{"supported", is}});
}

}  // namespace

Value service_provider_config(const std::string& base) {
    Value config(Value::Object{
        {"schemas",
         Value(Value::Array{Value("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig")})}});
    config["patch"] = supported(true);
    config["bulk"] = Value(Value::Object{{"supported", false}, {"maxOperations", 0}, {"maxPayloadSize", 0}});
    config["filter"] = Value(Value::Object{{"supported", true}, {"maxResults", 1000}});
    config["changePassword"] = supported(false);
    config["sort"] = supported(false);
    config["etag"] = supported(false);
    config["authenticationSchemes"].push_back(
        Value(Value::Object{{"type", "oauthbearertoken"},
                            {"name", "API-nyckel"},
                            {"description", "En nyckel med rättigheten provision till ett tjänstekonto."}}));
    config["meta"] =
        Value(Value::Object{{"resourceType", "ServiceProviderConfig"},
                            {"location", fmt::format("{}/scim/v2/ServiceProviderConfig", base)}});
    return config;
}

std::vector<Value> resource_types(const std::string& base) {
    return {resource_type("User", "/Users", user_schema, base),
            resource_type("Group", "/Groups", group_schema, base)};
}

std::vector<Value> schemas(const std::string& base) {
    return {schema_of(user_schema, "User", user_attributes, base),
            schema_of(group_schema, "Group", group_attributes, base)};
}

}  // namespace kansli::api::scim
