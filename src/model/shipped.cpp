#include "model/shipped.hpp"

#include <string_view>

#include "core/check.hpp"
#include "model/detail/model_file.hpp"

namespace kansli::model {

const StaticEmbedding& shipped_embedding() {
    static const StaticEmbedding embedding = [] {
        auto read = StaticEmbedding::read(detail::model_file());
        CHECK_INVARIANT(read.has_value());
        return *std::move(read);
    }();
    return embedding;
}

}  // namespace kansli::model
