// How fast is a search over a large municipality, and what of it is ours rather than Xapian's?
//
//     search_bench [FOLDER-WITH-STATUTES] [SECTIONS] [FOLDER-FOR-THE-INDEX]
//
// The statutes are multiplied with varied text into versions of 140 sections each. The same 300 questions of 4 to 8 words are
// then asked of the index as the program asks them (rights, validity, total, spelling, snippets: everything but reading
// the text from the store) and of bare Xapian on the same files: once with the very query that the program builds, once with
// nothing but the stems joined by OR. A folder that holds an index of as many sections already is used as it is.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include "corpus.hpp"
#include "search/detail/engine.hpp"
#include "search/detail/layout.hpp"
#include "search/detail/query_builder.hpp"
#include "search/lexical_index.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kansli;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t sections_per_version = 140;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Versions whose text is made anew whenever it is asked for. Every tenth is in another collection, every tenth repealed.
class VariedMaterial final : public search::Material {
  public:
    VariedMaterial(const bench::VariedCorpus& corpus, std::uint64_t sections) : corpus_(corpus) {
        auto catalogue = std::make_shared<documents::Catalogue>();
        catalogue->revision = 1;
        for (std::uint64_t first = 0; first < sections; first += sections_per_version) {
            auto& entry = catalogue->entries.emplace_back();
            entry.number = static_cast<std::uint32_t>(catalogue->entries.size());
            entry.version = documents::VersionId(fmt::format("v{:08}", entry.number));
            entry.document = documents::DocumentId(fmt::format("d{:08}", entry.number));
            entry.collection = entry.number % 10 == 0 ? "liten" : "stor";
            entry.attributes = attributes_of(entry.number);
            by_version_[entry.version] = entry.number;
        }
        for (std::uint32_t i = 0; i < catalogue->entries.size(); ++i)
            catalogue->by_version.push_back(i);
        catalogue_ = std::move(catalogue);
    }

    Result<std::shared_ptr<const documents::Catalogue>> catalogue() override { return catalogue_; }
    Result<documents::Library::SectionText> section(const access::Caller&,
                                                    const documents::VersionId& version,
                                                    int ordinal) override {
        const auto number = by_version_.at(version);
        const std::string text = text_of(number, ordinal);
        return documents::Library::SectionText{section_of(ordinal, text.size()), text, std::nullopt};
    }
    Result<void> each_section(const documents::VersionId& version, const Visit& visit) override {
        const auto number = by_version_.at(version);
        for (int i = 0; i < static_cast<int>(sections_per_version); ++i) {
            const std::string text = text_of(number, i);
            TRY(visit(section_of(i, text.size()), text));
        }
        return {};
    }

  private:
    static documents::Attributes attributes_of(std::uint32_t number) {
        documents::Attributes attributes;
        attributes.title = fmt::format("Författning nummer {}", number);
        if (number % 10 == 5) attributes.valid_to = parse_date("2020-12-31").value();
        return attributes;
    }
    static documents::Section section_of(int ordinal, std::size_t size) {
        documents::Section section;
        section.ordinal = ordinal;
        section.path = fmt::format("{} §", ordinal + 1);
        section.heading = section.path;
        section.trail = {section.path};
        section.end = size;
        return section;
    }
    [[nodiscard]] std::string text_of(std::uint32_t number, int ordinal) const {
        return corpus_.section((number - 1) * sections_per_version + static_cast<std::uint64_t>(ordinal));
    }

    const bench::VariedCorpus& corpus_;
    std::shared_ptr<const documents::Catalogue> catalogue_{};
    std::map<documents::VersionId, std::uint32_t> by_version_{};
};

std::vector<std::string> make_questions(const bench::VariedCorpus& corpus, std::uint64_t sections) {
    std::mt19937_64 random(42);
    std::vector<std::string> questions;
    while (questions.size() < 300) {
        const std::string text = corpus.section(random() % sections);
        std::vector<text::Token> words = text::words(text);
        std::erase_if(words, [](const text::Token& word) { return text::is_stop_word(word.folded); });
        if (words.size() < 20) continue;
        std::string question;
        for (std::size_t count = 4 + random() % 5; count > 0; --count)
            question += words[random() % words.size()].folded + " ";
        questions.push_back(std::move(question));
    }
    return questions;
}

struct Times {
    double p50 = 0;
    double p95 = 0;
};

// The second of two rounds, so that the files are in memory.
template <typename Ask>
Times measure(const std::vector<std::string>& questions, Ask&& ask) {
    std::vector<double> times;
    for (int round = 0; round < 2; ++round) {
        times.clear();
        for (const std::string& question : questions) {
            const auto start = Clock::now();
            ask(question);
            times.push_back(milliseconds_since(start));
        }
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 95 / 100]};
}

Times ask_program(search::LexicalIndex& index, const std::vector<std::string>& questions,
                  const search::Query& like) {
    return measure(questions, [&](const std::string& question) {
        search::Query query = like;
        query.words = question;
        const auto found = index.search({}, query);
        if (!found) throw std::runtime_error(to_line(found.error()));
    });
}

enum class Bare : std::uint8_t { same_query, stems_only };

// What applied then is searched.
Date day() {
    return parse_date("2026-11-22").value();
}

Times ask_xapian(const fs::path& folder, const std::vector<std::string>& questions, Bare how) {
    namespace inner = search::detail;
    const auto splitter = text::CompoundSplitter::create(search::IndexSettings{}.word_list);
    if (!splitter) throw std::runtime_error(to_line(splitter.error()));
    inner::Readers readers(folder);
    const auto generation = inner::live_generation(folder);
    if (!generation || !*generation) throw std::runtime_error("there is no index");
    const inner::Lease lease = readers.lease(**generation, {.whole = {inner::open_shard}});
    const inner::Selection nothing;
    const inner::Statistics statistics(lease, nothing);
    std::map<std::string, Xapian::Query> queries;  // made beforehand: only Xapian's part is measured
    for (const std::string& question : questions) {
        auto built = inner::build_query(inner::parse_query(question, inner::QueryStyle::search),
                                        inner::QueryStyle::search, lease, statistics, *splitter,
                                        {text::Lexicon::shipped(), day()}, {});
        std::vector<std::string> stems;
        for (const auto& word : text::words(question))
            stems.push_back(text::stem(word.folded));
        queries[question] = how == Bare::same_query
                                ? built.query
                                : Xapian::Query(Xapian::Query::OP_OR, stems.begin(), stems.end());
    }
    return measure(questions, [&](const std::string& question) {
        Xapian::Enquire enquire(lease.shards().front()->database);
        if (how == Bare::same_query) {
            enquire.set_weighting_scheme(inner::Bm25({}, statistics.average_length()));
        } else {
            const search::Weights weights;
            enquire.set_weighting_scheme(Xapian::BM25Weight(weights.k1, 0, 0, weights.b, weights.shortest));
        }
        enquire.set_query(queries[question]);
        (void)enquire.get_mset(0, 10);
    });
}

double resident_megabytes() {
    std::ifstream in("/proc/self/statm");
    double pages = 0;
    in >> pages >> pages;
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

int measure_all(const fs::path& statutes, std::uint64_t sections, const fs::path& folder) {
    const bench::VariedCorpus corpus(bench::corpus(statutes));
    VariedMaterial material(corpus, sections);
    const double before = resident_megabytes();
    auto index = search::LexicalIndex::open({.folder = folder}, material);
    if (!index) throw std::runtime_error(to_line(index.error()));
    const auto start = Clock::now();
    const auto report = (*index)->sync([](std::int64_t done, std::int64_t all) {
        if (done % 500 == 0) fmt::print(stderr, "{} of {} versions\n", done, all);
    });
    if (!report) throw std::runtime_error(to_line(report.error()));
    if (report->added > 0)
        fmt::print("build: {:.1f} s for {} versions\n", milliseconds_since(start) / 1000, report->added);
    const auto statistics = (*index)->statistics().value();
    fmt::print("sections: {}, versions: {}, index: {:.0f} MB\n", statistics.sections, statistics.versions,
               static_cast<double>(statistics.bytes) / 1e6);
    fmt::print(
        "resident: {:.0f} MB with the index open, {:.0f} MB before it (the corpus of this benchmark)\n",
        resident_megabytes(), before);

    const auto questions = make_questions(corpus, sections);
    const Times stems = ask_xapian(folder, questions, Bare::stems_only);
    const Times same = ask_xapian(folder, questions, Bare::same_query);
    search::Query query;
    query.as_of = day();
    const Times ours = ask_program(**index, questions, query);
    query.collections = {"liten"};
    const Times one_collection = ask_program(**index, questions, query);
    query.collections = {};
    query.include_not_in_force = false;
    const Times in_force = ask_program(**index, questions, query);

    fmt::print("\n{:<58}{:>9}{:>9}{:>12}{:>12}\n", "300 queries of 4-8 words, the ten best", "p50 ms",
               "p95 ms", "p50 ratio", "p95 ratio");
    const auto print = [&](const char* what, const Times& times) {
        fmt::print("{:<58}{:>9.2f}{:>9.2f}{:>12.2f}{:>12.2f}\n", what, times.p50, times.p95,
                   times.p50 / same.p50, times.p95 / same.p95);
    };
    print("bare Xapian, only the stems joined by OR", stems);
    print("bare Xapian, the same query", same);
    print("the program: all, what does not apply below", ours);
    print("the program: only what applies", in_force);
    print("the program: a collection of a tenth", one_collection);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return measure_all(
            count > 1 ? arguments[1] : "", count > 2 ? std::stoull(arguments[2]) : 100'000,
            count > 3 ? fs::path(arguments[3]) : fs::temp_directory_path() / "kansli-search-bench");
    } catch (const Xapian::Error& error) {
        fmt::print(stderr, "Xapian: {}\n", error.get_description());
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
    }
    return 1;
}
