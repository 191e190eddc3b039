#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answer.hpp"
#include "assistants/ranking.hpp"
#include "assistants/sources.hpp"
#include "assistants/support.hpp"
#include "assistants/writer.hpp"
#include "core/result.hpp"
#include "desk/desk.hpp"
#include "documents/document.hpp"
#include "measures/energy.hpp"
#include "model/shipped.hpp"
#include "search/searcher.hpp"
#include "text/lexicon.hpp"

namespace kansli::assistants {

// An answer together with what it was decided on, for the desk and for measuring.
struct Examination {
    Answer answer{};
    SupportFeatures features{};
    double answerability = 0;  // how likely it is that the documents answer the question at all, 0–1
    documents::DocumentKind kind = documents::DocumentKind::other;  // of the document with the best passage
    std::vector<search::Hit>
        hits{};  // what was found, what speaks most of the question first, lapsed sources last
    std::vector<RankingFeatures> ranking{};  // of the first hits, those that apply
    std::vector<Citation> composed{};        // what was or would have been answered
    std::vector<std::string> collections{};  // that the answer's quotes stand in
};

// Answers by quoting the passages that speak of the question. The decision to answer or refuse is made in code, on how
// likely it is that the documents answer the question at all; the support says how sure the answer is; what does not apply on the day that is asked about is never a ground.
// Where a language model is connected, it writes the sentences of an answer out of these quotes; those that do not hold are dropped.
// Threads: any.
// Invariants: every citation's quote is the version's bytes [start, end); answerable means at least one citation and no reason,
// not answerable means a reason and none.
class DocumentAnswerer final : public Answerer {
  public:
    // All outlive the answerer. Without a writer answers are quotes.
    DocumentAnswerer(search::Searcher& searcher, Sources& sources, desk::Desk& desk,
                     const measures::EnergyMeter& meter, text::LexiconSource lexicon = text::shipped_alone,
                     const model::StaticEmbedding* embedding = &model::shipped_embedding(),
                     const AnswerWriter* writer = nullptr)
        : searcher_(searcher),
          sources_(sources),
          desk_(desk),
          meter_(meter),
          lexicon_(std::move(lexicon)),
          embedding_(embedding),
          writer_(writer) {}

    using Answerer::answer;
    // invalid_input for a day or a model that does not exist; what the search, the library and the desk answer otherwise.
    Result<Answer> answer(const access::Caller& caller, const Question& question,
                          const Watch& watch) override;

    // The same without a proposal: for measuring.
    [[nodiscard]] Result<Examination> examine(const access::Caller& caller, const Question& question);

    // What the search finds for a question, the first sections in the order in which they speak of it. For whoever wants to look for
    // themselves; nothing is written to the record.
    [[nodiscard]] Result<search::Results> look_for(const access::Caller& caller, const search::Query& query);

  private:
    // The lexicon of the moment, with the question's corrections over it.
    [[nodiscard]] Result<std::shared_ptr<const text::Lexicon>> lexicon_for(const Question& question) const;
    // What is found, and no answer: for whoever is to write it without.
    [[nodiscard]] Result<Examination> search_only(const access::Caller& caller, const Question& question);
    // The proposal's class and readers: as closed as the most closed of what it tells of.
    [[nodiscard]] Result<void> protect(const access::Caller& caller, const Examination& examination,
                                       desk::NewProposal& made);
    // Nothing when no model is to write.
    [[nodiscard]] std::optional<WritingRecord> have_written(const access::Caller& caller,
                                                            const Question& question, const Watch& watch,
                                                            access::InformationClass information_class,
                                                            Examination& examination) const;

    search::Searcher& searcher_;
    Sources& sources_;
    desk::Desk& desk_;
    const measures::EnergyMeter& meter_;
    text::LexiconSource lexicon_;
    const model::StaticEmbedding* embedding_;  // null: only words count
    const AnswerWriter* writer_;               // null: answers are quotes
};

}  // namespace kansli::assistants
