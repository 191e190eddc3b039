// What pdftotext and tesseract write about a page, and all that is made of it. An input that begins with "level" is tesseract's.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extract/detail/pdf_blocks.hpp"
#include "extract/detail/pdf_layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kansli::extract;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    detail::PrintedPages printed;
    if (text.starts_with("level")) {
        printed.pages.push_back({1, 595, 842, {}});
        (void)detail::parse_tesseract(text, 0.24, printed.pages.back());
    } else {
        printed = detail::parse_layout(text);
    }
    detail::remove_furniture(printed.pages);
    for (auto& page : printed.pages) {
        detail::attach_leads(page);
        detail::restore_order(page);
    }
    detail::Writer writer("pdf", {});
    detail::write_pages(writer, printed.pages);
    for (const auto& block : writer.extract().blocks) {
        for (const auto& place : block.places) {
            if (place.start >= place.end || place.end > block.text.size()) std::abort();
        }
    }
    return 0;
}
