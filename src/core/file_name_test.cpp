#include "core/file_name.hpp"

#include <doctest/doctest.h>

using kansli::saved_file_name;
using kansli::shown_file_name;

TEST_CASE("a shown name neither hides, turns nor breaks") {
    CHECK(shown_file_name("Översikt 2026.pdf") == "Översikt 2026.pdf");
    CHECK(shown_file_name("faktura\u202Efdp.exe") == "fakturafdp.exe");
    CHECK(shown_file_name("a\u200Bb\uFEFFc\u2069d\u061Ce") == "abcde");
    CHECK(shown_file_name("a\r\nb\x7F\u0085c") == "a  b  c");
    CHECK(shown_file_name(std::string_view("a\0b", 3)) == "a b");
    CHECK(shown_file_name("\xFF\xFE").size() == 2);
    CHECK(shown_file_name("").empty());
    CHECK(shown_file_name("mapp/–dokument€.md") == "mapp/–dokument€.md");
}

TEST_CASE("a saved name is a name on any system") {
    CHECK(saved_file_name("mapp/taxa.pdf", "dokument") == "taxa.pdf");
    CHECK(saved_file_name(R"(..\..\kansli.toml)", "dokument") == "kansli.toml");
    CHECK(saved_file_name("../..", "dokument") == "dokument");
    CHECK(saved_file_name(" . ", "dokument") == "dokument");
    CHECK(saved_file_name(".profile", "dokument") == "profile");
    CHECK(saved_file_name("a.md. .", "dokument") == "a.md");
    CHECK(saved_file_name("a.md::$DATA", "dokument") == "a.md__$DATA");
    CHECK(saved_file_name("a\"; filename=\"b.exe", "dokument") == "a_; filename=_b.exe");
    CHECK(saved_file_name("CON", "dokument") == "_CON");
    CHECK(saved_file_name("nul.md", "dokument") == "_nul.md");
    CHECK(saved_file_name("com1.txt", "dokument") == "_com1.txt");
    CHECK(saved_file_name("kontoplan.xlsx", "dokument") == "kontoplan.xlsx");
    std::string often;
    for (int i = 0; i < 200; ++i)
        often += "å";
    const auto cut = saved_file_name(often + ".docx", "dokument");
    CHECK(cut.size() <= 200);
    CHECK(cut.ends_with("å.docx"));
}
