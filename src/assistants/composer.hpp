#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "assistants/evidence.hpp"
#include "assistants/inquiry.hpp"

// Which passages make the answer, and how they are quoted. Pure; threads: any.
namespace kansli::assistants {

// A sentence of the answer and the one span that it quotes.
struct Quotation {
    std::size_t candidate = 0;
    Span span{};  // bytes of the candidate's text
    std::string
        sentence{};  // as shown: the quote on one line, a row of a table with the names of its columns
};

struct Composition {
    std::vector<Quotation> quotations{};  // in the order they are read
    ScoredPassage best{};                 // the passage that carries the answer
};

struct ComposerLimits {
    std::size_t passages = 3;       // at most, besides lead-ins
    std::size_t quote_bytes = 900;  // of a lead-in together with its item; longer ones are quoted apart
};

// The best passage, those of the same section that say nearly as much, and others that say as much. Empty without evidence.
// A passage that hangs on a lead-in is never quoted without it, nor a lead-in without what it leads to.
[[nodiscard]] Composition compose(std::span<const Candidate> candidates, const Evidence& evidence,
                                  const ComposerLimits& limits = {});

// The sentences of a composition as running text.
[[nodiscard]] std::string answer_text(const Composition& composition);

}  // namespace kansli::assistants
