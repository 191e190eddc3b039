#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "archive/subject_extract.hpp"
#include "archive/subject_rights.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "retention_output.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

struct SubjectArguments {
    std::string data{};
    std::string by{};
    archive::Subject subject{};
    std::string out{};
    bool json = false;
};

// One thing, as it is named on the command line.
struct ThingArguments {
    std::string data{};
    std::string by{};
    std::string document{};
    std::string entry{};
    std::string proposal{};
    std::string ground = "accuracy";
    std::string wrong{};
    std::string right{};
    std::string reason{};
    bool replaced = false;
    std::int64_t restriction = 0;
    bool json = false;
};

Result<archive::PartName> thing_of(const ThingArguments& arguments) {
    const int named = !arguments.document.empty() + !arguments.entry.empty() + !arguments.proposal.empty();
    if (named != 1) return fail(ErrorCode::invalid_input, "Ange en av --document, --entry och --proposal.");
    if (!arguments.document.empty()) return archive::PartName{archive::Part::document, arguments.document};
    if (!arguments.entry.empty()) return archive::PartName{archive::Part::entry, arguments.entry};
    return archive::PartName{archive::Part::proposal, arguments.proposal};
}

std::string option_of(archive::Part part) {
    return part == archive::Part::other ? std::string() : fmt::format("--{} ", json::enum_name(part));
}

Result<void> find_subject(const SubjectArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto found = TRY(house->subjects.find(caller, arguments.subject));
    if (arguments.json) {
        fmt::print("{}\n", json::write(found));
        return {};
    }
    fmt::print("{} konton, {} uppgifter.\n", found.accounts.size(), found.total);
    for (const auto& item : found.items) {
        fmt::print("{}{}  {}{}\n", option_of(item.part), item.id, item.title.empty() ? item.kind : item.title,
                   item.restricted ? "  (begränsad)" : "");
        if (!item.places.empty()) fmt::print("    {}\n", item.places.front());
    }
    return {};
}

Result<void> extract_about(const SubjectArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const fs::path out(arguments.out);
    std::error_code problem;
    if (fs::exists(out, problem)) return fail(ErrorCode::conflict, "Mappen finns redan.", out.string());
    fs::create_directories(out, problem);
    if (problem)
        return fail(ErrorCode::unavailable, "Mappen kan inte skapas.", out.string(), problem.message());
    fs::permissions(out, fs::perms::owner_all, problem);
    const auto report =
        TRY(archive::extract_subject(house->subjects.stores(), caller, arguments.subject, out, now()));
    fmt::print(
        "{} omnämnanden i {} uppgifter och {} konton. Läs igenom {} innan det lämnas ut: andra kan ha samma "
        "namn.\n",
        report.mentions, report.items, report.accounts, (out / "registerutdrag.html").string());
    return {};
}

Result<void> restrict_thing(const ThingArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto ground = json::enum_value<archive::RestrictionGround>(arguments.ground);
    if (!ground)
        return fail(ErrorCode::invalid_input, "Grunden finns inte.", "ground",
                    "Välj accuracy, unlawful, claims eller objection.");
    const auto made =
        TRY(house->subjects.restrict(caller, {TRY(thing_of(arguments)), *ground, arguments.reason}));
    TRY(house->index->sync());
    fmt::print("Behandlingen är begränsad. Begränsningen är anteckning {}.\n", made.entry);
    return {};
}

Result<void> lift_restriction(const ThingArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    TRY(house->subjects.lift(caller, arguments.restriction, arguments.reason));
    TRY(house->index->sync());
    fmt::print("Begränsningen är hävd.\n");
    return {};
}

Result<void> list_restrictions(const ThingArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto all = TRY(house->subjects.restrictions(caller));
    if (arguments.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    for (const auto& one : all) {
        fmt::print("{}  {}  {}{}  {}\n", one.entry, to_string(day_in_sweden(one.moment)),
                   option_of(one.thing.part), one.thing.id,
                   one.lifted ? "hävd " + to_string(day_in_sweden(*one.lifted)) : one.reason);
    }
    return {};
}

Result<void> correct_thing(const ThingArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto made =
        TRY(house->subjects.correct(caller, {TRY(thing_of(arguments)), arguments.wrong, arguments.right,
                                             arguments.reason, arguments.replaced}));
    if (arguments.replaced) TRY(house->index->sync());
    fmt::print("Rättelsen är anteckning {}.\n", made.entry);
    return {};
}

Result<void> list_recipients(const ThingArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto all = TRY(house->subjects.recipients(caller, TRY(thing_of(arguments))));
    if (arguments.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    fmt::print("{} har fått uppgiften.\n", all.size());
    for (const auto& one : all)
        fmt::print("{}  {}  {}  {}\n", to_string(day_in_sweden(one.moment)), one.way, one.target, one.title);
    return {};
}

void add_caller(CLI::App& command, std::string& data, std::string& by) {
    add_data_option(command, data);
    command.add_option("--by", by, "Ditt namn, som det står bland personerna")->required()->type_name("NAMN");
}

std::shared_ptr<SubjectArguments> add_person(CLI::App& command) {
    auto a = std::make_shared<SubjectArguments>();
    add_caller(command, a->data, a->by);
    command.add_option("--name", a->subject.names, "Namn; kan anges flera gånger")->type_name("NAMN");
    command.add_option("--number", a->subject.identity_number, "Personnummer");
    return a;
}

std::shared_ptr<ThingArguments> add_thing(CLI::App& command) {
    auto a = std::make_shared<ThingArguments>();
    add_caller(command, a->data, a->by);
    command.add_option("--document", a->document, "Dokumentets eller versionens id");
    command.add_option("--entry", a->entry, "Anteckningens nummer");
    command.add_option("--proposal", a->proposal, "Förslagets id");
    return a;
}

void add_looking(CLI::App& subject, Runner& runner) {
    auto* find = subject.add_subcommand("find", "Sök allt som nämner en person");
    auto sought = add_person(*find);
    find->add_flag("--json", sought->json, "Skriv JSON");
    find->callback([sought, &runner] { runner.run([&] { return find_subject(*sought); }); });

    auto* extract = subject.add_subcommand("extract", "Gör ett registerutdrag (artikel 15)");
    auto about = add_person(*extract);
    extract->add_option("--out", about->out, "Ny mapp")->required()->type_name("DIR");
    extract->callback([about, &runner] { runner.run([&] { return extract_about(*about); }); });

    auto* recipients =
        subject.add_subcommand("recipients", "Visa vilka som har fått en uppgift (artikel 19)");
    auto of = add_thing(*recipients);
    recipients->add_flag("--json", of->json, "Skriv JSON");
    recipients->callback([of, &runner] { runner.run([&] { return list_recipients(*of); }); });
}

void add_restricting(CLI::App& subject, Runner& runner) {
    auto* restrict = subject.add_subcommand("restrict", "Begränsa behandlingen av en uppgift (artikel 18)");
    auto wanted = add_thing(*restrict);
    restrict->add_option("--ground", wanted->ground, "accuracy, unlawful, claims eller objection");
    restrict->add_option("--reason", wanted->reason, "Varför")->required();
    restrict->callback([wanted, &runner] { runner.run([&] { return restrict_thing(*wanted); }); });

    auto* lift = subject.add_subcommand("lift", "Häv en begränsning");
    auto lifted = std::make_shared<ThingArguments>();
    add_caller(*lift, lifted->data, lifted->by);
    lift->add_option("--restriction", lifted->restriction, "Begränsningens nummer")->required();
    lift->add_option("--reason", lifted->reason, "Varför")->required();
    lift->callback([lifted, &runner] { runner.run([&] { return lift_restriction(*lifted); }); });

    auto* list = subject.add_subcommand("restrictions", "Lista begränsningar");
    auto listed = std::make_shared<ThingArguments>();
    add_caller(*list, listed->data, listed->by);
    list->add_flag("--json", listed->json, "Skriv JSON");
    list->callback([listed, &runner] { runner.run([&] { return list_restrictions(*listed); }); });
}

void add_correcting(CLI::App& subject, Runner& runner) {
    auto* correct = subject.add_subcommand("correct", "Rätta en personuppgift (artikel 16)");
    auto wanted = add_thing(*correct);
    correct->add_option("--wrong", wanted->wrong, "Uppgiften som den står");
    correct->add_option("--right", wanted->right, "Uppgiften som den ska vara")->required();
    correct->add_option("--reason", wanted->reason, "Varför")->required();
    correct->add_flag("--replaced", wanted->replaced,
                      "En äldre version av ett dokument: den söks och citeras inte längre");
    correct->callback([wanted, &runner] { runner.run([&] { return correct_thing(*wanted); }); });
}

}  // namespace

void add_subject(CLI::App& program, Runner& runner) {
    auto* subject = program.add_subcommand(
        "subject", "Registrerades rättigheter: registerutdrag, rättelse, begränsad behandling");
    subject->require_subcommand(1);
    add_looking(*subject, runner);
    add_restricting(*subject, runner);
    add_correcting(*subject, runner);
}

}  // namespace kansli::app
