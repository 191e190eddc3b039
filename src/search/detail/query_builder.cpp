#include "search/detail/query_builder.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "search/detail/analyser.hpp"
#include "search/detail/terms.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace {

using Op = Xapian::Query::op;
constexpr Op op_or = Xapian::Query::OP_OR;
constexpr Op op_and = Xapian::Query::OP_AND;

constexpr std::size_t shortest_prefix = 2;
constexpr std::size_t most_words_of_prefix = 64;      // the most frequent are kept …
constexpr std::size_t most_words_looked_at = 20'000;  // … of so many

Xapian::Query joined(Op how, const std::vector<Xapian::Query>& queries) {
    if (queries.size() == 1) return queries.front();
    return {how, queries.begin(), queries.end()};
}

// The words that begin so in what the caller may read, by how many sections they stand in. Of the mixed shard's words, which are not all
// the caller's, only stems can be looked up.
std::vector<std::string> words_with_prefix(const Lease& lease, const Statistics& statistics,
                                           const std::string& prefix) {
    std::map<std::string, std::uint64_t> found;
    const auto collect = [&](Xapian::TermIterator at, const Xapian::TermIterator& end, bool skip) {
        if (skip && at != end) at.skip_to(prefix);
        for (std::size_t seen = 0; at != end && (*at).starts_with(prefix) && seen < most_words_looked_at;
             ++at, ++seen)
            found[*at] += at.get_termfreq();
    };
    for (const auto& shard : lease.shards()) {
        collect(shard->database.spellings_begin(), shard->database.spellings_end(), true);
        collect(shard->database.allterms_begin(prefix), shard->database.allterms_end(prefix), false);
    }
    if (const OpenShard* mixed = lease.mixed()) {
        const auto end = mixed->database.allterms_end(prefix);
        for (auto at = mixed->database.allterms_begin(prefix); at != end; ++at)
            if (!found.contains(*at) && statistics.knows(*at)) found[*at] = 1;
    }
    std::vector<std::pair<std::uint64_t, std::string>> ordered;
    for (const auto& [word, sections] : found)
        ordered.emplace_back(sections, word);
    std::ranges::sort(ordered, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (ordered.size() > most_words_of_prefix) ordered.resize(most_words_of_prefix);
    std::vector<std::string> words;
    for (auto& [sections, word] : ordered)
        words.push_back(std::move(word));
    return words;
}

class Builder {
  public:
    Builder(std::vector<Clause> clauses, QueryStyle style, const Lease& lease, const Statistics& statistics,
            const text::CompoundSplitter& splitter, const Understanding& understanding,
            const Weights& weights)
        : style_(style), lease_(lease), statistics_(statistics), splitter_(splitter), weights_(weights) {
        built_.clauses = std::move(clauses);
        for (const Clause& clause : built_.clauses)
            built_.words.push_back(clause.kind == ClauseKind::word && !clause.excluded ? clause.words.front()
                                                                                       : std::string());
        for (const Doubt& doubt : understanding.respelled)
            built_.words[doubt.clause] = doubt.meant;
        understand(understanding);
        if (understanding.join) built_.joined = joined_words(built_.words, statistics_, splitter_);
    }

    BuiltQuery build() {
        only_light_ = std::ranges::all_of(built_.clauses, [](const Clause& clause) {
            return clause.kind == ClauseKind::word && text::is_light_word(clause.words.front());
        });
        for (clause_ = 0; clause_ < built_.clauses.size(); ++clause_)
            add(built_.clauses[clause_]);
        for (const Joined& joined : built_.joined)
            add_joined(joined);
        if (style_ == QueryStyle::search && words_.size() > 1 && weights_.coverage > 0)
            optional_.push_back(joined(op_and, words_) * weights_.coverage);
        built_.query = combined();
        return std::move(built_);
    }

  private:
    // A meaning is tied to the first of its words that says anything; the others are looked for too.
    void understand(const Understanding& understanding) {
        std::vector<text::Token> tokens;
        std::vector<std::size_t> clauses;
        for (std::size_t at = 0; at < built_.clauses.size(); ++at) {
            const Clause& clause = built_.clauses[at];
            if (built_.words[at].empty()) continue;
            tokens.push_back({clause.start, clause.end, built_.words[at]});
            clauses.push_back(at);
        }
        for (auto& meaning : understanding.lexicon.meanings(tokens, understanding.day)) {
            if (meaning.of_part && style_ == QueryStyle::search) continue;
            const auto telling = std::ranges::find_if(meaning.tokens, [&](std::size_t token) {
                return !text::is_light_word(tokens[token].folded);
            });
            const std::size_t token = telling == meaning.tokens.end() ? meaning.tokens.front() : *telling;
            meanings_[clauses[token]] = std::move(meaning.wordings);
        }
    }

    void add(const Clause& clause) {
        switch (clause.kind) {
            case ClauseKind::word:
                return add_word(clause);
            case ClauseKind::prefix:
                return add_prefix(clause);
            case ClauseKind::phrase:
                return add_phrase(clause);
            case ClauseKind::place:
                return add_place(clause);
        }
    }

    // A term of the question, counted once however often it is typed.
    Xapian::Query leaf(Leaf::Kind kind, std::string term, std::string stem, double factor) {
        Xapian::Query query(term);
        if (built_.clauses[clause_].excluded) return query;
        const double sections = statistics_.sections();
        const double with = statistics_.sections_with(term);
        factor *= inverse_frequency(sections, with);
        const double rare = std::log(1 + sections / (1 + with));
        built_.leaves.push_back({kind, clause_, std::move(term), std::move(stem), factor, rare});
        return query * factor;
    }

    // The terms as if all were one, which stands in at least so many sections.
    [[nodiscard]] Xapian::Query as_one(const std::vector<std::string>& terms, double factor,
                                       double least_sections = 0) const {
        const double with = std::max(least_sections, statistics_.sections_with_any(terms));
        factor *= inverse_frequency(statistics_.sections(), with);
        return Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end()) * factor;
    }

    Xapian::Query word_or_part(const std::string& stem, Leaf::Kind kind, double factor) {
        const Leaf::Kind as_part = kind == Leaf::Kind::word ? Leaf::Kind::part_of_text : kind;
        return {op_or, leaf(kind, stem, stem, factor), leaf(as_part, part_term(stem), stem, factor)};
    }

    void add_word(const Clause& clause) {
        const Word word = analyse(clause.words.front(), splitter_);
        if (word.stop && !meanings_.contains(clause_)) return;
        if (clause.excluded) {
            excluded_.emplace_back(word.stem);
            return;
        }
        add_reference(clause);
        if (!seen_.insert(word.folded).second) return;
        const bool light = word.stop || (!only_light_ && text::is_light_word(word.folded));
        if (light && !meanings_.contains(clause_)) return add_light_word(word);
        std::vector<Xapian::Query> ways;
        if (!light && stems_.insert(word.stem).second) ways.push_back(itself(word, Leaf::Kind::word, 1));
        add_respelled(word, ways);
        add_wordings(ways);
        if (ways.empty()) return;
        words_.push_back(joined(op_or, ways));
        optional_.push_back(words_.back());
    }

    Xapian::Query itself(const Word& word, Leaf::Kind kind, double factor) {
        std::vector<Xapian::Query> ways = {word_or_part(word.stem, kind, factor)};
        if (word.main_parts > 1) {
            std::vector<Xapian::Query> parts;
            for (std::size_t i = 0; i < word.main_parts; ++i)
                parts.push_back(
                    word_or_part(word.parts[i], Leaf::Kind::part_of_query, factor * weights_.compound));
            ways.push_back(joined(op_and, parts));
        }
        return joined(op_or, ways);
    }

    // The word that a misspelt one was read as, for a little less than if it had been typed.
    void add_respelled(const Word& typed, std::vector<Xapian::Query>& ways) {
        const std::string& read = built_.words[clause_];
        if (read == typed.folded || text::is_light_word(read)) return;
        const Word word = analyse(read, splitter_);
        if (stems_.insert(word.stem).second)
            ways.push_back(itself(word, Leaf::Kind::respelled, weights_.respelled));
    }

    // The compound of two words that stand apart, beside them both.
    void add_joined(const Joined& joined) {
        clause_ = joined.first;
        const std::string stem = text::stem(joined.compound);
        if (stems_.insert(stem).second)
            optional_.push_back(word_or_part(stem, Leaf::Kind::joined, weights_.joined_words));
    }

    // What the word may be called otherwise, phrases by all their words. Words of the same closeness count as one, however many there
    // are: a large family must not outweigh the rest of the question.
    void add_wordings(std::vector<Xapian::Query>& ways) {
        const auto meaning = meanings_.find(clause_);
        if (meaning == meanings_.end()) return;
        std::map<double, std::vector<std::string>> families;
        for (const auto& wording : meaning->second) {
            if (style_ == QueryStyle::search && wording.closeness < weights_.least_closeness_of_search)
                continue;
            const double factor =
                (style_ == QueryStyle::search ? weights_.synonym_of_search : weights_.synonym) *
                wording.closeness;
            if (wording.stems.size() == 1) {
                const auto& stem = wording.stems.front();
                for (const auto& term : {stem, part_term(stem)}) {
                    (void)leaf(Leaf::Kind::synonym, term, stem, factor);
                    families[factor].push_back(term);
                }
            } else {
                std::vector<Xapian::Query> stems;
                for (const auto& stem : wording.stems)
                    stems.push_back(word_or_part(stem, Leaf::Kind::synonym, factor * weights_.phrase_word));
                ways.push_back(joined(op_and, stems));
            }
        }
        // Whoever looks for a common word does not look for a rare one that it may be called.
        const bool searched = style_ == QueryStyle::search;
        const double with =
            searched ? statistics_.sections_with(text::stem(built_.clauses[clause_].words.front())) : 0;
        for (const auto& [factor, terms] : families)
            ways.push_back(as_one(terms, factor, with));
    }

    // Says nothing in a question; in a search it may be what is looked for, but never outweighs the rest.
    void add_light_word(const Word& word) {
        if (style_ == QueryStyle::question) return;
        optional_.push_back(leaf(Leaf::Kind::word, word.stem, word.stem, weights_.light));
    }

    // "2010:900", "PBL" and "plan- och bygglagen" also are the statute itself, not only words that a text mentions.
    void add_reference(const Clause& clause) {
        if (clause.statute.empty() || !seen_.insert(reference_term(clause.statute)).second) return;
        optional_.push_back(
            leaf(Leaf::Kind::reference, reference_term(clause.statute), clause.statute, weights_.place));
    }

    void add_place(const Clause& clause) {
        const std::string& key = clause.words.front();
        if (!seen_.insert(place_term(key)).second) return;
        optional_.push_back(leaf(Leaf::Kind::place, place_term(key), key, weights_.place));
    }

    void add_prefix(const Clause& clause) {
        const std::string& prefix = clause.words.front();
        if (prefix.size() < shortest_prefix) return;
        std::set<std::string> stems;
        for (const std::string& word : words_with_prefix(lease_, statistics_, prefix))
            stems.insert(text::stem(word));
        if (stems.empty()) stems.insert(prefix);
        if (clause.excluded) {
            excluded_.insert(excluded_.end(), stems.begin(), stems.end());
            return;
        }
        for (const std::string& stem : stems)
            (void)leaf(Leaf::Kind::prefix, stem, stem, 1);
        // Many rare words must not outweigh the rest of the question.
        words_.push_back(as_one({stems.begin(), stems.end()}, 1));
        optional_.push_back(words_.back());
    }

    void add_phrase(const Clause& clause) {
        std::vector<std::string> stems;
        Xapian::termpos first = 0;
        Xapian::termpos last = 0;
        for (Xapian::termpos i = 0; i < clause.words.size(); ++i) {
            Word word = analyse(clause.words[i], splitter_);
            if (word.stop) continue;
            if (stems.empty()) first = i;
            last = i;
            stems.push_back(std::move(word.stem));
        }
        if (stems.empty()) return;
        const Xapian::termpos window = last - first + 1;
        const Xapian::Query phrase =
            stems.size() == 1 ? Xapian::Query(stems.front())
                              : Xapian::Query(Xapian::Query::OP_PHRASE, stems.begin(), stems.end(), window);
        if (clause.excluded) {
            excluded_.push_back(phrase);
            return;
        }
        std::vector<Xapian::Query> weighed;
        for (const std::string& stem : stems)
            weighed.push_back(leaf(Leaf::Kind::phrase, stem, stem, 1));
        required_.emplace_back(Xapian::Query::OP_FILTER, joined(op_and, weighed), phrase);
    }

    [[nodiscard]] Xapian::Query combined() const {
        Xapian::Query wanted;
        if (required_.empty() && optional_.empty()) return wanted;
        if (required_.empty()) {
            wanted = joined(op_or, optional_);
        } else {
            wanted = joined(op_and, required_);
            if (!optional_.empty()) wanted = {Xapian::Query::OP_AND_MAYBE, wanted, joined(op_or, optional_)};
        }
        if (excluded_.empty()) return wanted;
        return {Xapian::Query::OP_AND_NOT, wanted, joined(op_or, excluded_)};
    }

    QueryStyle style_;
    const Lease& lease_;
    const Statistics& statistics_;
    const text::CompoundSplitter& splitter_;
    const Weights& weights_;
    BuiltQuery built_{};
    std::size_t clause_ = 0;
    bool only_light_ = false;
    std::map<std::size_t, std::vector<text::Wording>> meanings_{};  // by clause
    std::set<std::string> seen_{};                                  // words, places
    std::set<std::string> stems_{};
    std::vector<Xapian::Query> words_{};  // one a word, for the coverage
    std::vector<Xapian::Query> optional_{};
    std::vector<Xapian::Query> required_{};
    std::vector<Xapian::Query> excluded_{};
};

}  // namespace

BuiltQuery build_query(std::vector<Clause> clauses, QueryStyle style, const Lease& lease,
                       const Statistics& statistics, const text::CompoundSplitter& splitter,
                       const Understanding& understanding, const Weights& weights) {
    return Builder(std::move(clauses), style, lease, statistics, splitter, understanding, weights).build();
}

}  // namespace kansli::search::detail
