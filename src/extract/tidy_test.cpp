#include "extract/detail/tidy.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "extract/detail/csv.hpp"
#include "extract/detail/number_format.hpp"
#include "extract/detail/numbering.hpp"
#include "extract/detail/unicode.hpp"
#include "extract/detail/writer.hpp"
#include "text/language.hpp"

using namespace kansli::extract::detail;

namespace {

std::string joined(std::string first, std::string_view second) {
    join_line(first, second);
    return first;
}

std::string number(double value, std::string_view format) {
    return shown_number(value, format, DayCount::from_1900);
}

}  // namespace

TEST_CASE("a title that only a program gave is forgotten") {
    for (const std::string_view title :
         {"Microsoft Word - taxa.doc", "untitled", "Namnlös", "taxa.indd.indd"}) {
        CAPTURE(title);
        Writer writer("pdf", {});
        writer.metadata("title", title);
        writer.title_from_properties();
        CHECK(writer.extract().title.empty());
        CHECK_FALSE(writer.extract().metadata.contains("title"));
    }
    Writer writer("pdf", {});
    writer.metadata("title", "Taxa för torghandel");
    writer.title_from_properties();
    CHECK(writer.extract().title == "Taxa för torghandel");
}

TEST_CASE("text becomes one clean line") {
    CHECK(tidy("  två   ord\r\n") == "två ord");
    CHECK(tidy("4\xC2\xA0"
               "500\xE2\x80\xAFkr") == "4 500 kr");
    CHECK(tidy("ko\xCC\x88n e\xC2\xADmellan") == "kön emellan");
    CHECK(tidy("\xEF\xAC\x81nans o\xEF\xAC\x83"
               "ce") == "finans office");
    CHECK(tidy("\xEF\x82\xB7 punkt\xEF\x80\xA0") == "• punkt");
    CHECK(tidy("a\xE2\x80\x8B"
               "b\xE2\x80\x91"
               "c\x01") == "ab-c");
    CHECK(tidy("\x80\xFF") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(tidy(" \t ").empty());
}

TEST_CASE("tidy text is well-formed, in one line, and tidy again is the same") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto once = tidy(bytes);
        RC_ASSERT(kansli::text::is_valid_utf8(once));
        RC_ASSERT(once.find('\n') == std::string::npos);
        RC_ASSERT(tidy(once) == once);
    }));
}

TEST_CASE("hyphens at line ends go when they only divide a word") {
    CHECK(joined("byggnads-", "nämnden beslutar") == "byggnadsnämnden beslutar");
    CHECK(joined("bygg-", "och miljönämnden") == "bygg- och miljönämnden");
    CHECK(joined("in- eller ut-", "eller") == "in- eller ut- eller");
    CHECK(joined("stöd från EU-", "fonder") == "stöd från EU-fonder");
    CHECK(joined("sänd e-", "post") == "sänd e-post");
    CHECK(joined("år 2025-", "2026") == "år 2025-2026");
    CHECK(joined("Karl-", "Erik") == "Karl-Erik");
    CHECK(joined("unge/", "ungar") == "unge/ungar");
    CHECK(joined("ett ord -", "ett till") == "ett ord - ett till");
    CHECK(joined("", "början") == "början");
}

TEST_CASE("list marks are told from words and numbers") {
    const auto mark = [](std::string_view line) {
        const auto marker = find_marker(line);
        return marker ? marker->text + "/" + std::string(line.substr(marker->length)) : std::string("-");
    };
    CHECK(mark("1. planera") == "1./planera");
    CHECK(mark("a) bygglov") == "a)/bygglov");
    CHECK(mark("(2) villkor") == "(2)/villkor");
    CHECK(mark("iv) fyra") == "iv)/fyra");
    CHECK(mark("– en djurpark") == "–/en djurpark");
    CHECK(mark("•  punkt") == "•/punkt");
    for (const auto* plain :
         {"3.2 Avgifter", "2025. Året", "-5 grader", "i huset", "a. bok", "4 § Text", "", "1.", "•"}) {
        CAPTURE(plain);
        CHECK(mark(plain) == "-");
    }
}

TEST_CASE("sections, chapters and headings by their look") {
    CHECK(starts_section("4 § Det krävs"));
    CHECK(starts_section("8 a §"));
    CHECK_FALSE(starts_section("4 §§ plan"));
    CHECK_FALSE(starts_section("§ 4"));
    CHECK(starts_chapter("9 kap. Lov"));
    CHECK(starts_chapter("2 b kap."));
    CHECK_FALSE(starts_chapter("9 kap. 4 § plan- och bygglagen"));
    CHECK(starts_numbered_heading("2.6.1 Minimibelopp"));
    CHECK_FALSE(starts_numbered_heading("10 timmar"));
    CHECK(can_be_heading("3.2 Avgifter"));
    CHECK(can_be_heading("Vad ingår i hemtjänsten?"));
    for (const auto* text : {"Detta är en mening.", "Diarienummer: KS 2026/14", "Utredaren ska därför",
                             "och så vidare", "2026", "Hej!", "4 § Text i paragrafen"}) {
        CAPTURE(text);
        CHECK_FALSE(can_be_heading(text));
    }
    CHECK(is_contents_line("2.1 Beräkning av inkomst ....... 4"));
    CHECK(is_contents_line("Syfte\t3"));
    CHECK_FALSE(is_contents_line("Avgiften är 350"));
}

TEST_CASE("numbers of sheets are shown as on the screen") {
    CHECK(number(4500, "#,##0\" kr\"") == "4 500 kr");
    CHECK(number(4500.5, "#,##0") == "4 501");
    CHECK(number(1234567.891, "#,##0.00") == "1 234 567,89");
    CHECK(number(-12.5, "0.0") == "-12,5");
    CHECK(number(-12.5, "0.0;[Red](0.0)") == "(12,5)");
    CHECK(number(0, "0;-0;\"inget\"") == "inget");
    CHECK(number(-0.001, "0.00") == "0,00");
    CHECK(number(0.125, "0.0%") == "12,5 %");
    CHECK(number(0.25, "0 %") == "25 %");
    CHECK(number(4500, "_-* #,##0\\ [$kr-41D]_-") == " 4 500 kr ");
    CHECK(number(7, "000") == "007");
    CHECK(number(2.50, "0.##") == "2,5");
    CHECK(number(12'500'000, "0.0,,\" mkr\"") == "12,5 mkr");
    CHECK(number(0.1 + 0.2, "General") == "0,3");
    CHECK(number(2026, "") == "2026");
    CHECK(number(1e20, "#,##0") == "1e+20");
    CHECK(number(-0.05, "0%") == "-5 %");
    CHECK(number(1234.5, "#,##0.00\\ [$€-1]") == "1 234,50 €");
    CHECK(number(-4500, "#,##0\\ \"kr\";[Red]\\-#,##0\\ \"kr\"") == "-4 500 kr");
}

TEST_CASE("literals among the digits stay where they stand") {
    CHECK(number(12345, "000\\ 00") == "123 45");
    CHECK(number(5560360793, "000000\\-0000") == "556036-0793");
    CHECK(number(4500, "#\\ ##0") == "4 500");
    CHECK(number(45, "#\\ ##0") == "45");
    CHECK(number(12345.5, "#\\ ##0.00\\ \"kr\"") == "12 345,50 kr");
    CHECK(number(0.5, "# ?/?") == "0,5");
}

TEST_CASE("dates of sheets are days of the calendar") {
    CHECK(number(46348, built_in_format(14)) == "2026-11-22");
    CHECK(number(46348.75, "yyyy-mm-dd hh:mm") == "2026-11-22 18:00");
    CHECK(number(46348, "d mmmm yyyy") == "22 november 2026");
    CHECK(number(46348, "[$-41D]d mmmm yyyy;@") == "22 november 2026");
    CHECK(number(46348, "yyyy\\-mm\\-dd;@") == "2026-11-22");
    CHECK(number(46348, "d/m/yy") == "22/11/26");
    CHECK(number(46348, "mmm-yy") == "nov-26");
    CHECK(number(46348, "dddd") == "söndag");
    CHECK(number(0.354166667, "hh:mm") == "08:30");
    CHECK(number(0.75, "h:mm AM/PM") == "6:00 em");
    CHECK(number(1.5, "[h]:mm") == "36:00");
    CHECK(number(1, "yyyy-mm-dd") == "1900-01-01");
    CHECK(shown_number(0, "yyyy-mm-dd", DayCount::from_1904) == "1904-01-01");
    CHECK(number(-1, "yyyy-mm-dd") == "-1");
}

TEST_CASE("any number in any format is shown without harm") {
    CHECK(rc::check([](double value, const std::string& format) { (void)number(value, format); }));
}

TEST_CASE("lists count as word processors count") {
    std::array<ListLevel, ListCounter::depth> levels{};
    levels[0].pattern = "%1";
    levels[1] = {.style = NumberStyle::decimal, .pattern = "%1.%2"};
    levels[2] = {.style = NumberStyle::lower_letter, .pattern = "%3)"};
    ListCounter counter;
    CHECK(counter.next(levels, 0) == "1");
    CHECK(counter.next(levels, 1) == "1.1");
    CHECK(counter.next(levels, 1) == "1.2");
    CHECK(counter.next(levels, 2) == "a)");
    CHECK(counter.next(levels, 0) == "2");
    CHECK(counter.next(levels, 1) == "2.1");
    CHECK(counter.next(levels, 2) == "a)");
    CHECK(in_style(28, NumberStyle::lower_letter) == "ab");
    CHECK(in_style(1994, NumberStyle::upper_roman) == "MCMXCIV");
    CHECK(in_style(-3, NumberStyle::lower_roman) == "-3");
}

TEST_CASE("records of CSV: quotes, line breaks, delimiters") {
    std::string_view text = "a;\"b \"\"c\"\"\";\"två\nrader\"\r\n\nsist;";
    CHECK(take_record(text, ';') == std::vector<std::string>{"a", "b \"c\"", "två\nrader"});
    CHECK(take_record(text, ';') == std::vector<std::string>{""});
    CHECK(take_record(text, ';') == std::vector<std::string>{"sist", ""});
    CHECK(text.empty());
    CHECK(guess_delimiter("a,b,c\n1,2,3\n") == ',');
    CHECK(guess_delimiter("a;b\n1,5;2,5\n") == ';');
    CHECK(guess_delimiter("a\tb\n1\t2\n") == '\t');
}
