#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/messages.hpp"
#include "commands.hpp"
#include "core/time.hpp"
#include "documents/difference.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "output.hpp"

namespace kansli::app {

namespace {

struct DocumentOptions {
    std::string data{};
    std::string id{};
    std::string other{};
    bool json = false;
};

struct VersionList {
    std::vector<documents::VersionSummary> versions{};
};
KANSLI_DESCRIBE(VersionList, versions)

struct SectionList {
    std::vector<documents::Section> sections{};
};
KANSLI_DESCRIBE(SectionList, sections)

Result<void> list(const DocumentOptions& options) {
    const auto house = TRY(House::open(options.data));
    const Date today = day_in_sweden(now());
    api::DocumentList all;
    for (const auto& document : TRY(house->library->documents(access::keeper()))) {
        all.documents.push_back(api::view(document, today));
    }
    if (options.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    for (const auto& document : all.documents) {
        fmt::print("{}  {}{}\n    {}/{}, {} version{}\n", document.id.str(), document.attributes.title,
                   mark_of(document.validity), document.collection, document.file_name, document.versions,
                   document.versions == 1 ? "" : "er");
    }
    return {};
}

Result<void> versions(const DocumentOptions& options) {
    const auto house = TRY(House::open(options.data));
    const VersionList all{TRY(house->library->versions(access::keeper(), documents::DocumentId{options.id}))};
    if (options.json) {
        fmt::print("{}\n", json::write(all));
        return {};
    }
    for (const auto& version : all.versions) {
        fmt::print("{}  nr {}{}, inläst {}, {} avsnitt, {}\n", version.id.str(), version.number,
                   version.current ? " (aktuell)" : "", to_string(version.imported), version.sections,
                   version.format);
    }
    return {};
}

Result<void> text(const DocumentOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto version = TRY(house->library->version(access::keeper(), documents::VersionId{options.id}));
    // Exactly the version's bytes, so that offsets can be checked with head and tail.
    std::fwrite(version.text.data(), 1, version.text.size(), stdout);
    return {};
}

Result<void> sections(const DocumentOptions& options) {
    const auto house = TRY(House::open(options.data));
    auto version = TRY(house->library->version(access::keeper(), documents::VersionId{options.id}));
    if (options.json) {
        fmt::print("{}\n", json::write(SectionList{std::move(version.sections)}));
        return {};
    }
    for (const auto& section : version.sections) {
        fmt::print("{:>{}}{}  {}\n", "", 2 * section.level, section.path,
                   section.heading == section.path ? "" : section.heading);
    }
    return {};
}

Result<void> difference(const DocumentOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto before = TRY(house->library->version(access::keeper(), documents::VersionId{options.id}));
    const auto after = TRY(house->library->version(access::keeper(), documents::VersionId{options.other}));
    print_difference(api::view(documents::compare(before, after)), options.json);
    return {};
}

}  // namespace

void add_document(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("document", "Dokument och deras versioner");
    command->require_subcommand(1);
    auto options = std::make_shared<DocumentOptions>();
    const auto add = [&](const char* name, const char* about, Result<void> (*work)(const DocumentOptions&),
                         const char* id) {
        auto* subcommand = command->add_subcommand(name, about);
        add_data_option(*subcommand, options->data);
        if (id != nullptr) subcommand->add_option(id, options->id)->required();
        subcommand->callback([options, work, &runner] { runner.run([&] { return work(*options); }); });
        return subcommand;
    };
    add("list", "Visa alla dokument", list, nullptr)->add_flag("--json", options->json, "Skriv JSON");
    add("versions", "Visa ett dokuments versioner", versions, "DOKUMENT")
        ->add_flag("--json", options->json, "Skriv JSON");
    add("sections", "Visa en versions avsnitt", sections, "VERSION")
        ->add_flag("--json", options->json, "Skriv JSON");
    add("text", "Skriv en versions text, byte för byte", text, "VERSION");
    auto* differing = add("difference", "Visa vad som skiljer två versioner", difference, "FÖRE");
    differing->add_option("EFTER", options->other)->required();
    differing->add_flag("--json", options->json, "Skriv JSON");
}

}  // namespace kansli::app
