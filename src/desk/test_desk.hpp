#pragma once

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "desk/desk.hpp"
#include "desk/sampling.hpp"

// A desk in a folder of its own with made-up kinds and people, for the tests of this room.
namespace kansli::desk {

inline constexpr std::array test_ways{Way::by_hand, Way::file, Way::mail};
inline constexpr std::array test_kinds{
    Kind{.name = "answer", .swedish = "Svarsutkast", .english = "Answer draft", .ways = test_ways},
    Kind{.name = "permit",
         .swedish = "Lovbeslut",
         .english = "Permit",
         .ways = test_ways,
         .about_person = true,
         .two_persons = true},
    Kind{.name = "report", .swedish = "Anmälan", .english = "Report", .about_person = true},
};

inline access::Caller person(const std::string& name, std::vector<std::string> kinds = {},
                             std::string department = {}, std::vector<std::string> groups = {}) {
    std::vector<access::Role> roles{access::Role::reader};
    if (!kinds.empty()) roles.push_back(access::Role::reviewer);
    return {.id = access::UserId("id-" + name),
            .name = name,
            .roles = std::move(roles),
            .groups = std::move(groups),
            .department = std::move(department),
            .review_kinds = std::move(kinds)};
}

struct DeskFixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    record::Record record{*database};
    Timestamp moment = parse_timestamp("2026-06-01T08:00:00.000Z").value();
    double chance = 0.999;
    // What each person, by name, may not read now.
    std::map<std::string, std::set<std::string>> hidden{};
    SourceRules rules{[this](store::Connection& /*connection*/, const access::Caller& caller,
                             std::vector<std::string> versions) -> Result<std::vector<std::string>> {
        std::erase_if(versions, [&](const auto& version) { return !hidden[caller.name].contains(version); });
        return versions;
    }};
    Desk desk{*database, record, test_kinds, rules, [this] { return moment; }, [this] { return chance; }};
    Sampling sampling{*database, record, test_kinds, rules, [this] { return moment; }};
    bool migrated = database->migrate({record::Record::migrations(), Desk::migrations()}).has_value();

    access::Caller rut = person("Rut");
    access::Caller eva = person("Eva", {"answer", "permit"}, "Bygg");
    access::Caller ivar = person("Ivar", {"*"}, "Bygg", {"jurister"});
    access::Caller kim = person("Kim", {"answer"}, "Skola");

    static NewProposal new_proposal(const std::string& kind = "answer") {
        return {
            .kind = kind,
            .title = "Hur hög får altanen vara?",
            .text = "Högst 1,8 meter.",
            .input = R"({"question":"Hur hög får altanen vara?"})",
            .output = R"({"answer":"Högst 1,8 meter."})",
            .evidence =
                R"([{"sentence":"Högst 1,8 meter.","quote":"högst 1,8 meter","document":"d","version":"v","title":"Riktlinjer <bygg>","reference":"","path":"5 §","page":2,"start":3,"end":18,"valid":true,"sha256":"00"}])",
            .confidence = 0.9,
            .model = "test/1",
            .settings = "{}",
            .milliseconds = 12};
    }
    Proposal draft(const std::string& kind = "answer") {
        return desk.propose(rut, new_proposal(kind)).value();
    }
    Proposal laid(const std::string& kind = "answer", const Submission& submission = {}) {
        const auto made = draft(kind);
        return desk.submit(rut, made.id, made.version, submission).value();
    }
    Reviewer as(const access::Caller& caller, const std::string& kind = "answer") {
        return desk.reviewer(caller, kind).value();
    }
    Proposal seen(const access::Caller& caller, const Proposal& proposal) {
        return desk.proposal(caller, proposal.id).value();
    }
};

}  // namespace kansli::desk
