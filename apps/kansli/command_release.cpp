#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "archive/release.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "extract/pack.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "retention_output.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t order_limit = std::size_t{64} << 20U;

struct FindArguments {
    std::string data{};
    std::string by{};
    archive::ReleaseQuery query{};
    std::string from{};
    std::string to{};
    bool json = false;
};

struct DraftArguments {
    std::string data{};
    std::string by{};
    std::string entry{};
    std::string version{};
    bool json = false;
};

struct MakeArguments {
    std::string data{};
    std::string by{};
    std::string order{};
    std::string out{};
};

Result<void> find(const FindArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    auto query = arguments.query;
    if (!arguments.from.empty()) query.from = TRY(parse_date(arguments.from));
    if (!arguments.to.empty()) query.to = TRY(parse_date(arguments.to));
    const auto found = TRY(house->release.find(caller, query));
    if (arguments.json) {
        fmt::print("{}\n", json::write(found));
        return {};
    }
    fmt::print("{} handlingar.\n", found.total);
    for (const auto& item : found.items) {
        const bool entry = item.stock == archive::Stock::record;
        fmt::print("{} {}  {}  {}\n    {}\n", entry ? "--entry" : "--version", item.id,
                   to_string(day_in_sweden(item.moment)), item.title.empty() ? item.kind : item.title,
                   item.snippet);
    }
    return {};
}

// A review begins with the draft: its text, what to look at, and an order with nothing masked to change and hand to `make`.
Result<void> draft(const DraftArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    if (arguments.entry.empty() == arguments.version.empty())
        return fail(ErrorCode::invalid_input, "Ange antingen --entry eller --version.");
    const archive::ItemName name = arguments.version.empty()
                                       ? archive::ItemName{archive::Stock::record, arguments.entry}
                                       : archive::ItemName{archive::Stock::document, arguments.version};
    const auto made = TRY(house->release.draft(caller, name));
    if (arguments.json) {
        fmt::print("{}\n", json::write(made));
        return {};
    }
    fmt::print("{}\n\n", made.text);
    for (const auto& proposal : made.proposals) {
        fmt::print("byte {}–{}: {}{}: {}\n", proposal.start, proposal.end, proposal.reason,
                   proposal.provision.empty() ? "" : ", " + proposal.provision,
                   made.text.substr(proposal.start, proposal.end - proposal.start));
    }
    return {};
}

Result<void> make(const MakeArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto order = TRY(json::read<archive::ReleaseOrder>(TRY(read_file(arguments.order, order_limit))));
    const fs::path out(arguments.out);
    const bool zip = out.extension() == ".zip";
    std::error_code problem;
    if (fs::exists(out, problem))
        return fail(ErrorCode::conflict, "Det finns redan något med det namnet.", out.string());
    const auto workspace = TRY(TemporaryFolder::create(house->folder.uploads()));
    const auto folder = zip ? workspace.path() / "utlamnande" : out;
    const auto report = TRY(house->release.make(caller, order, folder));
    if (zip) TRY(extract::pack_zip(folder, out, now()));
    fmt::print(
        "{} handlingar med {} maskningar ligger i {}. Utlämnandet står i protokollet som anteckning {}.\n",
        report.items, report.masks, out.string(), report.entry);
    return {};
}

void add_common(CLI::App& command, std::string& data, std::string& by) {
    add_data_option(command, data);
    command.add_option("--by", by, "Ditt namn, som det står bland personerna")->required()->type_name("NAMN");
}

void add_find(CLI::App& release, Runner& runner) {
    auto* command = release.add_subcommand("find", "Sök det som begärs ut");
    auto a = std::make_shared<FindArguments>();
    add_common(*command, a->data, a->by);
    command->add_option("--person", a->query.person, "Namn eller personnummer");
    command->add_option("--case", a->query.case_number, "Diarienummer");
    command->add_option("--words", a->query.words, "Ord som alla ska finnas");
    command->add_option("--kind", a->query.kind, "Slag av anteckning eller dokument");
    command->add_option("--from", a->from, "Från och med")->type_name("DAG");
    command->add_option("--to", a->to, "Till och med")->type_name("DAG");
    command->add_flag("--json", a->json, "Skriv JSON");
    command->callback([a, &runner] { runner.run([&] { return find(*a); }); });
}

void add_draft(CLI::App& release, Runner& runner) {
    auto* command = release.add_subcommand(
        "draft", "Visa en handling som den skulle lämnas ut, och vad som bör granskas");
    auto a = std::make_shared<DraftArguments>();
    add_common(*command, a->data, a->by);
    command->add_option("--entry", a->entry, "Anteckningens nummer");
    command->add_option("--version", a->version, "Dokumentversionens id");
    command->add_flag("--json", a->json, "Skriv JSON");
    command->callback([a, &runner] { runner.run([&] { return draft(*a); }); });
}

void add_make(CLI::App& release, Runner& runner) {
    auto* command =
        release.add_subcommand("make", "Gör ett paket av granskade handlingar och skriv det i protokollet");
    auto a = std::make_shared<MakeArguments>();
    add_common(*command, a->data, a->by);
    command->add_option("--order", a->order, "JSON-fil: case_number, recipient, items med masks")
        ->required()
        ->type_name("FIL");
    command->add_option("--out", a->out, "Ny mapp, eller en fil som slutar på .zip")
        ->required()
        ->type_name("DIR|ZIP");
    command->callback([a, &runner] { runner.run([&] { return make(*a); }); });
}

}  // namespace

void add_release(CLI::App& program, Runner& runner) {
    auto* release = program.add_subcommand("release", "Lämna ut allmänna handlingar");
    release->require_subcommand(1);
    add_find(*release, runner);
    add_draft(*release, runner);
    add_make(*release, runner);
}

}  // namespace kansli::app
