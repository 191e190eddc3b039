#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "house.hpp"
#include "identity_provider.hpp"
#include "json/describe.hpp"

namespace kansli::app {

namespace {

// What the settings give that does not exist, so that nobody would get it.
Result<std::vector<std::string>> missing_grants(House& house) {
    std::vector<std::string> missing;
    const auto groups = TRY(house.organisation.groups());
    const auto departments = TRY(house.organisation.departments());
    for (const auto& [group, grants] : house.settings.groups) {
        for (const auto& [kind, name] : grants) {
            const bool exists = kind == access::GrantKind::group
                                    ? std::ranges::count(groups, name, &access::Group::name) > 0
                                : kind == access::GrantKind::department
                                    ? std::ranges::count(departments, name, &access::Department::name) > 0
                                    : true;
            if (!exists)
                missing.push_back(
                    fmt::format("{} ger {}:{}, som inte finns.", group, json::enum_name(kind), name));
        }
    }
    return missing;
}

Result<void> check_sign_in(const std::string& data) {
    const auto house = TRY(House::open(data));
    const auto provider = TRY(identity_provider(house->settings));
    if (!provider) {
        return fail(ErrorCode::not_found, "Ingen leverantör är angiven.", "kansli.toml",
                    "Se docs/operations/sign-in.md.");
    }
    const auto description = TRY(provider->description());
    fmt::print("Leverantör       {}\nInloggning       {}\nByte av kod      {}\nNycklar          {}\n",
               provider->issuer(), description.authorization, description.token, description.keys);
    const auto& site = house->settings.public_url;
    fmt::print("Adress att ange  {}/api/openid/callback\n", site.empty() ? "http://127.0.0.1:PORT" : site);
    const auto missing = TRY(missing_grants(*house));
    for (const auto& line : missing)
        fmt::print("{}\n", line);
    if (missing.empty()) return {};
    return fail(ErrorCode::not_found, "Inställningarna ger något som inte finns.", "kansli.toml [groups]",
                "Lägg upp det under Personer, eller rätta namnet.");
}

}  // namespace

void add_openid(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("openid", "Inloggning hos kommunens leverantör (OpenID Connect)");
    command->require_subcommand(1);
    auto data = std::make_shared<std::string>();
    auto* checking =
        command->add_subcommand("check", "Se om leverantören svarar och inställningarna stämmer");
    add_data_option(*checking, *data);
    checking->callback([data, &runner] { runner.run([&] { return check_sign_in(*data); }); });
}

}  // namespace kansli::app
