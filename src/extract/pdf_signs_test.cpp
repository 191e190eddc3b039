#include "extract/detail/pdf_signs.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace kansli::extract::detail;

namespace {

std::vector<std::string> mended(const std::vector<std::string>& lines) {
    Page page;
    for (const auto& line : lines)
        page.runs.push_back({.text = line});
    Page* const pages[] = {&page};
    mend_section_signs(pages);
    std::vector<std::string> texts;
    for (const auto& run : page.runs)
        texts.push_back(run.text);
    return texts;
}

}  // namespace

TEST_CASE("signs that OCR puts for § are read as § beside a number") {
    CHECK(mended({"1 $ Områdets användning"}).front() == "1 § Områdets användning");
    CHECK(mended({"2 & Byggnadernas storlek"}).front() == "2 § Byggnadernas storlek");
    CHECK(mended({"enligt 3 $ första stycket"}).front() == "enligt 3 § första stycket");
    CHECK(mended({"fullmäktige den 20 juni 1991, $ 61."}).front() == "fullmäktige den 20 juni 1991, § 61.");
    CHECK(mended({"fullmäktige den 20 juni 1991, $"}).front() == "fullmäktige den 20 juni 1991, §");
}

TEST_CASE("a figure is read as § only in headings among sections") {
    const std::vector<std::string> sections{"2 & Storlek", "4 $ Placering", "3 8 Höjd och taklutning"};
    CHECK(mended(sections).back() == "3 § Höjd och taklutning");
    CHECK(mended({"3 8 Höjd och taklutning"}).front() == "3 8 Höjd och taklutning");
    CHECK(mended({"2 & Storlek", "4 $ Placering", "Avgiften är 3 8 Öre"}).back() == "Avgiften är 3 8 Öre");
}

TEST_CASE("other texts keep their signs") {
    for (const std::string text : {"Ek & Lind AB", "Köp för 5000 $ i fjol", "3 & 4", "$", ""})
        CHECK(mended({text}).front() == text);
}
