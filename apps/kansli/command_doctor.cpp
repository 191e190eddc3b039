#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "access/organisation.hpp"
#include "archive/retention.hpp"
#include "commands.hpp"
#include "endpoints/settings.hpp"
#include "house.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "json/binder.hpp"
#include "model/shipped.hpp"
#include "operation/checks.hpp"
#include "record/checkpoints.hpp"
#include "search/lexical_index.hpp"
#include "text/compounds.hpp"

namespace kansli::app {

namespace {

using operation::Depth;
using operation::doubtful;
using operation::Finding;
using operation::fine;
using operation::State;
using operation::wrong;

struct DoctorOptions {
    std::string data{};
    std::uint16_t port = 8480;
    bool deep = false;
    bool json = false;
};

struct Report {
    bool good = false;
    std::vector<Finding> findings{};
};
KANSLI_DESCRIBE(Report, good, findings)

Finding check_settings(const Result<Settings>& settings) {
    if (settings) return fine("settings", "kansli.toml går att läsa");
    return wrong("settings", to_line(settings.error()), "Rätta raden i kansli.toml och kör igen.");
}

// A server of ours on the port is as good as a free one.
Finding check_port(const std::string& address, std::uint16_t port) {
    const http::Client client({.hosts = {}, .internal = {address}});
    const auto page = client.get({.address = fmt::format("http://{}:{}/health", address, port),
                                  .limit = 4096,
                                  .timeout = std::chrono::seconds(3)});
    if (page && page->body.find("\"alive\"") != std::string::npos)
        return fine("port", fmt::format("Kansli svarar på port {}", port));
    http::Server server({.address = address, .port = port});
    if (const auto free = server.start(); !free)
        return wrong("port", free.error().message,
                     "Välj en annan port med kansli serve --port, eller stoppa det andra programmet.");
    server.stop();
    return fine("port", fmt::format("port {} är ledig", port));
}

Finding check_index(const store::DataFolder& folder, documents::Library& library, const std::string& data) {
    const auto cure = fmt::format("Kör: kansli index rebuild --data {}", data);
    search::LibraryMaterial material(library);
    const auto index = search::LexicalIndex::open({.folder = folder.index()}, material);
    if (!index) return wrong("index", to_line(index.error()), cure);
    const auto out_of_step = (*index)->is_out_of_step();
    const auto statistics = (*index)->statistics();
    if (!out_of_step) return wrong("index", to_line(out_of_step.error()), cure);
    if (!statistics) return wrong("index", to_line(statistics.error()), cure);
    if (*out_of_step) return wrong("index", "Sökregistret stämmer inte med det som är inläst.", cure);
    return fine("index", fmt::format("sökregistret stämmer: {} avsnitt", statistics->sections));
}

// What a restored copy has brought back, although it was removed by decision after the copy was made.
Finding check_removals(store::Database& database, const store::DataFolder& folder, record::Record& record,
                       const std::string& data) {
    archive::Retention retention(database, folder, record, [] { return Result<void>(); });
    const auto log = retention.log();
    const auto returned =
        log ? retention.returned(access::keeper(), *log) : Result<archive::Plan>(Failure(log.error()));
    if (!returned) return wrong("removals", to_line(returned.error()), returned.error().advice);
    const auto count = returned->removals.size() + returned->held.size();
    if (count == 0) return fine("removals", "inget som har gallrats är tillbaka");
    return wrong("removals",
                 fmt::format("{} saker som har gallrats är tillbaka ur en säkerhetskopia.", count),
                 fmt::format("Kör: kansli retention reapply --data {}", data));
}

// What is known of words beforehand: the machine's word list, and the vectors that lie in the program itself.
Finding check_models() {
    const auto words = text::CompoundSplitter::create(search::IndexSettings{}.word_list);
    if (!words) return wrong("models", to_line(words.error()), "Kör: apt install hunspell-sv");
    const auto& vectors = model::shipped_embedding();
    return fine("models", fmt::format("ordlistan går att läsa; ordvektorerna har {} orddelar",
                                      vectors.pieces().pieces().size()));
}

// Nobody is called: that costs something, and `kansli model try` does it.
Finding check_endpoints(const endpoints::ModelSettings& models, const store::DataFolder& folder) {
    for (const auto& endpoint : models.endpoints) {
        if (const auto key = endpoints::read_key(endpoint, folder.keys()); !key)
            return wrong("endpoints", fmt::format("{}: {}", endpoint.name, to_line(key.error())),
                         "Lägg nyckeln där models.toml säger.");
    }
    return fine("endpoints",
                fmt::format("models.toml: {} ställen att nå språkmodeller", models.endpoints.size()));
}

// Only where there is something to examine.
void check_language_models(const store::DataFolder& folder, std::vector<Finding>& findings) {
    const auto models = endpoints::read_model_settings(folder.models_file());
    if (!models) {
        findings.push_back(wrong("endpoints", to_line(models.error()), "Rätta models.toml och kör igen."));
    } else if (!models->endpoints.empty()) {
        findings.push_back(check_endpoints(*models, folder));
    }
}

// A rule for a department, a group or a collection that does not exist protects nothing.
Finding check_model_rules(const endpoints::Rules& rules, store::Database& database,
                          documents::Library& library) {
    access::Organisation organisation(database);
    const auto departments = organisation.departments();
    const auto groups = organisation.groups();
    const auto collections = library.collections(access::keeper());
    if (!departments || !groups || !collections)
        return wrong("model_rules", "Organisationen går inte att läsa.", "Kör: kansli doctor --deep");
    std::set<std::string> known;
    for (const auto& department : *departments)
        known.insert("department:" + department.name);
    for (const auto& group : *groups)
        known.insert(group.name);
    std::string missing;
    for (const auto& [name, label] : rules.principals)
        if (!known.contains(name)) missing += (missing.empty() ? "" : ", ") + name;
    for (const auto& [name, label] : rules.collections)
        if (std::ranges::find(*collections, name, &documents::Collection::name) == collections->end())
            missing += (missing.empty() ? "" : ", ") + name;
    if (missing.empty()) return fine("model_rules", "allt som models.toml har regler för finns");
    return doubtful("model_rules",
                    fmt::format("models.toml har regler för något som inte finns: {}.", missing),
                    "Rätta namnet i models.toml.");
}

// Only what an upgraded folder can be asked.
void check_contents(const DoctorOptions& options, const store::DataFolder& folder, store::Database& database,
                    std::vector<Finding>& findings) {
    const auto depth = options.deep ? Depth::deep : Depth::quick;
    record::Record record(database);
    documents::Library library(database, folder.files());
    record::Checkpoints checkpoints(database, record, folder.path());
    findings.push_back(operation::check_record(record, depth));
    findings.push_back(operation::check_signing_key(checkpoints, folder));
    findings.push_back(operation::check_originals(folder, library, depth));
    findings.push_back(operation::check_second_factors(database, folder));
    findings.push_back(check_removals(database, folder, record, options.data));
    const auto last = record.entries({.limit = 1});
    const auto written = last && !last->empty() ? std::optional(last->front().moment) : std::nullopt;
    findings.push_back(operation::check_clock(written, now()));
    findings.push_back(check_index(folder, library, options.data));
    const auto models = endpoints::read_model_settings(folder.models_file());
    if (models && !models->endpoints.empty())
        findings.push_back(check_model_rules(models->rules, database, library));
}

void check_store(const DoctorOptions& options, const store::DataFolder& folder,
                 std::vector<Finding>& findings) {
    const auto depth = options.deep ? Depth::deep : Depth::quick;
    std::error_code status;
    if (!std::filesystem::exists(folder.database_file(), status)) {
        findings.push_back(wrong("database", "Databasen kansli.db saknas.",
                                 "Återställ en säkerhetskopia: kansli restore --from KOPIOR --to NY"));
        return;
    }
    const auto database = store::Database::open(folder.database_file());
    if (!database) {
        findings.push_back(wrong("database", database.error().message, database.error().advice));
        return;
    }
    findings.push_back(operation::check_database(**database, depth));
    if (findings.back().state == State::wrong) return;
    const auto schema = schema_state(**database);
    if (!schema) {
        findings.push_back(wrong("schema", schema.error().message, schema.error().advice));
    } else if (schema->missing > 0) {
        findings.push_back(doubtful("schema", fmt::format("{} uppgraderingssteg återstår.", schema->missing),
                                    "De körs av sig själva när Kansli startas; en kopia tas först."));
    } else {
        findings.push_back(fine("schema", "databasen har programmets uppställning"));
        check_contents(options, folder, **database, findings);
    }
}

std::vector<Finding> examine(const DoctorOptions& options, const store::DataFolder& folder) {
    std::vector<Finding> findings;
    findings.push_back(operation::check_disk(folder));
    findings.push_back(operation::check_permissions(folder));
    findings.push_back(operation::check_keys(folder));
    findings.push_back(operation::check_uploads(folder, now()));
    const auto settings = read_settings(folder);
    findings.push_back(check_settings(settings));
    if (settings) {
        auto hosts = settings->allowed_hosts;
        hosts.insert(hosts.end(), settings->internal_hosts.begin(), settings->internal_hosts.end());
        findings.push_back(operation::check_hosts(hosts));
        findings.push_back(check_port(settings->address, options.port));
    }
    check_language_models(folder, findings);
    check_store(options, folder, findings);
    findings.push_back(operation::check_programs());
    findings.push_back(check_models());
    findings.push_back(operation::check_sandbox());
    return findings;
}

std::string_view word_of(State state) {
    switch (state) {
        case State::fine:
            return "bra";
        case State::doubtful:
            return "OBS";
        case State::wrong:
            return "FEL";
    }
    return "FEL";
}

void print(const Finding& finding) {
    fmt::print("{}  {:<12} {}", word_of(finding.state), finding.check, finding.message);
    fmt::print("{}{}\n", finding.cure.empty() ? "" : " Åtgärd: ", finding.cure);
}

Result<void> doctor(const DoctorOptions& options) {
    const auto folder = TRY(store::DataFolder::open(options.data));
    Report report{.findings = examine(options, folder)};
    const auto count = std::ranges::count(report.findings, State::wrong, &Finding::state);
    report.good = count == 0;
    if (options.json) {
        fmt::print("{}\n", json::write(report));
    } else {
        for (const auto& finding : report.findings)
            print(finding);
    }
    if (report.good) return {};
    return fail(ErrorCode::corrupt, fmt::format("{} saker behöver åtgärdas.", count), options.data);
}

}  // namespace

void add_doctor(CLI::App& program, Runner& runner) {
    auto* command =
        program.add_subcommand("doctor", "Kontrollera installationen: en rad och en åtgärd för varje sak");
    auto options = std::make_shared<DoctorOptions>();
    add_data_option(*command, options->data);
    command->add_option("--port", options->port, "Porten som servern har eller ska få")
        ->capture_default_str();
    command->add_flag("--deep", options->deep,
                      "Läs allt: hela kedjan, varje original, varje sida i databasen");
    command->add_flag("--json", options->json, "Skriv JSON");
    command->callback([options, &runner] { runner.run([&] { return doctor(*options); }); });
}

}  // namespace kansli::app
