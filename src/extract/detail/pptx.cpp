#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "extract/detail/numbering.hpp"
#include "extract/detail/office.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "extract/detail/xml.hpp"

namespace kansli::extract::detail {

namespace {

// What a shape on a slide is for.
enum class Role { title, body, text, ignored };

Role role_of(pugi::xml_node shape) {
    const auto properties = child(child(shape, "nvSpPr"), "nvPr");
    const auto placeholder = child(properties, "ph");
    if (!placeholder) return Role::text;
    const auto type = attribute(placeholder, "type");
    if (type == "title" || type == "ctrTitle") return Role::title;
    if (type == "sldNum" || type == "dt" || type == "ftr" || type == "hdr" || type == "sldImg")
        return Role::ignored;
    return type.empty() || type == "body" || type == "obj" ? Role::body : Role::text;
}

std::string paragraph_text(pugi::xml_node paragraph) {
    std::string text;
    for (const auto node : paragraph.children()) {
        const auto name = local_name(node);
        if (name == "r" || name == "fld") text.append(child(node, "t").child_value());
        if (name == "br") text.push_back(' ');
    }
    return text;
}

NumberStyle slide_style(std::string_view type) {
    if (type.starts_with("alphaLc")) return NumberStyle::lower_letter;
    if (type.starts_with("alphaUc")) return NumberStyle::upper_letter;
    if (type.starts_with("romanLc")) return NumberStyle::lower_roman;
    if (type.starts_with("romanUc")) return NumberStyle::upper_roman;
    return NumberStyle::decimal;
}

class SlideReader {
  public:
    explicit SlideReader(Writer& writer) : writer_(writer) {}

    void read(pugi::xml_node slide, int number) {
        const auto tree = child(child(slide, "cSld"), "spTree");
        const auto title = tidy(title_of(tree, 0));
        writer_.heading(1, title.empty() ? fmt::format("Bild {}", number) : title);
        read_shapes(tree, 0);
    }

    void read_notes(pugi::xml_node notes) {
        const auto tree = child(child(notes, "cSld"), "spTree");
        for (const auto shape : tree.children()) {
            if (local_name(shape) != "sp" || role_of(shape) != Role::body) continue;
            for (const auto paragraph : child(shape, "txBody").children()) {
                const auto text = tidy(paragraph_text(paragraph));
                if (!text.empty()) writer_.paragraph("Anteckning: " + text);
            }
        }
    }

  private:
    static std::string title_of(pugi::xml_node tree, int depth) {
        for (const auto shape : tree.children()) {
            if (local_name(shape) == "grpSp" && depth < deepest_element) {
                if (auto title = title_of(shape, depth + 1); !title.empty()) return title;
            }
            if (local_name(shape) != "sp" || role_of(shape) != Role::title) continue;
            std::string title;
            for (const auto paragraph : child(shape, "txBody").children())
                title.append(paragraph_text(paragraph)).push_back(' ');
            return title;
        }
        return {};
    }

    void read_shapes(pugi::xml_node tree, int depth) {
        if (depth > deepest_element) return writer_.too_deep();
        for (const auto shape : tree.children()) {
            if (writer_.full()) return;
            const auto name = local_name(shape);
            if (name == "grpSp") read_shapes(shape, depth + 1);
            if (name == "AlternateContent") read_shapes(child(shape, "Choice"), depth + 1);
            if (name == "graphicFrame") read_table(find_below(shape, "tbl"));
            if (name != "sp") continue;
            const Role role = role_of(shape);
            if (role == Role::body || role == Role::text) read_text(child(shape, "txBody"), role);
        }
    }

    // Placeholders for the slide's body have bullets unless a paragraph says otherwise; other boxes only where it says so.
    void read_text(pugi::xml_node body, Role role) {
        long number = 0;
        for (const auto paragraph : body.children()) {
            if (local_name(paragraph) != "p") continue;
            const auto text = paragraph_text(paragraph);
            const auto properties = child(paragraph, "pPr");
            const int level = std::clamp(number_attribute(properties, "lvl", 0), 0, 8) + 1;
            const auto automatic = child(properties, "buAutoNum");
            const auto bullet = child(properties, "buChar");
            number = automatic && !trim(text).empty()
                         ? std::max<long>(number + 1, number_attribute(automatic, "startAt", 1))
                         : 0;
            if (automatic) {
                const auto type = attribute(automatic, "type");
                writer_.item(in_style(number, slide_style(type)) + (type.ends_with("ParenR") ? ")" : "."),
                             level, text);
            } else if (bullet) {
                writer_.item(shown_bullet(attribute(bullet, "char")), level, text);
            } else if (role == Role::body && !child(properties, "buNone")) {
                writer_.item("•", level, text);
            } else {
                writer_.line(text);
            }
        }
    }

    void read_table(pugi::xml_node table) {
        for (const auto row : table.children()) {
            if (local_name(row) != "tr") continue;
            std::vector<std::string> cells;
            for (const auto cell : row.children()) {
                if (local_name(cell) != "tc" || cells.size() >= most_columns) continue;
                std::string text;
                for (const auto paragraph : child(cell, "txBody").children())
                    text.append(paragraph_text(paragraph)).push_back(' ');
                cells.push_back(std::move(text));
            }
            writer_.row(cells);
        }
    }

    Writer& writer_;
};

}  // namespace

Result<Extract> read_pptx(const Container& container, const Limits& limits) {
    auto parts = TRY(container.load(
        [](std::string_view name) {
            return name == "ppt/presentation.xml" || name == "ppt/_rels/presentation.xml.rels" ||
                   name == "docProps/core.xml" || name.starts_with("ppt/slides/") ||
                   name.starts_with("ppt/notesSlides/notesSlide");
        },
        largest_part));
    Writer writer("pptx", limits);
    if (const auto core = parts.find("docProps/core.xml"); core != parts.end())
        read_properties(writer, core->second);
    pugi::xml_document presentation;
    TRY(parse_xml(presentation, parts["ppt/presentation.xml"]));
    const auto relations = read_relations(parts, "ppt/presentation.xml");
    SlideReader reader(writer);
    int number = 0;
    for (const auto entry : child(presentation.document_element(), "sldIdLst").children()) {
        const auto target = relations.find(entry.attribute("r:id").value());
        const auto part = target == relations.end() ? parts.end() : parts.find(target->second);
        if (part == parts.end() || writer.full()) continue;
        // The same slide may be named more than once; its bytes are parsed in place.
        auto bytes = part->second;
        pugi::xml_document slide;
        TRY(parse_xml(slide, bytes));
        if (slide.document_element().attribute("show").value() == std::string_view("0")) continue;
        reader.read(slide.document_element(), ++number);
        for (const auto& [id, note] : read_relations(parts, target->second)) {
            if (!note.starts_with("ppt/notesSlides/") || !parts.contains(note)) continue;
            auto note_bytes = parts[note];
            pugi::xml_document notes;
            if (parse_xml(notes, note_bytes)) reader.read_notes(notes.document_element());
        }
    }
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
