#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/result.hpp"
#include "documents/importer.hpp"
#include "model/shipped.hpp"
#include "search/material.hpp"
#include "search/searcher.hpp"
#include "search/weights.hpp"
#include "text/compounds.hpp"
#include "text/known_questions.hpp"
#include "text/lexicon.hpp"

namespace kansli::search {

struct IndexSettings {
    std::filesystem::path folder{};                                     // made when it is not there
    std::filesystem::path word_list = "/usr/share/hunspell/sv_SE.dic";  // read by the first search or writer
    std::shared_ptr<const text::CompoundSplitter> words{};  // a word list that is read already, instead
    text::LexiconSource lexicon = text::shipped_alone;      // asked by each search that brings none
    const model::StaticEmbedding* embedding = &model::shipped_embedding();  // null: only words count
    // With an embedding: paragraphs that answer a question like the one asked count more.
    text::KnownQuestionSource known_questions = text::known_questions;
    Weights weights{};
    std::chrono::milliseconds patience = std::chrono::seconds(120);  // how long a writer waits for another
};

struct IndexStatistics {
    std::int64_t sections = 0;
    std::int64_t versions = 0;
    std::int64_t shards = 0;
    std::uint64_t bytes = 0;
};

struct SyncReport {
    std::int64_t added = 0;    // versions that were missing or in the wrong shard
    std::int64_t removed = 0;  // versions that the catalogue no longer knows
};

// The lexical index of one data folder: fields of stems, compound parts and positions in Xapian, ranked by BM25.
//
// A search reads whole the shards of documents that are open to its caller, and of the shard of documents with limits of their own
// only those that the caller may read, so a hidden document changes neither hits nor counts, scores or suggestions. All
// else that is known of a document is asked of the catalogue at the time of the search. See README.md.
//
// Threads: any. Searches run side by side and never wait for a writer; one writer at a time, among all processes.
// Invariants: what answers is always a whole generation; a crash leaves the last commit.
// Errors: busy when another writer does not finish, corrupt when the files do not hold together (cure: rebuild),
// invalid_input for impossible queries.
class LexicalIndex final : public documents::VersionIndex, public Searcher {
  public:
    // `material` outlives the index. An index of another program's format is left aside: sync() or rebuild() fills the new one.
    [[nodiscard]] static Result<std::unique_ptr<LexicalIndex>> open(IndexSettings settings,
                                                                    Material& material);
    ~LexicalIndex() override;

    // Reads the word list, which the first search or writer would else wait for. A failure comes back when the list is needed.
    void warm_up();

    // The attributes of `version` and where it is placed must be those that the catalogue will show.
    Result<void> add(std::uint32_t number, const documents::ReadDocument& version,
                     const documents::Placing& placing) override;
    // After a failed add() this fails too, once: the versions added since the last commit() are not in the index.
    Result<void> commit() override;

    Result<Results> search(const access::Caller& caller, const Query& query) override;
    Result<std::vector<ExplainedTerm>> explain(const access::Caller& caller, const Query& query,
                                               const documents::VersionId& version, int section) override;

    // Called with the versions done and those there are.
    using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

    // Brings the index in step with the catalogue: after access lists have changed, after a withdrawal, after a crash.
    [[nodiscard]] Result<SyncReport> sync(const Progress& progress = {}, std::stop_token stop = {});
    // Whether sync() would change anything: a version is missing or in the wrong shard, or one is unknown.
    [[nodiscard]] Result<bool> is_out_of_step();

    // Builds a new generation from the material while the old one answers and takes imports, then puts it in its place.
    [[nodiscard]] Result<void> rebuild(const Progress& progress = {}, std::stop_token stop = {});

    [[nodiscard]] Result<IndexStatistics> statistics();

  private:
    struct State;
    explicit LexicalIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kansli::search
