#include "core/visible_text.hpp"

#include <doctest/doctest.h>

using kansli::is_blank;
using kansli::turns_direction;
using kansli::visible_text;

TEST_CASE("what cannot be seen is left out of a text, and what would break its line is a blank") {
    CHECK(visible_text("Översikt\u202E 2026") == "Översikt 2026");
    CHECK(visible_text("a\r\nb\u0085c") == "a  b c");
    CHECK(visible_text("\xFF\xFE").size() == 2);
}

TEST_CASE("signs that turn the direction of a text are found, and no others") {
    for (const char* text : {"\u202Ax", "x\u202By", "\u202C", "x\u202D", "Eva\u202Eavra", "\u2066", "\u2067",
                             "\u2068", "å\u2069"})
        CHECK(turns_direction(text));
    for (const char* text :
         {"", "Åsa Öberg", "\u2029", "\u202F", "\u2065", "\u206A", "\u200F", "محمد", "\xE2\x80", "\xFF"})
        CHECK_FALSE(turns_direction(text));
}

TEST_CASE("a text is blank when nothing of it can be seen") {
    for (const char* text : {"", " ", " \t\r\n", "\u00A0", "\u200B", "\u3000\u2003", "\u2028", "\u202E\u202C",
                             "\uFEFF", "\x01", "\u2800"})
        CHECK(is_blank(text));
    CHECK(is_blank(std::string_view("\0", 1)));
    for (const char* text : {"x", " å ", "–", ".", "\u200Bx", "€", "ﷺ", "👍", "\xFF"})
        CHECK_FALSE(is_blank(text));
}
