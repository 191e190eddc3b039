#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/provisioning.hpp"
#include "api/scim_filter.hpp"
#include "core/result.hpp"
#include "json/value.hpp"

namespace kansli::api::scim {

enum class PatchVerb : std::uint8_t { add, replace, remove };

// One change of one attribute.
struct PatchStep {
    PatchVerb verb = PatchVerb::replace;
    AttributePath path{};
    json::Value value{};
};

// The steps of a PatchOp (RFC 7644, section 3.5.2), also as Entra ID writes it: verbs in any case, and an object without a
// path, whose members may be called "name.formatted", is one step a member.
[[nodiscard]] Result<std::vector<PatchStep>> parse_patch(const json::Value& body);

// Makes the changes, all or none. Attributes that Kansli does not keep are passed over; those that cannot be changed are
// invalid_input.
[[nodiscard]] Result<void> apply(const std::vector<PatchStep>& steps, access::ProvisionedPerson& person);
[[nodiscard]] Result<void> apply(const std::vector<PatchStep>& steps, access::ProvisionedGroup& group);

}  // namespace kansli::api::scim
