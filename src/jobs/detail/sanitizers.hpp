#pragma once

namespace kansli::jobs::detail {

// The sanitizers map terabytes of address space for themselves, so a limit on it cannot be set in such builds.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool memory_is_limited = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool memory_is_limited = false;
#else
inline constexpr bool memory_is_limited = true;
#endif
#else
inline constexpr bool memory_is_limited = true;
#endif

}  // namespace kansli::jobs::detail
