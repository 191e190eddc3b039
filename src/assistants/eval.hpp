#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answerer.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "search/searcher.hpp"

// Measures search and answers against questions whose right sources are known.
namespace kansli::assistants {

// A right source: a paragraph of a statute, or a document with a heading.
struct ExpectedSource {
    std::string sfs{};      // "2010:900"; empty for a document
    std::string chapter{};  // "9", "19 a"; empty when the statute has no chapters
    std::string section{};  // "4", "18 c"; for a document its heading; empty: anywhere in it
    std::string doc{};      // file name or id
};

struct EvalQuestion {
    std::string id{};
    std::string question{};
    bool answerable = false;
    std::vector<ExpectedSource> refs{};
    std::string support{};        // what the answer must quote; may be empty
    std::optional<Date> as_of{};  // the day that is asked about, when the question names one
};

// The questions of a .jsonl file. `field` is the member that holds the question ("question", "question_clerk"); lines without it
// are asked with "question". invalid_input names the line.
[[nodiscard]] Result<std::vector<EvalQuestion>> read_questions(std::string_view jsonl,
                                                               std::string_view field = "question");

[[nodiscard]] bool is_right(const ExpectedSource& expected, const search::Hit& hit);

// The places, from 1, of the hits that are the first to show one of the right sources.
[[nodiscard]] std::vector<std::size_t> places_of(const EvalQuestion& question,
                                                 std::span<const search::Hit> hits);

// What came of one question.
struct EvalOutcome {
    EvalQuestion question{};
    std::vector<std::size_t> places{};  // of the right sources among the hits
    bool answered = false;
    bool right_source = false;    // what was composed is from a right source or holds the supporting sentence
    bool quotes_support = false;  // what was composed holds the supporting sentence
    double milliseconds = 0;
    Answer answer{};
    SupportFeatures features{};
    documents::DocumentKind kind = documents::DocumentKind::other;  // of the document with the best passage
};

// All shares are 0–1, and 0 where there is nothing to take a share of.
struct EvalReport {
    std::size_t questions = 0;
    std::size_t answerable = 0;
    std::size_t answered = 0;
    double recall_1 =
        0;  // share of the answerable questions with a right source among the first 1, 5, 10, 20 hits
    double recall_5 = 0;
    double recall_10 = 0;
    double recall_20 = 0;
    double mrr_10 = 0;   // mean of 1/place of the first right source, 0 beyond the tenth
    double ndcg_10 = 0;  // how near the ten first hits are to all right sources first; a source counts once
    double answerable_precision = 0;    // of the questions answered, share that are answerable
    double answerable_recall = 0;       // of the answerable, share that are answered
    double unanswerable_precision = 0;  // of the questions refused, share that are unanswerable
    double unanswerable_recall = 0;     // of the unanswerable, share that are refused
    double right_source = 0;            // of the questions answered, share that cite a right source
    double quotes_support =
        0;  // of the answerable questions answered, share whose quotes hold the supporting sentence
    double calibration_error = 0;  // how far the support is from the share that is right, mean of ten bins
    double ms_per_question = 0;
    std::vector<EvalOutcome> outcomes{};
};

// Pure: the metrics of outcomes.
[[nodiscard]] EvalReport summarise(std::vector<EvalOutcome> outcomes);

struct EvalOptions {
    std::vector<std::string> collections{};
    Date as_of{};
};
using EvalProgress = std::function<void(std::size_t done, std::size_t all)>;

// Asks every question, without writing to the record.
[[nodiscard]] Result<EvalReport> evaluate(DocumentAnswerer& answerer, const access::Caller& caller,
                                          const std::vector<EvalQuestion>& questions,
                                          const EvalOptions& options, const EvalProgress& progress = {});

// One JSON object: "recall@1", "recall@5", "recall@10", "recall@20", "mrr@10", "ndcg@10" and the rest by their names; `details` adds
// every question with its measures.
[[nodiscard]] std::string to_json(const EvalReport& report, bool details = false);

}  // namespace kansli::assistants
