#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

namespace kansli::desk {

// Tells who may read the sources of proposals as things stand. A proposal carries the readers that its sources had when it was made; a
// wall that has been raised since, or a restriction, counts all the same. Owned here so that the desk need not know documents.
struct SourceRules {
    // Those of the versions that the caller may not read, asked inside the caller's snapshot.
    std::function<Result<std::vector<std::string>>(store::Connection&, const access::Caller&,
                                                   std::vector<std::string>)>
        hidden{};
};

}  // namespace kansli::desk
