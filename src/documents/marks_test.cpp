#include "documents/detail/marks.hpp"

#include <doctest/doctest.h>

using namespace kansli::documents::detail;

TEST_CASE("marks are read as a Swede reads them") {
    const auto label = [](std::string_view line, MarkKind kind) {
        const Mark mark = read_mark(line);
        return mark.kind == kind ? mark.label : std::string("–");
    };
    CHECK(label("9 kap. Lov", MarkKind::chapter) == "9 kap.");
    CHECK(label("19 a kap.", MarkKind::chapter) == "19 a kap.");
    CHECK(label("9 kap. 4 § gäller", MarkKind::chapter) == "–");
    CHECK(label("4 §", MarkKind::section) == "4 §");
    CHECK(label("4\u00a0§ Text", MarkKind::section) == "4 §");
    CHECK(label("4a § Text", MarkKind::section) == "4 a §");
    CHECK(label("10-15 §§ Har upphävts", MarkKind::section) == "10–15 §§");
    CHECK(label("4 §, om", MarkKind::section) == "–");
    CHECK(label("4 är ett tal", MarkKind::section) == "–");
    CHECK(label("§ 12 Taxa", MarkKind::agenda) == "§ 12");
    CHECK(label("§12", MarkKind::agenda) == "§ 12");
    CHECK(label("Ks § 45 Taxa", MarkKind::agenda) == "Ks § 45");
    CHECK(label("2.6.1 Minimibelopp", MarkKind::decimal) == "2.6.1");
    CHECK(label("7. Parboende", MarkKind::decimal) == "7");
    CHECK(label("30,0 kvadratmeter", MarkKind::decimal) == "–");
    CHECK(label("2025-06-16", MarkKind::decimal) == "–");
    CHECK(label("Bilaga 3 till lagen", MarkKind::annex) == "Bilaga 3");
    CHECK(label("Bilaga B", MarkKind::annex) == "Bilaga B");
    CHECK(label("Bilagan gäller", MarkKind::annex) == "–");
    CHECK(label("1976:955", MarkKind::act) == "1976:955");
    CHECK(label("AVDELNING IV. SEKRETESS", MarkKind::division) == "AVDELNING IV. SEKRETESS");
}

TEST_CASE("a mark that goes on in lower case is a cross reference") {
    CHECK(!read_mark("4 § första stycket gäller").opens);
    CHECK(read_mark("4 § Första stycket gäller").opens);
    CHECK(read_mark("4 § /Träder i kraft/ text").opens);
    CHECK(read_mark("4 § ”Ord” betyder").opens);
    CHECK(read_mark("4 § Ändring").length == std::string_view("4 § ").size());
    CHECK(read_mark("4 §").alone);
}

TEST_CASE("lines of a list of contents are told by their page numbers") {
    CHECK(has_dotted_leader("1 Inledning ........ 3"));
    CHECK(!has_dotted_leader("Kaffe ........ 25 kr"));
    CHECK(ends_with_page_number("Inledning 3"));
    CHECK(!ends_with_page_number("Inledning"));
    CHECK(!ends_with_page_number("12"));
}
