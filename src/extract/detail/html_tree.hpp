#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

// A parsed page, and questions to its nodes. Nothing here recurses: the depth of a page is the stranger's
// choice.
namespace kansli::extract::detail {

// Whether elements stand inside elements thousands of times over. No page is like that, and the parser's time grows with the square of
// the depth. Counts tags without building anything.
[[nodiscard]] bool is_too_deep(std::string_view html);

class HtmlTree {
  public:
    // Requires: `utf8` outlives the tree.
    explicit HtmlTree(std::string_view utf8);
    ~HtmlTree();
    HtmlTree(const HtmlTree&) = delete;
    HtmlTree& operator=(const HtmlTree&) = delete;
    HtmlTree(HtmlTree&&) = delete;
    HtmlTree& operator=(HtmlTree&&) = delete;

    [[nodiscard]] const GumboNode* root() const;

  private:
    struct Heap;
    std::unique_ptr<Heap> heap_;
    GumboOutput* output_ = nullptr;
};

[[nodiscard]] bool is_element(const GumboNode* node);
[[nodiscard]] GumboTag tag_of(const GumboNode* node);  // GUMBO_TAG_UNKNOWN for what is no element
[[nodiscard]] const GumboVector* children_of(const GumboNode* node);  // nullptr when there are none
[[nodiscard]] std::string_view attribute(const GumboNode* node, const char* name);  // empty when missing
[[nodiscard]] bool has_attribute(const GumboNode* node, const char* name);
[[nodiscard]] bool is_text(const GumboNode* node);

// Whether a reader never sees the element: scripts, hidden parts, texts for screen readers only.
[[nodiscard]] bool is_unseen(const GumboNode* node);

// Whether the element stands on lines of its own, unlike <b> or <a>.
[[nodiscard]] bool is_block(const GumboNode* node);
[[nodiscard]] const GumboNode* next_sibling(const GumboNode* node);

// Adds text with each run of white space as one space.
void append_collapsed(std::string& text, std::string_view raw);

// Navigation, banners, search fields: around the page's own content.
[[nodiscard]] bool is_furniture(const GumboNode* node);

// The node after `node` in document order, inside `top`; `skip` leaves out what is below `node`.
[[nodiscard]] const GumboNode* next_node(const GumboNode* node, const GumboNode* top, bool skip);

// All seen text below a node; blocks inside it are set apart by spaces, <br> becomes a line break.
[[nodiscard]] std::string text_below(const GumboNode* top);

// The first element for which `tag` fits, nullptr when there is none.
[[nodiscard]] const GumboNode* find_tag(const GumboNode* top, GumboTag tag);
[[nodiscard]] std::vector<const GumboNode*> find_all(const GumboNode* top, GumboTag tag);

}  // namespace kansli::extract::detail
