#include <utility>

#include "api/account_messages.hpp"
#include "api/noted.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

using access::Department;
using access::DepartmentId;
using access::Group;
using access::GroupId;

void add_department_routes(RouteTable& table) {
    table.add<DepartmentForm, Department>(
        {http::Method::post, "/api/departments", "createDepartment", "Lägg upp en nämnd eller förvaltning.",
         Right::administer},
        [](Call& call, DepartmentForm form) {
            return call.services.organisation.create_department(
                form.name, noted<Department>(call, "department_created"));
        },
        201);
    table.add<DepartmentForm, Department>(
        {http::Method::put, "/api/departments/{department}", "renameDepartment",
         "Byt namn på en nämnd eller förvaltning.", Right::administer},
        [](Call& call, DepartmentForm form) {
            return call.services.organisation.rename_department(
                DepartmentId{call.path_value("department")}, form.name,
                noted<Department>(call, "department_changed"));
        });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/departments/{department}", "removeDepartment",
         "Ta bort en nämnd eller förvaltning som ingen hör till.", Right::administer},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.organisation.remove_department(DepartmentId{call.path_value("department")},
                                                             noted<Department>(call, "department_removed")));
            return Nothing{};
        },
        204);
}

void add_group_routes(RouteTable& table) {
    table.add<GroupForm, Group>(
        {http::Method::post, "/api/groups", "createGroup", "Lägg upp en grupp.", Right::administer},
        [](Call& call, GroupForm form) {
            return call.services.organisation.create_group(
                {.name = std::move(form.name), .department = std::move(form.department).value_or("")},
                noted<Group>(call, "group_created"));
        },
        201);
    table.add<GroupForm, Group>(
        {http::Method::put, "/api/groups/{group}", "changeGroup",
         "Byt namn på en grupp, eller nämnd eller förvaltning för den.", Right::administer},
        [](Call& call, GroupForm form) {
            return call.services.organisation.change_group(
                GroupId{call.path_value("group")},
                {.name = std::move(form.name), .department = std::move(form.department).value_or("")},
                noted<Group>(call, "group_changed"));
        });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/groups/{group}", "removeGroup", "Ta bort en grupp. Medlemmarna lämnar den.",
         Right::administer},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.organisation.remove_group(GroupId{call.path_value("group")},
                                                        noted<Group>(call, "group_removed")));
            return Nothing{};
        },
        204);
}

}  // namespace

void add_organisation_routes(RouteTable& table) {
    table.add<Nothing, OrganisationView>(
        {http::Method::get, "/api/organisation", "getOrganisation",
         "Nämnder, förvaltningar och grupper, med hur många som hör till dem.", Right::administer},
        [](Call& call, Nothing) -> Result<OrganisationView> {
            return OrganisationView{.departments = TRY(call.services.organisation.departments()),
                                    .groups = TRY(call.services.organisation.groups())};
        });
    add_department_routes(table);
    add_group_routes(table);
}

}  // namespace kansli::api
