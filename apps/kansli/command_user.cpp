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
    access::Role role = access::Role::reader;
    std::vector<std::string> groups{};
    std::uint16_t port = 8480;
};

access::People::Alongside noted(House& house, std::string kind) {
    return [&record = house.record, kind = std::move(kind)](store::Connection& connection,
                                                            const access::User& user) -> Result<void> {
        const auto content = json::write(api::User{user.id.str(), user.name, user.role, user.groups});
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
    const auto user =
        TRY(house->people.create_user({.name = options.name, .role = options.role, .groups = options.groups},
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
        fmt::print("{}  {}{}  {}\n", user.name, json::enum_name(user.role),
                   user.disabled ? " (avstängd)" : "", fmt::join(user.groups, ", "));
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
    const std::map<std::string, access::Role> roles = {{"reader", access::Role::reader},
                                                       {"editor", access::Role::editor},
                                                       {"administrator", access::Role::administrator}};

    auto* adding = command->add_subcommand("add", "Skapa ett konto och skriv ut en engångslänk");
    add_data_option(*adding, options->data);
    adding->add_option("--name", options->name, "Personens namn")->required();
    adding->add_option("--role", options->role, "reader, editor eller administrator")
        ->transform(CLI::CheckedTransformer(roles))
        ->type_name("ROLL");
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
