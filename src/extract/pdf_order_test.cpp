#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extract/detail/pdf_layout.hpp"

using namespace kansli::extract;
using detail::Page;

namespace {

constexpr double leading = 12;

// A block of lines of running text whose first line is its name.
void add_block(Page& page, const std::string& name, double left, double top, double width, int lines) {
    const int block = page.runs.empty() ? 1 : page.runs.back().block + 1;
    for (int i = 0; i < lines; ++i) {
        const double y = top + leading * i;
        page.runs.push_back({.box = {left, y, left + width, y + 10},
                             .text = i == 0 ? name : "en rad löpande text i spalten",
                             .size = 10,
                             .block = block});
    }
}

std::vector<std::string> order_of(Page page) {
    detail::restore_order(page);
    std::vector<std::string> names;
    for (const auto& run : page.runs)
        if (!run.text.starts_with("en rad")) names.push_back(run.text);
    return names;
}

}  // namespace

TEST_CASE("columns are read one after the other, whatever order the page analysis gives") {
    Page page{1, 595, 842, {}};
    add_block(page, "4.1 Samtal", 309, 82, 54, 1);
    add_block(page, "Riktlinjer för stöd", 62, 83, 165, 2);
    add_block(page, "Text under 4.1 i andra spalten", 309, 96, 224, 8);
    add_block(page, "1 Bakgrund och en hel del text", 62, 130, 224, 20);
    add_block(page, "4.2 Grupper och mycket mer text", 309, 200, 224, 20);
    add_block(page, "4 Stöd utan behovsprövning, sist", 62, 600, 224, 4);
    CHECK(order_of(page) == std::vector<std::string>{"Riktlinjer för stöd", "1 Bakgrund och en hel del text",
                                                     "4 Stöd utan behovsprövning, sist", "4.1 Samtal",
                                                     "Text under 4.1 i andra spalten",
                                                     "4.2 Grupper och mycket mer text"});
}

TEST_CASE("what crosses the gutter parts the page") {
    Page page{1, 595, 842, {}};
    add_block(page, "Vänster ovanför rubriken, med text", 62, 100, 224, 8);
    add_block(page, "Vänster under rubriken, med text", 62, 300, 224, 8);
    add_block(page, "Höger ovanför rubriken, med text", 309, 100, 224, 8);
    add_block(page, "Höger under rubriken, med text", 309, 300, 224, 8);
    add_block(page, "En rubrik över båda spalterna", 62, 260, 470, 1);
    CHECK(order_of(page) ==
          std::vector<std::string>{"Vänster ovanför rubriken, med text", "Höger ovanför rubriken, med text",
                                   "En rubrik över båda spalterna", "Vänster under rubriken, med text",
                                   "Höger under rubriken, med text"});
}

TEST_CASE("cells side by side are no columns") {
    Page page{1, 595, 842, {}};
    for (int row = 0; row < 10; ++row) {
        const double top = 100 + 20.0 * row;
        add_block(page, "Åtgärd " + std::to_string(row), 62, top, 100, 1);
        add_block(page, std::to_string(row) + " kr", 400, top, 40, 1);
    }
    const auto names = order_of(page);
    CHECK(names[0] == "Åtgärd 0");
    CHECK(names[1] == "0 kr");
    CHECK(names[2] == "Åtgärd 1");
}
