#include <memory>
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
    bool json = false;
};

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
    int number = 0;
    for (const auto& citation : answer.citations)
        fmt::print("{} [{}]\n", citation.sentence, ++number);
    fmt::print("\nKällor (stöd {:.2f}):\n", answer.support);
    number = 0;
    for (const auto& citation : answer.citations) {
        fmt::print("[{}] {}, {}{}{}\n    \"{}\"\n", ++number, citation.title, citation.path,
                   citation.page ? fmt::format(", sida {}", *citation.page) : "",
                   citation.valid ? "" : " (gällde inte den dagen)", citation.quote);
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
                                                      .as_of = TRY(day_or_today(options.as_of))}));
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
    command->add_flag("--json", options->json, "Skriv JSON");
    command->callback([options, &runner] { runner.run([&] { return ask(*options); }); });
}

}  // namespace kansli::app
