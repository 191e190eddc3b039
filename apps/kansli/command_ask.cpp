#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "api/descriptions.hpp"
#include "commands.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "output.hpp"

namespace kansli::app {

namespace {

struct AskOptions {
    std::string data{};
    std::vector<std::string> collections{};
    std::string question{};
    std::string as_of{};
    std::string model{};
    bool json = false;
};

using Citations = std::vector<assistants::Citation>;

bool same_place(const assistants::Citation& a, const assistants::Citation& b) {
    return a.version == b.version && a.start == b.start && a.end == b.end;
}

// Each quote once, in the order in which they are cited.
Citations sources_of(const Citations& citations) {
    Citations sources;
    for (const auto& citation : citations) {
        const bool there =
            std::ranges::any_of(sources, [&](const auto& known) { return same_place(known, citation); });
        if (!there) sources.push_back(citation);
    }
    return sources;
}

// A sentence with the numbers of its sources; several citations in a row with the same sentence are one.
void print_sentences(const Citations& citations, const Citations& sources) {
    for (std::size_t at = 0; at < citations.size(); ++at) {
        const auto& citation = citations[at];
        if (at == 0 || citation.sentence != citations[at - 1].sentence)
            fmt::print("{}{} ", at == 0 ? "" : "\n", citation.sentence);
        const auto source =
            std::ranges::find_if(sources, [&](const auto& known) { return same_place(known, citation); });
        fmt::print("[{}]", source - sources.begin() + 1);
    }
    fmt::print("\n");
}

void print_wording(const std::optional<assistants::Wording>& wording) {
    if (!wording) return;
    if (wording->written) {
        fmt::print("\nFormulerat av språkmodellen {}, kontrollerat mot källorna.\n", wording->model);
    } else {
        fmt::print("\nSvaret är citat. {}\n", wording->reason.value_or(""));
    }
}

void print(const assistants::Answer& answer) {
    for (const auto& word : answer.understanding.respelled)
        fmt::print("”{}” lästes som ”{}”.\n", word.typed, word.read_as);
    if (!answer.answerable) {
        fmt::print("Inget svar. {}\n", answer.reason.value_or(""));
        if (!answer.nearest.empty()) fmt::print("\nNärmast att läsa:\n");
        for (const auto& reading : answer.nearest)
            fmt::print("  {}, {}\n", reading.title, reading.path);
        return;
    }
    const auto sources = sources_of(answer.citations);
    print_sentences(answer.citations, sources);
    print_wording(answer.wording);
    fmt::print("\nKällor (stöd {:.2f}):\n", answer.support);
    int number = 0;
    for (const auto& source : sources) {
        fmt::print("[{}] {}, {}{}{}\n    \"{}\"\n", ++number, source.title, source.path,
                   source.page ? fmt::format(", sida {}", *source.page) : "",
                   source.valid ? "" : " (gällde inte den dagen)", source.quote);
    }
    if (!answer.related.empty()) fmt::print("\nHör ihop med:\n");
    for (const auto& related : answer.related)
        fmt::print("  {} {}, {}\n", related.tie, related.title, related.path);
}

Result<void> ask(const AskOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(name_unknown_collections(*house->library, options.collections));
    const auto answer =
        TRY(house->answerer.answer(access::keeper(), {.text = options.question,
                                                      .collections = options.collections,
                                                      .as_of = TRY(day_or_today(options.as_of)),
                                                      .model = options.model}));
    if (options.json) {
        fmt::print("{}\n", json::write(answer));
    } else {
        print(answer);
    }
    return {};
}

}  // namespace

void add_ask(CLI::App& program, Runner& runner) {
    auto* command =
        program.add_subcommand("ask", "Ställ en fråga och få ett svar med citat, eller ett avslag");
    auto options = std::make_shared<AskOptions>();
    add_data_option(*command, options->data);
    command->add_option("--collection", options->collections, "Samling; får upprepas, utelämnad frågar alla")
        ->type_name("NAMN")
        ->allow_extra_args(false);
    command->add_option("FRÅGA", options->question, "Frågan på vanlig svenska")->required();
    command->add_option("--as-of", options->as_of, "Svara efter det som gällde den dagen")
        ->type_name("ÅÅÅÅ-MM-DD");
    command
        ->add_option("--model", options->model,
                     "Språkmodellen eller stället i models.toml som ska formulera svaret; none: bara citat")
        ->type_name("NAMN");
    command->add_flag("--json", options->json, "Skriv JSON");
    command->callback([options, &runner] { runner.run([&] { return ask(*options); }); });
}

}  // namespace kansli::app
