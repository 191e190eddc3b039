#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Generated text made plain before anybody sees it.
//
// Problem: a document can hold words that are meant for the language model, and make it write a link that carries what it has read away, markup
// that the page would obey, or characters that are not seen or turn the reading order.
// Method: what is left is words and punctuation. Removed are control characters, bidirectional marks, characters of no width, tag
// characters and private ones; tags, also in look-alike brackets; addresses of links, with what Markdown puts around them; and Markdown's
// marks. It is done again until nothing changes, since what is removed may have hidden something: "ht<b>tps://". Escaping for HTML is still
// the page's.
// Pure; threads: any.
namespace kansli::grounding {

inline constexpr std::size_t longest_output = 20'000;  // bytes; what lies beyond is cut

// UTF-8 in normal form C, on one line. Cleaning twice changes nothing. Any bytes are accepted.
[[nodiscard]] std::string clean_output(std::string_view generated);

}  // namespace kansli::grounding
