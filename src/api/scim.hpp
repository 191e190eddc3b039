#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/provisioning.hpp"
#include "core/result.hpp"
#include "http/message.hpp"
#include "json/value.hpp"

// People and groups as SCIM 2.0 writes them (RFC 7643).
namespace kansli::api::scim {

inline constexpr std::string_view content_type = "application/scim+json";
inline constexpr std::string_view user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view group_schema = "urn:ietf:params:scim:schemas:core:2.0:Group";

// What errors say they are about in `where`, for what has a scimType of its own (RFC 7644, section 3.12).
inline constexpr std::string_view in_body = "body";
inline constexpr std::string_view in_filter = "filter";
inline constexpr std::string_view in_path = "path";
inline constexpr std::string_view read_only = "mutability";

// `base` is the address of the site, without a slash at the end.
[[nodiscard]] json::Value resource_of(const access::ProvisionedPerson& person, const std::string& base);
[[nodiscard]] json::Value resource_of(const access::ProvisionedGroup& group, const std::string& base);

// What a body that creates or replaces says. What is not there is emptied, but for `active`. Attributes that Kansli does not
// keep are passed over. invalid_input when what is needed is missing or of the wrong kind.
[[nodiscard]] Result<void> read_resource(const json::Value& body, access::ProvisionedPerson& person);
[[nodiscard]] Result<void> read_resource(const json::Value& body, access::ProvisionedGroup& group);

// A text, or invalid_input that names the attribute.
[[nodiscard]] Result<std::string> text_value(const json::Value& value, std::string_view attribute);
// true, false, or the same as text in any case, as Entra ID sends it.
[[nodiscard]] Result<bool> truth_value(const json::Value& value, std::string_view attribute);
// The address that is primary, or the first; of a list, one object or a text. Empty when there is none.
[[nodiscard]] Result<std::string> email_value(const json::Value& value);
// The ids of {"value": id} in a list, one such object, or a text.
[[nodiscard]] Result<std::vector<access::Member>> member_values(const json::Value& value);

[[nodiscard]] http::Response answer(const json::Value& body, int status = 200);
// How errors are told (RFC 7644, section 3.12).
[[nodiscard]] http::Response refusal(const Error& error, const std::string& request_id);

// What this server can do (RFC 7643, sections 5 to 7), as lists or objects ready to be sent.
[[nodiscard]] json::Value service_provider_config(const std::string& base);
[[nodiscard]] std::vector<json::Value> resource_types(const std::string& base);
[[nodiscard]] std::vector<json::Value> schemas(const std::string& base);

}  // namespace kansli::api::scim
