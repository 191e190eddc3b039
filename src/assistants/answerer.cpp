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
#include "assistants/composer.hpp"
#include "assistants/evidence.hpp"
#include "assistants/inquiry.hpp"
#include "assistants/refusal.hpp"
#include "assistants/understanding.hpp"
#include "core/hash.hpp"
#include "json/binder.hpp"
#include "json/describe.hpp"

namespace kansli::assistants {

namespace {

constexpr int searched_sections = 50;
constexpr int more_sections = 20;
constexpr std::size_t counted_terms = 16;  // of a question; each costs a look into the index
constexpr std::size_t nearest_documents = 3;
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
    double threshold = 0;
    std::vector<RecordedMeasure> measures{};
};
KANSLI_DESCRIBE(RecordedDecision, sections, threshold, measures)

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

// A found section with where it came from.
struct Found {
    search::Hit hit{};
    std::size_t start = 0;  // of its text in the version's
};

// An answer is as secret as what it tells of: quotes, and titles of what to read instead.
void label(Answer& answer, const std::vector<search::Hit>& hits) {
    std::set<documents::VersionId> told;
    for (const auto& citation : answer.citations)
        told.insert(citation.version);
    for (const auto& reading : answer.nearest)
        told.insert(reading.version);
    std::set<std::string> provisions;
    for (const auto& hit : hits) {
        if (!told.contains(hit.version)) continue;
        answer.information_class = std::max(answer.information_class, hit.information_class);
        if (!hit.secrecy.empty()) provisions.insert(hit.secrecy);
    }
    for (const auto& provision : provisions)
        answer.secrecy += (answer.secrecy.empty() ? "" : "; ") + provision;
}

// One question on its way to an answer.
class Investigation {
  public:
    Investigation(search::Searcher& searcher, Sources& sources, const access::Caller& caller,
                  const Question& question, std::shared_ptr<const text::Lexicon> lexicon,
                  const model::StaticEmbedding* embedding)
        : searcher_(searcher),
          sources_(sources),
          caller_(caller),
          question_(question),
          embedding_(embedding),
          lexicon_(std::move(lexicon)),
          inquiry_(inquire(question.text, *lexicon_, question.as_of)) {}

    Result<Examination> run() {
        if (!question_.as_of.ok())
            return fail(ErrorCode::invalid_input, "Dagen finns inte.", "as_of", "Skriv ÅÅÅÅ-MM-DD.");
        Examination examination;
        const auto results =
            TRY(searcher_.search(caller_, query(question_.text, searched_sections, /*whole_question=*/true)));
        TRY(weigh_terms(results.total));
        for (const auto& hit : results.hits)
            TRY(add(hit));
        TRY(add_more(results.hits));
        const auto evidence = weigh_evidence(inquiry_, applying_.candidates, embedding_);
        const auto composition = compose(applying_.candidates, evidence);
        examination.features = measure(inquiry_, applying_.candidates, evidence, composition);
        examination.hits = in_order(evidence);
        for (const auto& quotation : composition.quotations) {
            examination.composed.push_back(
                TRY(cite(quotation.candidate, quotation.span, quotation.sentence)));
        }
        decide(composition, evidence, examination);
        std::vector<search::Hit> hits;
        for (const Group* group : {&applying_, &lapsed_}) {
            for (const auto& found : group->found)
                hits.push_back(found.hit);
        }
        label(examination.answer, hits);
        examination.answer.understanding =
            understand(inquiry_, *lexicon_, question_.as_of, question_.corrections);
        return examination;
    }

  private:
    struct Group {
        std::vector<Found> found{};
        std::vector<Candidate> candidates{};
    };

    [[nodiscard]] search::Query query(std::string words, int limit, bool whole_question) const {
        search::Query query;
        query.words = std::move(words);
        query.collections = question_.collections;
        query.as_of = question_.as_of;
        query.limit = limit;
        query.question = whole_question;
        query.lexicon = lexicon_;
        return query;
    }

    Result<void> weigh_terms(std::int64_t sections_with_any) {
        std::vector<std::int64_t> sections_with;
        for (std::size_t at = 0; at < inquiry_.terms.size() && at < counted_terms; ++at) {
            const auto results =
                TRY(searcher_.search(caller_, query(inquiry_.terms[at].word, 1, /*whole_question=*/false)));
            sections_with.push_back(results.total);
        }
        weigh(inquiry_, sections_with, sections_with_any);
        return {};
    }

    // What is found with other words of the same kind: "avgift" and "kronor" when a price is asked for.
    Result<void> add_more(const std::vector<search::Hit>& found) {
        const auto words = search_words(question_.text, inquiry_.cue);
        if (words == question_.text) return {};
        const auto results =
            TRY(searcher_.search(caller_, query(words, more_sections, /*whole_question=*/true)));
        for (const auto& hit : results.hits) {
            const auto same = [&](const search::Hit& other) {
                return other.version == hit.version && other.section == hit.section;
            };
            if (std::ranges::none_of(found, same)) TRY(add(hit));
        }
        return {};
    }

    Result<void> add(const search::Hit& hit) {
        auto& group = hit.validity == documents::Validity::applies ? applying_ : lapsed_;
        auto section = sources_.section(caller_, hit.version, hit.section);
        // Withdrawn between the search and here: as if it had not been found.
        if (!section && section.error().code == ErrorCode::not_found) return {};
        auto text = TRY(std::move(section));
        if (text.section.role != documents::SectionRole::text) return {};
        Candidate candidate;
        candidate.body = text.section.body - text.section.start;
        candidate.text = std::move(text.text);
        candidate.title = hit.title;
        candidate.trail = hit.trail;
        candidate.score = hit.score;
        candidate.version = hit.version.str();
        group.candidates.push_back(std::move(candidate));
        group.found.push_back({hit, text.section.start});
        return {};
    }

    // The sections in the order in which they speak of the question, then those that do not apply.
    [[nodiscard]] std::vector<search::Hit> in_order(const Evidence& evidence) const {
        std::vector<search::Hit> hits;
        for (const auto candidate : order_of(evidence))
            hits.push_back(applying_.found[candidate].hit);
        for (const auto& lapsed : lapsed_.found)
            hits.push_back(lapsed.hit);
        return hits;
    }

    Result<Citation> cite(std::size_t candidate, Span span, std::string sentence) {
        const auto& found = applying_.found[candidate];
        Citation citation;
        citation.sentence = std::move(sentence);
        citation.quote = applying_.candidates[candidate].text.substr(span.start, span.end - span.start);
        citation.document = found.hit.document;
        citation.version = found.hit.version;
        citation.title = found.hit.title;
        citation.reference = found.hit.reference;
        citation.path = found.hit.path;
        citation.start = found.start + span.start;
        citation.end = found.start + span.end;
        citation.valid = true;
        citation.page = TRY(sources_.page(caller_, citation.version, citation.start, citation.end));
        return citation;
    }

    void decide(const Composition& composition, const Evidence& evidence, Examination& examination) const {
        auto& answer = examination.answer;
        answer.support = composition.quotations.empty() ? 0 : support(examination.features);
        answer.answerable = answer.support >= support_threshold();
        if (answer.answerable) {
            answer.answer = answer_text(composition);
            answer.citations = examination.composed;
            return;
        }
        RefusalCircumstances circumstances;
        circumstances.found_anything = !evidence.ranked.empty();
        if (!evidence.ranked.empty()) {
            const auto& hit = applying_.found[evidence.ranked.front().candidate].hit;
            circumstances.nearest = NearestSource{hit.title, hit.path};
        }
        const search::Hit* lapsed = better_lapsed(evidence);
        if (lapsed != nullptr) {
            circumstances.lapsed =
                LapsedSource{lapsed->title, lapsed->path, lapsed->validity == documents::Validity::not_yet};
        }
        answer.reason = refusal_reason(inquiry_, examination.features, circumstances);
        add_nearest(evidence, lapsed, answer);
    }

    // A source that no longer or does not yet apply, when it would have been a better ground than all that does.
    [[nodiscard]] const search::Hit* better_lapsed(const Evidence& applying) const {
        const auto lapsed = weigh_evidence(inquiry_, lapsed_.candidates, embedding_);
        if (lapsed.ranked.empty()) return nullptr;
        const auto& best = lapsed.ranked.front();
        if (!applying.ranked.empty() && best.coverage <= applying.ranked.front().coverage) return nullptr;
        return &lapsed_.found[best.candidate].hit;
    }

    // What the reason names comes first, so that whoever may not read it is not shown the refusal in the record either.
    void add_nearest(const Evidence& evidence, const search::Hit* named, Answer& answer) const {
        const auto add_reading = [&](const search::Hit& hit) {
            const bool there =
                std::ranges::find(answer.nearest, hit.document, &Reading::document) != answer.nearest.end();
            if (there || answer.nearest.size() >= nearest_documents) return;
            answer.nearest.push_back({hit.document, hit.version, hit.title, hit.path, hit.section});
        };
        if (named != nullptr) add_reading(*named);
        for (const auto& scored : evidence.ranked)
            add_reading(applying_.found[scored.candidate].hit);
        for (const auto& found : lapsed_.found)
            add_reading(found.hit);
    }

    search::Searcher& searcher_;
    Sources& sources_;
    const access::Caller& caller_;
    const Question& question_;
    const model::StaticEmbedding* embedding_;
    std::shared_ptr<const text::Lexicon> lexicon_;
    Inquiry inquiry_;
    Group applying_{};
    Group lapsed_{};
};

std::string evidence_json(const std::vector<Citation>& citations) {
    std::vector<RecordedEvidence> spans;
    for (const auto& citation : citations) {
        spans.push_back({citation.sentence, citation.quote, citation.document, citation.version,
                         citation.title, citation.reference, citation.path, citation.page, citation.start,
                         citation.end, sha256(citation.quote), citation.valid});
    }
    return json::write(spans);
}

std::string settings_json(const SupportFeatures& features) {
    RecordedDecision decision{searched_sections, support_threshold(), {}};
    for (const auto& [name, value] : named(features))
        decision.measures.push_back({std::string(name), value});
    return json::write(decision);
}

// Every document that the answer or refusal tells of, each once.
std::set<documents::DocumentId> documents_of(const Examination& examination) {
    std::set<documents::DocumentId> documents;
    for (const auto& citation : examination.composed)
        documents.insert(citation.document);
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
    return Investigation(searcher_, sources_, caller, question, TRY(lexicon_for(question)), embedding_).run();
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
    examination.hits = TRY(searcher_.search(caller, query)).hits;
    examination.answer.control = true;
    examination.answer.reason = control_reason;
    for (const auto& hit : examination.hits)
        examination.answer.nearest.push_back({hit.document, hit.version, hit.title, hit.path, hit.section});
    label(examination.answer, examination.hits);
    examination.answer.understanding = understand(inquire(question.text, *lexicon, question.as_of), *lexicon,
                                                  question.as_of, question.corrections);
    return examination;
}

Result<Answer> DocumentAnswerer::answer(const access::Caller& caller, const Question& question) {
    const auto draw = TRY(desk_.draw(caller, answer_kind.name, question.text));
    const bool control = draw.assignment.arm == desk::Arm::without_ai;
    const auto began = std::chrono::steady_clock::now();
    const auto before = meter_.read();
    auto examination = control ? TRY(search_only(caller, question)) : TRY(examine(caller, question));
    const auto effort = meter_.since(before);
    const std::chrono::duration<double, std::milli> used = std::chrono::steady_clock::now() - began;
    auto& answer = examination.answer;
    desk::NewProposal made;
    made.kind = answer_kind.name;
    made.title = question.text;
    if (!control) made.text = answer.answerable ? answer.answer : answer.reason.value_or("");
    made.input = json::write(recorded(question));
    made.output = json::write(answer);
    made.evidence = evidence_json(examination.composed);
    made.confidence = answer.support;
    made.model = control ? no_engine : engine;
    made.settings = control ? "{}" : settings_json(examination.features);
    made.milliseconds = used.count();
    made.cpu_milliseconds = effort.cpu_milliseconds;
    made.joules = effort.joules;
    for (const auto& document : documents_of(examination)) {
        const auto protection = TRY(sources_.protection(caller, document));
        made.information_class = std::max(made.information_class, protection.information_class);
        made.readers.add(protection.rule);
    }
    const auto proposal = TRY(desk_.propose(caller, std::move(made), draw));
    answer.entry = proposal.entry;
    answer.proposal = proposal.id.str();
    return std::move(answer);
}

}  // namespace kansli::assistants
