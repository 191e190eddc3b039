#pragma once

#include <vector>

#include "core/result.hpp"
#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/readers.hpp"

namespace kansli::extract::detail {

// Reads the pages that carry no text with tesseract, in place, and warns about each. Blank pages are left as they are.
// unavailable when the programs are missing; other troubles with a page are warnings.
[[nodiscard]] Result<void> read_scanned_pages(const Source& source, const Limits& limits,
                                              std::vector<Page>& pages, Writer& writer);

}  // namespace kansli::extract::detail
