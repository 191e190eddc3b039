#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "archive/archive_package.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "extract/pack.hpp"
#include "house.hpp"
#include "retention_output.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

struct ArchiveArguments {
    std::string data{};
    std::string by{};
    std::string label{};
    std::string collection{};
    std::string from{};
    std::string to{};
    std::string out{};
};

Result<archive::ArchiveOrder> order_of(const ArchiveArguments& arguments, const House& house) {
    archive::ArchiveOrder order{.municipality = house.settings.municipality, .label = arguments.label};
    if (!arguments.collection.empty()) order.collection = arguments.collection;
    if (!arguments.from.empty()) order.from = TRY(parse_date(arguments.from));
    if (!arguments.to.empty()) order.to = TRY(parse_date(arguments.to));
    return order;
}

Result<void> export_package(const ArchiveArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    const auto order = TRY(order_of(arguments, *house));
    const fs::path out(arguments.out);
    const bool zip = out.extension() == ".zip";
    std::error_code problem;
    if (zip && fs::exists(out, problem))
        return fail(ErrorCode::conflict, "Det finns redan en fil med det namnet.", out.string());
    if (!zip) fs::create_directories(out, problem);
    if (problem)
        return fail(ErrorCode::unavailable, "Mappen kan inte skapas.", out.string(), problem.message());
    const auto workspace = TRY(TemporaryFolder::create(house->folder.uploads()));
    const auto report = TRY(archive::export_archive(*house->database, *house->library, house->record, caller,
                                                    order, zip ? workspace.path() : out, now()));
    if (zip) TRY(extract::pack_zip(workspace.path(), out, now()));
    fmt::print("Arkivpaketet {} ligger i {}: {} dokument i {} versioner och {} anteckningar.\n",
               report.package, out.string(), report.documents, report.versions, report.entries);
    return {};
}

}  // namespace

void add_archive(CLI::App& program, Runner& runner) {
    auto* archive = program.add_subcommand("archive", "Lämna till e-arkivet");
    archive->require_subcommand(1);
    auto* command = archive->add_subcommand("export", "Gör ett arkivpaket (E-ARK CSIP 2.1.0)");
    auto a = std::make_shared<ArchiveArguments>();
    add_data_option(*command, a->data);
    command->add_option("--by", a->by, "Ditt namn, som det står bland personerna")
        ->required()
        ->type_name("NAMN");
    command->add_option("--label", a->label, "Vad paketet innehåller, som arkivet ska kalla det")->required();
    command->add_option("--collection", a->collection, "Bara en samling dokument");
    command->add_option("--from", a->from, "Tillkommet från och med")->type_name("DAG");
    command->add_option("--to", a->to, "Tillkommet till och med")->type_name("DAG");
    command->add_option("--out", a->out, "Mappen att lägga paketet i, eller en fil som slutar på .zip")
        ->required()
        ->type_name("DIR|ZIP");
    command->callback([a, &runner] { runner.run([&] { return export_package(*a); }); });
}

}  // namespace kansli::app
