#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/detail/odf.hpp"
#include "extract/detail/office.hpp"
#include "extract/detail/table.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int most_repeats = 1000;  // of a cell or row that says something

class TextDocument {
  public:
    TextDocument(Writer& writer, const OdfLists& lists, const std::map<std::string, std::string>& parents)
        : writer_(writer), lists_(lists), parents_(parents) {}

    void read(pugi::xml_node parent, int depth = 0) {
        if (depth > deepest_element) return writer_.too_deep();
        for (auto node = parent.first_child(); node && !writer_.full(); node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "h") {
                read_heading(node, depth);
            } else if (name == "p") {
                read_paragraph(node, depth);
            } else if (name == "list") {
                read_list(node, depth, attribute(node, "style-name"), 0);
            } else if (name == "table") {
                read_table(node, depth);
            } else if (name == "section" || name == "index-title" || name == "numbered-paragraph") {
                if (attribute(node, "display") != "none") read(node, depth + 1);
            } else if (name == "frame") {
                read(child(node, "text-box"), depth + 1);
            }
        }
    }

  private:
    void read_heading(pugi::xml_node node, int depth) {
        const int level = std::clamp(number_attribute(node, "outline-level", 1), 1, 9);
        OdfInline words;
        read_odf_inline(node, words, depth);
        if (trim(words.text).empty()) return write_pending(words, depth);
        std::string number;
        const bool unnumbered = attribute(node, "is-list-header") == "true";
        if (const auto* outline = lists_.outline(); outline != nullptr && !unnumbered) {
            number = outline_counter_.next(*outline, static_cast<std::size_t>(level - 1));
        }
        writer_.heading(std::min(level, 6), number.empty() ? words.text : number + " " + words.text);
        write_pending(words, depth);
    }

    void read_paragraph(pugi::xml_node node, int depth) {
        OdfInline words;
        read_odf_inline(node, words, depth);
        if (is_title(attribute(node, "style-name")) && !trim(words.text).empty()) {
            writer_.heading(1, words.text);
        } else {
            for (const auto& piece : broken_at_marks(words.text))
                writer_.line(piece);
        }
        write_pending(words, depth);
    }

    [[nodiscard]] bool is_title(std::string_view style) const {
        if (style == "Title") return true;
        const auto parent = parents_.find(std::string(style));
        return parent != parents_.end() && parent->second == "Title";
    }

    void write_pending(const OdfInline& words, int depth) {
        for (const auto box : words.boxes)
            read(box, depth + 1);
        for (const auto& note : words.notes)
            writer_.paragraph("Fotnot: " + note);
    }

    void read_list(pugi::xml_node list, int depth, std::string_view style, std::size_t level) {
        if (depth > deepest_element) return writer_.too_deep();
        if (const auto own = attribute(list, "style-name"); !own.empty()) style = own;
        auto& counter = counters_[std::string(style)];
        if (level == 0 && attribute(list, "continue-numbering") != "true") counter = {};
        for (auto item = list.first_child(); item && !writer_.full(); item = item.next_sibling()) {
            const auto name = local_name(item);
            if (name != "list-item" && name != "list-header") continue;
            if (const int start = number_attribute(item, "start-value", -1); start >= 0)
                counter.restart(level, start);
            bool marked = name == "list-header";
            for (auto node = item.first_child(); node; node = node.next_sibling()) {
                if (local_name(node) == "list") {
                    read_list(node, depth + 1, style, level + 1);
                } else if (local_name(node) == "p" && !marked) {
                    marked = true;
                    read_item(node, depth, style, level, counter);
                } else if (local_name(node) == "p") {
                    read_paragraph(node, depth);
                } else if (local_name(node) == "h") {
                    read_heading(node, depth);
                }
            }
        }
    }

    void read_item(pugi::xml_node node, int depth, std::string_view style, std::size_t level,
                   ListCounter& counter) {
        OdfInline words;
        read_odf_inline(node, words, depth);
        const auto* levels = lists_.style(style);
        const auto mark = levels == nullptr ? std::string("•") : counter.next(*levels, level);
        if (mark.empty()) {
            writer_.paragraph(words.text);
        } else {
            writer_.item(mark, static_cast<int>(level) + 1, words.text);
        }
        write_pending(words, depth);
    }

    void read_table(pugi::xml_node table, int depth) {
        if (depth > deepest_element) return writer_.too_deep();
        for (auto node = table.first_child(); node && !writer_.full(); node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "table-row") read_row(node, depth);
            if (name == "table-header-rows" || name == "table-rows" || name == "table-row-group")
                read_table(node, depth + 1);
        }
    }

    void read_row(pugi::xml_node row, int depth) {
        std::vector<std::string> cells;
        OdfInline rest;
        for (auto cell = row.first_child(); cell; cell = cell.next_sibling()) {
            if (local_name(cell) != "table-cell" || cells.size() >= most_columns) continue;
            OdfInline words;
            for (auto node = cell.first_child(); node; node = node.next_sibling()) {
                words.text.push_back(' ');
                read_odf_inline(node, words, depth + 1);
            }
            cells.push_back(tidy(words.text));
            rest.notes.insert(rest.notes.end(), words.notes.begin(), words.notes.end());
        }
        writer_.row(cells);
        write_pending(rest, depth);
    }

    Writer& writer_;
    const OdfLists& lists_;
    const std::map<std::string, std::string>& parents_;
    ListCounter outline_counter_{};
    std::map<std::string, ListCounter> counters_{};
};

// Which styles are made from which: automatic styles carry the names P1, P2, ….
std::map<std::string, std::string> style_parents(pugi::xml_node root) {
    std::map<std::string, std::string> parents;
    const auto styles = child(root, "automatic-styles");
    for (auto node = styles.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) == "style")
            parents.emplace(attribute(node, "name"), attribute(node, "parent-style-name"));
    }
    return parents;
}

std::string cell_words(pugi::xml_node cell) {
    OdfInline words;
    for (auto node = cell.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) != "p") continue;
        words.text.push_back(' ');
        read_odf_inline(node, words, 0);
    }
    return tidy(words.text);
}

std::vector<std::string> sheet_row(pugi::xml_node row) {
    std::vector<std::string> cells;
    std::size_t blanks = 0;  // every row ends with a thousand of them
    for (auto cell = row.first_child(); cell && cells.size() + blanks < most_columns;
         cell = cell.next_sibling()) {
        const auto name = local_name(cell);
        if (name != "table-cell" && name != "covered-table-cell") continue;
        const auto words = cell_words(cell);
        const auto repeats = static_cast<std::size_t>(
            std::clamp(number_attribute(cell, "number-columns-repeated", 1), 1, 100'000));
        const auto fitting = std::min(repeats, most_columns - cells.size() - blanks);
        if (words.empty()) {
            blanks += fitting;
            continue;
        }
        cells.resize(cells.size() + blanks);
        blanks = 0;
        cells.insert(cells.end(), fitting, words);
    }
    return cells;
}

// Reads the rows of a sheet; groups of rows nest. Returns the number after the last one.
int read_sheet_rows(SheetTable& table, pugi::xml_node parent, int number, int depth, const Writer& writer) {
    if (depth > deepest_element) return number;
    for (auto node = parent.first_child(); node && !writer.full(); node = node.next_sibling()) {
        const auto name = local_name(node);
        if (name == "table-header-rows" || name == "table-rows" || name == "table-row-group") {
            number = read_sheet_rows(table, node, number, depth + 1, writer);
        }
        if (name != "table-row") continue;
        const int repeats = std::clamp(number_attribute(node, "number-rows-repeated", 1), 1, 2'000'000);
        const auto cells = sheet_row(node);
        const bool empty = std::ranges::all_of(cells, [](const auto& cell) { return cell.empty(); });
        for (int i = 0; !empty && i < std::min(repeats, most_repeats); ++i)
            table.row(number + i, cells);
        number = number > 100'000'000 ? number : number + repeats;
    }
    return number;
}

Result<Parts> load_parts(const Container& container) {
    return container.load(
        [](std::string_view name) {
            return name == "content.xml" || name == "styles.xml" || name == "meta.xml";
        },
        largest_part);
}

Result<void> begin(Writer& writer, Parts& parts, pugi::xml_document& content) {
    if (const auto meta = parts.find("meta.xml"); meta != parts.end()) read_properties(writer, meta->second);
    if (!parts.contains("content.xml"))
        return fail(ErrorCode::corrupt, "Dokumentet saknar sitt innehåll.", {},
                    "Spara om det och försök igen.");
    return parse_xml(content, parts["content.xml"], Blanks::keep);
}

}  // namespace

Result<Extract> read_odt(const Container& container, const Limits& limits) {
    auto parts = TRY(load_parts(container));
    Writer writer("odt", limits);
    pugi::xml_document content;
    TRY(begin(writer, parts, content));
    OdfLists lists;
    pugi::xml_document styles;
    if (const auto part = parts.find("styles.xml"); part != parts.end() && parse_xml(styles, part->second))
        lists.read(styles.document_element());
    lists.read(content.document_element());
    const auto parents = style_parents(content.document_element());
    TextDocument(writer, lists, parents).read(child(child(content.document_element(), "body"), "text"));
    return std::move(writer).finish();
}

Result<Extract> read_ods(const Container& container, const Limits& limits) {
    auto parts = TRY(load_parts(container));
    Writer writer("ods", limits);
    pugi::xml_document content;
    TRY(begin(writer, parts, content));
    const auto sheets = child(child(content.document_element(), "body"), "spreadsheet");
    for (auto sheet = sheets.first_child(); sheet && !writer.full(); sheet = sheet.next_sibling()) {
        if (local_name(sheet) != "table") continue;
        Block heading{.kind = BlockKind::heading, .level = 1, .sheet = tidy(attribute(sheet, "name"))};
        heading.text = heading.sheet;
        SheetTable table(writer, heading.sheet);
        writer.add(std::move(heading));
        read_sheet_rows(table, sheet, 1, 0, writer);
        table.finish();
    }
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
