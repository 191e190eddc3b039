#pragma once

#include <type_traits>
#include <utility>

#include <tl/expected.hpp>

#include "core/error.hpp"

namespace kansli {

// The outcome of everything that can fail in an expected way. Broken invariants are CHECKs, never Results.
template <typename T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

// A failed Result of any type: `return fail(ErrorCode::not_found, "Dokumentet finns inte.");`
[[nodiscard]] inline Failure fail(ErrorCode code, std::string message, std::string where = {},
                                  std::string advice = {}) {
    return Failure(Error{code, std::move(message), std::move(where), std::move(advice)});
}

}  // namespace kansli

// The value of a Result, or return its error from the surrounding function. Not for coroutines.
//     auto text = TRY(read_file(path));
#define TRY(expression) KANSLI_TRY_AS(expression, KANSLI_JOIN(try_result_, __COUNTER__))
#define KANSLI_JOIN(a, b) KANSLI_JOIN_EXPANDED(a, b)
#define KANSLI_JOIN_EXPANDED(a, b) a##b
// The name differs from use to use, so that a TRY may stand inside another.
// NOLINTBEGIN(bugprone-macro-parentheses): `name` is declared here, and no declaration takes parentheses.
#define KANSLI_TRY_AS(expression, name)                                 \
    __extension__({                                                     \
        auto name = (expression);                                       \
        if (!(name)) return ::kansli::Failure(std::move(name).error()); \
        ::kansli::detail::value_of(std::move(name));                    \
    })
// NOLINTEND(bugprone-macro-parentheses)

namespace kansli::detail {

template <typename T>
T value_of(Result<T>&& result) {
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace kansli::detail
