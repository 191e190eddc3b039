#pragma once

#include "model/static_embedding.hpp"

namespace kansli::model {

// The vectors that ship with the program: data/models, whose README tells how they were made.
[[nodiscard]] const StaticEmbedding& shipped_embedding();

}  // namespace kansli::model
