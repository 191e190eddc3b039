#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/provisioning.hpp"
#include "store/database.hpp"

// Provisioned people and groups as rows.
namespace kansli::access::detail {

// not_found for whom the provisioning program does not see: service accounts, and those that it has removed.
[[nodiscard]] Result<ProvisionedPerson> load_person(store::Connection& connection, const UserId& id);
[[nodiscard]] Result<std::vector<ProvisionedPerson>> load_people(store::Connection& connection,
                                                                 const WantedPeople& wanted);
// The one who was removed and had this external id.
[[nodiscard]] Result<std::optional<UserId>> removed_person(store::Connection& connection,
                                                           const std::string& external_id);
// conflict when the external id is another's.
[[nodiscard]] Result<void> note_person(store::Connection& connection, const UserId& id,
                                       const std::string& external_id, bool removed);

[[nodiscard]] Result<ProvisionedGroup> load_provisioned_group(store::Connection& connection,
                                                              const GroupId& id);
// True when the group was not provisioned before. conflict when the external id is another's.
[[nodiscard]] Result<bool> note_group(store::Connection& connection, const GroupId& id,
                                      const std::string& external_id);
// The names and external ids of the provisioned groups that the person is in: what rules may call them.
[[nodiscard]] Result<std::vector<std::string>> group_marks(store::Connection& connection, const UserId& id);

}  // namespace kansli::access::detail
