#include "assistants/inquiry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::assistants;

namespace {

Inquiry asked(std::string_view question) {
    return inquire(question, kansli::text::Lexicon::shipped(), kansli::Date{});
}

std::vector<std::string> words_of(const Inquiry& inquiry) {
    std::vector<std::string> words;
    for (const auto& term : inquiry.terms)
        words.push_back(term.word);
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a question may point at a paragraph by its number") {
    const auto pointed = [](std::string_view question) {
        std::string out;
        for (const auto& place : asked(question).pointed_at)
            out += (out.empty() ? "" : ", ") + place.statute + " " + place.path;
        return out;
    };
    CHECK(pointed("Får jag bygga enligt 9 kap. 4 § PBL?") == "2010:900 9 kap. 4 §");
    CHECK(pointed("Vad säger PBL 9:4?") == "2010:900 9 kap. 4 §");
    CHECK(pointed("Vad betyder 3 § i ordningslagen?") == "1993:1617 3 §");
    CHECK(pointed("Vad säger 9 kap. 4 § om friggebodar i plan- och bygglagen?") == "2010:900 9 kap. 4 §");
    CHECK(pointed("Vad säger 9 kap. 4 §?").empty());
    CHECK(pointed("Öppnar badet 9:30?").empty());
}

TEST_CASE("the terms of a question are the words that say what it is about") {
    CHECK(words_of(asked("Hur får jag lov för en altan?")) == Words{"lov", "altan"});
    CHECK(words_of(asked("Hur många timmar avlösning är gratis i Huddinge?")) ==
          Words{"timmar", "avlösning", "gratis", "huddinge"});
    CHECK(words_of(asked("Altan, altanen och ALTANER?")) == Words{"altan"});
    CHECK(words_of(asked("")).empty());
    CHECK(words_of(asked("Vad är det?")).empty());
}

TEST_CASE("names and numbers are known as such") {
    const auto inquiry = asked("Bor 28 elever i Huddinge? Altanen är 3,6 meter enligt 2010:900.");
    for (const auto& term : inquiry.terms) {
        CAPTURE(term.word);
        CHECK(term.name == (term.word == "huddinge"));
        CHECK(term.number == (term.word == "28" || term.word == "3,6"));
    }
}

TEST_CASE("a question says what kind of thing it asks for") {
    const std::vector<std::pair<const char*, Cue>> questions = {
        {"Vad kostar en altan?", Cue::price},
        {"Hur stor får en friggebod vara?", Cue::amount},
        {"Vilken avgift tas ut för bygglov?", Cue::price},
        {"När börjar sportlovet?", Cue::time},
        {"Hur länge gäller ett bygglov?", Cue::period},
        {"Inom vilken tid ska ett överklagande ha kommit in?", Cue::period},
        {"Hur många veckor har jag på mig?", Cue::period},
        {"Vem beslutar om dispens?", Cue::person},
        {"Vem kan jag ringa på telefon?", Cue::person},
        {"Vilket telefonnummer har enheten?", Cue::telephone},
        {"Vilken adress har enheten?", Cue::address},
        {"Var finns sandlådan?", Cue::place},
        {"Får jag måla om huset?", Cue::consent},
        {"Måste grannen höras?", Cue::consent},
        {"Beskriv kontrollplanen", Cue::none},
    };
    for (const auto& [question, cue] : questions) {
        CAPTURE(question);
        CHECK(asked(question).cue == cue);
    }
}

TEST_CASE("a text meets a cue when it holds that kind of thing") {
    CHECK(meets(Cue::price, "Avgiften är 1 320 kronor."));
    CHECK(meets(Cue::price, "Altan som kräver lov | 4 | 5 280 kr"));
    CHECK(meets(Cue::price, "Den är kostnadsfri."));
    CHECK_FALSE(meets(Cue::price, "Avgiften framgår av 6 § i taxan."));
    CHECK(meets(Cue::amount, "Det får finnas högst två uthus."));
    CHECK_FALSE(meets(Cue::amount, "Uthusen ska vara låga."));
    CHECK(meets(Cue::period, "Beslutet fattas inom tio veckor."));
    CHECK(meets(Cue::period, "Sotning sker vartannat år."));
    CHECK(meets(Cue::period, "Beslutet ska meddelas skyndsamt."));
    CHECK_FALSE(meets(Cue::period, "Det gäller sedan den 1 december 2025."));
    CHECK(meets(Cue::time, "Det gäller sedan den 1 december 2025."));
    CHECK_FALSE(meets(Cue::time, "Beslutet fattas av nämnden."));
    CHECK(meets(Cue::person, "Nämnden beslutar."));
    CHECK(meets(Cue::person, "Det avgörs av Signe Myrtorp."));
    CHECK_FALSE(meets(Cue::person, "Ansökan ska vara skriftlig."));
    CHECK(meets(Cue::telephone, "Ring 031-390 06 12."));
    CHECK(meets(Cue::address, "Skriv till bygg@salgvalla.se."));
    CHECK_FALSE(meets(Cue::telephone, "Avgiften är 1 320 kronor."));
    CHECK_FALSE(meets(Cue::telephone, "Anhörigsamordnaren nås per telefon."));
    CHECK(meets(Cue::consent, "Bygglov krävs inte."));
    CHECK(meets(Cue::none, ""));
}

TEST_CASE("rare words weigh more, numbers little, and words of no document are told apart") {
    auto inquiry = asked("Krävs dispens för brygga på 12 meter i kommunala strandskydd?");
    std::vector<std::int64_t> sections;
    for (const auto& term : inquiry.terms)
        sections.push_back(term.word == "dispens" ? 10 : term.word == "brygga" ? 0 : 500);
    weigh(inquiry, sections, 1000);
    double dispens = 0;
    double common = 0;
    double number = 1e9;
    for (const auto& term : inquiry.terms) {
        if (term.word == "dispens") dispens = term.weight;
        if (term.word == "strandskydd") common = term.weight;
        if (term.number) number = term.weight;
        CHECK(term.known == (term.word != "brygga"));
    }
    CHECK(dispens > common);
    CHECK(common > number);
}

TEST_CASE("what is counted needs a number beside it, and who somebody is a name") {
    const auto sheds = asked("Hur många uthus får finnas på tomten?");
    CHECK(sheds.counted.word == "uthus");
    CHECK(meets(sheds, "På tomten får finnas högst två uthus."));
    CHECK_FALSE(meets(sheds, "Uthusen får ha en area som nämnden bestämmer."));
    const auto director = asked("Vad heter kommundirektören?");
    CHECK(director.cue == Cue::name);
    CHECK(meets(director, "Kommundirektör är Anna Ek."));
    CHECK_FALSE(meets(director, "Ansökan lämnas till kommundirektören."));
}

TEST_CASE("words of asking are no terms, and words that documents say otherwise have wordings") {
    const auto inquiry = asked("Hur behöver jag gå till väga för att lägga ner trädäcket?");
    for (const auto& term : inquiry.terms) {
        CAPTURE(term.word);
        CHECK(term.word != "behöver");
        CHECK(term.word != "ner");
        if (term.word == "trädäcket") CHECK_FALSE(term.wordings.empty());
    }
}

TEST_CASE("an unknown word weighs no more than the known ones, an unknown verb less") {
    auto inquiry = asked("Kan jag ångra mitt medgivande om flaggstången?");
    std::vector<std::int64_t> sections;
    for (const auto& term : inquiry.terms)
        sections.push_back(term.word == "ångra" || term.word == "flaggstången" ? 0 : 20);
    weigh(inquiry, sections, 1000);
    double verb = 0;
    double noun = 0;
    double known = 0;
    for (const auto& term : inquiry.terms) {
        if (term.word == "ångra") verb = term.weight;
        if (term.word == "flaggstången") noun = term.weight;
        if (term.word == "medgivande") known = term.weight;
    }
    CHECK(noun <= known);
    CHECK(verb < noun);
}

TEST_CASE("what was read otherwise is known and told as it was typed") {
    auto inquiry = asked("krävs bygglov för tak över altan?");
    note_respelled(inquiry, "bygglov", "byglov");
    note_joined(inquiry, "tak", "altan", "altantak");
    for (const auto& term : inquiry.terms) {
        CAPTURE(term.word);
        CHECK(term.respelled == (term.word == "bygglov"));
        CHECK(term.shown == (term.word == "bygglov" ? "byglov" : term.word));
        const bool joined = std::ranges::any_of(
            term.wordings, [](const auto& wording) { return wording.shown == "altantak"; });
        CHECK(joined == (term.word == "tak" || term.word == "altan"));
    }
}

TEST_CASE("any bytes can be asked") {
    CHECK(rc::check([](const std::string& bytes) {
        auto inquiry = asked(bytes);
        std::vector<std::int64_t> none(inquiry.terms.size(), 0);
        weigh(inquiry, none, 0);
        RC_ASSERT(inquiry.weight() >= 0);
        for (const auto cue : {Cue::none, Cue::amount, Cue::price, Cue::time, Cue::period, Cue::person,
                               Cue::telephone, Cue::address, Cue::place, Cue::consent})
            (void)meets(cue, bytes);
    }));
}
