#pragma once

#include "documents/document.hpp"
#include "extract/extract.hpp"

namespace kansli::documents {

// Lays the tree of sections over a file's blocks and joins them to the normalised text. Structure is found from what the text
// says (chapter and paragraph marks of Swedish statutes, decimal numbering, heading levels, sheets and rows), so the same
// statute as Markdown, HTML or PDF gives the same paths. Pure; same input, same output.
[[nodiscard]] ReadDocument outline(extract::Extract extract, std::string_view file_name);

}  // namespace kansli::documents
