#pragma once

#include <map>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "core/result.hpp"
#include "extract/detail/writer.hpp"

// XML parts of office files. pugixml neither reads document types nor fetches or expands entities beyond XML's own five, so that
// "billion laughs" and files named by entities come to nothing.
namespace kansli::extract::detail {

// No part may be larger: its tree takes up to ten times as much memory.
constexpr std::size_t largest_part = std::size_t{64} << 20U;

// How deep readers follow elements inside elements.
constexpr int deepest_element = 60;

enum class Blanks { drop_between_elements, keep };

// Parses in place: `bytes` must outlive the document. corrupt when it is no XML.
[[nodiscard]] Result<void> parse_xml(pugi::xml_document& document, std::string& bytes,
                                     Blanks blanks = Blanks::drop_between_elements);

// "p" of "w:p".
[[nodiscard]] std::string_view local_name(const char* name);
[[nodiscard]] inline std::string_view local_name(pugi::xml_node node) {
    return local_name(node.name());
}

[[nodiscard]] pugi::xml_node child(pugi::xml_node parent, std::string_view local);
[[nodiscard]] std::string_view attribute(pugi::xml_node node, std::string_view local);
[[nodiscard]] int number_attribute(pugi::xml_node node, std::string_view local, int otherwise);

// The first element of that name anywhere below.
[[nodiscard]] pugi::xml_node find_below(pugi::xml_node top, std::string_view local);

// Takes title, creator, dates and the like from docProps/core.xml or meta.xml.
void read_properties(Writer& writer, std::string& xml);

using Parts = std::map<std::string, std::string>;

// Targets of a part's relations by id, as part names: "rId3" -> "word/footnotes.xml". `folder` is the part's own, "word/".
[[nodiscard]] std::map<std::string, std::string> read_relations(Parts& parts, const std::string& part);

}  // namespace kansli::extract::detail
