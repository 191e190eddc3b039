#pragma once

#include <span>

#include "extract/detail/pdf_layout.hpp"

namespace kansli::extract::detail {

// Puts back the § that tesseract's Swedish does not know and reads as $, & or a figure: "3 $", "2 & Byggnader", "$ 61". A figure only
// in headings of a document whose other headings are sections: "9 5 Genomförandetid".
void mend_section_signs(std::span<Page* const> pages);

}  // namespace kansli::extract::detail
