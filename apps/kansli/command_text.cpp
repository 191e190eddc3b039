#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "json/binder.hpp"
#include "text/language.hpp"
#include "text/personal_data.hpp"

// Looks at a text outside any data folder, so that people can see what the program will mask before they trust it with anything.
namespace kansli::app {

namespace {

struct PersonalDataOptions {
    std::string file{};
    bool mask = false;
    bool json = false;
};

// What `text personal-data --json` promises. Offsets are bytes of `text`, which is the file in UTF-8.
struct PersonalDataItem {
    std::string kind{};
    std::size_t start = 0;
    std::size_t end = 0;
    std::string text{};
    std::string canonical{};
};
KANSLI_DESCRIBE(PersonalDataItem, kind, start, end, text, canonical)

struct PersonalDataOutput {
    std::string charset{};
    std::vector<PersonalDataItem> spans{};
    std::string masked{};
};
KANSLI_DESCRIBE(PersonalDataOutput, charset, spans, masked)

Result<std::string> read_input(const std::string& file) {
    if (file != "-") return read_file(file);
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

void print(std::string_view text, const std::vector<text::PersonalDataSpan>& spans) {
    for (const auto& span : spans) {
        fmt::print("{:>7}  {:<20} {}\n", span.start, text::swedish_name(span.kind),
                   text.substr(span.start, span.end - span.start));
    }
    if (spans.empty())
        fmt::print("Inga personuppgifter hittades. Läs ändå igenom texten innan du lämnar ut den.\n");
}

Result<void> find_personal_data(const PersonalDataOptions& options) {
    const auto decoded = text::decode(TRY(read_input(options.file)));
    const auto spans = text::personal_data(decoded.text);
    if (options.json) {
        PersonalDataOutput output{.charset = decoded.charset, .masked = text::mask(decoded.text, spans)};
        for (const auto& span : spans) {
            output.spans.push_back({std::string(text::swedish_name(span.kind)), span.start, span.end,
                                    decoded.text.substr(span.start, span.end - span.start), span.canonical});
        }
        fmt::print("{}\n", json::write(output));
    } else if (options.mask) {
        fmt::print("{}", text::mask(decoded.text, spans));
    } else {
        print(decoded.text, spans);
    }
    return {};
}

}  // namespace

void add_text(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("text", "Granska en text utan att spara något");
    command->require_subcommand(1);
    auto* personal =
        command->add_subcommand("personal-data", "Visa personuppgifter i en text, eller maskera dem");
    auto options = std::make_shared<PersonalDataOptions>();
    options->file = "-";
    personal->add_option("FIL", options->file, "Textfil; - eller inget läser standard in");
    personal->add_flag("--mask", options->mask,
                       "Skriv texten med [namn], [personnummer] … i stället för uppgifterna");
    personal->add_flag("--json", options->json, "Skriv JSON");
    personal->callback([options, &runner] { runner.run([&] { return find_personal_data(*options); }); });
}

}  // namespace kansli::app
