#pragma once

#include <vector>

#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/writer.hpp"

namespace kansli::extract::detail {

// Makes headings, paragraphs, list items and table rows of printed pages, across lines, columns and pages.
// Expects pages without furniture and in reading order.
void write_pages(Writer& writer, const std::vector<Page>& pages);

}  // namespace kansli::extract::detail
