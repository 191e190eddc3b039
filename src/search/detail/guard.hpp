#pragma once

#include <concepts>
#include <exception>
#include <type_traits>

#include <fmt/format.h>
#include <xapian.h>

#include "core/result.hpp"

namespace kansli::search::detail {

// Runs what may throw Xapian's or the standard library's exceptions and makes them errors: none leaves the room.
template <std::invocable Action>
[[nodiscard]] std::invoke_result_t<Action> guarded(Action&& action) {
    try {
        return action();
    } catch (const Xapian::DatabaseCorruptError& error) {
        return fail(ErrorCode::corrupt, fmt::format("Sökindexet är skadat: {}.", error.get_msg()), {},
                    "Bygg om det med kansli index rebuild.");
    } catch (const Xapian::DatabaseModifiedError&) {
        return fail(ErrorCode::busy, "Sökindexet skrivs just nu.", {}, "Försök igen om en stund.");
    } catch (const Xapian::DatabaseLockError& error) {
        return fail(ErrorCode::busy, fmt::format("Sökindexet skrivs av ett annat jobb: {}.", error.get_msg()),
                    {}, "Försök igen om en stund.");
    } catch (const Xapian::DatabaseVersionError& error) {
        return fail(ErrorCode::corrupt, fmt::format("Sökindexet har ett annat format: {}.", error.get_msg()),
                    {}, "Bygg om det med kansli index rebuild.");
    } catch (const Xapian::Error& error) {
        return fail(ErrorCode::internal,
                    fmt::format("Sökindexet kan inte användas: {}.", error.get_description()), {},
                    "Kontrollera utrymmet på disken; bygg annars om med kansli index rebuild.");
    } catch (const std::exception& error) {
        return fail(ErrorCode::internal, fmt::format("Sökindexet kan inte användas: {}.", error.what()));
    }
}

}  // namespace kansli::search::detail
