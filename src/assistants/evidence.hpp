#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "assistants/inquiry.hpp"
#include "assistants/passage.hpp"
#include "model/static_embedding.hpp"
#include "search/searcher.hpp"

// Which places of the found sections speak of what was asked. Pure; same input, same output; threads: any.
namespace kansli::assistants {

// A section that the search found.
struct Candidate {
    std::string text{};                // the section's bytes
    std::size_t body = 0;              // where its own text begins, after the heading; bytes of `text`
    std::string title{};               // the document's
    std::vector<std::string> trail{};  // headings from the outermost inwards
    std::string version{};             // of which document it is a section
    double score = 0;                  // the search's
    search::Signals signals{};         // … and what it is made of
    bool statute = false;              // a paragraph of law
    // When the text begins in the middle of a table: the table's rows before it.
    std::vector<std::string> rows_above{};
    bool pointed_at = false;  // the question names this very place: "9 kap. 4 § PBL"
};

// How well a passage speaks of the question.
struct ScoredPassage {
    std::size_t candidate = 0;
    std::size_t passage = 0;  // which of the candidate's passages
    double coverage =
        0;  // share of the question's weight that it holds, with its headings at a discount; 0–1
    double own_coverage = 0;   // share that stands in the passage and its lead-in; 0–1
    double bare_coverage = 0;  // share that stands in the passage alone; 0–1
    double weakest =
        0;  // how well the worse met of the two weightiest terms is met in the passage or its headings; 0–1
    double nearness = 0;     // to the question in meaning; 0–1
    double rule = 0;         // how well the kinds of rule that it is fit the type of question; 0–1
    double score = 0;        // what the passages are ordered by
    bool meets_cue = false;  // holds the kind of thing that was asked for
};

struct CandidateMatch {
    std::vector<Passage> passages{};
    std::vector<double>
        by_term{};  // how well each term of the question is met anywhere in section, headings or title; 0–1
    double coverage = 0;  // of the question's weight; 0–1
    double exact = 0;     // the same, counting whole words only; 0–1
    double document =
        0;  // how much the search found in its document, beside the document that it found most in; 0–1
    double heading = 0;  // of the question's weight, in its headings alone; 0–1
    double found = 0;    // its search score beside the best one's; 0–1
    double rank =
        0;  // how surely it is the one, beside the surest; 0–1, above for what the question points at
    double surety = 0;            // the same among all questions; 0–1
    double nearness = 0;          // of the section, or its nearest passage; 0–1
    double heading_nearness = 0;  // of its headings; 0–1
};

struct Evidence {
    std::vector<CandidateMatch> candidates{};  // in the candidates' order
    std::vector<ScoredPassage> ranked{};       // best first
};

// Without an embedding only words count.
[[nodiscard]] Evidence weigh_evidence(const Inquiry& inquiry, std::span<const Candidate> candidates,
                                      const model::StaticEmbedding* embedding = nullptr);

// The candidates by their rank, best first, those alike by their best passage; those without passages last among these, in the order
// that they came.
[[nodiscard]] std::vector<std::size_t> order_of(const Evidence& evidence);

// How alike a term of a question and a word of a text are, 0–1: the word itself, an inflection, or one as part of the other.
[[nodiscard]] double likeness(const Term& term, const std::string& folded, const std::string& stem);

}  // namespace kansli::assistants
