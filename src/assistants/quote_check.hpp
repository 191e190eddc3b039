#pragma once

#include "assistants/wording.hpp"
#include "model/static_embedding.hpp"
#include "text/lexicon.hpp"

namespace kansli::assistants {

// Whether the quotes say what a sentence says, by grounding::check, with the reason in Swedish words for the record. Nothing holds while the
// lexicon cannot be read. `embedding` outlives the check.
[[nodiscard]] SentenceCheck quote_check(text::LexiconSource lexicon, const model::StaticEmbedding& embedding);

}  // namespace kansli::assistants
