#pragma once

#include <cstdint>
#include <functional>
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
    std::optional<Timestamp> decided{};  // when the first decision was made that stood as its period ended
    std::optional<Outcome> outcome{};
    bool batch = false;                    // decided together with others, unopened
    bool reopened = false;                 // a review of it was taken back before that
    double seconds = 0;                    // that reviewers looked at it until then, all of them together
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
    struct SecondOpinion {
        bool agrees = false;
        Timestamp moment{};
    };
    std::optional<SecondOpinion> second_opinion{};  // of a blind second look
};

// The number of the period that a moment lies in: later moments, later periods.
using PeriodOf = std::function<std::int32_t(Timestamp)>;

// Every proposal that is or was on the desk or is a draft, the oldest first, as the caller's transaction sees them. Whoever has told of a
// period that has ended must be able to tell the same again: what is undone in a later period stays as it stood, and what is decided
// anew is not counted a second time.
[[nodiscard]] Result<std::vector<Handled>> handled(store::Connection& connection, const PeriodOf& period_of);

}  // namespace kansli::desk
