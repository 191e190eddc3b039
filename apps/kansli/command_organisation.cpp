#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "access/organisation.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "noted.hpp"

namespace kansli::app {

namespace {

using access::Department;
using access::Group;

struct OrganisationOptions {
    std::string data{};
    std::string name{};
    std::string new_name{};
    std::optional<std::string> department{};
};

// The one of that name among `all`.
template <typename Named>
Result<Named> named(const std::vector<Named>& all, const std::string& name, std::string_view list_command) {
    for (const auto& one : all) {
        if (one.name == name) return one;
    }
    return fail(ErrorCode::not_found, "Ingen heter så.", name, fmt::format("{} visar alla.", list_command));
}

Result<Department> department_called(House& house, const std::string& name) {
    return named(TRY(house.organisation.departments()), name, "kansli department list");
}

Result<Group> group_called(House& house, const std::string& name) {
    return named(TRY(house.organisation.groups()), name, "kansli group list");
}

Result<void> add_department(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(house->organisation.create_department(options.name, noted<Department>(*house, "department_created")));
    return {};
}

Result<void> rename_department(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto department = TRY(department_called(*house, options.name));
    TRY(house->organisation.rename_department(department.id, options.new_name,
                                              noted<Department>(*house, "department_changed")));
    return {};
}

Result<void> remove_department(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto department = TRY(department_called(*house, options.name));
    return house->organisation.remove_department(department.id,
                                                 noted<Department>(*house, "department_removed"));
}

Result<void> list_departments(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& department : TRY(house->organisation.departments()))
        fmt::print("{}  {} personer\n", department.name, department.people);
    return {};
}

Result<void> add_group(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(house->organisation.create_group(
        {.name = options.name, .department = options.department.value_or("")},
        noted<Group>(*house, "group_created")));
    return {};
}

Result<void> change_group(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto group = TRY(group_called(*house, options.name));
    access::GroupChange change{.name = {}, .department = options.department};
    if (!options.new_name.empty()) change.name = options.new_name;
    TRY(house->organisation.change_group(group.id, change, noted<Group>(*house, "group_changed")));
    return {};
}

Result<void> remove_group(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto group = TRY(group_called(*house, options.name));
    return house->organisation.remove_group(group.id, noted<Group>(*house, "group_removed"));
}

Result<void> list_groups(const OrganisationOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& group : TRY(house->organisation.groups()))
        fmt::print("{}  {}  {} personer\n", group.name, group.department, group.people);
    return {};
}

using Work = Result<void> (*)(const OrganisationOptions&);

// One subcommand; `wants_name` for those about one department or group.
CLI::App* add_work(CLI::App& command, const std::shared_ptr<OrganisationOptions>& options, Runner& runner,
                   const char* name, const char* about, Work work, bool wants_name = true) {
    auto* subcommand = command.add_subcommand(name, about);
    add_data_option(*subcommand, options->data);
    if (wants_name) subcommand->add_option("--name", options->name, "Namnet")->required();
    subcommand->callback([options, &runner, work] { runner.run([&] { return work(*options); }); });
    return subcommand;
}

void add_departments(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("department", "Nämnder och förvaltningar");
    command->require_subcommand(1);
    auto options = std::make_shared<OrganisationOptions>();
    add_work(*command, options, runner, "add", "Lägg upp en", add_department);
    add_work(*command, options, runner, "rename", "Byt namn på en", rename_department)
        ->add_option("--new-name", options->new_name, "Nya namnet")
        ->required();
    add_work(*command, options, runner, "remove", "Ta bort en som ingen hör till", remove_department);
    add_work(*command, options, runner, "list", "Visa alla", list_departments, false);
}

void add_groups(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("group", "Grupper som avgör vad personer får läsa");
    command->require_subcommand(1);
    auto options = std::make_shared<OrganisationOptions>();
    add_work(*command, options, runner, "add", "Lägg upp en grupp", add_group)
        ->add_option("--department", options->department, "Nämnden eller förvaltningen den hör till");
    auto* changing =
        add_work(*command, options, runner, "change", "Byt namn eller tillhörighet", change_group);
    changing->add_option("--new-name", options->new_name, "Nya namnet");
    changing->add_option("--department", options->department, "Nämnden eller förvaltningen; tomt för ingen");
    add_work(*command, options, runner, "remove", "Ta bort en grupp", remove_group);
    add_work(*command, options, runner, "list", "Visa alla", list_groups, false);
}

}  // namespace

void add_organisation(CLI::App& program, Runner& runner) {
    add_departments(program, runner);
    add_groups(program, runner);
}

}  // namespace kansli::app
