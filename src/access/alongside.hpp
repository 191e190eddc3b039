#pragma once

#include <functional>

#include "core/result.hpp"
#include "store/database.hpp"

namespace kansli::access {

// What else must happen in the transaction of a change, told what the change made. The record lies above this
// room: whoever changes something writes the entry here, so that both are kept or both undone.
template <typename T>
using Alongside = std::function<Result<void>(store::Connection&, const T&)>;

template <typename T>
[[nodiscard]] Result<void> run_alongside(const Alongside<T>& alongside, store::Connection& connection,
                                         const T& changed) {
    return alongside ? alongside(connection, changed) : Result<void>();
}

}  // namespace kansli::access
