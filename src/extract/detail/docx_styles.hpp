#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "extract/detail/numbering.hpp"
#include "extract/detail/xml.hpp"

namespace kansli::extract::detail {

// What a Word document's style sheet says about a paragraph, with all that it is based on.
struct WordStyle {
    std::optional<int> heading{};  // level 1–6; 0 for styles that are only called headings
    bool contents = false;         // a line of a table of contents
    std::string number_id{};       // the list it belongs to, empty for none
    int list_level = -1;           // -1: not said
};

class WordStyles {
  public:
    void read(std::string& styles_xml);

    // Requires: read() has been called, or nothing is known of any style.
    [[nodiscard]] WordStyle style(std::string_view id) const;

  private:
    struct Raw {
        std::string name{};
        std::string based_on{};
        int outline = -1;
        std::string number_id{};
        int list_level = -1;
    };
    std::map<std::string, Raw, std::less<>> raw_{};
};

// The lists of a Word document, and where each stands while the document is read from front to back.
class WordLists {
  public:
    void read(std::string& numbering_xml);

    struct Mark {
        std::string text{};
        int level = 1;
        bool bullet = false;
    };
    // The mark of the next paragraph of list `number_id`. `style`: the paragraph's style, which may name its level.
    [[nodiscard]] std::optional<Mark> next(std::string_view number_id, int level, std::string_view style);

  private:
    using Levels = std::array<ListLevel, ListCounter::depth>;
    struct Number {
        std::string abstract_id{};
        Levels levels{};
        std::map<std::size_t, long> restarts{};
        bool begun = false;
    };
    static void read_level(pugi::xml_node node, Levels& levels);
    void read_number(pugi::xml_node node, const std::map<std::string, Levels>& abstract);

    std::map<std::string, Number, std::less<>> numbers_{};
    std::map<std::string, ListCounter> counters_{};  // by abstract list: lists made from one count together
};

}  // namespace kansli::extract::detail
