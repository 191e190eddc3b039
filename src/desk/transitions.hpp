#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "json/describe.hpp"

namespace kansli::desk {

// Where a proposal is on its way. A claim (somebody has it open) is no state: it passes by itself.
enum class State : std::uint8_t {
    draft,           // belongs to whoever asked for it; not on the desk
    waiting,         // on the desk
    waiting_second,  // approved by one person, of a kind that needs two
    accepted,        // approved as prepared
    edited,          // approved with a changed text
    rejected,
    returned,   // sent back to its owner with a question
    delivered,  // has left the house: nothing of it can be undone any more
};
KANSLI_DESCRIBE_ENUM(State, draft, waiting, waiting_second, accepted, edited, rejected, returned, delivered)

enum class Action : std::uint8_t { submit, accept, edit, reject, send_back, hand_over, undo, deliver };
KANSLI_DESCRIBE_ENUM(Action, submit, accept, edit, reject, send_back, hand_over, undo, deliver)

struct Transition {
    State from = State::draft;
    Action action = Action::submit;
    State to = State::draft;
};

// Everything that can happen to a proposal. Undoing leads back to where the last review began, so `undo` stands apart.
inline constexpr std::array transitions{
    Transition{State::draft, Action::submit, State::waiting},
    Transition{State::returned, Action::submit, State::waiting},
    Transition{State::draft, Action::accept, State::accepted},
    Transition{State::draft, Action::edit, State::edited},
    Transition{State::draft, Action::reject, State::rejected},
    Transition{State::waiting, Action::accept, State::accepted},
    Transition{State::waiting, Action::edit, State::edited},
    Transition{State::waiting, Action::reject, State::rejected},
    Transition{State::waiting, Action::send_back, State::returned},
    Transition{State::waiting, Action::hand_over, State::waiting},
    Transition{State::waiting_second, Action::accept, State::accepted},
    Transition{State::waiting_second, Action::edit, State::edited},
    Transition{State::waiting_second, Action::reject, State::rejected},
    Transition{State::waiting_second, Action::send_back, State::returned},
    Transition{State::waiting_second, Action::hand_over, State::waiting_second},
    Transition{State::accepted, Action::deliver, State::delivered},
    Transition{State::edited, Action::deliver, State::delivered},
    Transition{State::delivered, Action::deliver, State::delivered},
};

// Where `action` leads; nothing when it cannot be done there.
[[nodiscard]] constexpr std::optional<State> after(State from, Action action) {
    for (const auto& transition : transitions) {
        if (transition.from == from && transition.action == action) return transition.to;
    }
    return std::nullopt;
}

// A review has been made that has not left the house.
[[nodiscard]] constexpr bool can_undo(State state) {
    return state == State::waiting_second || state == State::accepted || state == State::edited ||
           state == State::rejected || state == State::returned;
}

// Approved or rejected, for good once it is delivered.
[[nodiscard]] constexpr bool is_decided(State state) {
    return state == State::accepted || state == State::edited || state == State::rejected ||
           state == State::delivered;
}

[[nodiscard]] constexpr bool is_waiting(State state) {
    return state == State::waiting || state == State::waiting_second;
}

}  // namespace kansli::desk
