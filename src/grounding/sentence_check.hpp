#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "json/describe.hpp"

namespace kansli::text {
class Lexicon;
}
namespace kansli::model {
class StaticEmbedding;
}

// Whether a sentence that a language model wrote holds by the quotes that it cites.
//
// Problem: such sentences read well whether they are true or not. What they get wrong is small: a number, a unit, "får" for "ska", a word
// that was "inte", who decides, a condition that was left out; or they add what sounds likely.
// Method: first rules, one for each kind of thing that must agree, which name the words that do not. A sentence that no rule stops is
// judged by how its words are met in the quotes: a logistic regression over a few measures, trained on sentences of which it is known
// whether they hold (bench/quality/grounding/). No language model is asked.
// Pure; threads: any. Cost: about a millisecond for a sentence with a few quotes; bounded by the limits below.
namespace kansli::grounding {

// What lies beyond is not read: the sentence then is unsupported, a quote is cut.
inline constexpr std::size_t longest_sentence = 2'000;  // bytes
inline constexpr std::size_t longest_quotes = 20'000;   // bytes, of all quotes of a sentence together

enum class Ruling : std::uint8_t {
    supported,     // the quotes say it
    contradicted,  // the quotes say otherwise
    unsupported,   // the quotes do not say it
};
KANSLI_DESCRIBE_ENUM(Ruling, supported, contradicted, unsupported)

// Why a sentence was stopped.
enum class Reason : std::uint8_t {
    none,          // it was not
    no_quotes,     // it cites nothing
    too_long,      // it is longer than longest_sentence
    number,        // a number, a sum, a measure or a period that the quotes do not have
    date,          // a day, a month or a weekday that they do not have
    limit,         // "högst" for "minst", "före" for "efter"
    other_thing,   // the number, the day or the authority is said of something else there
    reference,     // a place in a statute that they do not point at
    name,          // a person, place or organisation that they do not name
    actor,         // somebody else acts or decides there
    force,         // "får" for "ska", "bör" for "måste"
    negation,      // "inte" for what is, or what is for "inte"
    opposite,      // a word for its opposite: "höjs" for "sänks"
    other_word,    // one word for another in a sentence that else is nearly the quote's
    exception,     // "alltid", "aldrig", "alla", "endast" or "även om", which the quotes do not say
    left_out,      // a bound of what is allowed or demanded is left out
    not_found,     // words that the quotes do not hold
    weak_support,  // too little of it is found in the quotes
};
KANSLI_DESCRIBE_ENUM(Reason, none, no_quotes, too_long, number, date, limit, other_thing, reference, name,
                     actor, force, negation, opposite, other_word, exception, left_out, not_found,
                     weak_support)

// What a sentence is checked against: UTF-8 in normal form C, as the documents have it.
struct Quote {
    std::string_view text{};
    std::string_view source{};  // the document's title: a sentence may name it though the quote does not
    std::string_view place{};   // "9 kap. 4 §", headings: the same
};

struct CheckContext {
    const text::Lexicon& lexicon;             // what words mean the same
    const model::StaticEmbedding& embedding;  // what words mean nearly the same
    Date day;                                 // on which the lexicon's words were used
};

struct Verdict {
    Ruling ruling = Ruling::unsupported;
    Reason reason = Reason::none;
    std::vector<std::string> words{};  // of the sentence, as written there, that the reason is about
    std::string quoted{};              // what the quotes have in their place; empty when nothing
    double support =
        0;  // 0–1: how likely the sentence holds, as far as its words tell; 0 or 1 where a rule decided

    [[nodiscard]] bool operator==(const Verdict&) const = default;
};
KANSLI_DESCRIBE(Verdict, ruling, reason, words, quoted, support)

// A sentence that is byte for byte a sentence of a quote is always supported. Any bytes are accepted.
[[nodiscard]] Verdict check(std::string_view sentence, std::span<const Quote> quotes,
                            const CheckContext& context);

// What the support is computed from, for training and measuring.
struct SupportMeasure {
    std::string_view name{};
    double value = 0;
};
[[nodiscard]] std::vector<SupportMeasure> support_measures(std::string_view sentence,
                                                           std::span<const Quote> quotes,
                                                           const CheckContext& context);

}  // namespace kansli::grounding
