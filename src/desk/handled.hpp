#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/decision.hpp"
#include "desk/delivery.hpp"
#include "desk/fault.hpp"
#include "desk/proposal.hpp"
#include "store/database.hpp"

namespace kansli::desk {

// What became of a proposal, in figures: for measuring. Neither texts nor names; the ids of people are there to be counted.
struct Handled {
    ProposalId id{};
    std::string kind{};
    Assignment assignment{};
    access::UserId owner{};
    std::string model{};
    Timestamp created{};
    std::optional<Timestamp> submitted{};
    std::optional<Timestamp> decided{};  // when the decision in force was made
    std::optional<Outcome> outcome{};
    bool batch = false;                    // decided together with others, unopened
    bool reopened = false;                 // a review of it was taken back
    double seconds = 0;                    // that reviewers looked at it, all of them together
    std::vector<std::string> reviewers{};  // ids, each once
    std::optional<double>
        distance{};  // text::normalised_distance of the draft and what was decided; none without a draft
    double milliseconds = 0;
    double cpu_milliseconds = 0;
    std::optional<double> joules{};
    std::vector<std::string> sources{};  // versions that its evidence quotes
    struct Sent {
        Way way = Way::by_hand;
        DeliveryState state = DeliveryState::done;
        Timestamp moment{};
    };
    std::vector<Sent> deliveries{};
    std::vector<Severity> faults{};
    std::optional<bool> second_agrees{};  // a blind second look has been taken
};

// Every proposal that is or was on the desk or is a draft, the oldest first, as the caller's transaction sees them.
[[nodiscard]] Result<std::vector<Handled>> handled(store::Connection& connection);

}  // namespace kansli::desk
