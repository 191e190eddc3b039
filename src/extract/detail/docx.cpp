// DOCX: the text as a reader of the printed document sees it. Numbers of headings and lists are not in the text but in
// numbering.xml and are worked out; changes under review count as accepted; tables of contents, heads and feet are left out.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/detail/docx_styles.hpp"
#include "extract/detail/office.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "extract/detail/xml.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t longest_cell = 1500;  // characters; a table with longer ones is a page layout

// A field such as a page number or a table of contents: an instruction, then what it shows.
struct Field {
    std::string instruction{};
    bool shown = false;
};

class WordReader {
  public:
    WordReader(Writer& writer, Parts& parts, const std::string& main) : writer_(writer) {
        const auto folder = main.substr(0, main.rfind('/') + 1);
        if (const auto part = parts.find(folder + "styles.xml"); part != parts.end())
            styles_.read(part->second);
        if (const auto part = parts.find(folder + "numbering.xml"); part != parts.end())
            lists_.read(part->second);
        read_notes(parts, folder + "footnotes.xml", "footnote");
        read_notes(parts, folder + "endnotes.xml", "endnote");
    }

    void read(pugi::xml_node body) { read_blocks(body, 0); }

  private:
    // ---- notes

    void read_notes(Parts& parts, const std::string& name, std::string_view element) {
        const auto part = parts.find(name);
        if (part == parts.end()) return;
        pugi::xml_document document;
        if (!parse_xml(document, part->second)) return;
        for (auto note = document.document_element().first_child(); note; note = note.next_sibling()) {
            if (local_name(note) != element || !attribute(note, "type").empty()) continue;
            std::string text;
            for (auto node = note.first_child(); node; node = node.next_sibling()) {
                if (local_name(node) == "p") text.append(text_of(node)).push_back(' ');
            }
            notes_.emplace(std::string(element) + std::string(attribute(note, "id")), tidy(text));
        }
    }

    std::string text_of(pugi::xml_node paragraph) {
        std::string text;
        read_inline(paragraph, text, 0);
        return text;
    }

    // ---- blocks

    void read_blocks(pugi::xml_node parent, int depth) {
        if (depth > deepest_element) return writer_.too_deep();
        if (writer_.full()) return;
        for (auto node = parent.first_child(); node; node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "p") {
                read_paragraph(node, depth);
            } else if (name == "tbl") {
                read_table(node, depth);
            } else if (name == "sdt") {
                const auto gallery = attribute(find_below(child(node, "sdtPr"), "docPartGallery"), "val");
                if (gallery != "Table of Contents") read_blocks(child(node, "sdtContent"), depth + 1);
            } else if (name == "ins" || name == "moveTo" || name == "customXml" || name == "smartTag") {
                read_blocks(node, depth + 1);
            } else if (name == "AlternateContent") {
                read_blocks(chosen(node), depth + 1);
            }
        }
    }

    // Word writes new drawings twice, for itself and for its older versions.
    static pugi::xml_node chosen(pugi::xml_node alternatives) {
        const auto choice = child(alternatives, "Choice");
        return choice ? choice : child(alternatives, "Fallback");
    }

    void read_paragraph(pugi::xml_node paragraph, int depth) {
        const auto properties = child(paragraph, "pPr");
        const auto style_id = attribute(child(properties, "pStyle"), "val");
        auto style = styles_.style(style_id);
        if (const int outline = number_attribute(child(properties, "outlineLvl"), "val", 9);
            outline < 9 && outline >= 0) {
            style.heading = std::min(outline + 1, 6);
        }
        std::string text;
        read_inline(paragraph, text, 0);
        if (style.contents) text.clear();
        if (!trim(text).empty()) write_paragraph(properties, style_id, style, text);
        write_pending(depth);
    }

    void write_paragraph(pugi::xml_node properties, std::string_view style_id, WordStyle& style,
                         const std::string& text) {
        if (const auto numbering = child(properties, "numPr")) {
            const auto id = attribute(child(numbering, "numId"), "val");
            const int level = number_attribute(child(numbering, "ilvl"), "val", style.list_level);
            if (!id.empty()) style.number_id = id;
            style.list_level = level;
        }
        const auto mark = lists_.next(style.number_id, style.list_level, style_id);
        if (style.heading && (*style.heading > 0 || can_be_heading(tidy(text)))) {
            const bool numbered = mark && !mark->bullet && !tidy(mark->text).empty();
            return writer_.heading(*style.heading, numbered ? mark->text + " " + text : text);
        }
        const auto pieces = broken_at_marks(text);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (i == 0 && mark && !tidy(mark->text).empty()) {
                writer_.item(mark->text, mark->level, pieces[i]);
            } else {
                writer_.line(pieces[i]);
            }
        }
    }

    // What a paragraph's anchors point at comes after it: text boxes first, then its notes.
    void write_pending(int depth) {
        auto boxes = std::move(boxes_);
        boxes_.clear();
        for (const auto box : boxes)
            read_blocks(box, depth + 1);
        for (const auto& note : pending_notes_)
            writer_.paragraph("Fotnot: " + note);
        pending_notes_.clear();
    }

    // ---- tables

    void read_table(pugi::xml_node table, int depth) {
        if (is_layout(table)) {
            each_row(table, [&](pugi::xml_node row) {
                each_cell(row, [&](pugi::xml_node cell) { read_blocks(cell, depth + 1); });
            });
            return;
        }
        std::vector<std::string> above;
        each_row(table, [&](pugi::xml_node row) { read_row(row, depth, above); });
    }

    template <typename Visit>
    static void each_row(pugi::xml_node table, Visit visit) {
        for (auto node = table.first_child(); node; node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "tr" && !child(child(node, "trPr"), "del")) visit(node);
            if (name == "sdt") each_plain_row(child(node, "sdtContent"), visit);
        }
    }

    template <typename Visit>
    static void each_plain_row(pugi::xml_node content, Visit& visit) {
        for (auto node = content.first_child(); node; node = node.next_sibling()) {
            if (local_name(node) == "tr") visit(node);
        }
    }

    template <typename Visit>
    static void each_cell(pugi::xml_node row, Visit visit) {
        for (auto node = row.first_child(); node; node = node.next_sibling()) {
            if (local_name(node) == "tc") visit(node);
            if (local_name(node) == "sdt") {
                if (const auto cell = child(child(node, "sdtContent"), "tc")) visit(cell);
            }
        }
    }

    // A table of one column, of tables, or of long texts only places things on the page.
    [[nodiscard]] bool is_layout(pugi::xml_node table) const {
        std::size_t widest = 0;
        bool laid_out = false;
        each_row(table, [&](pugi::xml_node row) {
            std::size_t cells = 0;
            each_cell(row, [&](pugi::xml_node cell) {
                ++cells;
                laid_out = laid_out || child(cell, "tbl") || is_long(cell);
            });
            widest = std::max(widest, cells);
        });
        return laid_out || widest <= 1;
    }

    static bool is_long(pugi::xml_node cell) {
        std::size_t letters = 0;
        for (auto paragraph = cell.first_child(); paragraph; paragraph = paragraph.next_sibling()) {
            for (auto run = paragraph.first_child(); run; run = run.next_sibling()) {
                letters += std::string_view(child(run, "t").child_value()).size();
            }
        }
        return letters > longest_cell;
    }

    void read_row(pugi::xml_node row, int depth, std::vector<std::string>& above) {
        std::vector<std::string> cells;
        std::size_t column = 0;
        each_cell(row, [&](pugi::xml_node cell) {
            const auto properties = child(cell, "tcPr");
            auto text = cell_text(cell);
            // A cell that spans rows says the same in each of them.
            const auto merge = child(properties, "vMerge");
            if (above.size() <= column) above.resize(std::min<std::size_t>(column + 1, most_columns));
            if (column < above.size()) {
                if (merge && attribute(merge, "val") != "restart") text = above[column];
                above[column] = text;
            }
            cells.push_back(std::move(text));
            column += static_cast<std::size_t>(
                std::clamp(number_attribute(child(properties, "gridSpan"), "val", 1), 1, 100));
        });
        writer_.row(cells);
        write_pending(depth);
    }

    std::string cell_text(pugi::xml_node cell) {
        std::string text;
        for (auto node = cell.first_child(); node; node = node.next_sibling()) {
            if (local_name(node) != "p") continue;
            std::string words;
            read_inline(node, words, 0);
            const auto numbering = child(child(node, "pPr"), "numPr");
            const auto mark = lists_.next(attribute(child(numbering, "numId"), "val"),
                                          number_attribute(child(numbering, "ilvl"), "val", 0), {});
            if (!text.empty()) text.push_back(' ');
            if (mark && !mark->bullet) text.append(mark->text).push_back(' ');
            text.append(words);
        }
        return tidy(text);
    }

    // ---- inside a paragraph

    void read_inline(pugi::xml_node parent, std::string& text, int depth) {
        if (depth > deepest_element) return writer_.too_deep();
        for (auto node = parent.first_child(); node; node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "r") {
                read_run(node, text, depth);
            } else if (name == "hyperlink" || name == "ins" || name == "moveTo" || name == "smartTag" ||
                       name == "customXml" || name == "dir" || name == "bdo") {
                read_inline(node, text, depth + 1);
            } else if (name == "sdt") {
                read_inline(child(node, "sdtContent"), text, depth + 1);
            } else if (name == "fldSimple") {
                if (!is_contents_field(attribute(node, "instr"))) read_inline(node, text, depth + 1);
            } else if (name == "oMath" || name == "oMathPara") {
                read_formula(node, text);
            }
        }
    }

    static void read_formula(pugi::xml_node formula, std::string& text) {
        struct Walker : pugi::xml_tree_walker {
            explicit Walker(std::string& out) : text(out) {}
            bool for_each(pugi::xml_node& node) override {
                if (local_name(node) == "t") text.append(node.child_value());
                return true;
            }
            std::string& text;
        };
        Walker walker(text);
        formula.traverse(walker);
    }

    static bool is_contents_field(std::string_view instruction) {
        const auto word = trim(instruction);
        return word.starts_with("TOC") || word.starts_with("PAGEREF") || word.starts_with("INDEX");
    }

    [[nodiscard]] bool is_shown() const {
        return std::ranges::all_of(
            fields_, [](const Field& field) { return field.shown && !is_contents_field(field.instruction); });
    }

    void read_run(pugi::xml_node run, std::string& text, int depth) {
        const auto vanish = child(child(run, "rPr"), "vanish");
        if (vanish && attribute(vanish, "val") != "0" && attribute(vanish, "val") != "false") return;
        for (auto node = run.first_child(); node; node = node.next_sibling()) {
            const auto name = local_name(node);
            if (name == "fldChar") {
                read_field_mark(attribute(node, "fldCharType"));
            } else if (name == "instrText") {
                if (!fields_.empty() && fields_.back().instruction.size() < 200)
                    fields_.back().instruction.append(node.child_value());
            } else if (is_shown()) {
                read_run_part(node, name, text, depth);
            }
        }
    }

    void read_field_mark(std::string_view kind) {
        if (kind == "begin" && fields_.size() < 20) fields_.emplace_back();
        if (kind == "separate" && !fields_.empty()) fields_.back().shown = true;
        if (kind == "end" && !fields_.empty()) fields_.pop_back();
    }

    void read_run_part(pugi::xml_node node, std::string_view name, std::string& text, int depth) {
        if (name == "t") {
            text.append(node.child_value());
        } else if (name == "tab" || name == "ptab") {
            text.push_back('\t');
        } else if (name == "br" || name == "cr") {
            text.push_back('\n');
        } else if (name == "noBreakHyphen") {
            text.push_back('-');
        } else if (name == "sym") {
            append_symbol(attribute(node, "char"), text);
        } else if (name == "footnoteReference" || name == "endnoteReference") {
            const auto kind = name.substr(0, name.size() - std::string_view("Reference").size());
            const auto note = notes_.find(std::string(kind) + std::string(attribute(node, "id")));
            if (note != notes_.end() && !note->second.empty()) pending_notes_.push_back(note->second);
        } else if (name == "drawing" || name == "pict" || name == "object") {
            find_boxes(node);
        } else if (name == "AlternateContent" && depth < deepest_element) {
            const auto content = chosen(node);
            for (auto inner = content.first_child(); inner; inner = inner.next_sibling()) {
                read_run_part(inner, local_name(inner), text, depth + 1);
            }
        }
    }

    static void append_symbol(std::string_view code, std::string& text) {
        char32_t symbol = 0;
        for (const char c : code.substr(0, 6)) {
            const auto digit =
                std::string_view("0123456789ABCDEF").find(c >= 'a' ? static_cast<char>(c - 32) : c);
            if (digit == std::string_view::npos) return;
            symbol = symbol * 16 + static_cast<char32_t>(digit);
        }
        append_code_point(text, symbol);
    }

    void find_boxes(pugi::xml_node drawing) {
        if (const auto box = find_below(drawing, "txbxContent"); box && boxes_.size() < 200)
            boxes_.push_back(box);
    }

    Writer& writer_;
    WordStyles styles_{};
    WordLists lists_{};
    std::map<std::string, std::string> notes_{};
    std::vector<Field> fields_{};
    std::vector<pugi::xml_node> boxes_{};
    std::vector<std::string> pending_notes_{};
};

std::string main_part(Parts& parts) {
    for (const auto& [id, target] : read_relations(parts, "")) {
        if (target.ends_with("document.xml") && parts.contains(target)) return target;
    }
    return "word/document.xml";
}

}  // namespace

Result<Extract> read_docx(const Container& container, const Limits& limits) {
    auto parts = TRY(container.load(
        [](std::string_view name) {
            return name.ends_with(".rels") || name.starts_with("docProps/core") ||
                   name.ends_with("/styles.xml") || name.ends_with("/numbering.xml") ||
                   name.ends_with("notes.xml") ||
                   (name.starts_with("word/") && name.ends_with("document.xml"));
        },
        largest_part));
    Writer writer("docx", limits);
    if (const auto core = parts.find("docProps/core.xml"); core != parts.end())
        read_properties(writer, core->second);
    const auto name = main_part(parts);
    const auto part = parts.find(name);
    if (part == parts.end())
        return fail(ErrorCode::corrupt, "Word-dokumentet saknar sin text.", {},
                    "Spara om det i Word och försök igen.");
    pugi::xml_document document;
    TRY(parse_xml(document, part->second));
    WordReader(writer, parts, name).read(child(document.document_element(), "body"));
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
