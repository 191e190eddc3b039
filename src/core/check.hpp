#pragma once

namespace kansli::detail {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace kansli::detail

// Stops the program when an invariant of ours is broken. Never for input: input errors are Results.
#define CHECK_INVARIANT(condition)                                          \
    do {                                                                    \
        if (!(condition)) [[unlikely]]                                      \
            ::kansli::detail::check_failed(#condition, __FILE__, __LINE__); \
    } while (false)
