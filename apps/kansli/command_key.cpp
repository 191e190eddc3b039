#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/api_keys.hpp"
#include "api/descriptions.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "noted.hpp"

namespace kansli::app {

namespace {

using access::ApiKey;

struct KeyOptions {
    std::string data{};
    std::string owner{};
    std::string name{};
    std::string id{};
    std::vector<access::Right> scope{};
    int days = 90;
};

Result<void> create_key(const KeyOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto owner = TRY(house->people.user_called(options.owner));
    const auto issued = TRY(house->keys.create(
        {.owner = owner.id, .name = options.name, .scope = options.scope, .days = options.days},
        noted<ApiKey>(*house, "key_created")));
    fmt::print("{} gäller till {} och visas bara nu:\n{}\n", issued.key.name, to_string(issued.key.expires),
               issued.token);
    return {};
}

std::string_view state_of(const ApiKey& key) {
    if (key.revoked) return "återkallad";
    return key.expires <= now() ? "utgången" : "gäller";
}

Result<void> list_keys(const KeyOptions& options) {
    const auto house = TRY(House::open(options.data));
    for (const auto& key : TRY(house->keys.all())) {
        std::vector<std::string_view> scope;
        for (const auto right : key.scope)
            scope.push_back(json::enum_name(right));
        fmt::print("{}  {}  {}  …{}  {}  {} till {}\n", key.id.str(), key.owner_name, key.name, key.ending,
                   fmt::join(scope, " "), state_of(key), to_string(key.expires));
    }
    return {};
}

Result<void> revoke_key(const KeyOptions& options) {
    const auto house = TRY(House::open(options.data));
    return house->keys.revoke(access::ApiKeyId(options.id), std::nullopt,
                              noted<ApiKey>(*house, "key_revoked"));
}

// What a key can be given.
std::map<std::string, access::Right> rights_by_name() {
    std::map<std::string, access::Right> rights;
    for (const auto right : json::enum_values<access::Right>()) {
        if (right != access::Right::anyone && right != access::Right::account)
            rights.emplace(json::enum_name(right), right);
    }
    return rights;
}

}  // namespace

void add_key(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("key", "API-nycklar för andra program");
    command->require_subcommand(1);
    auto options = std::make_shared<KeyOptions>();

    auto* adding = command->add_subcommand("add", "Skapa en nyckel och skriv ut den, en enda gång");
    add_data_option(*adding, options->data);
    adding->add_option("--owner", options->owner, "Kontot som nyckeln handlar för")->required();
    adding->add_option("--name", options->name, "Vad nyckeln ska användas till")->required();
    adding
        ->add_option("--scope", options->scope,
                     "read, edit, review, administer, audit, protect eller provision; får upprepas")
        ->required()
        ->allow_extra_args(false)
        ->transform(CLI::CheckedTransformer(rights_by_name()).description(""))
        ->type_name("RÄTTIGHET");
    adding->add_option("--days", options->days, "Dagar som den gäller")->capture_default_str();
    adding->callback([options, &runner] { runner.run([&] { return create_key(*options); }); });

    auto* listing = command->add_subcommand("list", "Visa alla nycklar");
    add_data_option(*listing, options->data);
    listing->callback([options, &runner] { runner.run([&] { return list_keys(*options); }); });

    auto* revoking = command->add_subcommand("revoke", "Återkalla en nyckel");
    add_data_option(*revoking, options->data);
    revoking->add_option("ID", options->id, "Nyckelns id, först på raden i kansli key list")->required();
    revoking->callback([options, &runner] { runner.run([&] { return revoke_key(*options); }); });
}

}  // namespace kansli::app
