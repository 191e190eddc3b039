#include "extract/detail/odf.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int most_spaces = 100;

NumberStyle odf_style(std::string_view format) {
    if (format == "a") return NumberStyle::lower_letter;
    if (format == "A") return NumberStyle::upper_letter;
    if (format == "i") return NumberStyle::lower_roman;
    if (format == "I") return NumberStyle::upper_roman;
    return format.empty() ? NumberStyle::none : NumberStyle::decimal;
}

// "%1.%2." for level 2 that shows two levels and ends with a full stop.
std::string pattern_of(pugi::xml_node level, std::size_t index) {
    if (attribute(level, "num-format").empty()) return {};
    const auto shown = static_cast<std::size_t>(
        std::clamp(number_attribute(level, "display-levels", 1), 1, static_cast<int>(index) + 1));
    std::string pattern(cut(attribute(level, "num-prefix"), 20));
    for (std::size_t i = index + 1 - shown; i <= index; ++i) {
        if (i > index + 1 - shown) pattern.push_back('.');
        pattern.append("%").append(std::to_string(i + 1));
    }
    return pattern.append(cut(attribute(level, "num-suffix"), 20));
}

bool is_hidden_part(std::string_view name) {
    constexpr std::array<std::string_view, 8> hidden = {"annotation",  "annotation-end", "tracked-changes",
                                                        "hidden-text", "bookmark",       "change",
                                                        "page-number", "page-count"};
    return std::ranges::find(hidden, name) != hidden.end();
}

void read_note(pugi::xml_node note, OdfInline& into, int depth) {
    OdfInline inner;
    const auto body = child(note, "note-body");
    for (auto node = body.first_child(); node; node = node.next_sibling())
        read_odf_inline(node, inner, depth + 1);
    if (auto text = tidy(inner.text); !text.empty()) into.notes.push_back(std::move(text));
}

}  // namespace

void OdfLists::read_levels(pugi::xml_node style, Levels& levels) {
    for (auto node = style.first_child(); node; node = node.next_sibling()) {
        const int index = number_attribute(node, "level", 0) - 1;
        if (index < 0 || index >= static_cast<int>(levels.size())) continue;
        auto& level = levels.at(static_cast<std::size_t>(index));
        if (local_name(node) == "list-level-style-bullet") {
            level.style = NumberStyle::bullet;
            level.pattern = attribute(node, "bullet-char");
        } else if (local_name(node) == "list-level-style-number" ||
                   local_name(node) == "outline-level-style") {
            level.style = odf_style(attribute(node, "num-format"));
            level.start = number_attribute(node, "start-value", 1);
            level.pattern = pattern_of(node, static_cast<std::size_t>(index));
        }
    }
}

void OdfLists::read(pugi::xml_node root) {
    for (const std::string_view group : {"styles", "automatic-styles"}) {
        const auto styles = child(root, group);
        for (auto node = styles.first_child(); node; node = node.next_sibling()) {
            if (local_name(node) == "list-style") {
                Levels levels;
                read_levels(node, levels);
                styles_.emplace(attribute(node, "name"), std::move(levels));
            } else if (local_name(node) == "outline-style") {
                read_levels(node, outline_);
                has_outline_ = true;
            }
        }
    }
}

const OdfLists::Levels* OdfLists::style(std::string_view name) const {
    const auto found = styles_.find(name);
    return found == styles_.end() ? nullptr : &found->second;
}

void read_odf_inline(pugi::xml_node paragraph, OdfInline& into, int depth) {
    if (depth > deepest_element) return;
    for (auto node = paragraph.first_child(); node; node = node.next_sibling()) {
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
            // A line break in the file is only a space; real ones are elements.
            for (const char c : std::string_view(node.value()))
                into.text.push_back(c == '\n' || c == '\r' ? ' ' : c);
            continue;
        }
        const auto name = local_name(node);
        if (name == "s") {
            into.text.append(
                static_cast<std::size_t>(std::clamp(number_attribute(node, "c", 1), 1, most_spaces)), ' ');
        } else if (name == "tab") {
            into.text.push_back('\t');
        } else if (name == "line-break") {
            into.text.push_back('\n');
        } else if (name == "note") {
            read_note(node, into, depth);
        } else if (name == "frame") {
            if (const auto box = child(node, "text-box")) into.boxes.push_back(box);
        } else if (!is_hidden_part(name)) {
            read_odf_inline(node, into, depth + 1);
        }
    }
}

}  // namespace kansli::extract::detail
