#include "extract/detail/writer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t most_warnings = 50;
constexpr std::size_t longest_value = 4000;
constexpr std::size_t longest_key = 100;
constexpr std::size_t most_metadata = 200;
constexpr std::size_t block_cost = 16;  // so that millions of one-letter blocks count too

bool has_content(const Block& block) {
    if (block.kind != BlockKind::table_row) return !block.text.empty();
    return block.text.find_first_not_of(" |") != std::string::npos;
}

}  // namespace

Writer::Writer(std::string_view format, const Limits& limits) : limit_(limits.output_bytes) {
    extract_.format = format;
}

void Writer::add(Block block) {
    if (full() || !has_content(block)) return;
    bytes_ += block.text.size() + block_cost;
    extract_.blocks.push_back(std::move(block));
}

void Writer::heading(int level, std::string_view text) {
    Block block{.kind = BlockKind::heading, .level = std::clamp(level, 0, 6)};
    block.text = tidy(text);
    add(std::move(block));
}

void Writer::paragraph(std::string_view text) {
    Block block;
    block.text = tidy(text);
    add(std::move(block));
}

void Writer::item(std::string_view marker, int level, std::string_view text) {
    Block block{.kind = BlockKind::list_item, .level = std::max(level, 1), .marker = tidy(marker)};
    block.text = tidy(text);
    add(std::move(block));
}

void Writer::row(const std::vector<std::string>& cells) {
    Block block{.kind = BlockKind::table_row};
    std::vector<std::string> clean;
    clean.reserve(cells.size());
    for (const auto& cell : cells)
        clean.push_back(tidy(cell));
    while (!clean.empty() && clean.back().empty())
        clean.pop_back();
    block.text = join_cells(clean);
    add(std::move(block));
}

void Writer::line(std::string_view text) {
    const auto clean = tidy(text);
    if (starts_chapter(clean) && can_be_heading(clean)) return heading(0, clean);
    if (const auto marker = find_marker(clean)) {
        return item(marker->text, 1, std::string_view(clean).substr(marker->length));
    }
    paragraph(clean);
}

void Writer::metadata(std::string_view key, std::string_view value) {
    if (extract_.metadata.size() >= most_metadata) return;
    auto clean = tidy(cut(value, longest_value));
    if (!clean.empty()) extract_.metadata.emplace(to_lower_ascii(cut(key, longest_key)), std::move(clean));
}

void Writer::warn(std::string sentence) {
    auto& warnings = extract_.warnings;
    if (warnings.size() >= most_warnings || std::ranges::find(warnings, sentence) != warnings.end()) return;
    warnings.push_back(std::move(sentence));
}

void Writer::too_deep() {
    too_deep_ = true;
    warn("En del av texten är för djupt nästlad och lästes inte.");
}

void Writer::title_from_properties() {
    const auto title = extract_.metadata.find("title");
    if (title == extract_.metadata.end()) return;
    if (is_file_name(title->second)) {
        extract_.metadata.erase(title);
    } else {
        extract_.title = title->second;
    }
}

Result<Extract> Writer::finish() && {
    if (full()) {
        return fail(ErrorCode::too_large,
                    fmt::format("Texten i filen är större än gränsen {} MiB.", limit_ >> 20U), {},
                    "Dela upp filen i mindre delar.");
    }
    if (too_deep_ && extract_.blocks.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Texten är för djupt nästlad för att vara ett vanligt dokument.", {},
                    "Spara den i ett annat format och försök igen.");
    }
    if (extract_.title.empty()) {
        const auto heading = std::ranges::find(extract_.blocks, BlockKind::heading, &Block::kind);
        if (heading != extract_.blocks.end()) extract_.title = heading->text;
    }
    return std::move(extract_);
}

}  // namespace kansli::extract::detail
