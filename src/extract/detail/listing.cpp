#include "extract/detail/listing.hpp"

#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace kansli::extract::detail {

namespace {

std::string head_of(const Block& block) {
    switch (block.kind) {
        case BlockKind::heading:
            return fmt::format("heading {}", block.level);
        case BlockKind::paragraph:
            return "paragraph";
        case BlockKind::list_item:
            return fmt::format("item {} {}", block.level, block.marker);
        case BlockKind::table_row:
            return block.row > 0 ? fmt::format("row {}:{}", block.sheet, block.row) : "row";
    }
    return {};
}

}  // namespace

std::string listing(const Extract& extract) {
    std::string text = fmt::format("format {}\ntitle {}\n", extract.format, extract.title);
    auto out = std::back_inserter(text);
    if (extract.pages > 0)
        fmt::format_to(out, "pages {} of {:.0f} x {:.0f}\n", extract.pages, extract.page_width,
                       extract.page_height);
    for (const auto& [key, value] : extract.metadata)
        fmt::format_to(out, "metadata {} = {}\n", key, value);
    for (const auto& file : extract.files)
        fmt::format_to(out, "file {}\n", file.name);
    for (const auto& warning : extract.warnings)
        fmt::format_to(out, "warning {}\n", warning);
    for (const auto& block : extract.blocks) {
        fmt::format_to(out, "{} | {}\n", head_of(block), block.text);
        for (const auto& place : block.places) {
            const auto words = std::string_view(block.text).substr(place.start, place.end - place.start);
            fmt::format_to(out, "    page {} at {:.0f} {:.0f} {:.0f} {:.0f}: {}\n", place.page,
                           place.box.left, place.box.top, place.box.right, place.box.bottom, words);
        }
    }
    return text;
}

}  // namespace kansli::extract::detail
