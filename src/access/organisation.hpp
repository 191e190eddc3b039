#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/alongside.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

namespace kansli::access {

using DepartmentId = Id<struct DepartmentTag>;
using GroupId = Id<struct GroupTag>;

// A nämnd or förvaltning.
struct Department {
    DepartmentId id{};
    std::string name{};
    int people = 0;

    friend bool operator==(const Department&, const Department&) = default;
};

// People who may read the same things, within a department or across them.
struct Group {
    GroupId id{};
    std::string name{};
    std::string department{};  // its name; empty when the group belongs to none
    int people = 0;

    friend bool operator==(const Group&, const Group&) = default;
};

struct NewGroup {
    std::string name{};
    std::string department{};
};

// What is set is changed.
struct GroupChange {
    std::optional<std::string> name{};
    std::optional<std::string> department{};
};

// The departments and groups that people belong to. Their names stand in access lists of documents, so a
// renamed one keeps its earlier names: they still let its people in, and nobody else can take them.
// Errors: invalid_input for a name that is empty, too long, unprintable or holds a colon; conflict when the
// name is or was another's; not_found.
// Threads: any.
class Organisation {
  public:
    explicit Organisation(store::Database& database);

    // In order of name.
    [[nodiscard]] Result<std::vector<Department>> departments();
    [[nodiscard]] Result<std::vector<Group>> groups();

    [[nodiscard]] Result<Department> create_department(std::string_view name,
                                                       const Alongside<Department>& alongside = {});
    [[nodiscard]] Result<Department> rename_department(const DepartmentId& id, std::string_view name,
                                                       const Alongside<Department>& alongside = {});
    // conflict while people or groups belong to it.
    [[nodiscard]] Result<void> remove_department(const DepartmentId& id,
                                                 const Alongside<Department>& alongside = {});

    [[nodiscard]] Result<Group> create_group(const NewGroup& group, const Alongside<Group>& alongside = {});
    [[nodiscard]] Result<Group> change_group(const GroupId& id, const GroupChange& change,
                                             const Alongside<Group>& alongside = {});
    // Its members leave it. Documents that name it are then read by whoever else their list lets in.
    [[nodiscard]] Result<void> remove_group(const GroupId& id, const Alongside<Group>& alongside = {});

  private:
    store::Database& database_;
};

}  // namespace kansli::access
