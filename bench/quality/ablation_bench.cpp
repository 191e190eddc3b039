// What each part of the search is worth: the same questions with one part after another left out.
//     ablation_bench DATA QUESTIONS.jsonl [FIELD]
// Builds an index of the data folder's documents beside it, and asks as `kansli eval` does. Prints one JSON object: for each variant by its
// name what `kansli eval --json` prints. bench/quality/retrieval.py shows it beside `kansli eval` and plain BM25 of the same sections.
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "assistants/eval.hpp"
#include "core/file.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "documents/hidden_references.hpp"
#include "documents/library.hpp"
#include "measures/energy.hpp"
#include "model/shipped.hpp"
#include "record/record.hpp"
#include "search/lexical_index.hpp"
#include "search/searcher.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "text/lexicon.hpp"

namespace {

using namespace kansli;

struct Variant {
    std::string_view name{};
    bool lexicon = true;
    bool vectors = true;
    bool known_questions = true;
    bool answers = true;  // false: the search's own order, before its sections are read, and no answers
    bool respelling = true;
    bool joined_words = true;
};

constexpr std::array variants{
    Variant{.name = "without the lexicon", .lexicon = false},
    Variant{.name = "without known questions", .known_questions = false},
    Variant{.name = "without vectors", .vectors = false},
    Variant{.name = "without reordering", .answers = false},
    Variant{.name = "without respelling", .respelling = false},
    Variant{.name = "without joined words", .joined_words = false},
    Variant{.name = "words alone",
            .lexicon = false,
            .vectors = false,
            .respelling = false,
            .joined_words = false},
};

constexpr int searched = 50;  // as many as an answer is looked for in

Result<assistants::EvalReport> search_alone(search::Searcher& searcher,
                                            const std::vector<assistants::EvalQuestion>& questions,
                                            Date today) {
    std::vector<assistants::EvalOutcome> outcomes;
    for (const auto& question : questions) {
        search::Query query;
        query.words = question.question;
        query.as_of = question.as_of.value_or(today);
        query.limit = searched;
        query.question = true;
        assistants::EvalOutcome outcome;
        outcome.question = question;
        const auto began = std::chrono::steady_clock::now();
        const auto results = TRY(searcher.search(access::keeper(), query));
        const std::chrono::duration<double, std::milli> used = std::chrono::steady_clock::now() - began;
        outcome.milliseconds = used.count();
        outcome.places = assistants::places_of(question, results.hits);
        outcomes.push_back(std::move(outcome));
    }
    return assistants::summarise(std::move(outcomes));
}

search::Weights weights_of(const Variant& variant) {
    search::Weights weights;
    if (!variant.respelling) weights.respelled = 0;
    if (!variant.joined_words) weights.joined_words = 0;
    return weights;
}

// Variants without vectors have no known questions either, since these are found by their vectors.
Result<assistants::EvalReport> ask(const Variant& variant, const std::filesystem::path& folder,
                                   documents::Library& library, desk::Desk& desk,
                                   const std::vector<assistants::EvalQuestion>& questions) {
    static const auto nothing = std::make_shared<const text::Lexicon>();
    const text::LexiconSource lexicon = [&]() -> Result<std::shared_ptr<const text::Lexicon>> {
        return variant.lexicon ? text::Lexicon::share_shipped() : nothing;
    };
    search::LibraryMaterial material(library);
    const auto index = TRY(search::LexicalIndex::open(
        {.folder = folder,
         .lexicon = lexicon,
         .embedding = variant.vectors ? &model::shipped_embedding() : nullptr,
         .known_questions = variant.known_questions ? text::KnownQuestionSource(text::known_questions)
                                                    : [] { return std::span<const text::KnownQuestion>{}; },
         .weights = weights_of(variant)},
        material));
    const auto today = day_in_sweden(now());
    if (!variant.answers) return search_alone(*index, questions, today);
    assistants::LibrarySources sources(library);
    const measures::EnergyMeter meter;
    assistants::DocumentAnswerer answerer(*index, sources, desk, meter, lexicon,
                                          variant.vectors ? &model::shipped_embedding() : nullptr);
    return assistants::evaluate(answerer, access::keeper(), questions, {.as_of = today});
}

Result<void> run(const std::string& data, const std::string& file, std::string_view field) {
    const auto folder = TRY(store::DataFolder::open(data));
    const auto database = TRY(store::Database::open(folder.database_file()));
    documents::Library library(*database, folder.files());
    record::Record record(*database);
    desk::Desk desk(*database, record, {}, {documents::hidden_versions});
    const auto questions = TRY(assistants::read_questions(TRY(read_file(file)), field));
    const auto beside = TRY(TemporaryFolder::create(folder.path()));
    search::LibraryMaterial material(library);
    TRY(TRY(search::LexicalIndex::open({.folder = beside.path()}, material))->rebuild());
    std::string variant_reports;
    for (const auto& variant : variants) {
        const auto report = TRY(ask(variant, beside.path(), library, desk, questions));
        variant_reports += fmt::format("{}\"{}\": {}", variant_reports.empty() ? "" : ",\n", variant.name,
                                       assistants::to_json(report));
    }
    fmt::print("{{{}}}\n", variant_reports);
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "ablation_bench DATA QUESTIONS.jsonl [FIELD]\n");
        return 2;
    }
    const auto done = run(argv[1], argv[2], argc > 3 ? argv[3] : "question");
    if (!done) fmt::print(stderr, "{}\n", to_line(done.error()));
    return done ? 0 : 1;
}
