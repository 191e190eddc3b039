// A filter, a path and a change as a provisioning program might send them. What is taken for a filter can be compared with
// nothing that is not there.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/scim_filter.hpp"
#include "api/scim_patch.hpp"
#include "json/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)kansli::api::scim::parse_filter(bytes);
    (void)kansli::api::scim::parse_path(bytes);
    const auto body = kansli::json::parse(bytes);
    if (!body) return 0;
    const auto steps = kansli::api::scim::parse_patch(*body);
    if (!steps) return 0;
    kansli::access::ProvisionedPerson person;
    kansli::access::ProvisionedGroup group;
    (void)kansli::api::scim::apply(*steps, person);
    (void)kansli::api::scim::apply(*steps, group);
    return 0;
}
