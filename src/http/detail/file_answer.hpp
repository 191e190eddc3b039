#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "http/detail/descriptor.hpp"
#include "http/message.hpp"

namespace kansli::http::detail {

// The bytes [first, first + size) of a file.
struct Span {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

enum class RangeKind : std::uint8_t { whole, part, outside };

// What a Range header asks of a file of `size` bytes. Several ranges, other units and nonsense mean the whole file
// (RFC 9110, section 14.2).
[[nodiscard]] std::pair<RangeKind, Span> parse_range(std::string_view header, std::uint64_t size);

// True when `etag` is in the list of an If-None-Match header (weak comparison, RFC 9110, section 13.1.2).
[[nodiscard]] bool matches_any(std::string_view header, std::string_view etag);

// "abc" in quotes, unless it is in quotes or empty already.
[[nodiscard]] std::string quoted_etag(std::string_view etag);

// How a file is answered: which status, headers and bytes.
struct FileAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers{};
    Descriptor file{};  // open for 200 and 206
    Span span{};
};

// Opens the file and looks at Range, If-Range and If-None-Match. not_found when it is no readable regular file.
[[nodiscard]] Result<FileAnswer> answer_with_file(const FileBody& body, const Request& request);

// Reads up to `limit` bytes at `offset`; fewer only at the end of the file.
[[nodiscard]] Result<std::string> read_at(const Descriptor& file, std::uint64_t offset, std::size_t limit);

}  // namespace kansli::http::detail
