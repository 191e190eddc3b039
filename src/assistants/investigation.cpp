#include "assistants/investigation.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistants/composer.hpp"
#include "assistants/detail/cut_tables.hpp"
#include "assistants/evidence.hpp"
#include "assistants/inquiry.hpp"
#include "assistants/ranking.hpp"
#include "assistants/refusal.hpp"
#include "assistants/related.hpp"
#include "assistants/understanding.hpp"

namespace kansli::assistants {

namespace {

constexpr int more_sections = 20;
constexpr std::size_t counted_terms = 16;  // of a question; each costs a look into the index
constexpr std::size_t nearest_documents = 3;
// What applied another day and covers so much more of the question is what was asked about.
constexpr double clear_lead = 0.3;
constexpr double least_support =
    0.2;  // an answer that is likely wrong is none, whatever else the documents hold

// A found section with where it came from.
struct Found {
    search::Hit hit{};
    std::size_t start = 0;  // of its text in the version's
};

// One question on its way to an answer.
class Investigation {
  public:
    Investigation(const InvestigationTools& tools, const access::Caller& caller, const Question& question,
                  std::shared_ptr<const text::Lexicon> lexicon)
        : searcher_(tools.searcher),
          sources_(tools.sources),
          tables_(tools.sources, caller),
          caller_(caller),
          question_(question),
          embedding_(tools.embedding),
          lexicon_(std::move(lexicon)),
          inquiry_(inquire(question.text, *lexicon_, question.as_of)) {}

    Result<Examination> run() {
        if (!question_.as_of.ok())
            return fail(ErrorCode::invalid_input, "Dagen finns inte.", "as_of", "Skriv ÅÅÅÅ-MM-DD.");
        Examination examination;
        const auto results =
            TRY(searcher_.search(caller_, query(question_.text, searched_sections, /*whole_question=*/true)));
        read_as_found(results);
        TRY(weigh_terms(results.total));
        for (const auto& hit : results.hits)
            TRY(add(hit));
        TRY(add_more(results.hits));
        auto evidence = weigh_evidence(inquiry_, applying_.candidates, embedding_);
        const auto ranking = ranking_features(inquiry_, applying_.candidates, evidence);
        rank(evidence, applying_.candidates, ranking);
        const auto composition = compose(applying_.candidates, evidence);
        examination.features = measure(inquiry_, applying_.candidates, evidence, composition);
        if (!composition.quotations.empty())
            examination.kind = applying_.found[composition.best.candidate].hit.kind;
        arrange(evidence, ranking, examination);
        for (const auto& quotation : composition.quotations) {
            examination.composed.push_back(
                TRY(cite(quotation.candidate, quotation.span, quotation.sentence)));
        }
        decide(composition, evidence, examination);
        RelatedRules rules(searcher_, sources_, caller_, question_);
        if (examination.answer.answerable) TRY(relate(composition, rules, examination.answer));
        std::vector<search::Hit> hits = rules.hits();
        for (const Group* group : {&applying_, &lapsed_}) {
            for (const auto& found : group->found)
                hits.push_back(found.hit);
        }
        label(examination.answer, hits);
        examination.collections = collections_of(examination.answer, hits);
        examination.answer.understanding =
            understand(inquiry_, *lexicon_, question_.as_of, question_.corrections);
        tell_respelled(results, examination.answer);
        return examination;
    }

    // The search's own hits, of which the first are put in order.
    Result<search::Results> look_for(search::Query query) {
        query.question = true;
        // Behind those that are put in order stand the others as the search has them. It also says what is wrong with a query.
        if (query.offset < 0 || query.limit < 0 || query.offset >= searched_sections)
            return searcher_.search(caller_, query);
        const auto first = static_cast<std::size_t>(query.offset);
        const auto count = static_cast<std::size_t>(query.limit);
        query.limit = std::max(searched_sections, query.offset + query.limit);
        query.offset = 0;
        auto results = TRY(searcher_.search(caller_, query));
        read_as_found(results);
        TRY(weigh_terms(results.total));
        const auto weighed = std::min<std::size_t>(results.hits.size(), searched_sections);
        for (const auto& hit : std::span(results.hits).first(weighed))
            TRY(add(hit));
        auto evidence = weigh_evidence(inquiry_, applying_.candidates, embedding_);
        rank(evidence, applying_.candidates, ranking_features(inquiry_, applying_.candidates, evidence));
        put_in_order(std::span(results.hits).first(weighed), evidence);
        results.hits.erase(results.hits.begin(), results.hits.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                            first, results.hits.size())));
        if (results.hits.size() > count) results.hits.resize(count);
        return results;
    }

  private:
    // That the answer's quotes stand in, each once.
    static std::vector<std::string> collections_of(const Answer& answer,
                                                   const std::vector<search::Hit>& hits) {
        std::set<std::string> collections;
        for (const auto& citation : answer.citations) {
            for (const auto& hit : hits) {
                if (hit.version == citation.version) collections.insert(hit.collection);
            }
        }
        return {collections.begin(), collections.end()};
    }

    // Those that apply first, by how they speak of the question. Scores keep their places: the first has the highest.
    void put_in_order(std::span<search::Hit> hits, const Evidence& evidence) const {
        std::map<std::pair<std::string, int>, std::size_t> places;
        for (const auto candidate : order_of(evidence)) {
            const auto& hit = applying_.found[candidate].hit;
            places.emplace(std::pair(hit.version.str(), hit.section), places.size());
        }
        std::vector<double> scores;
        for (const auto& hit : hits)
            scores.push_back(hit.score);
        std::ranges::stable_sort(hits, {}, [&](const search::Hit& hit) {
            const auto place = places.find({hit.version.str(), hit.section});
            return place == places.end() ? places.size() : place->second;
        });
        for (std::size_t at = 0; at < hits.size(); ++at)
            hits[at].score = scores[at];
    }

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

    // The search knows which words stand nowhere and what is near them, and what is written as one.
    void read_as_found(const search::Results& results) {
        if (!results.respelled.empty()) inquiry_ = inquire(results.read, *lexicon_, question_.as_of);
        for (const auto& word : results.respelled)
            note_respelled(inquiry_, word.read, word.written);
        for (const auto& words : results.joined)
            note_joined(inquiry_, words.first, words.second, words.compound);
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
        candidate.rows_above = TRY(tables_.rows_above(hit.version, text.section, candidate.text));
        candidate.title = hit.title;
        candidate.trail = hit.trail;
        candidate.score = hit.score;
        candidate.signals = hit.signals;
        candidate.statute = hit.kind == documents::DocumentKind::statute;
        candidate.pointed_at = std::ranges::any_of(inquiry_.pointed_at, [&](const PointedAt& place) {
            return place.statute == hit.reference && place.path == hit.path;
        });
        candidate.version = hit.version.str();
        group.candidates.push_back(std::move(candidate));
        group.found.push_back({hit, text.section.start});
        return {};
    }

    // The sections in the order in which they speak of the question, then those that do not apply.
    void arrange(const Evidence& evidence, const std::vector<RankingFeatures>& ranking,
                 Examination& examination) const {
        for (const auto candidate : order_of(evidence)) {
            examination.hits.push_back(applying_.found[candidate].hit);
            examination.ranking.push_back(ranking[candidate]);
        }
        for (const auto& lapsed : lapsed_.found)
            examination.hits.push_back(lapsed.hit);
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
        answer.support = composition.quotations.empty() ? 0 : support(examination.features, examination.kind);
        examination.answerability = answerability(examination.features);
        const auto lapsed = better_lapsed(evidence);
        answer.answerable = answer.support >= least_support && lapsed.lead < clear_lead &&
                            examination.answerability >= answerability_threshold(examination.kind);
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
        if (lapsed.hit != nullptr) {
            circumstances.lapsed = LapsedSource{lapsed.hit->title, lapsed.hit->path,
                                                lapsed.hit->validity == documents::Validity::not_yet};
        }
        answer.reason = refusal_reason(inquiry_, examination.features, circumstances);
        add_nearest(evidence, lapsed.hit, answer);
    }

    // Brings the rules that the quoted ones cannot be read without, and quotes some of them.
    Result<void> relate(const Composition& composition, RelatedRules& rules, Answer& answer) const {
        std::vector<FoundSection> found;
        for (std::size_t at = 0; at < applying_.found.size(); ++at)
            found.push_back({&applying_.found[at].hit, applying_.candidates[at].text});
        for (const auto& quotation : composition.quotations)
            TRY(rules.add_needed(found[quotation.candidate], quotation.span, answer.citations));
        for (const auto& quotation : composition.quotations)
            rules.add_exemptions(found[quotation.candidate], found, answer.citations);
        answer.related = rules.related();
        for (const auto& citation : rules.citations()) {
            answer.answer += " " + citation.sentence;
            answer.citations.push_back(citation);
        }
        return {};
    }

    // A source that no longer or does not yet apply, when it would have been a better ground than all that does.
    struct Lapsed {
        const search::Hit* hit = nullptr;
        double lead = 0;  // how much more of the question it covers
    };
    [[nodiscard]] Lapsed better_lapsed(const Evidence& applying) const {
        const auto lapsed = weigh_evidence(inquiry_, lapsed_.candidates, embedding_);
        if (lapsed.ranked.empty()) return {};
        const auto& best = lapsed.ranked.front();
        const auto lead = best.coverage - (applying.ranked.empty() ? 0 : applying.ranked.front().coverage);
        if (lead <= 0) return {};
        return {&lapsed_.found[best.candidate].hit, lead};
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
    detail::CutTables tables_;
    const access::Caller& caller_;
    const Question& question_;
    const model::StaticEmbedding* embedding_;
    std::shared_ptr<const text::Lexicon> lexicon_;
    Inquiry inquiry_;
    Group applying_{};
    Group lapsed_{};
};

}  // namespace

// An answer is as secret as what it tells of: quotes, and titles of what to read instead.
void label(Answer& answer, const std::vector<search::Hit>& hits) {
    std::set<documents::VersionId> told;
    for (const auto& citation : answer.citations)
        told.insert(citation.version);
    for (const auto& reading : answer.nearest)
        told.insert(reading.version);
    for (const auto& related : answer.related)
        told.insert(related.version);
    std::set<std::string> provisions;
    for (const auto& hit : hits) {
        if (!told.contains(hit.version)) continue;
        answer.information_class = std::max(answer.information_class, hit.information_class);
        if (!hit.secrecy.empty()) provisions.insert(hit.secrecy);
    }
    for (const auto& provision : provisions)
        answer.secrecy += (answer.secrecy.empty() ? "" : "; ") + provision;
}

void tell_respelled(const search::Results& results, Answer& answer) {
    for (const auto& word : results.respelled)
        answer.understanding.respelled.push_back({word.written, word.read});
}

Result<Examination> investigate(const InvestigationTools& tools, const access::Caller& caller,
                                const Question& question, std::shared_ptr<const text::Lexicon> lexicon) {
    return Investigation(tools, caller, question, std::move(lexicon)).run();
}

Result<search::Results> find_sections(const InvestigationTools& tools, const access::Caller& caller,
                                      const Question& question, std::shared_ptr<const text::Lexicon> lexicon,
                                      const search::Query& query) {
    return Investigation(tools, caller, question, std::move(lexicon)).look_for(query);
}

}  // namespace kansli::assistants
