#include "extract/detail/docx_styles.hpp"

#include <algorithm>
#include <utility>

#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int longest_chain = 12;  // of styles based on styles

// "heading 2", "Rubrik 2", "Rubrik2" -> 2; "Title", "Rubrik" of the document -> 1.
std::optional<int> heading_by_name(std::string_view name) {
    const auto lower = to_lower_ascii(name);
    for (const std::string_view word : {"heading", "rubrik"}) {
        if (!lower.starts_with(word)) continue;
        const auto rest = trim(std::string_view(lower).substr(word.size()));
        if (rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9') return std::min(rest[0] - '0', 6);
    }
    if (lower == "title" || lower == "rubrik" || lower == "titel") return 1;
    if (lower == "subtitle" || lower == "underrubrik") return std::nullopt;
    const bool called_heading =
        lower.find("rubrik") != std::string::npos || lower.find("heading") != std::string::npos;
    return called_heading ? std::optional<int>(0) : std::nullopt;
}

bool is_contents_style(std::string_view name) {
    const auto lower = to_lower_ascii(name);
    for (const std::string_view word : {"toc ", "toc", "innehåll ", "innehåll"}) {
        if (lower.starts_with(word) && lower.size() == word.size() + 1 &&
            is_digit(static_cast<unsigned char>(lower.back())))
            return true;
    }
    return lower == "toc heading" || lower == "table of figures" ||
           lower.starts_with("innehållsförteckningsrubrik");
}

NumberStyle word_style(std::string_view format) {
    if (format == "lowerLetter") return NumberStyle::lower_letter;
    if (format == "upperLetter") return NumberStyle::upper_letter;
    if (format == "lowerRoman") return NumberStyle::lower_roman;
    if (format == "upperRoman") return NumberStyle::upper_roman;
    if (format == "decimalZero") return NumberStyle::decimal_zero;
    if (format == "bullet") return NumberStyle::bullet;
    if (format == "none") return NumberStyle::none;
    return NumberStyle::decimal;
}

}  // namespace

void WordStyles::read(std::string& styles_xml) {
    pugi::xml_document document;
    if (!parse_xml(document, styles_xml)) return;
    for (auto node = document.document_element().first_child(); node; node = node.next_sibling()) {
        if (local_name(node) != "style" || attribute(node, "type") == "character") continue;
        Raw raw;
        raw.name = attribute(child(node, "name"), "val");
        raw.based_on = attribute(child(node, "basedOn"), "val");
        const auto properties = child(node, "pPr");
        raw.outline = number_attribute(child(properties, "outlineLvl"), "val", -1);
        const auto numbering = child(properties, "numPr");
        raw.number_id = attribute(child(numbering, "numId"), "val");
        raw.list_level = number_attribute(child(numbering, "ilvl"), "val", -1);
        raw_.emplace(attribute(node, "styleId"), std::move(raw));
    }
}

WordStyle WordStyles::style(std::string_view id) const {
    WordStyle style;
    if (id.empty()) return style;
    auto found = raw_.find(id);
    if (found == raw_.end()) {  // a style sheet that is missing or cut short: the id often is the name
        style.heading = heading_by_name(id);
        style.contents = is_contents_style(id);
        return style;
    }
    for (int hops = 0; hops < longest_chain && found != raw_.end(); ++hops) {
        const auto& raw = found->second;
        style.contents = style.contents || is_contents_style(raw.name);
        if (!style.heading && raw.outline >= 0 && raw.outline < 9)
            style.heading = std::min(raw.outline + 1, 6);
        if (!style.heading || style.heading == 0) {
            if (const auto named = heading_by_name(raw.name)) style.heading = named;
        }
        if (style.number_id.empty()) {
            style.number_id = raw.number_id;
            style.list_level = raw.list_level;
        }
        found = raw_.find(raw.based_on);
    }
    return style;
}

void WordLists::read_level(pugi::xml_node node, Levels& levels) {
    const int index = number_attribute(node, "ilvl", 0);
    if (index < 0 || index >= static_cast<int>(levels.size())) return;
    auto& level = levels.at(static_cast<std::size_t>(index));
    level.style = word_style(attribute(child(node, "numFmt"), "val"));
    level.start = number_attribute(child(node, "start"), "val", 1);
    level.pattern = attribute(child(node, "lvlText"), "val");
    level.legal = static_cast<bool>(child(node, "isLgl"));
    level.paragraph_style = attribute(child(node, "pStyle"), "val");
}

void WordLists::read_number(pugi::xml_node node, const std::map<std::string, Levels>& abstract) {
    Number number;
    number.abstract_id = attribute(child(node, "abstractNumId"), "val");
    if (const auto found = abstract.find(number.abstract_id); found != abstract.end())
        number.levels = found->second;
    for (auto change = node.first_child(); change; change = change.next_sibling()) {
        if (local_name(change) != "lvlOverride") continue;
        if (const auto level = child(change, "lvl")) read_level(level, number.levels);
        const auto start = child(change, "startOverride");
        const int index = number_attribute(change, "ilvl", 0);
        if (start && index >= 0)
            number.restarts[static_cast<std::size_t>(index)] = number_attribute(start, "val", 1);
    }
    numbers_.emplace(attribute(node, "numId"), std::move(number));
}

void WordLists::read(std::string& numbering_xml) {
    pugi::xml_document document;
    if (!parse_xml(document, numbering_xml)) return;
    const auto root = document.document_element();
    std::map<std::string, Levels> abstract;
    std::map<std::string, std::string> linked;  // list style -> the abstract list that defines it
    for (auto node = root.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) != "abstractNum") continue;
        Levels levels;
        for (auto level = node.first_child(); level; level = level.next_sibling()) {
            if (local_name(level) == "lvl") read_level(level, levels);
        }
        const std::string id(attribute(node, "abstractNumId"));
        if (const auto style = attribute(child(node, "styleLink"), "val"); !style.empty())
            linked.emplace(style, id);
        abstract.emplace(id, std::move(levels));
    }
    for (auto node = root.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) != "abstractNum") continue;
        const auto link = linked.find(std::string(attribute(child(node, "numStyleLink"), "val")));
        if (link != linked.end())
            abstract[std::string(attribute(node, "abstractNumId"))] = abstract[link->second];
    }
    for (auto node = root.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) == "num") read_number(node, abstract);
    }
}

std::optional<WordLists::Mark> WordLists::next(std::string_view number_id, int level,
                                               std::string_view style) {
    if (number_id.empty() || number_id == "0") return std::nullopt;
    const auto found = numbers_.find(number_id);
    constexpr int deepest = static_cast<int>(ListCounter::depth) - 1;
    if (found == numbers_.end()) return Mark{"•", std::clamp(level, 0, deepest) + 1, true};
    auto& number = found->second;
    if (level < 0) {
        const auto own = std::ranges::find(number.levels, style, &ListLevel::paragraph_style);
        level =
            own == number.levels.end() || style.empty() ? 0 : static_cast<int>(own - number.levels.begin());
    }
    const auto at = std::min(static_cast<std::size_t>(level), ListCounter::depth - 1);
    auto& counter = counters_[number.abstract_id];
    if (!number.begun) {
        for (const auto& [index, start] : number.restarts)
            counter.restart(index, start);
        number.begun = true;
    }
    const bool bullet = number.levels.at(at).style == NumberStyle::bullet;
    return Mark{counter.next(number.levels, at), static_cast<int>(at) + 1, bullet};
}

}  // namespace kansli::extract::detail
