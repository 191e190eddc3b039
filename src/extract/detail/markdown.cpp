// Markdown in GitHub's dialect. The tree is cmark's; list marks are read from the source, because a reader of
// a statute must see "2." where the law says 2 even when an item before it was lost.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <yaml-cpp/yaml.h>

#include "extract/detail/readers.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int deepest_block = 60;
constexpr int most_counted_items = 5000;
constexpr std::size_t longest_front_matter = std::size_t{64} << 10U;

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;

Document parse(std::string_view markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
        cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES), cmark_parser_free);
    for (const char* name : {"table", "strikethrough"}) {
        if (auto* extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    return {cmark_parser_finish(parser.get()), cmark_node_free};
}

std::string_view literal_of(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal == nullptr ? std::string_view() : std::string_view(literal);
}

// The words of a block, with the source's own line breaks.
std::string inline_text(cmark_node* block) {
    std::string out;
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(block),
                                                                       cmark_iter_free);
    while (cmark_iter_next(walk.get()) != CMARK_EVENT_DONE) {
        if (cmark_iter_get_event_type(walk.get()) != CMARK_EVENT_ENTER) continue;
        auto* node = cmark_iter_get_node(walk.get());
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) out.append(literal_of(node));
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) out.push_back('\n');
        if (type == CMARK_NODE_HTML_INLINE && literal_of(node).starts_with("<br")) out.push_back(' ');
    }
    return out;
}

bool is_all_strong(cmark_node* paragraph) {
    auto* only = cmark_node_first_child(paragraph);
    return only != nullptr && cmark_node_get_type(only) == CMARK_NODE_STRONG &&
           cmark_node_next(only) == nullptr;
}

class MarkdownReader {
  public:
    MarkdownReader(Writer& writer, std::string_view source) : writer_(writer), lines_(split_lines(source)) {}

    void read(cmark_node* parent, int depth, int list_level) {
        if (depth > deepest_block) {
            writer_.warn("En del av texten är för djupt nästlad och lästes inte.");
            return;
        }
        for (auto* node = cmark_node_first_child(parent); node != nullptr && !writer_.full();
             node = cmark_node_next(node)) {
            read_block(node, depth, list_level);
        }
    }

  private:
    void read_block(cmark_node* node, int depth, int list_level) {
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING) {
            writer_.heading(cmark_node_get_heading_level(node), inline_text(node));
        } else if (type == CMARK_NODE_PARAGRAPH) {
            read_paragraph(node);
        } else if (type == CMARK_NODE_LIST) {
            read(node, depth + 1, list_level + 1);
        } else if (type == CMARK_NODE_ITEM) {
            read_item(node, depth, list_level);
        } else if (type == CMARK_NODE_HTML_BLOCK) {
            write_html(writer_, literal_of(node));
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            for (const auto line : split_lines(literal_of(node)))
                writer_.paragraph(line);
        } else if (std::string_view(cmark_node_get_type_string(node)) == "table") {
            read_table(node);
        } else if (type != CMARK_NODE_THEMATIC_BREAK) {
            read(node, depth + 1, list_level);
        }
    }

    // Lines of one paragraph belong together unless a line begins an item or a section of a statute.
    void read_paragraph(cmark_node* node) {
        const auto words = inline_text(node);
        if (is_all_strong(node) && can_be_heading(tidy(words))) return writer_.heading(0, words);
        std::string paragraph;
        for (const auto raw : split_lines(words)) {
            const auto line = tidy(raw);
            const auto marker = find_marker(line);
            if ((marker && !marker->bullet) || starts_section(line) || starts_chapter(line)) {
                write_loose(paragraph);
                paragraph.clear();
            }
            join_line(paragraph, line);
        }
        write_loose(paragraph);
    }

    // Text outside lists: only marks that Markdown has no lists for are marks here; "– " opens a quotation.
    void write_loose(std::string_view paragraph) {
        const auto marker = find_marker(paragraph);
        if (!marker || marker->bullet) return writer_.paragraph(paragraph);
        writer_.item(marker->text, 1, paragraph.substr(marker->length));
    }

    void read_item(cmark_node* item, int depth, int list_level) {
        auto* first = cmark_node_first_child(item);
        const auto marker = marker_of(item);
        if (first == nullptr || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH) {
            return read(item, depth + 1, list_level);
        }
        writer_.item(marker, list_level, inline_text(first));
        for (auto* node = cmark_node_next(first); node != nullptr && !writer_.full();
             node = cmark_node_next(node)) {
            if (depth + 1 <= deepest_block) read_block(node, depth + 1, list_level);
        }
    }

    // The mark as it stands in the source, "–" for what is typed as a hyphen.
    [[nodiscard]] std::string marker_of(cmark_node* item) const {
        auto* list = cmark_node_parent(item);
        if (cmark_node_get_list_type(list) == CMARK_BULLET_LIST) {
            const auto mark = source_at(item).substr(0, 1);
            return mark == "-" ? "–" : "•";
        }
        const auto source = source_at(item);
        const auto end = source.find_first_not_of("0123456789");
        if (end != 0 && end != std::string_view::npos && (source[end] == '.' || source[end] == ')')) {
            return std::string(source.substr(0, end + 1));
        }
        int number = cmark_node_get_list_start(list);
        const int last = number + most_counted_items;
        for (auto* before = cmark_node_previous(item); before != nullptr && number < last;
             before = cmark_node_previous(before)) {
            ++number;
        }
        return std::to_string(number) + (cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ")" : ".");
    }

    [[nodiscard]] std::string_view source_at(cmark_node* node) const {
        const auto line = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1)) - 1;
        const auto column = static_cast<std::size_t>(std::max(cmark_node_get_start_column(node), 1)) - 1;
        if (line >= lines_.size() || column >= lines_[line].size()) return {};
        return lines_[line].substr(column);
    }

    void read_table(cmark_node* table) {
        for (auto* row = cmark_node_first_child(table); row != nullptr; row = cmark_node_next(row)) {
            std::vector<std::string> cells;
            for (auto* cell = cmark_node_first_child(row); cell != nullptr; cell = cmark_node_next(cell)) {
                cells.push_back(inline_text(cell));
            }
            writer_.row(cells);
        }
    }

    Writer& writer_;
    std::vector<std::string_view> lines_;
};

std::string value_of(const YAML::Node& node) {
    if (node.IsScalar()) return node.Scalar();
    std::string joined;
    if (!node.IsSequence()) return joined;
    for (const auto& item : node) {
        if (!item.IsScalar()) continue;
        if (!joined.empty()) joined.append(", ");
        joined.append(item.Scalar());
    }
    return joined;
}

void read_front_matter(Writer& writer, std::string_view yaml) {
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap()) return;
        for (const auto& entry : root) {
            if (entry.first.IsScalar()) writer.metadata(entry.first.Scalar(), value_of(entry.second));
        }
    } catch (const YAML::Exception&) {
        writer.warn("Uppgifterna i början av filen (mellan ---) går inte att tolka och användes inte.");
    }
}

// Splits off the block between "---" lines at the very start; returns the rest.
std::string_view take_front_matter(Writer& writer, std::string_view source) {
    if (!source.starts_with("---\n") && !source.starts_with("---\r\n")) return source;
    const auto begin = source.find('\n') + 1;
    for (auto at = begin; at < source.size() && at - begin < longest_front_matter;) {
        const auto end = std::min(source.find('\n', at), source.size());
        const auto line = trim(source.substr(at, end - at));
        if (line == "---" || line == "...") {
            read_front_matter(writer, source.substr(begin, at - begin));
            return source.substr(std::min(end + 1, source.size()));
        }
        at = end + 1;
    }
    return source;
}

// Files that were only named .md: text as it came out of a converter, without a single mark of Markdown's
// own.
bool is_really_markdown(std::string_view source) {
    return std::ranges::any_of(split_lines(source), [](std::string_view line) {
        const auto hashes = std::min(line.find_first_not_of('#'), line.size());
        const bool heading = hashes >= 1 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ';
        return heading || line.find("**") != std::string_view::npos || line.starts_with("| ") ||
               line.starts_with("|-") || line.starts_with("===") || line.starts_with("```");
    });
}

}  // namespace

Result<Extract> read_markdown(std::string_view bytes, const Limits& limits) {
    Writer writer("markdown", limits);
    const auto decoded = text::decode(bytes);
    const auto source = take_front_matter(writer, decoded.text);
    if (const auto title = writer.extract().metadata.find("title");
        title != writer.extract().metadata.end()) {
        writer.extract().title = title->second;
    }
    if (is_really_markdown(source)) {
        const auto document = parse(source);
        MarkdownReader(writer, source).read(document.get(), 0, 0);
    } else {
        write_plain_text(writer, source);
    }
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
