#include "extract/detail/html_tree.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int deepest_tree = 3000;

// Every piece of memory that the parser holds, in a ring. gumbo_destroy_output() walks the tree recursively,
// which a page of a hundred thousand nested elements turns into a crash; emptying the ring does not.
struct alignas(std::max_align_t) Piece {
    Piece* previous = this;
    Piece* next = this;
};

void* allocate(void* heap, std::size_t size) {
    auto* ring = static_cast<Piece*>(heap);
    void* memory = std::malloc(sizeof(Piece) + size);
    if (memory == nullptr) return nullptr;
    auto* piece = new (memory) Piece;
    piece->previous = ring;
    piece->next = ring->next;
    ring->next->previous = piece;
    ring->next = piece;
    return piece + 1;
}

void release(void*, void* memory) {
    if (memory == nullptr) return;
    auto* piece = static_cast<Piece*>(memory) - 1;
    piece->previous->next = piece->next;
    piece->next->previous = piece->previous;
    std::free(piece);
}

bool is_one_of(GumboTag tag, std::initializer_list<GumboTag> tags) {
    return std::ranges::find(tags, tag) != tags.end();
}

bool is_inline(GumboTag tag) {
    return is_one_of(
        tag,
        {GUMBO_TAG_A,    GUMBO_TAG_ABBR,   GUMBO_TAG_B,   GUMBO_TAG_BDI,  GUMBO_TAG_BDO,    GUMBO_TAG_CITE,
         GUMBO_TAG_CODE, GUMBO_TAG_DFN,    GUMBO_TAG_EM,  GUMBO_TAG_FONT, GUMBO_TAG_I,      GUMBO_TAG_INS,
         GUMBO_TAG_KBD,  GUMBO_TAG_MARK,   GUMBO_TAG_Q,   GUMBO_TAG_S,    GUMBO_TAG_SAMP,   GUMBO_TAG_SMALL,
         GUMBO_TAG_SPAN, GUMBO_TAG_STRONG, GUMBO_TAG_SUB, GUMBO_TAG_SUP,  GUMBO_TAG_TIME,   GUMBO_TAG_U,
         GUMBO_TAG_VAR,  GUMBO_TAG_WBR,    GUMBO_TAG_TT,  GUMBO_TAG_BIG,  GUMBO_TAG_UNKNOWN});
}

// Elements that have no end tag, or do well without one.
bool closes_itself(std::string_view name) {
    constexpr std::array<std::string_view, 30> names = {
        "area",  "base",   "br",    "col",   "embed",  "hr",       "img",  "input", "link", "meta",
        "param", "source", "track", "wbr",   "p",      "li",       "dt",   "dd",    "td",   "th",
        "tr",    "tbody",  "thead", "tfoot", "option", "optgroup", "html", "head",  "body", "colgroup"};
    return std::ranges::find(names, name) != names.end();
}

bool has_class(const GumboNode* node, std::initializer_list<std::string_view> names) {
    auto classes = attribute(node, "class");
    while (!classes.empty()) {
        const auto end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
        if (std::ranges::find(names, classes.substr(0, end)) != names.end()) return true;
        classes.remove_prefix(std::min(end + 1, classes.size()));
    }
    return false;
}

bool is_styled_away(const GumboNode* node) {
    auto style = to_lower_ascii(attribute(node, "style"));
    std::erase_if(style, [](char c) { return c == ' '; });
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

}  // namespace

struct HtmlTree::Heap {
    Piece ring{};
    GumboOptions options = kGumboDefaultOptions;
};

bool is_too_deep(std::string_view html) {
    int depth = 0;
    while (depth <= deepest_tree) {
        const auto open = html.find('<');
        if (open == std::string_view::npos || open + 1 >= html.size()) return false;
        html.remove_prefix(open + 1);
        const bool closing = html.front() == '/';
        if (closing) html.remove_prefix(1);
        const auto name =
            to_lower_ascii(html.substr(0, std::min<std::size_t>(html.find_first_of(" \t\r\n/>"), 12)));
        if (name.starts_with("!--")) {
            html.remove_prefix(std::min(html.find("-->"), html.size()));
        } else if (!closing && (name == "script" || name == "style")) {
            html.remove_prefix(std::min(html.find("</" + name), html.size()));
        } else if (!name.empty() && name.front() >= 'a' && name.front() <= 'z' && !closes_itself(name)) {
            depth = std::max(0, depth + (closing ? -1 : 1));
        }
    }
    return true;
}

HtmlTree::HtmlTree(std::string_view utf8) : heap_(std::make_unique<Heap>()) {
    auto& options = heap_->options;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = &heap_->ring;
    options.max_errors = 0;
    output_ = gumbo_parse_with_options(&options, utf8.data(), utf8.size());
}

HtmlTree::~HtmlTree() {
    auto& ring = heap_->ring;
    while (ring.next != &ring)
        release(nullptr, ring.next + 1);
}

const GumboNode* HtmlTree::root() const {
    return output_->root;
}

bool is_element(const GumboNode* node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

GumboTag tag_of(const GumboNode* node) {
    return is_element(node) ? node->v.element.tag : GUMBO_TAG_UNKNOWN;
}

const GumboVector* children_of(const GumboNode* node) {
    if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
    return is_element(node) ? &node->v.element.children : nullptr;
}

std::string_view attribute(const GumboNode* node, const char* name) {
    if (!is_element(node)) return {};
    const auto* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_attribute(const GumboNode* node, const char* name) {
    return is_element(node) && gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

bool is_text(const GumboNode* node) {
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

bool is_unseen(const GumboNode* node) {
    if (!is_element(node)) return false;
    if (node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return true;
    if (is_one_of(tag_of(node),
                  {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_HEAD,
                   GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_INPUT,
                   GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS, GUMBO_TAG_MAP, GUMBO_TAG_NOFRAMES})) {
        return true;
    }
    return has_attribute(node, "hidden") || attribute(node, "aria-hidden") == "true" ||
           is_styled_away(node) ||
           has_class(node, {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text",
                            "env-assistive-text"});
}

bool is_block(const GumboNode* node) {
    return is_element(node) && !is_inline(tag_of(node)) && tag_of(node) != GUMBO_TAG_BR &&
           tag_of(node) != GUMBO_TAG_IMG;
}

const GumboNode* next_sibling(const GumboNode* node) {
    if (node->parent == nullptr) return nullptr;
    const auto* siblings = children_of(node->parent);
    const auto next = node->index_within_parent + 1;
    return next < siblings->length ? static_cast<const GumboNode*>(siblings->data[next]) : nullptr;
}

bool is_furniture(const GumboNode* node) {
    constexpr std::array<std::string_view, 8> roles = {"navigation", "banner",  "contentinfo", "search",
                                                       "menu",       "menubar", "dialog",      "alertdialog"};
    if (is_one_of(tag_of(node), {GUMBO_TAG_NAV, GUMBO_TAG_FOOTER, GUMBO_TAG_BUTTON})) return true;
    return std::ranges::find(roles, attribute(node, "role")) != roles.end() ||
           has_class(node, {"breadcrumb", "breadcrumbs"});
}

const GumboNode* next_node(const GumboNode* node, const GumboNode* top, bool skip) {
    const auto* children = skip ? nullptr : children_of(node);
    if (children != nullptr && children->length > 0) return static_cast<const GumboNode*>(children->data[0]);
    for (; node != top; node = node->parent) {
        if (const auto* sibling = next_sibling(node)) return sibling;
    }
    return nullptr;
}

void append_collapsed(std::string& text, std::string_view raw) {
    for (const char c : raw) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
        if (!blank) {
            text.push_back(c);
        } else if (text.empty() || (text.back() != ' ' && text.back() != '\n')) {
            text.push_back(' ');
        }
    }
}

std::string text_below(const GumboNode* top) {
    std::string text;
    const GumboNode* node = top;
    while (true) {
        const bool skip = node != top && is_unseen(node);
        if (!skip && is_text(node)) append_collapsed(text, node->v.text.text);
        if (!skip && is_element(node)) {
            if (tag_of(node) == GUMBO_TAG_BR) text.push_back('\n');
            if (is_block(node)) text.push_back(' ');
        }
        const auto* children = skip ? nullptr : children_of(node);
        if (children != nullptr && children->length > 0) {
            node = static_cast<const GumboNode*>(children->data[0]);
            continue;
        }
        while (node != top && next_sibling(node) == nullptr) {
            node = node->parent;
            // The last word of a block must not grow together with what follows it.
            if (is_block(node)) text.push_back(' ');
        }
        if (node == top) return text;
        node = next_sibling(node);
    }
}

const GumboNode* find_tag(const GumboNode* top, GumboTag tag) {
    for (const auto* node = top; node != nullptr;
         node = next_node(node, top, node != top && is_unseen(node))) {
        if (tag_of(node) == tag) return node;
    }
    return nullptr;
}

std::vector<const GumboNode*> find_all(const GumboNode* top, GumboTag tag) {
    std::vector<const GumboNode*> found;
    for (const auto* node = top; node != nullptr; node = next_node(node, top, false)) {
        if (tag_of(node) == tag) found.push_back(node);
    }
    return found;
}

}  // namespace kansli::extract::detail
