#include "extract/detail/xml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t longest_part_name = 300;

// "../media/x.xml" seen from "word/": folder names are taken away, never followed on disk.
std::string resolved(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1, longest_part_name));
    std::string base(folder);
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        if (base.ends_with('/')) base.pop_back();
        base.resize(base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
    }
    return base + std::string(target.substr(0, longest_part_name));
}

}  // namespace

Result<void> parse_xml(pugi::xml_document& document, std::string& bytes, Blanks blanks) {
    // Embedding an element's only text in the element itself saves half the memory of a spreadsheet's tree.
    const unsigned kept = blanks == Blanks::keep ? pugi::parse_ws_pcdata
                                                 : pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata;
    const auto outcome = document.load_buffer_inplace(bytes.data(), bytes.size(), pugi::parse_default | kept);
    if (!outcome) {
        return fail(ErrorCode::corrupt, "Filen är avbruten eller skadad: dess innehåll går inte att tolka.",
                    {}, "Öppna den i sitt program, spara om den och försök igen.");
    }
    return {};
}

std::string_view local_name(const char* name) {
    const std::string_view full = name;
    const auto colon = full.find(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view local) {
    for (auto node = parent.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) == local) return node;
    }
    return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view local) {
    for (auto at = node.first_attribute(); at; at = at.next_attribute()) {
        if (local_name(at.name()) == local) return at.value();
    }
    return {};
}

int number_attribute(pugi::xml_node node, std::string_view local, int otherwise) {
    const auto text = attribute(node, local);
    int number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc() ? number : otherwise;
}

pugi::xml_node find_below(pugi::xml_node top, std::string_view local) {
    auto node = top.first_child();
    while (node) {
        if (local_name(node) == local) return node;
        if (node.first_child()) {
            node = node.first_child();
            continue;
        }
        while (node && node != top && !node.next_sibling())
            node = node.parent();
        if (!node || node == top) break;
        node = node.next_sibling();
    }
    return {};
}

void read_properties(Writer& writer, std::string& xml) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> names = {
        {{"title", "title"},
         {"creator", "creator"},
         {"initial-creator", "creator"},
         {"lastModifiedBy", "lastmodifiedby"},
         {"created", "created"},
         {"creation-date", "created"},
         {"modified", "modified"},
         {"date", "modified"},
         {"subject", "subject"},
         {"keywords", "keywords"},
         {"keyword", "keywords"},
         {"description", "description"},
         {"category", "category"},
         {"language", "language"}}};
    pugi::xml_document document;
    if (!parse_xml(document, xml)) return;
    auto properties = document.document_element();
    if (const auto meta = child(properties, "meta")) properties = meta;
    for (auto node = properties.first_child(); node; node = node.next_sibling()) {
        const auto* found =
            std::ranges::find(names, local_name(node), [](const auto& entry) { return entry.first; });
        if (found != names.end()) writer.metadata(found->second, node.child_value());
    }
    writer.title_from_properties();
}

std::map<std::string, std::string> read_relations(Parts& parts, const std::string& part) {
    std::map<std::string, std::string> targets;
    const auto slash = part.rfind('/');
    const auto folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
    const auto found = parts.find(folder + "_rels/" + part.substr(folder.size()) + ".rels");
    if (found == parts.end()) return targets;
    auto bytes = found->second;
    pugi::xml_document document;
    if (!parse_xml(document, bytes)) return targets;
    for (auto node = document.document_element().first_child(); node; node = node.next_sibling()) {
        if (attribute(node, "TargetMode") == "External") continue;
        targets.emplace(attribute(node, "Id"), resolved(folder, attribute(node, "Target")));
    }
    return targets;
}

}  // namespace kansli::extract::detail
