#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "assistants/training_pairs.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "house.hpp"
#include "model/embedding_trainer.hpp"
#include "model/shipped.hpp"
#include "output.hpp"

// The vectors of words that search and answers use: which they are, and how to learn them anew. data/models/README.md has the recipe.
namespace kansli::app {

namespace {

struct TrainOptions {
    std::string data{};
    std::string out{};
    std::string as_of{};
    std::uint64_t seed = 1;
    int epochs = 6;
    std::size_t pieces = 16'000;
    std::size_t dimensions = 256;
    double leave_out = 0;
};

void describe(const model::StaticEmbedding& embedding) {
    const auto bytes = embedding.write();
    fmt::print("Orddelar     {}\nDimensioner  {}\nByte         {}\nSHA-256      {}\n",
               embedding.pieces().pieces().size(), embedding.dimensions(), bytes.size(), sha256(bytes));
}

// One line that is written over on a terminal; in a log, a line a tenth of the way.
class ProgressLine {
  public:
    void show(const model::TrainingStep& step) {
        loss_ = step.step == 1 ? step.loss : 0.95 * loss_ + 0.05 * step.loss;
        const bool is_last = step.step == step.steps;
        if (is_last || step.step % (terminal_ ? 10 : step.steps / 10 + 1) == 0)
            fmt::print(stderr, "{}steg {} av {}, förlust {:.3f}{}", terminal_ ? "\r" : "", step.step,
                       step.steps, loss_, terminal_ && !is_last ? "" : "\n");
    }

  private:
    bool terminal_ = isatty(STDERR_FILENO) == 1;
    double loss_ = 0;  // the mean of the last twenty steps or so
};

// Before the work, not after it.
Result<void> require_folder_of(const std::filesystem::path& file) {
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (std::filesystem::is_directory(folder)) return {};
    return fail(ErrorCode::not_found, fmt::format("Mappen {} finns inte.", folder.string()));
}

Result<void> train(const TrainOptions& options) {
    TRY(require_folder_of(options.out));
    const auto house = TRY(House::open(options.data));
    const auto made = TRY(assistants::training_pairs(
        *house->material,
        {.seed = options.seed, .day = TRY(day_or_today(options.as_of)), .leave_out = options.leave_out}));
    fmt::print(stderr, "{} par ur {} dokument och {} kända frågor\n", made.pairs.size(), made.documents,
               made.questions);
    for (const auto& paragraph : made.unknown_paragraphs)
        fmt::print(stderr, "finns inte i sin lag: {}\n", paragraph);
    model::TrainingOptions training;
    training.dimensions = options.dimensions;
    training.epochs = options.epochs;
    training.seed = options.seed;
    ProgressLine line;
    const auto embedding =
        model::train_embedding(model::learn_pieces(made.pairs, options.pieces), made.pairs, training,
                               [&](const model::TrainingStep& step) { line.show(step); });
    TRY(write_file(options.out, embedding.write()));
    describe(embedding);
    return {};
}

void add_training(CLI::App& command, Runner& runner) {
    auto* training =
        command.add_subcommand("train-embedding", "Lär ordvektorerna på nytt ur en datamapps dokument");
    auto options = std::make_shared<TrainOptions>();
    add_data_option(*training, options->data);
    training->add_option("--out", options->out, "Filen som skrivs")->required()->type_name("FIL");
    training->add_option("--as-of", options->as_of, "Lär de termer som gällde den dagen")
        ->type_name("ÅÅÅÅ-MM-DD");
    training->add_option("--seed", options->seed, "Frö för slumpen: samma frö ger samma fil")
        ->capture_default_str();
    training->add_option("--epochs", options->epochs, "Gånger genom paren")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    training->add_option("--pieces", options->pieces, "Orddelar, högst")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    training->add_option("--dimensions", options->dimensions, "Tal per orddel")
        ->check(CLI::Range(1, static_cast<int>(model::StaticEmbedding::most_dimensions)))
        ->capture_default_str();
    training
        ->add_option("--leave-out", options->leave_out,
                     "Andel av de kända frågorna att inte lära av, för mätning")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    training->callback([options, &runner] { runner.run([&] { return train(*options); }); });
}

}  // namespace

void add_model(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand(
        "model", "Ordvektorerna som följer med programmet, och språkmodellerna i models.toml");
    command->require_subcommand(0, 1);
    add_training(*command, runner);
    add_endpoints(*command, runner);
    command->callback([command, &runner] {
        if (!command->get_subcommands().empty()) return;
        runner.run([]() -> Result<void> {
            describe(model::shipped_embedding());
            return {};
        });
    });
}

}  // namespace kansli::app
