#include <string>
#include <string_view>

#include <fmt/format.h>

#include "text/detail/reference_words.hpp"
#include "text/references.hpp"
#include "text/statutes.hpp"

// References as they are written in running text.
namespace kansli::text {

namespace {

// "8a" as it is written: "8 a".
std::string spaced(std::string_view key) {
    if (!detail::is_number_and_letter(key)) return std::string(key);
    return fmt::format("{} {}", key.substr(0, key.size() - 1), key.back());
}

std::string written_part(const Reference& reference) {
    const auto part = static_cast<std::size_t>(reference.part);
    std::string text;
    if (part > 0)
        text = part <= detail::ordinals.size() ? fmt::format("{} stycket", detail::ordinals[part - 1])
                                               : fmt::format("{} st.", part);
    if (!reference.item.empty()) text += (text.empty() ? "" : " ") + spaced(reference.item);
    return text;
}

std::string written_article(const Reference& reference) {
    std::string text = "artikel " + reference.section;
    if (reference.part > 0) text += fmt::format(".{}", reference.part);
    return reference.item.empty() ? text : text + " " + reference.item;
}

std::string written_place(const Reference& reference) {
    if (reference.article) return written_article(reference);
    std::string text;
    const auto append = [&](const std::string& piece) {
        if (!piece.empty()) text += (text.empty() ? "" : " ") + piece;
    };
    if (!reference.chapter.empty()) append(spaced(reference.chapter) + " kap.");
    if (!reference.last.empty()) {
        append(fmt::format("{}-{} §§", spaced(reference.section), spaced(reference.last)));
    } else if (!reference.section.empty()) {
        append(spaced(reference.section) + " §");
    }
    append(written_part(reference));
    return text;
}

}  // namespace

std::string to_string(const Reference& reference) {
    std::string text = reference.names_statute() ? std::string() : written_place(reference);
    if (reference.statute.empty()) return text;
    if (!text.empty()) text += reference.article ? " i " : " ";
    if (reference.statute == data_protection_regulation) return text + "förordning (EU) 2016/679";
    return fmt::format("{}lagen ({})", text, reference.statute);
}

std::string path_of(const Reference& reference) {
    return written_place(
        {.chapter = reference.chapter, .section = reference.section, .article = reference.article});
}

}  // namespace kansli::text
