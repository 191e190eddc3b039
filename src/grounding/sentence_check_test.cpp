#include "grounding/sentence_check.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "json/value.hpp"
#include "model/shipped.hpp"
#include "text/lexicon.hpp"

using namespace kansli;
using namespace kansli::grounding;
using namespace std::chrono_literals;

namespace {

CheckContext context() {
    return {text::Lexicon::shipped(), model::shipped_embedding(), 2026y / 12 / 1};
}

Verdict checked(std::string_view sentence, std::string_view quote, std::string_view source = {},
                std::string_view place = {}) {
    const std::vector<Quote> quotes{{quote, source, place}};
    return check(sentence, quotes, context());
}

constexpr std::string_view sheds =
    "En komplementbyggnad som är högst 30 kvadratmeter får uppföras utan bygglov om taknockshöjden inte "
    "överstiger 4,0 meter. "
    "Byggnaden ska stå minst 4,5 meter från tomtgränsen.";
constexpr std::string_view appeals =
    "Beslutet får överklagas till förvaltningsrätten. Överklagandet ska ha kommit in till socialnämnden inom "
    "tre veckor.";

std::string member(const json::Value& object, std::string_view name) {
    const json::Value* value = object.find(name);
    const std::string* text = value == nullptr ? nullptr : value->as_string();
    return text == nullptr ? std::string() : *text;
}

}  // namespace

TEST_CASE("what a quote says in other words is supported") {
    for (const auto* sentence : {"Du får bygga ett komplementhus på upp till 30 m² utan bygglov så länge "
                                 "taknocken är högst fyra meter hög.",
                                 "Komplementbyggnaden ska stå minst 4,5 meter från tomtgränsen."}) {
        const auto verdict = checked(sentence, sheds);
        CHECK_MESSAGE(verdict.ruling == Ruling::supported, sentence);
        CHECK(verdict.reason == Reason::none);
    }
    CHECK(checked("Överklagandet lämnas till socialnämnden inom 21 dagar.", appeals).ruling ==
          Ruling::supported);
}

TEST_CASE("what is wrong is named with the words that are") {
    struct Wrong {
        std::string_view sentence;
        std::string_view quote;
        Reason reason;
        std::string_view word;
        std::string_view quoted;
    };
    const std::vector<Wrong> all{
        {"En komplementbyggnad på högst 35 kvadratmeter får uppföras utan bygglov.", sheds, Reason::number,
         "35 kvadratmeter", "30 kvadratmeter"},
        {"Byggnaden ska stå högst 4,5 meter från tomtgränsen.", sheds, Reason::limit, "4,5 meter",
         "4,5 meter"},
        {"Överklagandet ska ha kommit in till länsstyrelsen inom tre veckor.", appeals, Reason::actor,
         "länsstyrelsen", "socialnämnden"},
        {"Ansökan görs senast den 15 mars.", "Ansökan görs senast den 15 februari.", Reason::date, "15 mars",
         "15 februari"},
        {"Avgiften är 900 kronor per vecka.", "Avgiften är 900 kronor per månad.", Reason::number,
         "900 kronor", "900 kronor"},
        {"En urngrav kostar 1 250 kronor.", "En kistgrav kostar 1 250 kronor och en urngrav 980 kronor.",
         Reason::other_thing, "1 250 kronor", "980 kronor"},
        {"Bygglov ska ges enligt 9 kap. 35 § plan- och bygglagen.",
         "Bygglov ska ges enligt 9 kap. 30 § plan- och bygglagen.", Reason::reference, "9 kap. 35 §",
         "9 kap. 30 §"},
        {"Anna Lundkvist är dataskyddsombud.", "Anna Lindqvist är dataskyddsombud.", Reason::name,
         "Lundkvist", ""},
        {"Avgiften tas ut i förskott.", "Avgiften tas ut i efterskott.", Reason::other_word, "förskott",
         "efterskott"},
    };
    for (const auto& wrong : all) {
        const auto verdict = checked(wrong.sentence, wrong.quote);
        CHECK_MESSAGE(verdict.ruling == Ruling::contradicted, std::string(wrong.sentence));
        CHECK_MESSAGE(verdict.reason == wrong.reason, std::string(wrong.sentence));
        REQUIRE(verdict.words.size() == 1);
        CHECK(verdict.words.front() == wrong.word);
        CHECK(verdict.quoted == wrong.quoted);
    }
}

TEST_CASE("may, must and not are told apart") {
    constexpr std::string_view rule = "Nämnden får sätta ned avgiften om det finns särskilda skäl.";
    CHECK(checked("Nämnden ska sätta ned avgiften om det finns särskilda skäl.", rule).reason ==
          Reason::force);
    CHECK(checked("Nämnden får inte sätta ned avgiften om det finns särskilda skäl.", rule).reason ==
          Reason::negation);
    CHECK(checked("Finns det särskilda skäl kan avgiften sättas ned av nämnden.", rule).ruling ==
          Ruling::supported);
    CHECK(checked("Hunden får vara lös på lekplatser.", "Hundar får inte vara lösa på kommunens lekplatser.")
              .reason == Reason::negation);
}

TEST_CASE("what holds up to a bound or with a condition does not hold always") {
    constexpr std::string_view rule = "Bygglov krävs inte för en altan som är högst 1,8 meter hög.";
    CHECK(checked("Bygglov krävs inte för en altan.", rule).reason == Reason::left_out);
    CHECK(checked("Bygglov för altan behövs aldrig i kommunen.", rule).ruling != Ruling::supported);
    CHECK(checked("Bygglov krävs inte för en altan på högst 1,8 meter.", rule).ruling == Ruling::supported);
}

TEST_CASE("what is added is not found, and the words are told") {
    const auto verdict = checked("Komplementbyggnaden får inredas som självständig bostad.", sheds);
    CHECK(verdict.ruling == Ruling::unsupported);
    CHECK(verdict.reason == Reason::not_found);
    CHECK_FALSE(verdict.words.empty());
    CHECK(verdict.support < 0.5);
}

TEST_CASE("a place is there when the quote stands in it") {
    constexpr std::string_view rule =
        "En åtgärd får inte påbörjas innan byggnadsnämnden har gett ett startbesked.";
    constexpr std::string_view sentence =
        "Enligt 10 kap. 3 § plan- och bygglagen får åtgärden inte påbörjas innan byggnadsnämnden har gett "
        "startbesked.";
    CHECK(checked(sentence, rule).reason == Reason::reference);
    CHECK(checked(sentence, rule, "Plan- och bygglag (2010:900)", "10 kap. 3 §").ruling == Ruling::supported);
}

TEST_CASE("nothing to hold on to is unsupported") {
    CHECK(check("Du behöver bygglov.", {}, context()).reason == Reason::no_quotes);
    CHECK(checked("Du behöver bygglov.", "").reason == Reason::no_quotes);
    CHECK(checked(std::string(longest_sentence + 1, 'a'), sheds).reason == Reason::too_long);
    CHECK(checked("", sheds).ruling != Ruling::contradicted);
}

TEST_CASE("a sentence of the quote is supported, and with any other number it is not") {
    rc::check("numbers", [] {
        const auto metres = *rc::gen::inRange(2, 400);
        const auto gap = *rc::gen::inRange(2, 400);
        const auto other = *rc::gen::inRange(2, 400);
        const bool first = *rc::gen::arbitrary<bool>();
        const auto sentence = [](int length, int distance) {
            return "Planket får vara högst " + std::to_string(length) + " meter långt och stå minst " +
                   std::to_string(distance) + " meter från gränsen.";
        };
        const std::string quote =
            "Detta gäller i hela kommunen. " + sentence(metres, gap) + " Nämnden beslutar.";
        RC_ASSERT(checked(sentence(metres, gap), quote).ruling == Ruling::supported);
        RC_PRE(other != (first ? metres : gap));
        const auto changed = first ? sentence(other, gap) : sentence(metres, other);
        RC_ASSERT(checked(changed, quote).ruling == Ruling::contradicted);
    });
}

TEST_CASE("any bytes are accepted") {
    rc::check("bytes", [](const std::string& sentence, const std::string& quote) {
        const auto verdict = checked(sentence, quote);
        RC_ASSERT(verdict.support >= 0 && verdict.support <= 1);
        RC_ASSERT((verdict.ruling == Ruling::supported) == (verdict.reason == Reason::none));
    });
}

// The figures of bench/README.md, both halves together, less a little.
TEST_CASE("as many wrong sentences are stopped as before") {
    const auto lines = read_file(KANSLI_SOURCE_DIR "/bench/quality/grounding/pairs.jsonl").value();
    std::size_t all[3] = {};
    std::size_t stopped[3] = {};
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = std::min(lines.find('\n', at), lines.size());
        const auto group = json::parse(std::string_view(lines).substr(at, end - at)).value();
        at = end + 1;
        std::vector<std::string> texts;
        for (const auto& quote : *group.find("quotes")->as_array())
            for (const auto* name : {"text", "source", "place"})
                texts.push_back(member(quote, name));
        std::vector<Quote> quotes;
        for (std::size_t text = 0; text < texts.size(); text += 3)
            quotes.push_back({texts[text], texts[text + 1], texts[text + 2]});
        for (const auto& sentence : *group.find("sentences")->as_array()) {
            const auto truth = member(sentence, "verdict");
            const std::size_t kind = truth == "supported" ? 0 : truth == "contradicted" ? 1 : 2;
            ++all[kind];
            stopped[kind] +=
                check(member(sentence, "text"), quotes, context()).ruling == Ruling::supported ? 0 : 1;
        }
    }
    const auto share = [&](std::size_t kind) {
        return 100.0 * static_cast<double>(stopped[kind]) / static_cast<double>(all[kind]);
    };
    REQUIRE(all[0] + all[1] + all[2] >= 800);
    CHECK(share(0) <= 11.5);
    CHECK(share(1) >= 89.0);
    CHECK(share(2) >= 97.0);
}
