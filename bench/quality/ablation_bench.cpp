// What each part of the search is worth: the same questions with everything, and with one part after another left out.
//     ablation_bench DATA QUESTIONS.jsonl [FIELD]
// Builds an index of the data folder's documents beside it, and asks as `kansli eval` does. bench/quality/retrieval.py has plain BM25 of
// the same sections.
#include <array>
#include <memory>
#include <string>
#include <string_view>
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
};

constexpr std::array variants{
    Variant{.name = "everything"},
    Variant{.name = "without the lexicon", .lexicon = false},
    Variant{.name = "without known questions", .known_questions = false},
    Variant{.name = "without vectors", .vectors = false},
    Variant{.name = "words alone", .lexicon = false, .vectors = false},
};

// Variants without vectors have no known questions either, since these are found by their vectors.
Result<assistants::EvalReport> ask(const Variant& variant, const std::filesystem::path& folder,
                                   documents::Library& library, desk::Desk& desk,
                                   const std::vector<assistants::EvalQuestion>& questions) {
    static const auto nothing = std::make_shared<const text::Lexicon>();
    const text::LexiconSource lexicon = [&]() -> Result<std::shared_ptr<const text::Lexicon>> {
        return variant.lexicon ? text::Lexicon::share_shipped() : nothing;
    };
    search::LibraryMaterial material(library);
    const auto index =
        TRY(search::LexicalIndex::open({.folder = folder,
                                        .lexicon = lexicon,
                                        .embedding = variant.vectors ? &model::shipped_embedding() : nullptr,
                                        .known_questions = variant.known_questions},
                                       material));
    assistants::LibrarySources sources(library);
    const measures::EnergyMeter meter;
    assistants::DocumentAnswerer answerer(*index, sources, desk, meter, lexicon,
                                          variant.vectors ? &model::shipped_embedding() : nullptr);
    return assistants::evaluate(answerer, access::keeper(), questions, {.as_of = day_in_sweden(now())});
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
    fmt::print("{:<26}{:>9}{:>9}{:>9}{:>9}{:>10}{:>10}{:>9}\n", "", "recall@1", "@5", "@20", "mrr@10",
               "answered", "refused", "ms");
    for (const auto& variant : variants) {
        const auto report = TRY(ask(variant, beside.path(), library, desk, questions));
        fmt::print("{:<26}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}{:>10.3f}{:>10.3f}{:>9.1f}\n", variant.name,
                   report.recall_1, report.recall_5, report.recall_20, report.mrr_10,
                   report.answerable_recall, report.unanswerable_recall, report.ms_per_question);
    }
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
