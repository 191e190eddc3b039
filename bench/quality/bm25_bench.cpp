// How well does the index library rank by itself? Plain BM25 over the very sections of a data folder: Xapian's own TermGenerator,
// query parser and Swedish stemmer, the words of a question joined by OR, all settings as they come.
//     bm25_bench DATA QUESTIONS.jsonl [FIELD]
// Prints the same measures as `kansli eval --json`. Both sides are given the same words (title, headings, text) and the same
// choice: sections that hold text and apply on the day that is asked about. So only the ranking differs.
// bench/quality/retrieval.py runs it beside `kansli eval`.
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <xapian.h>

#include "access/caller.hpp"
#include "assistants/eval.hpp"
#include "core/file.hpp"
#include "core/time.hpp"
#include "documents/library.hpp"
#include "search/detail/selection.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace {

using namespace kansli;

constexpr std::size_t searched = 50;       // as many as an answer is looked for in
constexpr Xapian::doccount fetched = 500;  // what does not apply is left out of these

class Bm25 {
  public:
    explicit Bm25(std::shared_ptr<const documents::Catalogue> catalogue) : catalogue_(std::move(catalogue)) {
        generator_.set_stemmer(Xapian::Stem("swedish"));
        parser_.set_stemmer(Xapian::Stem("swedish"));
        parser_.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
        parser_.set_default_op(Xapian::Query::OP_OR);
    }

    Result<void> index(documents::Library& library) {
        for (const auto& entry : catalogue_->entries) {
            TRY(library.each_section(entry.version,
                                     [&](const documents::Section& section, std::string_view text) {
                                         if (section.role == documents::SectionRole::text)
                                             add(entry, section, text);
                                         return Result<void>{};
                                     }));
        }
        return {};
    }

    [[nodiscard]] std::vector<search::Hit> search(const std::string& question, Date day) {
        Xapian::Enquire enquire(database_);
        enquire.set_query(parser_.parse_query(question, 0));
        std::vector<search::Hit> hits;
        const Xapian::MSet found = enquire.get_mset(0, fetched);
        for (auto at = found.begin(); at != found.end() && hits.size() < searched; ++at) {
            const Place& place = places_.at(*at - 1);
            if (search::detail::validity_of(*place.entry, day) == documents::Validity::applies)
                hits.push_back(place.hit);
        }
        return hits;
    }

  private:
    struct Place {
        const documents::CatalogueEntry* entry = nullptr;
        search::Hit hit{};
    };

    void add(const documents::CatalogueEntry& entry, const documents::Section& section,
             std::string_view text) {
        Xapian::Document document;
        generator_.set_document(document);
        generator_.set_termpos(0);
        generator_.index_text(entry.attributes.title);
        for (const std::string& heading : section.trail) {
            if (heading != section.heading) generator_.index_text(heading);
        }
        generator_.index_text(std::string(text));
        database_.add_document(document);
        search::Hit hit;
        hit.document = entry.document;
        hit.title = entry.attributes.title;
        hit.reference = entry.attributes.reference;
        hit.file_name = entry.file_name;
        hit.path = section.path;
        hit.trail = section.trail;
        places_.push_back({&entry, std::move(hit)});
    }

    std::shared_ptr<const documents::Catalogue> catalogue_;
    Xapian::WritableDatabase database_{std::string(), Xapian::DB_BACKEND_INMEMORY};
    Xapian::TermGenerator generator_{};
    Xapian::QueryParser parser_{};
    std::vector<Place> places_{};
};

Result<assistants::EvalReport> run(const std::string& data, const std::string& file, std::string_view field) {
    const auto folder = TRY(store::DataFolder::open(data));
    const auto database = TRY(store::Database::open(folder.database_file()));
    documents::Library library(*database, folder.files());
    const auto questions = TRY(assistants::read_questions(TRY(read_file(file)), field));
    Bm25 bm25(TRY(library.catalogue()));
    TRY(bm25.index(library));
    std::vector<assistants::EvalOutcome> outcomes;
    for (const auto& question : questions) {
        assistants::EvalOutcome outcome;
        outcome.question = question;
        const auto began = std::chrono::steady_clock::now();
        const auto hits = bm25.search(question.question, question.as_of.value_or(day_in_sweden(now())));
        const std::chrono::duration<double, std::milli> used = std::chrono::steady_clock::now() - began;
        outcome.milliseconds = used.count();
        outcome.places = assistants::places_of(question, hits);
        outcomes.push_back(std::move(outcome));
    }
    return assistants::summarise(std::move(outcomes));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "bm25_bench DATA QUESTIONS.jsonl [FIELD]\n");
        return 2;
    }
    const auto report = run(argv[1], argv[2], argc > 3 ? argv[3] : "question");
    if (!report) {
        fmt::print(stderr, "{}\n", to_line(report.error()));
        return 1;
    }
    fmt::print("{}\n", assistants::to_json(*report));
    return 0;
}
