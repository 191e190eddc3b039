#include "documents/outline.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "documents/attributes.hpp"
#include "documents/detail/structure.hpp"
#include "documents/detail/tree.hpp"
#include "documents/detail/words.hpp"
#include "text/language.hpp"

namespace kansli::documents {

namespace {

// "/mapp/riktlinje-for-anhorigstod.pdf" to "riktlinje for anhorigstod".
std::string title_from_name(std::string_view name) {
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    if (const auto dot = name.find_last_of('.'); dot != std::string_view::npos && dot > 0)
        name = name.substr(0, dot);
    std::string title(name);
    std::ranges::replace_if(title, [](char c) { return c == '-' || c == '_'; }, ' ');
    return title;
}

// The first line, when it can be a title: short and no sentence.
std::string title_from_first_line(const std::vector<detail::Line>& lines) {
    if (lines.empty()) return {};
    const detail::Line& first = lines.front();
    const bool fits = first.text.size() <= 160 && !detail::ends_with_stop(first.text) &&
                      first.mark.kind == detail::MarkKind::none &&
                      (first.block->kind == extract::BlockKind::paragraph ||
                       first.block->kind == extract::BlockKind::heading) &&
                      detail::starts_upper(first.text);
    return fits ? first.text : std::string{};
}

// "Riktlinjer för anhörigstöd" is a guideline. Only what the title's own words say.
DocumentKind kind_from_title(std::string_view title) {
    static constexpr std::array<std::pair<std::string_view, DocumentKind>, 16> words{{
        {"riktlinje", DocumentKind::guideline},
        {"riktlinjer", DocumentKind::guideline},
        {"rutin", DocumentKind::guideline},
        {"policy", DocumentKind::policy},
        {"taxa", DocumentKind::fee_schedule},
        {"taxor", DocumentKind::fee_schedule},
        {"avgifter", DocumentKind::fee_schedule},
        {"prislista", DocumentKind::fee_schedule},
        {"plan", DocumentKind::plan},
        {"handlingsplan", DocumentKind::plan},
        {"protokoll", DocumentKind::minutes},
        {"sammanträdesprotokoll", DocumentKind::minutes},
        {"blankett", DocumentKind::form},
        {"frågor", DocumentKind::faq},
        {"beslut", DocumentKind::decision},
        {"delegationsbeslut", DocumentKind::decision},
    }};
    for (const text::Token& token : text::words(title)) {
        for (const auto& [word, kind] : words) {
            if (token.folded == word || (word == "policy" && token.folded.ends_with(word))) return kind;
        }
    }
    return DocumentKind::other;
}

DocumentKind kind_from(const ReadDocument& document, bool agenda) {
    if (const DocumentKind kind = kind_from_title(document.attributes.title); kind != DocumentKind::other)
        return kind;
    if (agenda && text::fold(document.text.substr(0, 600)).find("protokoll") != std::string::npos)
        return DocumentKind::minutes;
    if (document.format == "html") return DocumentKind::web_page;
    if (document.format == "eml" || document.format == "email") return DocumentKind::letter;
    return DocumentKind::other;
}

// The SFS number in the name of a statute: "Plan- och bygglag (2010:900)", "Lag (2008:962) om valfrihetssystem".
std::string sfs_number(std::string_view title) {
    for (std::size_t open = title.find('('); open != std::string_view::npos;
         open = title.find('(', open + 1)) {
        const std::size_t close = title.find(')', open);
        if (close == std::string_view::npos) break;
        const std::string_view inside = title.substr(open + 1, close - open - 1);
        if (detail::read_mark(inside).kind == detail::MarkKind::act) return std::string(inside);
    }
    return {};
}

std::string choose_title(const StatedAttributes& stated, const extract::Extract& extract,
                         const detail::Structure& structure, const std::vector<detail::Line>& lines,
                         std::string_view file_name) {
    // A web page's title also names the site; its main heading does not.
    const bool page_title = extract.format == "html" && structure.title;
    if (!stated.values.title.empty() && !page_title) return stated.values.title;
    if (structure.title) return lines[*structure.title].text;
    // A heading that begins a section of its own is not the name of the whole.
    const bool is_section = std::ranges::any_of(structure.starts, [&](const detail::Start& start) {
        return lines[start.line].text == extract.title;
    });
    if (!extract.title.empty() && !is_section) return extract.title;
    if (auto first = title_from_first_line(lines); !first.empty() && !(is_section && first == extract.title))
        return first;
    return title_from_name(file_name);
}

}  // namespace

ReadDocument outline(extract::Extract extract, std::string_view file_name) {
    ReadDocument document;
    document.format = std::move(extract.format);
    document.warnings = std::move(extract.warnings);
    document.pages = extract.pages;
    document.page_width = extract.page_width;
    document.page_height = extract.page_height;

    const StatedAttributes stated = read_metadata(extract.metadata, document.warnings);
    const bool statute = stated.values.kind == DocumentKind::statute;
    const auto lines = detail::read_lines(extract.blocks);
    auto structure = detail::find_structure(
        lines, stated.values.title.empty() ? extract.title : stated.values.title, statute);
    document.attributes.title = choose_title(stated, extract, structure, lines, file_name);
    const bool agenda = std::ranges::any_of(structure.starts, [&](const detail::Start& start) {
        return lines[start.line].mark.kind == detail::MarkKind::agenda;
    });
    detail::cut_long_texts(lines, structure);
    detail::build_tree(lines, structure, document);

    const std::string title = std::move(document.attributes.title);
    // A statute's first lines speak of other acts; what it says of itself stands in its metadata.
    // Nor do the first rows of a sheet or a letter speak of the whole.
    const bool opens = !structure.statute && !structure.sheets && document.format != "eml";
    document.attributes = opens ? read_opening(document.text).values : Attributes{};
    document.attributes = overlay(std::move(document.attributes), stated.values);
    document.attributes.title = title;
    document.stated = stated.stated;
    if (structure.statute && document.attributes.reference.empty()) {
        document.attributes.reference = sfs_number(document.attributes.title);
        if (!document.attributes.reference.empty()) document.attributes.kind = DocumentKind::statute;
    }
    if (document.attributes.kind == DocumentKind::other)
        document.attributes.kind = kind_from(document, agenda);
    return document;
}

}  // namespace kansli::documents
