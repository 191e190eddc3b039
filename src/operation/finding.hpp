#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "json/describe.hpp"

namespace kansli::operation {

enum class State : std::uint8_t {
    fine,
    doubtful,  // works, and should be looked after
    wrong      // does not work, or will soon not
};
KANSLI_DESCRIBE_ENUM(State, fine, doubtful, wrong)

// What a check found: one line for a person, and the one thing to do about it.
struct Finding {
    std::string check{};  // a word that scripts can rely on: "disk"
    State state = State::fine;
    std::string message{};
    std::string cure{};  // empty when there is nothing to do

    friend bool operator==(const Finding&, const Finding&) = default;
};
KANSLI_DESCRIBE(Finding, check, state, message, cure)

[[nodiscard]] inline Finding fine(std::string check, std::string message) {
    return {std::move(check), State::fine, std::move(message), {}};
}
[[nodiscard]] inline Finding doubtful(std::string check, std::string message, std::string cure) {
    return {std::move(check), State::doubtful, std::move(message), std::move(cure)};
}
[[nodiscard]] inline Finding wrong(std::string check, std::string message, std::string cure) {
    return {std::move(check), State::wrong, std::move(message), std::move(cure)};
}

}  // namespace kansli::operation
