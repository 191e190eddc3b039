#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/messages.hpp"
#include "api/route_table.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace kansli::api {

// The day a request asks about: as written, or today in Sweden when it says nothing.
[[nodiscard]] Result<Date> day_of(const std::optional<std::string>& text);

// A whole number between `least` and `most`; `name` is the field that the error names.
[[nodiscard]] Result<std::int64_t> whole_number(std::string_view text, std::string_view name,
                                                std::int64_t least, std::int64_t most);

// Has the search index put right where documents lie, after who may read them has changed. Searches do not wait for it: what is to be
// hidden is hidden already.
[[nodiscard]] Result<void> order_sync(const Call& call);

// The corrections of a thing (see record/marks.hpp), for callers that may see it.
[[nodiscard]] Result<std::vector<ShownCorrection>> shown_corrections(const Call& call, std::string_view thing,
                                                                     const std::string& version = {});

}  // namespace kansli::api
