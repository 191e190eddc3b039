#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "assistants/eval.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"
#include "output.hpp"

namespace kansli::app {

namespace {

struct EvalOptions {
    std::string data{};
    std::vector<std::string> collections{};
    std::string questions{};
    std::string field = "question";
    std::string as_of{};
    bool json = false;
    bool details = false;
};

void print(const assistants::EvalReport& report) {
    fmt::print("{} frågor, {} går att besvara, {} besvarades\n\n", report.questions, report.answerable,
               report.answered);
    fmt::print("rätt källa bland de första   1     5    10    20    mrr@10  ndcg@10\n");
    fmt::print("                          {:.2f}  {:.2f}  {:.2f}  {:.2f}    {:.2f}     {:.2f}\n\n",
               report.recall_1, report.recall_5, report.recall_10, report.recall_20, report.mrr_10,
               report.ndcg_10);
    fmt::print("besvarade                 precision {:.2f}  täckning {:.2f}\n", report.answerable_precision,
               report.answerable_recall);
    fmt::print("avslag                    precision {:.2f}  täckning {:.2f}\n", report.unanswerable_precision,
               report.unanswerable_recall);
    fmt::print("svar med rätt källa       {:.2f}\n", report.right_source);
    fmt::print("svar som citerar stödet   {:.2f}\n", report.quotes_support);
    fmt::print("stödets kalibreringsfel   {:.2f}\n", report.calibration_error);
    fmt::print("tid per fråga             {:.1f} ms\n", report.ms_per_question);
}

Result<void> eval(const EvalOptions& options) {
    const auto house = TRY(House::open(options.data));
    TRY(name_unknown_collections(*house->library, options.collections));
    const auto questions = TRY(assistants::read_questions(TRY(read_file(options.questions)), options.field));
    const assistants::EvalOptions settings{.collections = options.collections,
                                           .as_of = TRY(day_or_today(options.as_of))};
    const auto report = TRY(assistants::evaluate(house->answerer, access::keeper(), questions, settings));
    if (options.json || options.details) {
        fmt::print("{}\n", assistants::to_json(report, options.details));
    } else {
        print(report);
    }
    return {};
}

}  // namespace

void add_eval(CLI::App& program, Runner& runner) {
    auto* command =
        program.add_subcommand("eval", "Mät sökning, svar och avslag mot frågor med kända källor");
    auto options = std::make_shared<EvalOptions>();
    add_data_option(*command, options->data);
    command->add_option("--collection", options->collections, "Samling; får upprepas, utelämnad frågar alla")
        ->type_name("NAMN")
        ->allow_extra_args(false);
    command->add_option("--questions", options->questions, "Frågorna, ett JSON-objekt per rad")
        ->required()
        ->type_name("FIL.jsonl");
    command->add_option("--field", options->field, "Fältet som frågan står i")->capture_default_str();
    command->add_option("--as-of", options->as_of, "Svara efter det som gällde den dagen")
        ->type_name("ÅÅÅÅ-MM-DD");
    command->add_flag("--json", options->json, "Skriv JSON");
    command->add_flag("--details", options->details, "Skriv JSON med varje fråga för sig");
    command->callback([options, &runner] { runner.run([&] { return eval(*options); }); });
}

}  // namespace kansli::app
