// What the ranking of sections is learned from and measured on: of each question the measures of the sections that the search finds, and which
// of them answer.
//     ranking_material_bench DATA MODEL.kse SHARE                 the share of the known questions that the model was trained without
//     ranking_material_bench DATA MODEL.kse SHARE QUESTIONS.jsonl the questions of a file, as `kansli eval` takes them
// The names of the measures, then one JSON line a question. Builds an index of the data folder's documents beside it. Of the known questions the search is given only those
// that are not left out; and none about the paragraphs of every other question that is asked, since most of what people ask
// is asked of no paragraph that somebody has thought of.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "access/caller.hpp"
#include "assistants/answerer.hpp"
#include "assistants/eval.hpp"
#include "assistants/ranking.hpp"
#include "assistants/training_pairs.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "documents/hidden_references.hpp"
#include "documents/library.hpp"
#include "json/binder.hpp"
#include "json/describe.hpp"
#include "measures/energy.hpp"
#include "model/static_embedding.hpp"
#include "record/record.hpp"
#include "search/lexical_index.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "text/known_questions.hpp"
#include "text/lexicon.hpp"

namespace {

using namespace kansli;

struct Section {
    int grade = 0;  // 2: the paragraph that answers, 1: another that belongs to the answer
    std::vector<double> measures{};
};
KANSLI_DESCRIBE(Section, grade, measures)

struct Line {
    std::string question{};
    bool known_about = false;  // the search knew questions about its paragraphs
    std::vector<Section> sections{};
};
KANSLI_DESCRIBE(Line, question, known_about, sections)

struct Asked {
    std::string question{};
    std::vector<assistants::ExpectedSource> sources{};  // the first one answers
    std::vector<text::KnownQuestion::Paragraph> paragraphs{};
    bool known_about = true;
};

bool is_right(const Asked& asked, std::size_t which, const search::Hit& hit) {
    if (!asked.sources.empty()) return assistants::is_right(asked.sources[which], hit);
    return hit.reference == asked.paragraphs[which].statute && hit.path == asked.paragraphs[which].path;
}

int grade_of(const Asked& asked, const search::Hit& hit) {
    const auto count = std::max(asked.sources.size(), asked.paragraphs.size());
    for (std::size_t which = 0; which < count; ++which)
        if (is_right(asked, which, hit)) return which == 0 ? 2 : 1;
    return 0;
}

bool is_masked(std::string_view paragraph) {
    return sha256(paragraph).front() % 2 == 0;
}

std::string key_of(const text::KnownQuestion::Paragraph& paragraph) {
    return paragraph.statute + ' ' + paragraph.path;
}

struct Material {
    std::vector<Asked> asked{};
    std::vector<text::KnownQuestion> known{};  // that the search is given
};

Material left_out(double share) {
    Material material;
    for (const auto& question : text::known_questions()) {
        const bool masked =
            std::ranges::any_of(question.paragraphs, [](const auto& one) { return is_masked(key_of(one)); });
        if (!assistants::is_left_out(question.question, share)) {
            if (!masked) material.known.push_back(question);
        } else if (!question.paragraphs.empty()) {
            material.asked.push_back({question.question, {}, question.paragraphs, !masked});
        }
    }
    return material;
}

Result<Material> of_file(const std::string& file, double share) {
    Material material;
    for (const auto& question : text::known_questions())
        if (!assistants::is_left_out(question.question, share)) material.known.push_back(question);
    for (auto& question : TRY(assistants::read_questions(TRY(read_file(file)))))
        if (question.answerable) material.asked.push_back({question.question, question.refs, {}, true});
    return material;
}

Result<void> run(const std::string& data, const std::string& model, double share, const std::string& file) {
    const auto material = file.empty() ? left_out(share) : TRY(of_file(file, share));
    const auto embedding = TRY(model::StaticEmbedding::read(TRY(read_file(model))));
    const auto folder = TRY(store::DataFolder::open(data));
    const auto database = TRY(store::Database::open(folder.database_file()));
    documents::Library library(*database, folder.files());
    record::Record record(*database);
    desk::Desk desk(*database, record, {}, {documents::hidden_versions});
    const auto beside = TRY(TemporaryFolder::create(folder.path()));
    search::LibraryMaterial documents(library);
    const auto index =
        TRY(search::LexicalIndex::open({.folder = beside.path(),
                                        .embedding = &embedding,
                                        .known_questions = [&] { return std::span(material.known); }},
                                       documents));
    TRY(index->rebuild());
    assistants::LibrarySources sources(library);
    const measures::EnergyMeter meter;
    assistants::DocumentAnswerer answerer(*index, sources, desk, meter, text::shipped_alone, &embedding);
    std::vector<std::string> names;
    for (const auto& [name, value] : assistants::named(assistants::RankingFeatures{}))
        names.emplace_back(name);
    fmt::print("{}\n", json::write(names));
    for (const auto& asked : material.asked) {
        assistants::Question question;
        question.text = asked.question;
        question.as_of = day_in_sweden(now());
        const auto examination = TRY(answerer.examine(access::keeper(), question));
        Line line{asked.question, asked.known_about, {}};
        for (std::size_t at = 0; at < examination.ranking.size(); ++at) {
            Section section{grade_of(asked, examination.hits[at]), {}};
            for (const auto& [name, value] : assistants::named(examination.ranking[at]))
                section.measures.push_back(value);
            line.sections.push_back(std::move(section));
        }
        fmt::print("{}\n", json::write(line));
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        fmt::print(stderr, "ranking_material_bench DATA MODEL.kse SHARE [QUESTIONS.jsonl]\n");
        return 2;
    }
    const auto done = run(argv[1], argv[2], std::strtod(argv[3], nullptr), argc > 4 ? argv[4] : "");
    if (!done) fmt::print(stderr, "{}\n", to_line(done.error()));
    return done ? 0 : 1;
}
