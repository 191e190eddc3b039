#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/messages.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"

namespace kansli::app {

namespace {

struct UserOptions {
    std::string data{};
    std::string name{};
    std::vector<access::Role> roles = {access::Role::reader};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    std::uint16_t port = 8480;
};

access::People::Alongside noted(House& house, std::string kind) {
    return [&record = house.record, kind = std::move(kind)](store::Connection& connection,
                                                            const access::User& user) -> Result<void> {
        const auto content = json::write(api::view(user));
        TRY(record.append(connection, access::keeper(), kind, user.id.str(), content, now()));
        return {};
    };
}

Result<void> print_link(House& house, const access::User& user, std::uint16_t port) {
    const auto link = TRY(house.people.issue_link(user.id, noted(house, "sign_in_link_made")));
    const auto base = house.settings.public_url.empty() ? fmt::format("http://127.0.0.1:{}", port)
                                                        : house.settings.public_url;
    fmt::print("{} loggar in en gång, inom 24 timmar, med\n{}/in/{}\n", user.name, base, link.token);
    return {};
}

Result<void> add(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto user = TRY(house->people.create_user({.name = options.name,
                                                     .roles = options.roles,
                                                     .groups = options.groups,
                                                     .department = options.department,
                                                     .review_kinds = options.review_kinds},
                                                    noted(*house, "user_created")));
    return print_link(*house, user, options.port);
}

Result<void> link(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& user : TRY(house->people.users())) {
        if (user.name == options.name) return print_link(*house, user, options.port);
    }
    return fail(ErrorCode::not_found, "Ingen har det namnet.", options.name, "kansli user list visar alla.");
}

Result<void> list(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& user : TRY(house->people.users())) {
        std::vector<std::string_view> roles;
        for (const auto role : user.roles)
            roles.push_back(json::enum_name(role));
        fmt::print("{}  {}{}  {}\n", user.name, fmt::join(roles, " "), user.disabled ? " (avstängd)" : "",
                   fmt::join(user.groups, ", "));
    }
    return {};
}

void add_port_option(CLI::App& command, UserOptions& options) {
    command
        .add_option("--port", options.port, "Serverns port, för länken; public_url i kansli.toml går före")
        ->capture_default_str()
        ->type_name("NUMMER");
}

}  // namespace

void add_user(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("user", "Personer som får logga in");
    command->require_subcommand(1);
    auto options = std::make_shared<UserOptions>();
    std::map<std::string, access::Role> roles;
    for (const auto role : json::enum_values<access::Role>())
        roles.emplace(json::enum_name(role), role);

    auto* adding = command->add_subcommand("add", "Skapa ett konto och skriv ut en engångslänk");
    add_data_option(*adding, options->data);
    adding->add_option("--name", options->name, "Personens namn")->required();
    adding
        ->add_option(
            "--role", options->roles,
            "reader, editor, reviewer, administrator, auditor, data_protection_officer eller service; "
            "får upprepas")
        ->allow_extra_args(false)
        ->transform(CLI::CheckedTransformer(roles))
        ->type_name("ROLL");
    adding
        ->add_option("--reviews", options->review_kinds,
                     "Slag av förslag som personen får avgöra, * för alla")
        ->allow_extra_args(false)
        ->type_name("SLAG");
    adding->add_option("--department", options->department, "Nämnd eller förvaltning");
    adding->add_option("--group", options->groups, "Grupp; får upprepas")->allow_extra_args(false);
    add_port_option(*adding, *options);
    adding->callback([options, &runner] { runner.run([&] { return add(*options); }); });

    auto* linking = command->add_subcommand("link", "Skriv ut en ny engångslänk till ett konto");
    add_data_option(*linking, options->data);
    linking->add_option("--name", options->name, "Personens namn")->required();
    add_port_option(*linking, *options);
    linking->callback([options, &runner] { runner.run([&] { return link(*options); }); });

    auto* listing = command->add_subcommand("list", "Visa alla konton");
    add_data_option(*listing, options->data);
    listing->callback([options, &runner] { runner.run([&] { return list(*options); }); });
}

}  // namespace kansli::app
