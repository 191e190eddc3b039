#include "archive/mention.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::archive;

namespace {

// The places as they stand in the text, with a bar between them.
std::string found(std::string_view what, std::string_view text) {
    std::string all;
    for (const auto& mention : Sought(what).in(text)) {
        if (!all.empty()) all += '|';
        all += text.substr(mention.start, mention.end - mention.start);
    }
    return all;
}

}  // namespace

TEST_CASE("a personal identity number in every written form") {
    for (const auto* written :
         {"850312-2387", "8503122387", "19850312-2387", "198503122387", "19850312 2387", "850312+2387"}) {
        CAPTURE(written);
        CHECK(found("850312-2387", "Sökanden (" + std::string(written) + ") har rätt.") == written);
        CHECK(found(written, "pnr 198503122387.") == "198503122387");
    }
    CHECK(found("850312-2387", "850312-2388, 1850312-2387, 850312-23871, 8503-122387").empty());
}

TEST_CASE("a name in its forms") {
    CHECK(found("Rut Åkesson", "Rut Åkesson, RUT ÅKESSONS bygglov och Åkesson, Rut") ==
          "Rut Åkesson|RUT ÅKESSONS|Åkesson, Rut");
    CHECK(found("Rut Åkesson", "Ruts granne Åkesson. Rut Åkessonsdotter. Rut, som Åkesson sade").empty());
    CHECK(found("Åkesson", "Åkessons tomt") == "Åkessons");
}

TEST_CASE("a case number and other words stand as they are") {
    CHECK(found("KS 2026/00123", "i ks 2026/00123 den 3 maj") == "ks 2026/00123");
    CHECK(found("KS 2026/00123", "i KS 2026/00124").empty());
    CHECK(found("", "något").empty());
}

TEST_CASE("what is put into a text is found there") {
    rc::check("a number between other words", [] {
        const auto digits =
            *rc::gen::container<std::string>(10, rc::gen::inRange('0', static_cast<char>('9' + 1)));
        const auto before = *rc::gen::container<std::string>(rc::gen::element('a', ' ', '-', '.'));
        const auto after = *rc::gen::container<std::string>(rc::gen::element('a', '.', ','));
        RC_ASSERT(found(digits, before + digits + after) == digits);
    });
}

TEST_CASE("a name is found however its letters are written, though bytes are looked at first") {
    const std::vector<std::pair<std::string, std::string>> written = {
        {"Rut Åkesson", "RUT ÅKESSONS"},
        {"Rut Åkesson", "Rut A\u030Akesson"},
        {"Rut Åkesson", "Åkes\u00ADson, Rut"},
        {"Åsa", "Å\u00ADsa"},
        {"Åsa", "ÅSA"},
        {"Kim Fisker", "kim \uFB01skers"},
        {"Kim Fisker", "\u212Aim Fis\u00ADkers"},
        {"Önné", "ÖNNE\u0301"},
        {"Öå", "öås"},
    };
    for (const auto& [name, text] : written) {
        CAPTURE(text);
        CHECK(Sought(name).is_in("före " + text + " efter"));
        CHECK(Sought(name).may_be_in("(" + text + ")"));
    }
    CHECK_FALSE(Sought("Rut Åkesson").may_be_in("Rut Andersson"));
    CHECK(Sought("Rut Åkesson").may_be_in("någon kesson"));
    CHECK_FALSE(Sought("Rut Åkesson").is_in("någon kesson"));
}
