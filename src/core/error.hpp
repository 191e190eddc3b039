#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kansli {

// The conditions that a caller or a user can cause or must handle. Each maps to one HTTP status and one exit
// code, in one place (api/problem.cpp and apps/kansli/exit_code.cpp).
enum class ErrorCode : std::uint8_t {
    invalid_input,      // the request or file is not what it should be
    not_found,          // no such thing, or nothing the caller may know of
    not_authenticated,  // nobody is signed in
    forbidden,          // signed in, without the right
    conflict,           // somebody else has it, or it has changed meanwhile
    too_large,          // over a stated limit
    busy,               // try again in a moment
    cancelled,          // somebody stopped it
    unsupported,        // a kind of file or value that is not handled
    corrupt,            // stored or received bytes do not hold together
    unavailable,        // a part that is needed is missing or does not answer
    internal,           // a fault of ours
};

// The word for a code in logs, JSON and problem types, such as "not_found".
[[nodiscard]] std::string_view to_string(ErrorCode code);

// An expected failure, told so that a clerk can act on it: what is wrong, where, and what to do.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;   // what is wrong, one sentence, in Swedish when it can reach a screen
    std::string where{};   // the file, field, row or section concerned; may be empty
    std::string advice{};  // what to do about it; may be empty

    friend bool operator==(const Error&, const Error&) = default;
};

// One line for a terminal or a log: "where: message advice".
[[nodiscard]] std::string to_line(const Error& error);

}  // namespace kansli
