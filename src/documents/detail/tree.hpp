#pragma once

#include "documents/detail/structure.hpp"
#include "documents/document.hpp"

namespace kansli::documents::detail {

// Cuts long texts that have no headings of their own into pieces of about 1,200 characters, at the ends of paragraphs.
void cut_long_texts(const std::vector<Line>& lines, Structure& structure);

// Joins the lines to the normalised text and lays sections and places over it.
void build_tree(const std::vector<Line>& lines, const Structure& structure, ReadDocument& document);

}  // namespace kansli::documents::detail
