#include <memory>
#include <string>

#include <fmt/format.h>

#include "api/desk_messages.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"

// The command line shows what is on the desk and decides nothing: a decision is made by a named person, who is signed in.
namespace kansli::app {

namespace {

struct DeskOptions {
    std::string data{};
    std::string id{};
    std::string kind{};
    bool json = false;
};

Result<void> list(const DeskOptions& options) {
    const auto house = TRY(House::open(options.data));
    desk::Desk::Filter filter{.limit = 1000};
    if (!options.kind.empty()) filter.kind = options.kind;
    api::DeskList shown;
    for (const auto& proposal : TRY(house->desk.waiting(access::keeper(), filter)))
        shown.items.push_back(api::view(proposal));
    if (options.json) {
        fmt::print("{}\n", json::write(shown));
        return {};
    }
    for (const auto& item : shown.items) {
        fmt::print("{}  {}  {:.2f}  {}{}{}\n", item.id, item.kind, item.confidence,
                   item.deadline ? "senast " + to_string(*item.deadline) + "  " : "", item.title,
                   item.opened_by ? fmt::format("  (öppnad av {})", item.opened_by->name) : "");
    }
    return {};
}

Result<void> show(const DeskOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto proposal = TRY(house->desk.proposal(access::keeper(), desk::ProposalId(options.id)));
    fmt::print("{}\n\n{}\n\nSlag {}, läge {}, säkerhet {:.2f}, från {}, anteckning {} i protokollet.\n",
               proposal.made.title, proposal.text, proposal.made.kind, json::enum_name(proposal.state),
               proposal.made.confidence, proposal.owner_name, proposal.entry);
    for (const auto& review : TRY(house->desk.history(access::keeper(), proposal.id))) {
        fmt::print("  {}  {}  {}{}{}\n", to_string(review.moment), review.name,
                   json::enum_name(review.action), review.reason.empty() ? "" : ": " + review.reason,
                   review.undone ? " (ångrat)" : "");
    }
    return {};
}

}  // namespace

void add_desk(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("desk", "Inkorgen: visa det som väntar på granskning");
    command->require_subcommand(1);
    auto options = std::make_shared<DeskOptions>();
    auto* listing = command->add_subcommand("list", "Visa allt som väntar, sista dag först");
    add_data_option(*listing, options->data);
    listing->add_option("--kind", options->kind, "Bara ett slag av förslag")->type_name("SLAG");
    listing->add_flag("--json", options->json, "Skriv JSON");
    listing->callback([options, &runner] { runner.run([&] { return list(*options); }); });
    auto* showing =
        command->add_subcommand("show", "Visa ett förslag. Beslut fattas på sidan, av en inloggad person");
    add_data_option(*showing, options->data);
    showing->add_option("ID", options->id, "Förslagets id")->required();
    showing->callback([options, &runner] { runner.run([&] { return show(*options); }); });
}

}  // namespace kansli::app
