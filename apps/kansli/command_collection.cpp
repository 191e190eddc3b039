#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/caller.hpp"
#include "api/messages.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"

namespace kansli::app {

namespace {

using access::InformationClass;
using documents::CollectionSettings;

struct CollectionOptions {
    std::string data{};
    std::string name{};
    std::optional<std::string> owner{};
    std::vector<std::string> access{};
    bool open = false;
    std::optional<std::string> information_class{};
    std::optional<std::string> secrecy{};
    bool no_secrecy = false;
    bool json = false;
};

void print(const CollectionSettings& settings) {
    fmt::print("{}\n", settings.name);
    fmt::print("    läses av: {}\n", settings.access.empty()
                                         ? "alla som är inloggade"
                                         : fmt::format("{}", fmt::join(settings.access, ", ")));
    if (!settings.owner.empty()) fmt::print("    ägs av: {}\n", settings.owner);
    if (settings.information_class != InformationClass::open)
        fmt::print("    klass: minst {}\n", json::enum_name(settings.information_class));
    if (!settings.secrecy.empty()) fmt::print("    sekretess: {}\n", settings.secrecy);
}

Result<void> list(const CollectionOptions& options) {
    const auto house = TRY(House::open(options.data));
    const api::CollectionSettingsList all{TRY(house->library->collection_settings(access::keeper()))};
    if (options.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    for (const auto& settings : all.collections)
        print(settings);
    return {};
}

Result<InformationClass> class_named(const std::string& name) {
    const auto level = json::enum_value<InformationClass>(name);
    if (level) return *level;
    return fail(ErrorCode::invalid_input, "Klassen finns inte.", name,
                "Skriv open, internal, confidential eller secret.");
}

// What is not given stays as it is.
Result<CollectionSettings> changed(CollectionSettings settings, const CollectionOptions& options) {
    if (options.owner) settings.owner = *options.owner;
    if (!options.access.empty()) settings.access = options.access;
    if (options.open) settings.access.clear();
    if (options.information_class) settings.information_class = TRY(class_named(*options.information_class));
    if (options.secrecy) settings.secrecy = *options.secrecy;
    if (options.no_secrecy) settings.secrecy.clear();
    return settings;
}

Result<void> set(const CollectionOptions& options) {
    const auto house = TRY(House::open(options.data));
    CollectionSettings before{.name = options.name};
    for (auto& settings : TRY(house->library->collection_settings(access::keeper())))
        if (settings.name == options.name) before = std::move(settings);
    const auto settings = TRY(changed(std::move(before), options));
    TRY(house->library->set_collection(access::keeper(), settings));
    TRY(house->index->sync());
    print(settings);
    return {};
}

}  // namespace

void add_collection(CLI::App& program, Runner& runner) {
    auto* command =
        program.add_subcommand("collection", "Samlingar: vilka som får läsa, klass och sekretess");
    command->require_subcommand(1);
    auto options = std::make_shared<CollectionOptions>();

    auto* listing = command->add_subcommand("list", "Visa samlingarna och vad som gäller i dem");
    add_data_option(*listing, options->data);
    listing->add_flag("--json", options->json, "Skriv JSON");
    listing->callback([options, &runner] { runner.run([&] { return list(*options); }); });

    auto* setting = command->add_subcommand("set", "Ändra vad som gäller för allt i en samling, genast");
    add_data_option(*setting, options->data);
    setting->add_option("SAMLING", options->name, "Samlingens namn")->required();
    setting->add_option("--owner", options->owner, "Nämnd eller förvaltning för dokument som inte har någon")
        ->type_name("NAMN");
    auto* access =
        setting
            ->add_option("--access", options->access,
                         "Vem som får läsa: en grupp, department:NAMN eller person:NAMN; får upprepas")
            ->type_name("VEM")
            ->allow_extra_args(false);
    setting->add_flag("--open", options->open, "Låt alla som är inloggade läsa")->excludes(access);
    setting
        ->add_option("--class", options->information_class,
                     "Minsta klass: open, internal, confidential, secret")
        ->type_name("KLASS");
    auto* secrecy =
        setting
            ->add_option("--secrecy", options->secrecy,
                         "Bestämmelsen för dokument som inte har någon, till exempel OSL 26 kap. 1 §")
            ->type_name("BESTÄMMELSE");
    setting->add_flag("--no-secrecy", options->no_secrecy, "Ta bort sekretessen")->excludes(secrecy);
    setting->callback([options, &runner] { runner.run([&] { return set(*options); }); });
}

}  // namespace kansli::app
