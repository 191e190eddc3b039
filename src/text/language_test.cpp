#include "text/language.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidcheck.h>

#include "text/detail/irregular_forms.hpp"
#include "text/detail/utf8.hpp"

using namespace kansli;

namespace {

const std::string golden = KANSLI_SOURCE_DIR "/tests/golden/text/";

std::vector<std::string> golden_lines(const std::string& name) {
    std::vector<std::string> lines;
    std::ifstream file(golden + name);
    REQUIRE(file.is_open());
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && !line.starts_with('#')) lines.push_back(line);
    }
    return lines;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::vector<std::string> split_by(const std::string& text, std::string_view mark) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    for (auto end = text.find(mark); end != std::string::npos; end = text.find(mark, at)) {
        parts.push_back(text.substr(at, end - at));
        at = end + mark.size();
    }
    parts.push_back(text.substr(at));
    return parts;
}

std::string trimmed(std::string_view text) {
    const auto start = text.find_first_not_of(" \n");
    return start == std::string_view::npos
               ? ""
               : std::string(text.substr(start, text.find_last_not_of(" \n") + 1 - start));
}

std::vector<std::string> sentences_of(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& span : text::sentences(text))
        out.emplace_back(text.substr(span.start, span.end - span.start));
    return out;
}

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& token : text::words(text))
        out.push_back(token.folded);
    return out;
}

std::set<std::string> stems_of(std::istringstream words) {
    std::set<std::string> stems;
    for (std::string word; words >> word;)
        stems.insert(text::stem(word));
    return stems;
}

std::size_t words_of(std::istringstream words) {
    std::size_t count = 0;
    for (std::string word; words >> word;)
        ++count;
    return count;
}

// Text of the pieces that the rules look at, in any order, with bytes that are no text now and then.
rc::Gen<std::string> swedish_like() {
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "Kommunen", "avgift",   "t.ex",      "kl",       "m.m", "8",        "30", ".",   ". ",
        "!",        "?",        "…",         " ",        "\n",  "\n\n",     "§",  "kap", "å",
        "Ä",        "”",        "(",         ")",        "A",   ":",        ",",  "-",   "\xC3",
        "\xFF",     "\xE2\x80", "e\xCC\x81", "\xC2\xA0", "ﬁ",   "\xC2\xAD", "1.", "a)"});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string out;
                            for (const auto& one : pieces)
                                out += one;
                            return out;
                        });
}

bool blank_between(std::string_view text, std::size_t from, std::size_t to) {
    while (from < to) {
        const auto character = text::detail::character_at(text, from);
        if (!text::detail::is_blank(character.code)) return false;
        from += character.length;
    }
    return from == to;
}

}  // namespace

TEST_CASE("sentences end where a Swede would end them") {
    int cases = 0;
    for (const auto& line : golden_lines("sentences.txt")) {
        const auto marked = replaced(line, "⏎", "\n");
        const auto text = replaced(marked, "| ", "");
        std::vector<std::string> expected;
        for (const auto& part : split_by(marked, "| "))
            expected.push_back(trimmed(part));
        CAPTURE(line);
        CHECK(fmt::format("{}", fmt::join(sentences_of(text), " || ")) ==
              fmt::format("{}", fmt::join(expected, " || ")));
        ++cases;
    }
    CHECK(cases >= 80);
}

TEST_CASE("sentences lie in order and cover all that is not blank, whatever the bytes") {
    const auto holds = [](const std::string& text) {
        std::size_t covered = 0;
        for (const auto& sentence : text::sentences(text)) {
            RC_ASSERT(sentence.start >= covered);
            RC_ASSERT(sentence.end > sentence.start);
            RC_ASSERT(sentence.end <= text.size());
            RC_ASSERT(blank_between(text, covered, sentence.start));
            covered = sentence.end;
        }
        RC_ASSERT(blank_between(text, covered, text.size()));
    };
    CHECK(rc::check("text", [&] { holds(*swedish_like()); }));
    CHECK(rc::check("bytes", holds));
}

TEST_CASE("words are divided and folded as the golden list says") {
    for (const auto& line : golden_lines("words.txt")) {
        const auto equals = line.rfind(" =");
        CAPTURE(line);
        CHECK(fmt::format("{}", fmt::join(folded_words(line.substr(0, equals)), " ")) ==
              trimmed(line.substr(equals + 2)));
    }
}

TEST_CASE("words stand in order, inside the text, and fold to themselves") {
    const auto holds = [](const std::string& text) {
        std::size_t end = 0;
        for (const auto& token : text::words(text)) {
            RC_ASSERT(token.start >= end);
            RC_ASSERT(token.end > token.start);
            RC_ASSERT(token.end <= text.size());
            RC_ASSERT(text::is_valid_utf8(token.folded));
            RC_ASSERT(text::fold(std::string_view(text).substr(token.start, token.end - token.start)) ==
                      token.folded);
            RC_ASSERT(text::fold(token.folded) == token.folded);
            end = token.end;
        }
    };
    CHECK(rc::check("text", [&] { holds(*swedish_like()); }));
    CHECK(rc::check("bytes", holds));
}

TEST_CASE("inflections share a stem, and the stemmer's known faults are the listed ones") {
    for (const auto& line : golden_lines("stems.txt")) {
        CAPTURE(line);
        if (line.starts_with('/')) {
            const auto words = line.substr(1);
            CHECK(stems_of(std::istringstream(words)).size() == words_of(std::istringstream(words)));
        } else if (line.starts_with('!')) {
            CHECK(stems_of(std::istringstream(line.substr(1))).size() > 1);
        } else {
            CHECK(stems_of(std::istringstream(line.substr(line.starts_with('=') ? 1 : 0))).size() == 1);
        }
    }
}

TEST_CASE("an irregular form has the stem of its base form, and belongs to one word") {
    std::set<std::string> forms;
    for (const auto line : text::detail::irregular_forms) {
        std::istringstream words{std::string(line)};
        std::string base;
        words >> base;
        for (std::string form; words >> form;) {
            CAPTURE(form);
            CHECK(forms.insert(form).second);
            CHECK(text::stem(form) == text::stem(base));
        }
    }
    for (const auto line : text::detail::irregular_forms)
        CHECK_MESSAGE(!forms.contains(std::string(line.substr(0, line.find(' ')))), line);
}

TEST_CASE("a stem is the same from every thread and after many others") {
    const auto first = text::stem("avgifterna");
    std::string other;
    std::jthread([&] { other = text::stem("avgifterna"); }).join();
    CHECK(other == first);
    for (int number = 0; number < 20'000; ++number)
        CHECK_FALSE(text::stem(fmt::format("ord{}arna", number)).empty());
    CHECK(text::stem("avgifterna") == first);
    CHECK(text::stem("") == "");
    CHECK(text::stem(std::string(5000, 'a')).size() == 5000);
}

TEST_CASE("stop words carry no meaning; the words of the matter do") {
    for (const auto* word : {"och", "att", "är", "vad", "hur", "ska", "över", "när", "får"})
        CHECK(text::is_stop_word(word));
    for (const auto* word : {"avgift", "kommun", "bygglov", "hund", "", "år", "3"})
        CHECK_FALSE(text::is_stop_word(word));
}

TEST_CASE("light words shape questions; the words of the matter do not") {
    for (const auto* word : {"ner", "behöver", "går", "kan", "ungefär", "måste"})
        CHECK(text::is_light_word(word));
    for (const auto* word : {"bygglov", "avgift", "flaggstång", "hemtjänst"})
        CHECK_FALSE(text::is_light_word(word));
}

TEST_CASE("bytes are read in the character set they were written in") {
    CHECK(text::decode("Åtgärd").text == "Åtgärd");
    CHECK(text::decode("Åtgärd").charset == "UTF-8");
    CHECK(text::decode("\xEF\xBB\xBFÅ").text == "Å");
    CHECK(text::decode("\xC5tg\xE4rd").text == "Åtgärd");
    CHECK(text::decode("\xC5tg\xE4rd").charset == "ISO-8859-1");
    CHECK(text::decode("10 \x96 12 \x80 \xE5").text == "10 – 12 € å");
    CHECK(text::decode("10 \x96 12 \x80 \xE5").charset == "Windows-1252");
    CHECK(text::decode(std::string_view("\xFF\xFE\xC5\x00t\x00", 6)).text == "Åt");
    CHECK(text::decode(std::string_view("\xFE\xFF\x00\xC5\x00t", 6)).text == "Åt");
    CHECK(text::decode(std::string_view("\xFF\xFE\x3D\xD8\x00\xDE", 6)).text == "😀");
    CHECK(text::decode("A\xCC\x8Atg\xC3\xA4rd").text == "Åtgärd");
    CHECK(text::decode("åäö åäö åäö avbruten \xC3").charset == "UTF-8");
}

TEST_CASE("whatever the bytes, what is decoded is normal UTF-8") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto decoded = text::decode(bytes).text;
        RC_ASSERT(text::is_valid_utf8(decoded));
        RC_ASSERT(text::normalise(decoded) == decoded);
    }));
    CHECK(rc::check([] {
        const auto text = text::normalise(*swedish_like());
        RC_ASSERT(text::is_valid_utf8(text));
        RC_ASSERT(text::normalise(text) == text);
    }));
    for (const auto* wrong :
         {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xF8\x88\x80\x80\x80"}) {
        CHECK_FALSE(text::is_valid_utf8(wrong));
    }
}

TEST_CASE("Swedish order: å, ä, ö last, numbers by value") {
    CHECK(text::compare_swedish("zebra", "åska") < 0);
    CHECK(text::compare_swedish("åska", "ärende") < 0);
    CHECK(text::compare_swedish("ärende", "öppet") < 0);
    CHECK(text::compare_swedish("9 kap. 4 §", "9 kap. 12 §") < 0);
    CHECK(text::compare_swedish("Avgift", "Avgift") == 0);
}
