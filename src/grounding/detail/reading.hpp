#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grounding/detail/measure.hpp"
#include "text/language.hpp"
#include "text/references.hpp"

// A sentence, or quotes one after the other, taken apart into what is compared.
namespace kansli::grounding::detail {

// What a clause does with what it speaks of.
enum class Force : std::uint8_t {
    plain,        // says that it is so
    required,     // ska, måste, krävs
    permitted,    // får, kan, har rätt att
    prohibited,   // får inte, är förbjudet
    waived,       // behöver inte, undantas
    recommended,  // bör
    denied,       // says that it is not so
};

struct Word {
    std::size_t start = 0;  // bytes of the text
    std::size_t end = 0;
    std::string folded{};
    std::string stem{};
    double weight = 0;   // how much it says; 0 for words of grammar and figures
    double context = 0;  // the same, with 1 for the first word of a figure
    std::size_t sentence = 0;
    std::size_t clause = 0;
    std::size_t segment = 0;  // the words that stand with one figure in an enumeration
    bool name = false;        // a capital that no beginning of a sentence explains
    bool figure = false;      // part of a measure or of a reference
    bool actor = false;       // somebody who decides or is answerable
    bool lacking = false;     // "utan bygglov", "inget bygglov"
};

struct Clause {
    std::size_t first = 0;  // words
    std::size_t last = 0;   // one past
    std::size_t sentence = 0;
    bool conditional = false;  // begins with "om", "när", or with a verb that asks
    bool unless = false;       // "om inte", "utom"
    bool free = false;         // "gratis", "utan avgift"
    int negations = 0;
    Force force = Force::plain;
    std::size_t anchor = 0;  // the word that is demanded, allowed or denied; `last` when none
};

struct Reading {
    std::string_view text{};
    std::vector<Word> words{};
    std::vector<Clause> clauses{};
    std::vector<Measure> measures{};
    std::vector<text::Reference> references{};

    // The word at a byte, or the one after it.
    [[nodiscard]] std::size_t word_at(std::size_t byte) const;
    [[nodiscard]] std::string written(std::size_t word) const;
    [[nodiscard]] bool has(std::string_view folded) const;
};

// The reading points into `text`.
[[nodiscard]] Reading read(std::string_view text);

}  // namespace kansli::grounding::detail
