#include "assistants/rule_kind.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kansli::assistants;

namespace {

RuleKinds kinds_of(std::initializer_list<RuleKind> list) {
    RuleKinds kinds;
    for (const auto kind : list)
        kinds.add(kind);
    return kinds;
}

}  // namespace

TEST_CASE("a question says what type of rule it asks for") {
    const std::vector<std::pair<const char*, AskedRule>> questions = {
        {"Hur mycket kostar ett bygglov?", {QuestionType::amount}},
        {"Hur stor får en friggebod vara?", {QuestionType::amount}},
        {"Hur länge gäller lovet?", {QuestionType::deadline}},
        {"När ska jag senast överklaga?", {QuestionType::deadline}},
        {"Vem beslutar om bostadsanpassning?", {QuestionType::responsible}},
        {"Vilken nämnd ansvarar för skolan?", {QuestionType::responsible}},
        {"Var lämnar jag farligt avfall?", {QuestionType::place}},
        {"Till vem skickar jag ansökan?", {QuestionType::place}},
        {"Får jag bygga altan?", {QuestionType::permission}},
        {"Är det tillåtet att elda?", {QuestionType::permission}},
        {"Får jag bygga utan bygglov?", {QuestionType::permission, true}},
        {"Får jag inte elda?", {QuestionType::permission, true}},
        {"Måste jag söka bygglov?", {QuestionType::duty}},
        {"Slipper jag avgiften?", {QuestionType::duty, true}},
        {"Vad händer om jag inte betalar?", {QuestionType::consequence, true}},
        {"Hur ansöker jag om förskola?", {QuestionType::procedure}},
        {"Berätta om kommunen", {QuestionType::other}},
    };
    for (const auto& [question, asked] : questions) {
        CAPTURE(question);
        CHECK(asked_rule(question) == asked);
    }
}

TEST_CASE("a passage is of the kinds that its words say") {
    const std::vector<std::pair<const char*, RuleKinds>> passages = {
        {"Eleven har rätt till skolskjuts.", kinds_of({RuleKind::permission})},
        {"Hundar får vistas i parken.", kinds_of({RuleKind::permission})},
        {"Hundar får inte vistas i parken.", kinds_of({RuleKind::prohibition})},
        {"Det är förbjudet att elda.", kinds_of({RuleKind::prohibition})},
        {"Byggherren ska anmäla åtgärden.", kinds_of({RuleKind::duty})},
        {"Det krävs inte bygglov för en friggebod.", kinds_of({RuleKind::exemption})},
        {"Den som bryter mot föreskriften döms till böter.", kinds_of({RuleKind::sanction})},
        {"Nämnden beslutar om dispens.", kinds_of({RuleKind::competence, RuleKind::exemption})},
        {"Överklagandet ska ha kommit in inom tre veckor.", kinds_of({RuleKind::duty, RuleKind::deadline})},
        {"Avgiften är 1 320 kronor.", kinds_of({RuleKind::amount})},
        {"Kommunen ligger vid havet.", kinds_of({})},
    };
    for (const auto& [passage, kinds] : passages) {
        CAPTURE(passage);
        CHECK(rule_kinds(passage) == kinds);
    }
}

TEST_CASE("a passage fits a question by its best kind") {
    const auto fits = [](const char* question, const char* passage) {
        return fit(asked_rule(question), rule_kinds(passage));
    };
    const char* decides = "Nämnden beslutar i ärendet.";
    const char* demands = "Sökanden ska bifoga ritningar.";
    const char* waives = "Bygglov krävs inte för små altaner.";
    CHECK(fits("Vem beslutar?", decides) > fits("Vem beslutar?", demands));
    CHECK(fits("Måste jag bifoga ritningar?", demands) > fits("Måste jag bifoga ritningar?", decides));
    CHECK(fits("Slipper jag bygglov?", waives) > fits("Slipper jag bygglov?", demands));
    CHECK(fits("Slipper jag bygglov?", waives) > fits("Slipper jag bygglov?", "Kommunen ligger vid havet."));
    CHECK(fits("Berätta om kommunen", decides) == 1);
}

TEST_CASE("a fit lies between 0 and 1 and never falls with one more kind, whatever the text") {
    CHECK(rc::check("any question, any kinds", [](const std::string& question) {
        const auto asked = asked_rule(question);
        (void)rule_kinds(question);
        RuleKinds kinds;
        for (int kind = 0; kind < rule_kind_count; ++kind) {
            if (*rc::gen::arbitrary<bool>()) kinds.add(static_cast<RuleKind>(kind));
        }
        const auto before = fit(asked, kinds);
        RC_ASSERT(before >= 0 && before <= 1);
        if (kinds.empty()) return;
        kinds.add(static_cast<RuleKind>(*rc::gen::inRange(0, rule_kind_count)));
        RC_ASSERT(fit(asked, kinds) >= before);
    }));
}
