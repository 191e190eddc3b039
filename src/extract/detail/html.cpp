// HTML: the page's own content without the site around it. The tree comes from gumbo, which reads broken
// pages as browsers do.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "extract/detail/html_tree.hpp"
#include "extract/detail/numbering.hpp"
#include "extract/detail/readers.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int deepest_html = 150;
constexpr int widest_span = 1000;
constexpr std::size_t largest_page = std::size_t{32} << 20U;
constexpr std::size_t least_content = 80;  // characters that make <main> worth preferring to the whole page

struct List {
    bool ordered = false;
    long number = 1;
    char style = '1';
};

std::string marker_of(const List& list) {
    if (!list.ordered) return "•";
    auto style = NumberStyle::decimal;
    if (list.style == 'a') style = NumberStyle::lower_letter;
    if (list.style == 'A') style = NumberStyle::upper_letter;
    if (list.style == 'i') style = NumberStyle::lower_roman;
    if (list.style == 'I') style = NumberStyle::upper_roman;
    return in_style(list.number, style) + ".";
}

long number_or(std::string_view text, long otherwise) {
    long number = 0;
    if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return otherwise;
    for (const char c : text)
        number = number * 10 + (c - '0');
    return number;
}

class HtmlReader {
  public:
    explicit HtmlReader(Writer& writer, bool whole_page) : writer_(writer), whole_page_(whole_page) {}

    void read(const GumboNode* node) {
        walk_children(node, 0);
        flush();
    }

  private:
    void walk_children(const GumboNode* node, int depth) {
        const auto* children = children_of(node);
        if (children == nullptr || writer_.full()) return;
        for (unsigned i = 0; i < children->length; ++i)
            walk(static_cast<const GumboNode*>(children->data[i]), depth + 1);
    }

    void walk(const GumboNode* node, int depth) {
        if (is_text(node)) return append_collapsed(line_, node->v.text.text);
        if (!is_element(node) || is_unseen(node) || is_around_content(node)) return;
        if (depth > deepest_html) return line_.append(text_below(node)), void();
        switch (tag_of(node)) {
            case GUMBO_TAG_BR:
                line_.push_back('\n');
                break;
            case GUMBO_TAG_H1:
            case GUMBO_TAG_H2:
            case GUMBO_TAG_H3:
            case GUMBO_TAG_H4:
            case GUMBO_TAG_H5:
            case GUMBO_TAG_H6:
                flush();
                writer_.heading(static_cast<int>(tag_of(node)) - static_cast<int>(GUMBO_TAG_H1) + 1,
                                text_below(node));
                break;
            case GUMBO_TAG_SUMMARY:
                read_summary(node);
                break;
            case GUMBO_TAG_UL:
            case GUMBO_TAG_OL:
            case GUMBO_TAG_MENU:
                read_list(node, depth);
                break;
            case GUMBO_TAG_LI:
                read_item(node, depth);
                break;
            case GUMBO_TAG_TABLE:
                read_table(node, depth);
                break;
            case GUMBO_TAG_DL:
                read_definitions(node);
                break;
            case GUMBO_TAG_PRE:
                read_preformatted(node);
                break;
            default:
                read_other(node, depth);
        }
    }

    // A <header> inside an article carries its title; one around the whole page carries the site's.
    [[nodiscard]] bool is_around_content(const GumboNode* node) const {
        const auto tag = tag_of(node);
        if (whole_page_ && (tag == GUMBO_TAG_HEADER || tag == GUMBO_TAG_ASIDE))
            return find_tag(node, GUMBO_TAG_H1) == nullptr;
        return is_furniture(node);
    }

    void read_other(const GumboNode* node, int depth) {
        const bool block = is_block(node);
        if (block) flush();
        if (tag_of(node) == GUMBO_TAG_P && is_heading_in_disguise(node))
            return writer_.heading(0, text_below(node));
        walk_children(node, depth);
        if (block) flush();
    }

    // A paragraph that is one bold line.
    static bool is_heading_in_disguise(const GumboNode* paragraph) {
        const GumboNode* only = nullptr;
        const auto* children = children_of(paragraph);
        for (unsigned i = 0; i < children->length; ++i) {
            const auto* child = static_cast<const GumboNode*>(children->data[i]);
            if (child->type == GUMBO_NODE_WHITESPACE) continue;
            if (only != nullptr) return false;
            only = child;
        }
        const bool bold =
            only != nullptr && (tag_of(only) == GUMBO_TAG_B || tag_of(only) == GUMBO_TAG_STRONG);
        if (!bold) return false;
        const auto words = tidy(text_below(only));
        return count_code_points(words) <= 80 && can_be_heading(words);
    }

    void read_summary(const GumboNode* node) {
        flush();
        const auto words = tidy(text_below(node));
        if (can_be_heading(words)) return writer_.heading(0, words);
        writer_.paragraph(words);
    }

    void read_list(const GumboNode* node, int depth) {
        flush();
        List list{.ordered = tag_of(node) == GUMBO_TAG_OL};
        list.number = number_or(attribute(node, "start"), 1);
        if (const auto type = attribute(node, "type"); type.size() == 1) list.style = type.front();
        lists_.push_back(list);
        walk_children(node, depth);
        flush();
        lists_.pop_back();
        item_.clear();
    }

    void read_item(const GumboNode* node, int depth) {
        flush();
        if (lists_.empty()) return walk_children(node, depth);
        auto& list = lists_.back();
        list.number = number_or(attribute(node, "value"), list.number);
        item_ = marker_of(list);
        ++list.number;
        walk_children(node, depth);
        flush();
        item_.clear();
    }

    void read_preformatted(const GumboNode* node) {
        flush();
        for (const auto* inner = node; inner != nullptr; inner = next_node(inner, node, is_unseen(inner))) {
            if (!is_text(inner)) continue;
            for (const auto raw : split_lines(inner->v.text.text))
                writer_.paragraph(raw);
        }
    }

    void read_definitions(const GumboNode* list) {
        flush();
        std::string term;
        for (const auto* node = list; node != nullptr;) {
            const bool leaf = node != list && (tag_of(node) == GUMBO_TAG_DT || tag_of(node) == GUMBO_TAG_DD ||
                                               is_unseen(node));
            if (tag_of(node) == GUMBO_TAG_DT && !is_unseen(node)) {
                if (!term.empty()) writer_.paragraph(term);
                term = tidy(text_below(node));
            } else if (tag_of(node) == GUMBO_TAG_DD && !is_unseen(node)) {
                const auto meaning = tidy(text_below(node));
                if (!term.empty() && !term.ends_with(':') && !term.ends_with('?')) term.push_back(':');
                writer_.paragraph(term.empty() ? meaning : fmt::format("{} {}", term, meaning));
                term.clear();
            }
            node = next_node(node, list, leaf);
        }
        writer_.paragraph(term);
    }

    // Tables of figures become rows; tables that only lay out the page are read as if they were not there.
    void read_table(const GumboNode* table, int depth) {
        flush();
        if (is_layout(table)) return walk_children(table, depth);
        if (const auto* caption = find_tag(table, GUMBO_TAG_CAPTION)) writer_.paragraph(text_below(caption));
        std::vector<std::pair<long, std::string>> from_above;  // rows left, text
        for (const auto* row : find_all(table, GUMBO_TAG_TR)) {
            if (!is_unseen(row)) read_row(row, from_above);
            if (writer_.full()) return;
        }
    }

    static bool is_layout(const GumboNode* table) {
        if (attribute(table, "role") == "presentation") return true;
        for (const auto* node = next_node(table, table, false); node != nullptr;
             node = next_node(node, table, false)) {
            const auto tag = tag_of(node);
            if (tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3)
                return true;
        }
        return false;
    }

    void read_row(const GumboNode* row, std::vector<std::pair<long, std::string>>& from_above) {
        std::vector<std::string> cells;
        const auto take_from_above = [&] {
            while (cells.size() < from_above.size() && from_above[cells.size()].first > 0) {
                --from_above[cells.size()].first;
                cells.push_back(from_above[cells.size()].second);
            }
        };
        const auto* children = children_of(row);
        for (unsigned i = 0; i < children->length; ++i) {
            const auto* cell = static_cast<const GumboNode*>(children->data[i]);
            if (tag_of(cell) != GUMBO_TAG_TD && tag_of(cell) != GUMBO_TAG_TH) continue;
            if (is_unseen(cell)) continue;
            take_from_above();
            const long rows = std::min<long>(number_or(attribute(cell, "rowspan"), 1), widest_span);
            if (from_above.size() <= cells.size()) from_above.resize(cells.size() + 1);
            cells.push_back(tidy(text_below(cell)));
            from_above[cells.size() - 1] = {rows - 1, cells.back()};
        }
        take_from_above();
        writer_.row(cells);
    }

    void flush() {
        std::string paragraph;
        std::string_view rest = line_;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            const auto line = tidy(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto marker = find_marker(line);
            if (line.empty() || marker || starts_section(line) || starts_chapter(line))
                write(paragraph), paragraph.clear();
            join_line(paragraph, line);
        }
        write(paragraph);
        line_.clear();
    }

    void write(std::string_view paragraph) {
        if (paragraph.empty()) return;
        const auto marker = find_marker(paragraph);
        const int level = static_cast<int>(lists_.size());
        if (!item_.empty()) {
            // A list that carries its own marks in the text, as statutes on the web do, keeps those.
            const bool own = marker && !marker->bullet;
            writer_.item(own ? marker->text : item_, level,
                         own ? paragraph.substr(marker->length) : paragraph);
            return item_.clear();
        }
        if (marker && !(marker->bullet && marker->text == "–")) {
            return writer_.item(marker->text, std::max(level, 1), paragraph.substr(marker->length));
        }
        if (starts_chapter(paragraph) && can_be_heading(paragraph)) return writer_.heading(0, paragraph);
        writer_.paragraph(paragraph);
    }

    Writer& writer_;
    bool whole_page_;
    std::string line_{};  // the words since the last block; '\n' for <br>
    std::string item_{};  // the mark of the list item whose first words are awaited
    std::vector<List> lists_{};
};

bool is_interesting(std::string_view name) {
    constexpr std::array<std::string_view, 12> exact = {"description",   "keywords",  "author",   "date",
                                                        "last-modified", "title",     "subject",  "publisher",
                                                        "language",      "generator", "og:title", "og:url"};
    constexpr std::array<std::string_view, 4> families = {"dc.", "dcterms.", "article:", "rek:"};
    return std::ranges::find(exact, name) != exact.end() ||
           std::ranges::any_of(families, [&](auto family) { return name.starts_with(family); });
}

void read_head(Writer& writer, const GumboNode* root) {
    const auto* head = find_tag(root, GUMBO_TAG_HEAD);
    if (head == nullptr) return;
    for (const auto* meta : find_all(head, GUMBO_TAG_META)) {
        auto name = to_lower_ascii(attribute(meta, "name"));
        if (name.empty()) name = to_lower_ascii(attribute(meta, "property"));
        if (name.empty()) name = to_lower_ascii(attribute(meta, "http-equiv"));
        if (is_interesting(name)) writer.metadata(name, attribute(meta, "content"));
    }
    for (const auto* link : find_all(head, GUMBO_TAG_LINK)) {
        if (attribute(link, "rel") == "canonical") writer.metadata("canonical", attribute(link, "href"));
    }
    if (const auto* title = find_tag(head, GUMBO_TAG_TITLE)) {
        if (const auto* children = children_of(title); children->length > 0) {
            const auto* words = static_cast<const GumboNode*>(children->data[0]);
            if (is_text(words)) writer.metadata("title", words->v.text.text);
        }
    }
    if (const auto* html = find_tag(root, GUMBO_TAG_HTML))
        writer.metadata("language", attribute(html, "lang"));
    auto& metadata = writer.extract().metadata;
    // The page title has the site's name in it more often than not; the first heading is preferred to it.
    for (const char* key : {"dc.title", "dcterms.title", "og:title"}) {
        if (const auto found = metadata.find(key);
            found != metadata.end() && writer.extract().title.empty()) {
            writer.extract().title = found->second;
        }
    }
}

// The element that holds the page's own content, nullptr when the page does not say.
const GumboNode* find_content(const GumboNode* root) {
    const GumboNode* content = nullptr;
    int articles = 0;
    int mains = 0;  // looking into each of many nested ones would cost the square of the page
    for (const auto* node = root; node != nullptr; node = next_node(node, root, is_unseen(node))) {
        const bool main = tag_of(node) == GUMBO_TAG_MAIN || attribute(node, "role") == "main";
        if (main && ++mains <= 5 && count_code_points(tidy(text_below(node))) >= least_content) return node;
        if (tag_of(node) == GUMBO_TAG_ARTICLE && ++articles == 1) content = node;
    }
    if (articles != 1 || count_code_points(tidy(text_below(content))) < least_content) return nullptr;
    return content;
}

}  // namespace

void write_html(Writer& writer, std::string_view utf8) {
    if (is_too_deep(utf8)) return writer.too_deep();
    const HtmlTree tree(utf8);
    HtmlReader(writer, false).read(tree.root());
}

Result<Extract> read_html(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > largest_page) {
        return fail(ErrorCode::too_large,
                    fmt::format("Webbsidan är större än gränsen {} MiB.", largest_page >> 20U), {},
                    "Dela upp den i mindre delar.");
    }
    Writer writer("html", limits);
    const auto decoded = text::decode(bytes);
    if (is_too_deep(decoded.text)) {
        return fail(ErrorCode::invalid_input, "Webbsidan är för djupt nästlad för att vara en vanlig sida.",
                    {}, "Spara sidans text i ett annat format och försök igen.");
    }
    const HtmlTree tree(decoded.text);
    read_head(writer, tree.root());
    const auto* content = find_content(tree.root());
    HtmlReader(writer, content == nullptr).read(content == nullptr ? tree.root() : content);
    auto extract = TRY(std::move(writer).finish());
    if (extract.title.empty() && extract.metadata.contains("title"))
        extract.title = extract.metadata["title"];
    return extract;
}

}  // namespace kansli::extract::detail
