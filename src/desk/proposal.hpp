#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/caller.hpp"
#include "access/read_rule.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "desk/transitions.hpp"
#include "json/describe.hpp"

namespace kansli::desk {

using ProposalId = Id<struct ProposalTag>;

// How an item is handled while an experiment compares work with what engines prepare against work without.
enum class Arm : std::uint8_t {
    none,        // no experiment: with what the engine prepared
    with_ai,     // drawn to be handled as always
    without_ai,  // drawn to the control group: no draft is made or shown, a person writes it
};
KANSLI_DESCRIBE_ENUM(Arm, none, with_ai, without_ai)

// What was drawn for an item.
struct Assignment {
    std::string experiment{};  // its id; empty when none is running
    Arm arm = Arm::none;
    ProposalId
        drawn_for{};  // the item whose id was drawn on: its own, or that of the first time the same person asked the same
    double number = 0;  // 0 ≤ x < 1; below the experiment's share it is the control group
};

// The id that a proposal is going to have, and what has been drawn for it.
struct Draw {
    ProposalId id{};
    Assignment assignment{};
};

// What an engine has prepared: the only thing its result can become.
struct NewProposal {
    std::string kind{};
    std::string title{};     // one line in a list: the question, the case's subject
    std::string text{};      // what a person reads, may edit, and what is delivered
    std::string input{};     // JSON: the question and its circumstances
    std::string output{};    // JSON: the engine's whole answer
    std::string evidence{};  // JSON, in the kind's EvidenceForm
    double confidence = 0;   // calibrated, 0–1
    std::string model{};     // which engine and version prepared it
    std::string settings{};  // JSON
    double milliseconds = 0;
    double cpu_milliseconds = 0;     // of that, the processor time of the engine
    std::optional<double> joules{};  // as the processor's counters told; none when nobody may read them
    access::InformationClass information_class = access::InformationClass::open;  // highest of its sources
    access::ReadRule readers{};  // whom all its sources let in
};

// Somebody has a proposal open.
struct Claim {
    access::UserId person{};
    std::string name{};
    Timestamp since{};
    bool begun = false;  // by this very call
};

// To whom a proposal goes: everybody who may decide on its kind, a department or group of them, or one person.
struct Recipient {
    std::string principal{};                 // "department:NAME" or a group; empty: everybody
    std::optional<access::Caller> person{};  // instead of a principal
};

// A proposal as it stands.
// Invariant: `made` never changes; `version` grows with every change but claims.
struct Proposal {
    ProposalId id{};
    NewProposal made{};  // as prepared; `made.text` is what the engine wrote
    std::string text{};  // as it stands, after edits
    access::UserId owner{};
    std::string owner_name{};
    std::string department{};  // of the owner
    State state = State::draft;
    std::int64_t version = 1;
    Timestamp created{};
    std::optional<Timestamp> submitted{};
    std::optional<Date> deadline{};
    std::string note{};       // from whoever handed it in or on
    std::string principal{};  // the recipient's; see Recipient
    access::UserId recipient{};
    std::string recipient_name{};
    access::UserId approver{};         // of the first of two approvals, while the second is waited for
    std::string changed_by{};          // the name of whoever changed it last
    std::int64_t entry = 0;            // of the proposal in the record
    std::optional<Claim> opened_by{};  // a living claim
    bool second_look = false;          // for a blind second opinion: what was decided is not told
    Assignment assignment{};
    access::UserId reviewed_by{};  // who made the latest review that has not been undone
};

}  // namespace kansli::desk
