#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/glossary_messages.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "glossary/glossary.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "text/known_questions.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

// Looks at files of words and questions before they become part of the program or of a municipality's own glossary, and keeps
// that glossary.
namespace kansli::app {

namespace {

struct Checked {
    std::size_t right = 0;
    std::vector<text::LexiconFault> faults{};
};

// Questions lie in a folder "questions", as in data/lexicon.
Checked checked(const std::filesystem::path& path, const std::string& text) {
    if (std::filesystem::absolute(path).parent_path().filename() == "questions") {
        auto file = text::parse_known_questions(text);
        return {file.questions.size(), std::move(file.faults)};
    }
    auto file = text::parse_lexicon(text);
    return {file.entries.size(), std::move(file.faults)};
}

Result<void> check(const std::vector<std::string>& files) {
    std::size_t right = 0;
    std::size_t faults = 0;
    for (const auto& name : files) {
        const auto found = checked(name, TRY(read_file(name)));
        for (const auto& fault : found.faults)
            fmt::print("{}:{}: {}\n", name, fault.line, fault.text);
        right += found.right;
        faults += found.faults.size();
    }
    fmt::print("{} rader är rätt, {} fel\n", right, faults);
    if (faults > 0) return fail(ErrorCode::invalid_input, "Ordlistan har fel.", {}, "Rätta raderna ovan.");
    return {};
}

struct GlossaryOptions {
    std::string data{};
    std::string entry{};  // its id or its line
    std::string file{};
    bool replace = false;
    bool json = false;
};

Result<void> list(const GlossaryOptions& options) {
    const auto house = TRY(House::open(options.data));
    const api::GlossaryView glossary{TRY(house->glossary->entries()), TRY(house->glossary->suggestions())};
    if (options.json) {
        fmt::print("{}\n", json::write(glossary));
        return {};
    }
    for (const auto& entry : glossary.entries)
        fmt::print("{}  {}  ({}, {})\n", entry.id.str(), entry.line, entry.by, to_string(entry.changed));
    for (const auto& suggestion : glossary.suggestions)
        fmt::print("väntar som förslag: {}  ({}, {})\n", suggestion.line, suggestion.by,
                   to_string(suggestion.made));
    return {};
}

Result<void> add(const GlossaryOptions& options) {
    const auto house = TRY(House::open(options.data));
    fmt::print("{}\n", TRY(house->glossary->add(access::keeper(), options.entry)).line);
    return {};
}

Result<void> remove(const GlossaryOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto entries = TRY(house->glossary->entries());
    const auto found = std::ranges::find(entries, options.entry, &glossary::GlossaryEntry::line);
    return house->glossary->remove(access::keeper(),
                                   found == entries.end() ? glossary::EntryId(options.entry) : found->id);
}

Result<void> take_in(const GlossaryOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto way = options.replace ? glossary::ImportWay::replace : glossary::ImportWay::add;
    const auto content = text::decode(TRY(read_file(options.file))).text;
    const auto report = TRY(house->glossary->take_in(access::keeper(), content, way));
    for (const auto& fault : report.faults)
        fmt::print("{}:{}: {}\n", options.file, fault.line, fault.text);
    fmt::print("{} uppslag lades till, {} fanns redan, {} togs bort, {} fel\n", report.added,
               report.unchanged, report.removed, report.faults.size());
    if (!report.faults.empty())
        return fail(ErrorCode::invalid_input, "Allt i filen kunde inte tas in.", {},
                    "Rätta raderna ovan och läs in filen igen.");
    return {};
}

Result<void> write_out(const GlossaryOptions& options) {
    const auto house = TRY(House::open(options.data));
    const auto text = TRY(house->glossary->file());
    if (!options.file.empty()) return write_file(options.file, text);
    fmt::print("{}", text);
    return {};
}

// One command of those that work on the glossary of a data folder.
CLI::App& add_part(CLI::App& lexicon, Runner& runner, const std::string& name, const std::string& about,
                   const std::shared_ptr<GlossaryOptions>& options,
                   Result<void> (*work)(const GlossaryOptions&)) {
    auto* command = lexicon.add_subcommand(name, about);
    add_data_option(*command, options->data);
    command->callback([options, work, &runner] { runner.run([&] { return work(*options); }); });
    return *command;
}

void add_glossary(CLI::App& lexicon, Runner& runner) {
    auto options = std::make_shared<GlossaryOptions>();
    add_part(lexicon, runner, "list", "Visa kommunens egen ordlista", options, list)
        .add_flag("--json", options->json, "Skriv JSON");
    add_part(lexicon, runner, "add", "Lägg till ett uppslag, till exempel ”kvarnhuset = stadsbiblioteket”",
             options, add)
        .add_option("RAD", options->entry, "Uttryck, tecken och termer")
        ->required();
    add_part(lexicon, runner, "remove", "Ta bort ett uppslag", options, remove)
        .add_option("UPPSLAG", options->entry, "Dess rad eller id, som list visar dem")
        ->required();
    auto& importing = add_part(lexicon, runner, "import", "Ta in en textfil med ett uppslag på varje rad",
                               options, take_in);
    importing.add_option("FIL", options->file, "Textfil")->required();
    importing.add_flag("--replace", options->replace, "Filen ersätter allt som finns, om allt i den är rätt");
    add_part(lexicon, runner, "export", "Skriv ut ordlistan som en textfil", options, write_out)
        .add_option("FIL", options->file, "Textfil; utelämnad skrivs till skärmen");
}

}  // namespace

void add_lexicon(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("lexicon", "Ordlistan: vad folk säger och vad lagen säger");
    command->require_subcommand(1);
    auto* checking = command->add_subcommand(
        "check", "Granska filer med ord, eller med frågor i en mapp som heter questions");
    auto files = std::make_shared<std::vector<std::string>>();
    checking->add_option("FIL", *files, "Filer")->required();
    checking->callback([files, &runner] { runner.run([&] { return check(*files); }); });
    add_glossary(*command, runner);
}

}  // namespace kansli::app
