#pragma once

#include <array>
#include <map>
#include <string>

#include "extract/detail/numbering.hpp"
#include "extract/detail/xml.hpp"

namespace kansli::extract::detail {

// The lists that an OpenDocument text defines, and the numbers of its headings.
class OdfLists {
  public:
    using Levels = std::array<ListLevel, ListCounter::depth>;

    // Reads the list styles of content.xml or styles.xml; the latter has the outline's too.
    void read(pugi::xml_node root);

    // nullptr when the style is not known.
    [[nodiscard]] const Levels* style(std::string_view name) const;
    [[nodiscard]] const Levels* outline() const { return has_outline_ ? &outline_ : nullptr; }

  private:
    static void read_levels(pugi::xml_node style, Levels& levels);

    std::map<std::string, Levels, std::less<>> styles_{};
    Levels outline_{};
    bool has_outline_ = false;
};

// The words of an OpenDocument paragraph; notes inside it go to `notes`, frames with text boxes to `boxes`.
struct OdfInline {
    std::string text{};
    std::vector<std::string> notes{};
    std::vector<pugi::xml_node> boxes{};
};
void read_odf_inline(pugi::xml_node paragraph, OdfInline& into, int depth);

}  // namespace kansli::extract::detail
