#include "assistants/detail/cut_tables.hpp"

#include <algorithm>
#include <cstddef>

#include "assistants/detail/table_rows.hpp"

namespace kansli::assistants::detail {

namespace {

// Some thousand rows; what is longer is a sheet, whose rows are sections with a heading.
constexpr std::size_t most_pieces = 60;

// The lines of a section's own text. Each is one block, and a row is a block.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (const auto line = text.substr(0, end); !line.empty()) lines.push_back(line);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

// A piece of a longer text has no heading of its own.
bool is_piece(const documents::Section& section) {
    return section.ordinal > 0 && section.heading.empty() && section.body == section.start;
}

// Whether `after` can go on with what `before` ends with: both pieces of one text, or the text's beginning and its first piece.
bool goes_on(const documents::Section& before, const documents::Section& after) {
    if (before.role != after.role) return false;
    return before.ordinal == after.parent || (is_piece(before) && before.parent == after.parent);
}

}  // namespace

Result<const CutTables::Piece*> CutTables::piece(const documents::VersionId& version, int ordinal) {
    const std::pair key(version, ordinal);
    if (const auto there = read_.find(key); there != read_.end()) return &there->second;
    Piece piece;
    auto section = sources_.section(caller_, version, ordinal);
    // Withdrawn meanwhile: as if there were nothing.
    if (!section && section.error().code != ErrorCode::not_found) return Failure(std::move(section).error());
    if (section) {
        piece.section = section->section;
        const auto body = std::min(section->section.body - section->section.start, section->text.size());
        const auto lines = lines_of(std::string_view(section->text).substr(body));
        auto first = lines.size();
        while (first > 0 && is_row(lines[first - 1]))
            --first;
        piece.last_rows.assign(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end());
        piece.only_rows = first == 0;
    }
    return &read_.emplace(key, std::move(piece)).first->second;
}

Result<std::vector<std::string>> CutTables::rows_above(const documents::VersionId& version,
                                                       const documents::Section& section,
                                                       std::string_view text) {
    std::vector<std::string> rows;
    if (!is_piece(section) || !is_row(text.substr(0, text.find('\n')))) return rows;
    std::vector<const Piece*> pieces;  // from the nearest upwards
    const documents::Section* below = &section;
    for (bool more = true; more;) {
        if (pieces.size() == most_pieces) return rows;
        const Piece* above = TRY(piece(version, below->ordinal - 1));
        if (!goes_on(above->section, *below)) break;
        pieces.push_back(above);
        below = &above->section;
        more = above->only_rows && is_piece(above->section);
    }
    std::ranges::reverse(pieces);
    for (const Piece* above : pieces)
        rows.insert(rows.end(), above->last_rows.begin(), above->last_rows.end());
    return rows;
}

}  // namespace kansli::assistants::detail
