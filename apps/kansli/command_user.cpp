#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/caller.hpp"
#include "api/messages.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "noted.hpp"

namespace kansli::app {

namespace {

struct UserOptions {
    std::string data{};
    std::string name{};  // of the one to be made, or the name or user name of the one that is meant
    std::optional<std::string> new_name{};
    std::optional<std::string> user_name{};
    std::optional<std::string> email{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::optional<std::string> department{};
    std::vector<std::string> review_kinds{};
    bool disable = false;
    bool enable = false;
    std::uint16_t port = 8480;
};

Result<void> print_link(House& house, const access::User& user, std::uint16_t port) {
    const auto link =
        TRY(house.credentials.issue_link(user.id, noted<access::User>(house, "sign_in_link_made")));
    const auto base = house.settings.public_url.empty() ? fmt::format("http://127.0.0.1:{}", port)
                                                        : house.settings.public_url;
    fmt::print("{} loggar in en gång, inom 24 timmar, med\n{}/in/{}\n", user.name, base, link.token);
    return {};
}

Result<void> add_person(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    access::NewUser wanted{.name = options.name,
                           .groups = options.groups,
                           .department = options.department.value_or(""),
                           .review_kinds = options.review_kinds,
                           .user_name = options.user_name.value_or(""),
                           .email = options.email.value_or("")};
    if (!options.roles.empty()) wanted.roles = options.roles;
    const auto user = TRY(house->people.create_user(wanted, noted<access::User>(*house, "user_created")));
    fmt::print("{} har användarnamnet {}.\n", user.name, user.user_name);
    if (std::ranges::find(user.roles, access::Role::service) != user.roles.end()) {
        fmt::print("Ett tjänstekonto loggar inte in. Skapa en nyckel med kansli key add --owner {}\n",
                   user.user_name);
        return {};
    }
    return print_link(*house, user, options.port);
}

Result<void> print_new_link(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    return print_link(*house, TRY(house->people.user_called(options.name)), options.port);
}

Result<void> change_person(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto user = TRY(house->people.user_called(options.name));
    access::UserChange change{.name = options.new_name,
                              .department = options.department,
                              .user_name = options.user_name,
                              .email = options.email};
    if (!options.roles.empty()) change.roles = options.roles;
    if (!options.groups.empty()) change.groups = options.groups;
    if (!options.review_kinds.empty()) change.review_kinds = options.review_kinds;
    if (options.disable || options.enable) change.disabled = options.disable;
    const auto changed =
        TRY(house->people.update_user(user.id, change, noted<access::User>(*house, "user_changed")));
    fmt::print("{} ({}) är ändrad.\n", changed.name, changed.user_name);
    return {};
}

Result<void> reset_person(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto user = TRY(house->people.user_called(options.name));
    TRY(house->credentials.reset(user.id, noted<access::User>(*house, "sign_in_reset")));
    fmt::print("{} är utloggad överallt och har varken lösenord eller kod i telefonen.\n", user.name);
    return {};
}

Result<void> list_people(const UserOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& user : TRY(house->people.users())) {
        std::vector<std::string_view> roles;
        for (const auto role : user.roles)
            roles.push_back(json::enum_name(role));
        fmt::print("{}  {}  {}{}  {}  {}\n", user.user_name, user.name, fmt::join(roles, " "),
                   user.disabled ? " (avstängd)" : "", user.department, fmt::join(user.groups, ", "));
    }
    return {};
}

void add_port_option(CLI::App& command, UserOptions& options) {
    command
        .add_option("--port", options.port, "Serverns port, för länken; public_url i kansli.toml går före")
        ->capture_default_str()
        ->type_name("NUMMER");
}

void add_field_options(CLI::App& command, UserOptions& options) {
    std::map<std::string, access::Role> roles;
    for (const auto role : json::enum_values<access::Role>())
        roles.emplace(json::enum_name(role), role);
    command.add_option("--user-name", options.user_name, "Att logga in med; annars efter namnet");
    command.add_option("--email", options.email, "E-postadress");
    command
        .add_option(
            "--role", options.roles,
            "reader, editor, reviewer, administrator, auditor, data_protection_officer eller service; "
            "får upprepas")
        ->allow_extra_args(false)
        ->transform(CLI::CheckedTransformer(roles).description(""))
        ->type_name("ROLL");
    command
        .add_option("--reviews", options.review_kinds, "Slag av förslag som personen får avgöra, * för alla")
        ->allow_extra_args(false)
        ->type_name("SLAG");
    command.add_option("--department", options.department, "Nämnd eller förvaltning, som redan finns");
    command.add_option("--group", options.groups, "Grupp, som redan finns; får upprepas")
        ->allow_extra_args(false);
}

// A command about somebody there is.
CLI::App* add_person_command(CLI::App& command, const std::shared_ptr<UserOptions>& options, const char* name,
                             const char* about) {
    auto* subcommand = command.add_subcommand(name, about);
    add_data_option(*subcommand, options->data);
    subcommand->add_option("--name", options->name, "Personens användarnamn, eller namn")->required();
    return subcommand;
}

}  // namespace

void add_user(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("user", "Personer som får logga in");
    command->require_subcommand(1);
    auto options = std::make_shared<UserOptions>();

    auto* adding = command->add_subcommand("add", "Skapa ett konto och skriv ut en engångslänk");
    add_data_option(*adding, options->data);
    adding->add_option("--name", options->name, "Personens namn")->required();
    add_field_options(*adding, *options);
    add_port_option(*adding, *options);
    adding->callback([options, &runner] { runner.run([&] { return add_person(*options); }); });

    auto* linking =
        add_person_command(*command, options, "link", "Skriv ut en ny engångslänk till ett konto");
    add_port_option(*linking, *options);
    linking->callback([options, &runner] { runner.run([&] { return print_new_link(*options); }); });

    auto* changing = add_person_command(*command, options, "change", "Ändra ett konto");
    changing->add_option("--new-name", options->new_name, "Nytt namn");
    add_field_options(*changing, *options);
    changing->add_flag("--enable", options->enable, "Släpp in personen igen");
    changing->add_flag("--disable", options->disable, "Stäng av kontot")->excludes("--enable");
    changing->callback([options, &runner] { runner.run([&] { return change_person(*options); }); });

    auto* resetting = add_person_command(*command, options, "reset",
                                         "Ta bort lösenord, kod i telefonen, inloggningar och länkar");
    resetting->callback([options, &runner] { runner.run([&] { return reset_person(*options); }); });

    auto* listing = command->add_subcommand("list", "Visa alla konton");
    add_data_option(*listing, options->data);
    listing->callback([options, &runner] { runner.run([&] { return list_people(*options); }); });
}

}  // namespace kansli::app
