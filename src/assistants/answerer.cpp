#include "assistants/answerer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistants/answer_kind.hpp"
#include "assistants/inquiry.hpp"
#include "assistants/investigation.hpp"
#include "assistants/understanding.hpp"
#include "core/hash.hpp"
#include "json/binder.hpp"
#include "json/describe.hpp"

namespace kansli::assistants {

namespace {

constexpr std::string_view engine = "kansli-quotes/1";
constexpr std::string_view no_engine = "kansli-search/1";
constexpr int readings_of_control = 8;
constexpr std::string_view control_reason =
    "Den här frågan är lottad till kontrollgruppen i ett försök: inget utkast görs. Skriv svaret själv ur "
    "källorna.";

// What goes with each proposal.
struct RecordedQuestion {
    std::string question{};
    std::vector<std::string> collections{};
    Date as_of{};
    std::vector<std::string> corrections{};  // of the lexicon, in its form
};
KANSLI_DESCRIBE(RecordedQuestion, question, collections, as_of, corrections)

RecordedQuestion recorded(const Question& question) {
    RecordedQuestion recorded{question.text, question.collections, question.as_of, {}};
    for (const auto& correction : question.corrections)
        recorded.corrections.push_back(text::print(correction));
    return recorded;
}

struct RecordedMeasure {
    std::string name{};
    double value = 0;
};
KANSLI_DESCRIBE(RecordedMeasure, name, value)

struct RecordedDecision {
    int sections = 0;
    double answerability = 0;
    double threshold = 0;
    std::vector<RecordedMeasure> measures{};
    std::optional<WritingRecord> writing{};  // by a language model, where one is connected
};
KANSLI_DESCRIBE(RecordedDecision, sections, answerability, threshold, measures, writing)

// A citation as evidence, in the form of desk::Quote, with the hash of the quoted bytes.
struct RecordedEvidence {
    std::string sentence{};
    std::string quote{};
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string title{};
    std::string reference{};
    std::string path{};
    std::optional<int> page{};
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::string sha256{};
    bool valid = true;
};
KANSLI_DESCRIBE(RecordedEvidence, sentence, quote, document, version, title, reference, path, page, start,
                end, sha256, valid)

std::string evidence_json(const std::vector<Citation>& citations) {
    std::vector<RecordedEvidence> spans;
    for (const auto& citation : citations) {
        spans.push_back({citation.sentence, citation.quote, citation.document, citation.version,
                         citation.title, citation.reference, citation.path, citation.page, citation.start,
                         citation.end, sha256(citation.quote), citation.valid});
    }
    return json::write(spans);
}

std::string settings_json(const Examination& examination, const std::optional<WritingRecord>& writing) {
    RecordedDecision decision{
        searched_sections, examination.answerability, answerability_threshold(examination.kind), {}, writing};
    for (const auto& [name, value] : named(examination.features))
        decision.measures.push_back({std::string(name), value});
    return json::write(decision);
}

// Every document that the answer or refusal tells of, each once.
std::set<documents::DocumentId> documents_of(const Examination& examination) {
    std::set<documents::DocumentId> documents;
    for (const auto* citations : {&examination.composed, &examination.answer.citations})
        for (const auto& citation : *citations)
            documents.insert(citation.document);
    for (const auto& related : examination.answer.related)
        documents.insert(related.document);
    for (const auto& reading : examination.answer.nearest)
        documents.insert(reading.document);
    return documents;
}

}  // namespace

Result<std::shared_ptr<const text::Lexicon>> DocumentAnswerer::lexicon_for(const Question& question) const {
    auto current = TRY(lexicon_());
    if (question.corrections.empty()) return current;
    auto corrected = std::make_shared<text::Lexicon>(std::move(current));
    for (const auto& correction : question.corrections)
        corrected->add(correction);
    return corrected;
}

Result<Examination> DocumentAnswerer::examine(const access::Caller& caller, const Question& question) {
    return investigate({searcher_, sources_, embedding_}, caller, question, TRY(lexicon_for(question)));
}

Result<search::Results> DocumentAnswerer::look_for(const access::Caller& caller, const search::Query& query) {
    Question question;
    question.text = query.words;
    question.collections = query.collections;
    question.as_of = query.as_of;
    return find_sections({searcher_, sources_, embedding_}, caller, question, TRY(lexicon_for(question)),
                         query);
}

Result<Examination> DocumentAnswerer::search_only(const access::Caller& caller, const Question& question) {
    if (!question.as_of.ok())
        return fail(ErrorCode::invalid_input, "Dagen finns inte.", "as_of", "Skriv ÅÅÅÅ-MM-DD.");
    const auto lexicon = TRY(lexicon_for(question));
    search::Query query;
    query.words = question.text;
    query.lexicon = lexicon;
    query.collections = question.collections;
    query.as_of = question.as_of;
    query.limit = readings_of_control;
    query.question = true;
    Examination examination;
    auto results = TRY(look_for(caller, query));
    examination.hits = std::move(results.hits);
    examination.answer.control = true;
    examination.answer.reason = control_reason;
    for (const auto& hit : examination.hits)
        examination.answer.nearest.push_back({hit.document, hit.version, hit.title, hit.path, hit.section});
    label(examination.answer, examination.hits);
    examination.answer.understanding = understand(inquire(question.text, *lexicon, question.as_of), *lexicon,
                                                  question.as_of, question.corrections);
    tell_respelled(results, examination.answer);
    return examination;
}

Result<void> DocumentAnswerer::protect(const access::Caller& caller, const Examination& examination,
                                       desk::NewProposal& made) {
    for (const auto& document : documents_of(examination)) {
        const auto protection = TRY(sources_.protection(caller, document));
        made.information_class = std::max(made.information_class, protection.information_class);
        made.readers.add(protection.rule);
    }
    return {};
}

std::optional<WritingRecord> DocumentAnswerer::have_written(const access::Caller& caller,
                                                            const Question& question, const Watch& watch,
                                                            access::InformationClass information_class,
                                                            Examination& examination) const {
    auto& answer = examination.answer;
    if (writer_ == nullptr || question.model == no_model || !answer.answerable) return std::nullopt;
    auto writing =
        writer_->write(caller, question, answer, {information_class, examination.collections}, watch);
    auto& record = writing.record;
    answer.wording = Wording{.written = record.written,
                             .model = record.model,
                             .reason = record.written ? std::optional<std::string>() : record.reason,
                             .dropped = static_cast<int>(record.dropped.size())};
    if (record.written) {
        answer.citations = std::move(writing.citations);
        answer.answer = running_text(answer.citations);
    }
    return std::move(record);
}

Result<Answer> DocumentAnswerer::answer(const access::Caller& caller, const Question& question,
                                        const Watch& watch) {
    const bool is_named = !question.model.empty() && question.model != no_model;
    if (is_named && (writer_ == nullptr || !writer_->knows(question.model))) {
        return fail(ErrorCode::invalid_input, "Språkmodellen är inte ansluten.", question.model,
                    "Se vilka som finns med kansli model endpoints.");
    }
    const auto draw = TRY(desk_.draw(caller, answer_kind.name, question.text));
    const bool control = draw.assignment.arm == desk::Arm::without_ai;
    const auto began = std::chrono::steady_clock::now();
    const auto before = meter_.read();
    auto examination = control ? TRY(search_only(caller, question)) : TRY(examine(caller, question));
    desk::NewProposal made;
    TRY(protect(caller, examination, made));
    const auto writing = have_written(caller, question, watch, made.information_class, examination);
    const auto effort = meter_.since(before);
    const std::chrono::duration<double, std::milli> used = std::chrono::steady_clock::now() - began;
    auto& answer = examination.answer;
    made.kind = answer_kind.name;
    made.title = question.text;
    if (!control) made.text = answer.answerable ? answer.answer : answer.reason.value_or("");
    made.input = json::write(recorded(question));
    made.output = json::write(answer);
    made.evidence = evidence_json(answer.answerable ? answer.citations : examination.composed);
    made.confidence = answer.support;
    made.model = control ? no_engine : engine;
    if (writing && writing->written) made.model += "+" + writing->model;
    made.settings = control ? "{}" : settings_json(examination, writing);
    made.milliseconds = used.count();
    made.cpu_milliseconds = effort.cpu_milliseconds;
    made.joules = effort.joules;
    const auto proposal = TRY(desk_.propose(caller, std::move(made), draw));
    answer.entry = proposal.entry;
    answer.proposal = proposal.id.str();
    return std::move(answer);
}

}  // namespace kansli::assistants
