#include "text/lexicon.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kansli::text {

namespace {

constexpr std::size_t most_between = 2;   // other words between two of an expression: "säga någon upp"
constexpr double last_part = 0.7;         // "sommarstuga" is a kind of "stuga" …
constexpr double first_part = 0.4;        // … and "dagisplats" has to do with "dagis"
constexpr std::size_t shortest_part = 4;  // bytes
constexpr std::size_t shortest_rest = 3;

// How surely a term says what the expression means, and the other way round.
struct Closeness {
    double forward = 0;
    double backward = 0;
};

Closeness closeness_of(LexicalRelation relation) {
    switch (relation) {
        case LexicalRelation::same:
            return {1.0, 1.0};
        case LexicalRelation::narrower:
            return {0.9, 0.4};
        case LexicalRelation::wider:
            return {0.7, 0.5};
        case LexicalRelation::related:
            return {0.7, 0.3};
        case LexicalRelation::unlike:
            break;
    }
    return {};
}

std::vector<std::string> stems_of(std::string_view phrase) {
    std::vector<std::string> all;
    std::vector<std::string> telling;
    for (const auto& token : words(phrase)) {
        all.push_back(stem(token.folded));
        if (!is_stop_word(token.folded)) telling.push_back(all.back());
    }
    return telling.empty() ? all : telling;
}

// The words of an expression are compared whole, so that "bygga ut" is not "bygga".
std::vector<std::string> every_stem(std::string_view phrase) {
    std::vector<std::string> stems;
    for (const auto& token : words(phrase))
        stems.push_back(stem(token.folded));
    return stems;
}

std::string joined(const std::vector<std::string>& stems) {
    std::string key;
    for (const auto& stem : stems)
        key += stem + ' ';
    return key;
}

bool is_letter_start(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

struct DatedWording {
    Wording wording{};
    std::optional<Date> from{};
    std::optional<Date> until{};

    [[nodiscard]] bool used_on(Date day) const {
        return (!from || *from <= day) && (!until || day <= *until);
    }
};

struct Expression {
    std::vector<std::string> stems{};
    std::vector<DatedWording> wordings{};
    std::size_t inherited = 0;  // so many of them, the first, are the lexicon's below
    bool whole = true;          // of a compound: what its parts mean does not count
};

void add_wording(std::vector<Wording>& wordings, Wording wording) {
    const auto same = std::ranges::find(wordings, wording.stems, &Wording::stems);
    if (same == wordings.end()) {
        wordings.push_back(std::move(wording));
    } else {
        same->closeness = std::max(same->closeness, wording.closeness);
    }
}

}  // namespace

struct Lexicon::State {
    std::shared_ptr<const Lexicon> below{};
    std::vector<Expression> expressions{};
    std::unordered_map<std::string, std::size_t> by_stems{};  // joined -> expression
    std::unordered_map<std::string, std::vector<std::size_t>>
        by_first{};                                          // stem -> expressions that begin with it
    std::set<std::pair<std::string, std::string>> unlike{};  // expression and term, joined

    [[nodiscard]] const State* lower() const { return below ? below->state_.get() : nullptr; }

    [[nodiscard]] const Expression* own(const std::string& key) const {
        const auto found = by_stems.find(key);
        return found == by_stems.end() ? nullptr : &expressions[found->second];
    }
    // The uppermost lexicon's that has it.
    [[nodiscard]] const Expression* find(const std::string& key) const {
        for (const State* layer = this; layer != nullptr; layer = layer->lower()) {
            if (const auto* expression = layer->own(key)) return expression;
        }
        return nullptr;
    }

    Expression& place(std::vector<std::string> stems) {
        const auto key = joined(stems);
        const auto [at, is_new] = by_stems.try_emplace(key, expressions.size());
        if (!is_new) return expressions[at->second];
        by_first[stems.front()].push_back(expressions.size());
        Expression expression{.stems = std::move(stems)};
        const auto* known = below ? lower()->find(key) : nullptr;
        if (known != nullptr) expression.wordings = known->wordings;
        expression.inherited = expression.wordings.size();
        expression.whole = known != nullptr ? known->whole : below == nullptr;
        return expressions.emplace_back(std::move(expression));
    }

    void add(std::string_view from, std::string_view to, double closeness, const LexiconEntry& entry,
             bool replaces) {
        auto stems = every_stem(from);
        if (stems.empty()) return;
        Expression& expression = place(std::move(stems));
        if (replaces) {
            const auto first = expression.wordings.begin();
            expression.wordings.erase(first, first + static_cast<std::ptrdiff_t>(expression.inherited));
            expression.inherited = 0;
            expression.whole = true;
        }
        expression.wordings.push_back({{stems_of(to), std::string(to), closeness}, entry.from, entry.until});
    }

    // Whether somebody has said that the expression does not mean the term, and nobody above them that it does.
    [[nodiscard]] bool is_unlike(const std::string& key, const Wording& wording) const {
        const auto means = [&](const DatedWording& one) { return one.wording.stems == wording.stems; };
        for (const State* layer = this; layer != nullptr; layer = layer->lower()) {
            const auto* expression = layer->own(key);
            if (expression != nullptr) {
                const auto own_ones = std::span(expression->wordings).subspan(expression->inherited);
                if (std::ranges::any_of(own_ones, means)) return false;
            }
            if (layer->unlike.contains({key, joined(wording.stems)})) return true;
        }
        return false;
    }
    void leave_out_unlike(const std::string& key, Meaning& meaning) const {
        bool any = false;
        for (const State* layer = this; layer != nullptr; layer = layer->lower())
            any = any || !layer->unlike.empty();
        if (!any) return;
        std::erase_if(meaning.wordings, [&](const Wording& wording) { return is_unlike(key, wording); });
    }

    // Which tokens of the question from `first` on are the expression's, if they are.
    [[nodiscard]] static std::optional<std::vector<std::size_t>> match(
        const Expression& expression, const std::vector<std::string>& question, std::size_t first) {
        std::vector<std::size_t> tokens{first};
        for (std::size_t at = 1; at < expression.stems.size(); ++at) {
            const auto begin = question.begin() + static_cast<std::ptrdiff_t>(tokens.back()) + 1;
            const auto reach = std::min<std::ptrdiff_t>(question.end() - begin, most_between + 1);
            const auto found = std::find(begin, begin + reach, expression.stems[at]);
            if (found == begin + reach) return std::nullopt;
            tokens.push_back(static_cast<std::size_t>(found - question.begin()));
        }
        return tokens;
    }

    // None: nothing was called so on the day. Without wordings: all that was is said to be unlike.
    [[nodiscard]] std::optional<Meaning> meaning(std::vector<std::size_t> tokens,
                                                 const Expression& expression, Date day,
                                                 double discount) const {
        Meaning meaning{.tokens = std::move(tokens)};
        for (const auto& dated : expression.wordings) {
            if (!dated.used_on(day)) continue;
            Wording wording = dated.wording;
            wording.closeness *= discount;
            add_wording(meaning.wordings, std::move(wording));
        }
        if (meaning.wordings.empty()) return std::nullopt;
        leave_out_unlike(joined(expression.stems), meaning);
        std::ranges::stable_sort(meaning.wordings, std::ranges::greater{}, &Wording::closeness);
        return meaning;
    }

    // What a part of a compound means, and the part itself, which documents may have alone.
    [[nodiscard]] std::optional<Meaning> of_part(std::size_t token, std::string_view part, Date day,
                                                 double discount) const {
        const Expression* expression = find(joined({stem(part)}));
        if (expression == nullptr) return std::nullopt;
        auto found = meaning({token}, *expression, day, discount).value_or(Meaning{.tokens = {token}});
        found.of_part = true;
        found.wordings.insert(found.wordings.begin(), Wording{{stem(part)}, std::string(part), discount});
        return found;
    }

    [[nodiscard]] std::optional<Meaning> of_its_parts(std::size_t token, std::string_view folded,
                                                      Date day) const {
        for (std::size_t at = shortest_rest; at + shortest_part <= folded.size(); ++at) {
            if (!is_letter_start(folded[at])) continue;
            if (auto found = of_part(token, folded.substr(at), day, last_part)) return found;
        }
        for (auto end = folded.size() - std::min(folded.size(), shortest_rest); end >= shortest_part; --end) {
            if (!is_letter_start(folded[end])) continue;
            if (auto found = of_part(token, folded.substr(0, end), day, first_part)) return found;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Meaning> of_compound(std::size_t token, std::string_view folded,
                                                     Date day) const {
        auto found = of_its_parts(token, folded, day);
        if (found) leave_out_unlike(joined({stem(folded)}), *found);
        return found;
    }

    // Every expression of the question, where one lexicon hides what it has of its own in those below.
    [[nodiscard]] std::vector<std::pair<Meaning, const Expression*>> expressions_in(
        const std::vector<std::string>& question, Date day) const {
        std::vector<std::pair<Meaning, const Expression*>> found;
        for (std::size_t first = 0; first < question.size(); ++first) {
            for (const State* layer = this; layer != nullptr; layer = layer->lower()) {
                const auto starting = layer->by_first.find(question[first]);
                if (starting == layer->by_first.end()) continue;
                for (const auto index : starting->second) {
                    const Expression& expression = layer->expressions[index];
                    auto tokens = match(expression, question, first);
                    if (!tokens || (layer != this && find(joined(expression.stems)) != &expression)) continue;
                    if (auto one = meaning(*std::move(tokens), expression, day, 1))
                        found.emplace_back(*std::move(one), &expression);
                }
            }
        }
        return found;
    }
};

Lexicon::Lexicon() : state_(std::make_unique<State>()) {
}
Lexicon::Lexicon(std::shared_ptr<const Lexicon> below) : Lexicon() {
    state_->below = std::move(below);
}
Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

const Lexicon& Lexicon::shipped() {
    static const Lexicon lexicon = [] {
        Lexicon made;
        for (const auto& file : shipped_lexicon()) {
            for (const auto& entry : file.entries)
                made.add(entry);
        }
        return made;
    }();
    return lexicon;
}

std::shared_ptr<const Lexicon> Lexicon::share_shipped() {
    return {std::shared_ptr<const void>{}, &shipped()};  // it lives as long as the program
}

Result<std::shared_ptr<const Lexicon>> shipped_alone() {
    return Lexicon::share_shipped();
}

void Lexicon::add(const LexiconEntry& entry) {
    const auto [forward, backward] = closeness_of(entry.relation);
    for (const auto& expression : entry.expressions) {
        for (const auto& term : entry.terms) {
            if (entry.relation == LexicalRelation::unlike) {
                state_->unlike.insert({joined(every_stem(expression)), joined(stems_of(term))});
                state_->unlike.insert({joined(every_stem(term)), joined(stems_of(expression))});
            } else {
                state_->add(expression, term, forward, entry, !entry.beside);
                state_->add(term, expression, backward, entry, /*replaces=*/false);
            }
        }
    }
}

std::vector<Meaning> Lexicon::meanings(std::span<const Token> question, Date day) const {
    std::vector<std::string> stems;
    for (const auto& token : question)
        stems.push_back(stem(token.folded));
    auto found = state_->expressions_in(stems, day);
    // Longer expressions leave nothing of their words to shorter ones.
    std::ranges::stable_sort(found, std::ranges::greater{},
                             [](const auto& one) { return one.first.tokens.size(); });
    std::vector<bool> taken(question.size(), false);
    std::vector<Meaning> kept;
    for (auto& [meaning, expression] : found) {
        if (std::ranges::any_of(meaning.tokens, [&](std::size_t token) { return taken[token]; })) continue;
        for (const auto token : meaning.tokens)
            taken[token] = true;
        if (!expression->whole && meaning.tokens.size() == 1) {
            const auto token = meaning.tokens.front();
            if (auto parts = state_->of_compound(token, question[token].folded, day)) {
                for (auto& wording : parts->wordings)
                    add_wording(meaning.wordings, std::move(wording));
            }
        }
        kept.push_back(std::move(meaning));
    }
    for (std::size_t token = 0; token < question.size(); ++token) {
        const auto& folded = question[token].folded;
        if (taken[token] || is_light_word(folded)) continue;
        if (auto meaning = state_->of_compound(token, folded, day)) kept.push_back(*std::move(meaning));
    }
    std::erase_if(kept, [](const Meaning& meaning) { return meaning.wordings.empty(); });
    std::ranges::sort(kept, {}, [](const Meaning& meaning) { return meaning.tokens.front(); });
    return kept;
}

}  // namespace kansli::text
