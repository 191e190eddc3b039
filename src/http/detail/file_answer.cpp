#include "http/detail/file_answer.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/detail/ascii.hpp"

namespace kansli::http::detail {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = status == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole ? std::optional(value) : std::nullopt;
}

std::string_view strong_part(std::string_view etag) {
    return etag.starts_with("W/") ? etag.substr(2) : etag;
}

// True when a Range header may be obeyed: If-Range is absent or names this very content.
bool range_applies(const Request& request, std::string_view etag) {
    const auto condition = request.header("if-range");
    return !condition || (*condition == etag && !etag.starts_with("W/"));
}

Failure missing() {
    return fail(ErrorCode::not_found, "Filen finns inte.");
}

}  // namespace

std::pair<RangeKind, Span> parse_range(std::string_view header, std::uint64_t size) {
    const std::pair<RangeKind, Span> whole{RangeKind::whole, {0, size}};
    constexpr std::string_view unit = "bytes=";
    if (!equal_names(header.substr(0, unit.size()), unit)) return whole;
    const auto range = trim(header.substr(unit.size()));
    const auto dash = range.find('-');
    if (dash == range.npos || range.find(',') != range.npos) return whole;
    const auto first = number(range.substr(0, dash));
    const auto last = number(range.substr(dash + 1));
    const bool open_end = dash + 1 == range.size();
    if (dash == 0) {
        if (!last) return whole;
        if (*last == 0 || size == 0) return {RangeKind::outside, {}};
        const auto length = std::min(*last, size);
        return {RangeKind::part, {size - length, length}};
    }
    if (!first || (!last && !open_end) || (last && *last < *first)) return whole;
    if (*first >= size) return {RangeKind::outside, {}};
    const auto end = last ? std::min(*last, size - 1) : size - 1;
    return {RangeKind::part, {*first, end - *first + 1}};
}

bool matches_any(std::string_view header, std::string_view etag) {
    if (trim(header) == "*") return true;
    while (!header.empty()) {
        const auto piece = header.substr(0, header.find(','));
        header.remove_prefix(std::min(piece.size() + 1, header.size()));
        if (strong_part(trim(piece)) == strong_part(etag)) return true;
    }
    return false;
}

std::string quoted_etag(std::string_view etag) {
    if (etag.empty() || etag.starts_with('"') || etag.starts_with("W/")) return std::string(etag);
    return fmt::format("\"{}\"", etag);
}

Result<FileAnswer> answer_with_file(const FileBody& body, const Request& request) {
    FileAnswer answer;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
    answer.file = Descriptor(::open(body.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status{};
    if (!answer.file || ::fstat(answer.file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return missing();
    const auto size = static_cast<std::uint64_t>(status.st_size);
    auto etag = quoted_etag(body.etag);
    if (etag.empty()) {
        etag = fmt::format("\"{:x}-{:x}-{:x}\"", status.st_mtim.tv_sec, status.st_mtim.tv_nsec, size);
    }
    answer.headers = {{"ETag", etag}, {"Accept-Ranges", "bytes"}};
    answer.span = {0, size};
    if (const auto condition = request.header("if-none-match"); condition && matches_any(*condition, etag)) {
        answer.status = 304;
        answer.file.close();
        answer.span = {};
        return answer;
    }
    const auto range = request.header("range");
    if (!range || !range_applies(request, etag)) return answer;
    const auto [kind, span] = parse_range(*range, size);
    if (kind == RangeKind::outside) {
        answer.status = 416;
        answer.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
        answer.file.close();
        answer.span = {};
    } else if (kind == RangeKind::part) {
        answer.status = 206;
        answer.headers.emplace_back(
            "Content-Range", fmt::format("bytes {}-{}/{}", span.first, span.first + span.size - 1, size));
        answer.span = span;
    }
    return answer;
}

Result<std::string> read_at(const Descriptor& file, std::uint64_t offset, std::size_t limit) {
    std::string bytes(limit, '\0');
    std::size_t done = 0;
    while (done < limit) {
        const auto got =
            ::pread(file.get(), bytes.data() + done, limit - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(ErrorCode::internal, std::generic_category().message(errno));
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

}  // namespace kansli::http::detail
