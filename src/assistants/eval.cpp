#include "assistants/eval.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/writer.hpp"

namespace kansli::assistants {

namespace {

constexpr std::size_t ranked_depth = 10;
constexpr int calibration_bins = 10;

double share(double part, std::size_t whole) {
    return whole == 0 ? 0 : part / static_cast<double>(whole);
}

std::string without_extra_blanks(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

bool quotes(const std::vector<Citation>& composed, std::string_view support) {
    if (support.empty()) return false;
    std::string all;
    for (const auto& citation : composed)
        all += citation.quote + '\n';
    return without_extra_blanks(all).find(without_extra_blanks(support)) != std::string::npos;
}

// The hit that a citation was made from, as far as is_right() looks at it.
bool from_right_source(const Citation& citation, const EvalQuestion& question,
                       const std::vector<search::Hit>& hits) {
    return std::ranges::any_of(hits, [&](const search::Hit& hit) {
        const bool same = hit.version == citation.version && hit.path == citation.path;
        return same &&
               std::ranges::any_of(question.refs, [&](const auto& ref) { return is_right(ref, hit); });
    });
}

EvalOutcome judge(const EvalQuestion& question, Examination examination, double milliseconds) {
    EvalOutcome outcome;
    outcome.question = question;
    outcome.milliseconds = milliseconds;
    outcome.features = examination.features;
    outcome.kind = examination.kind;
    outcome.places = places_of(question, examination.hits);
    outcome.answered = examination.answer.answerable;
    outcome.quotes_support = quotes(examination.composed, question.support);
    outcome.right_source =
        outcome.quotes_support || std::ranges::any_of(examination.composed, [&](const Citation& citation) {
            return from_right_source(citation, question, examination.hits);
        });
    outcome.answer = std::move(examination.answer);
    return outcome;
}

double recall(const std::vector<EvalOutcome>& outcomes, std::size_t depth, std::size_t answerable) {
    const auto found = std::ranges::count_if(outcomes, [&](const EvalOutcome& outcome) {
        return outcome.question.answerable && !outcome.places.empty() && outcome.places.front() <= depth;
    });
    return share(static_cast<double>(found), answerable);
}

double discount(std::size_t place) {
    return 1 / std::log2(static_cast<double>(place) + 1);
}

// The discounted gain of the ten first hits, as a share of what it is when all right sources come first.
double gain_of(const EvalOutcome& outcome) {
    double gain = 0;
    for (const auto place : outcome.places)
        gain += place <= ranked_depth ? discount(place) : 0;
    double ideal = 0;
    for (std::size_t place = 1; place <= std::min(ranked_depth, outcome.question.refs.size()); ++place)
        ideal += discount(place);
    return ideal > 0 ? gain / ideal : 0;
}

// The expected calibration error over bins of equal width. The distance of a bin, times its number of questions, is that of the sums.
double calibration_error(const std::vector<EvalOutcome>& outcomes) {
    std::array<double, calibration_bins> too_much{};
    for (const auto& outcome : outcomes) {
        const auto bin = static_cast<std::size_t>(outcome.answer.support * double{calibration_bins});
        const bool right = outcome.question.answerable && outcome.right_source;
        too_much[std::min(bin, too_much.size() - 1)] += outcome.answer.support - (right ? 1 : 0);
    }
    double sum = 0;
    for (const double difference : too_much)
        sum += std::abs(difference);
    return share(sum, outcomes.size());
}

void write_outcome(json::Writer& writer, const EvalOutcome& outcome) {
    writer.begin_object();
    writer.key("id");
    writer.string(outcome.question.id);
    writer.key("question");
    writer.string(outcome.question.question);
    writer.key("answerable");
    writer.boolean(outcome.question.answerable);
    writer.key("answered");
    writer.boolean(outcome.answered);
    writer.key("place");
    outcome.places.empty() ? writer.null() : writer.unsigned_integer(outcome.places.front());
    writer.key("right");
    writer.boolean(outcome.right_source);
    writer.key("quotes_support");
    writer.boolean(outcome.quotes_support);
    writer.key("support");
    writer.number(outcome.answer.support);
    writer.key("kind");
    writer.string(documents::to_string(outcome.kind));
    writer.key("text");
    writer.string(outcome.answered ? outcome.answer.answer : outcome.answer.reason.value_or(""));
    writer.key("measures");
    writer.begin_object();
    for (const auto& [name, value] : named(outcome.features)) {
        writer.key(name);
        writer.number(value);
    }
    writer.end_object();
    writer.end_object();
}

}  // namespace

EvalReport summarise(std::vector<EvalOutcome> outcomes) {
    EvalReport report;
    std::size_t answered_answerable = 0;
    std::size_t right = 0;
    std::size_t with_support = 0;
    double reciprocal = 0;
    double gain = 0;
    double milliseconds = 0;
    for (const auto& outcome : outcomes) {
        milliseconds += outcome.milliseconds;
        if (outcome.question.answerable) ++report.answerable;
        if (outcome.answered) ++report.answered;
        if (outcome.answered && outcome.question.answerable) ++answered_answerable;
        if (outcome.answered && outcome.right_source) ++right;
        if (outcome.answered && outcome.question.answerable && outcome.quotes_support) ++with_support;
        if (!outcome.question.answerable || outcome.places.empty()) continue;
        gain += gain_of(outcome);
        if (outcome.places.front() <= ranked_depth)
            reciprocal += 1 / static_cast<double>(outcome.places.front());
    }
    report.questions = outcomes.size();
    report.recall_1 = recall(outcomes, 1, report.answerable);
    report.recall_5 = recall(outcomes, 5, report.answerable);
    report.recall_10 = recall(outcomes, 10, report.answerable);
    report.recall_20 = recall(outcomes, 20, report.answerable);
    report.mrr_10 = share(reciprocal, report.answerable);
    report.ndcg_10 = share(gain, report.answerable);
    report.calibration_error = calibration_error(outcomes);
    const auto unanswerable = report.questions - report.answerable;
    const auto refused = report.questions - report.answered;
    const auto refused_unanswerable = unanswerable - (report.answered - answered_answerable);
    report.answerable_precision = share(static_cast<double>(answered_answerable), report.answered);
    report.answerable_recall = share(static_cast<double>(answered_answerable), report.answerable);
    report.unanswerable_precision = share(static_cast<double>(refused_unanswerable), refused);
    report.unanswerable_recall = share(static_cast<double>(refused_unanswerable), unanswerable);
    report.right_source = share(static_cast<double>(right), report.answered);
    report.quotes_support = share(static_cast<double>(with_support), answered_answerable);
    report.ms_per_question = share(milliseconds, report.questions);
    report.outcomes = std::move(outcomes);
    return report;
}

Result<EvalReport> evaluate(DocumentAnswerer& answerer, const access::Caller& caller,
                            const std::vector<EvalQuestion>& questions, const EvalOptions& options,
                            const EvalProgress& progress) {
    std::vector<EvalOutcome> outcomes;
    for (const auto& question : questions) {
        const auto began = std::chrono::steady_clock::now();
        auto examination = TRY(answerer.examine(
            caller, {question.question, options.collections, question.as_of.value_or(options.as_of)}));
        const std::chrono::duration<double, std::milli> used = std::chrono::steady_clock::now() - began;
        outcomes.push_back(judge(question, std::move(examination), used.count()));
        if (progress) progress(outcomes.size(), questions.size());
    }
    return summarise(std::move(outcomes));
}

std::string to_json(const EvalReport& report, bool details) {
    json::Writer writer(2);
    writer.begin_object();
    const auto count = [&](std::string_view name, std::size_t value) {
        writer.key(name);
        writer.unsigned_integer(value);
    };
    const auto figure = [&](std::string_view name, double value) {
        writer.key(name);
        writer.number(value);
    };
    count("questions", report.questions);
    count("answerable", report.answerable);
    count("answered", report.answered);
    figure("recall@1", report.recall_1);
    figure("recall@5", report.recall_5);
    figure("recall@10", report.recall_10);
    figure("recall@20", report.recall_20);
    figure("mrr@10", report.mrr_10);
    figure("ndcg@10", report.ndcg_10);
    figure("answerable_precision", report.answerable_precision);
    figure("answerable_recall", report.answerable_recall);
    figure("unanswerable_precision", report.unanswerable_precision);
    figure("unanswerable_recall", report.unanswerable_recall);
    figure("right_source", report.right_source);
    figure("quotes_support", report.quotes_support);
    figure("calibration_error", report.calibration_error);
    figure("ms_per_question", report.ms_per_question);
    if (details) {
        writer.key("outcomes");
        writer.begin_array();
        for (const auto& outcome : report.outcomes)
            write_outcome(writer, outcome);
        writer.end_array();
    }
    writer.end_object();
    return writer.take();
}

}  // namespace kansli::assistants
