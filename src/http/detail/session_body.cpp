#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/detail/ascii.hpp"
#include "http/detail/session.hpp"

namespace kansli::http::detail {

namespace asio = boost::asio;

namespace {

// What a form may need on top of its files: headers of parts and other fields.
constexpr std::uint64_t form_overhead = std::uint64_t{2} << 20U;
// The least average speed of a body once the body timeout has passed, so that a trickle does not hold a connection.
constexpr std::uint64_t least_bytes_a_second = 1024;

Error over_limit(std::uint64_t limit) {
    return {ErrorCode::too_large, "Förfrågan är större än " + std::to_string(limit) + " byte.", {}, {}};
}

Refusal body_too_late() {
    return {408, {ErrorCode::cancelled, "Förfrågans innehåll kom inte fram i tid."}, {}};
}

bool is_form(const Request& request) {
    const auto type = request.header("content-type").value_or("");
    return equal_names(trim(std::string_view(type).substr(0, type.find(';'))), "multipart/form-data");
}

}  // namespace

bool Session::refuse(Refusal refusal) {
    if (!refusal_) refusal_ = std::move(refusal);
    return false;
}

Session::Awaitable<bool> Session::read_more(std::size_t size) {
    const auto before = buffer_.size();
    buffer_.resize(before + size);
    const auto [code, got] = co_await socket_.async_read_some(asio::buffer(buffer_.data() + before, size),
                                                              asio::as_tuple(asio::use_awaitable));
    buffer_.resize(before + got);
    co_return !code;
}

Session::Awaitable<bool> Session::await_body(Clock::time_point begin, std::uint64_t received) {
    const auto patience = engine_.settings.body_timeout;
    const auto slowest = begin + patience + std::chrono::seconds(received / least_bytes_a_second);
    deadline_ = std::min(Clock::now() + patience, slowest);
    const bool good = co_await read_more(piece_size);
    deadline_ = Clock::time_point::max();
    if (!good && timed_out_) {
        refuse(body_too_late());
    }
    co_return good;
}

bool Session::open_form(const Request& request, const RouteOptions& options) {
    if (options.file_limit == 0) {
        return refuse({415, {ErrorCode::unsupported, "Här kan inga filer laddas upp."}, {}});
    }
    const auto boundary = multipart_boundary(request.header("content-type").value_or(""));
    if (!boundary) return refuse(body_refusal(boundary.error()));
    const MultipartLimits limits{.files = options.file_limit, .file_bytes = options.body_limit};
    form_ = std::make_shared<FormReader>(engine_.settings.upload_folder, *boundary, limits);
    return true;
}

Session::Awaitable<bool> Session::read_body(RequestParser& parser, Request& request,
                                            const RouteOptions& options) {
    if (!parser.head().has_body) co_return true;
    const bool form = is_form(request);
    if (form && !open_form(request, options)) co_return false;
    if (parser.head().content_length.value_or(0) > options.body_limit + (form ? form_overhead : 0)) {
        co_return refuse(body_refusal(over_limit(options.body_limit)));
    }
    if (parser.head().expects_continue && !co_await write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    if (form) co_return co_await read_form(parser, request);
    co_return co_await read_plain(parser, request, options.body_limit);
}

Session::Awaitable<bool> Session::read_plain(RequestParser& parser, Request& request, std::uint64_t limit) {
    const auto begin = Clock::now();
    while (true) {
        const auto used = parser.body(buffer_, request.body);
        if (!used) co_return refuse(used.error());
        buffer_.erase(0, *used);
        if (request.body.size() > limit) co_return refuse(body_refusal(over_limit(limit)));
        if (parser.done()) co_return true;
        if (!co_await await_body(begin, request.body.size())) co_return false;
    }
}

Session::Awaitable<bool> Session::read_form(RequestParser& parser, Request& request) {
    const auto begin = Clock::now();
    std::uint64_t received = 0;
    std::string piece;
    Result<void> fed;
    const std::function<void()> work = [&] { fed = form_->feed(piece); };
    while (true) {
        piece.clear();
        const auto used = parser.body(buffer_, piece);
        if (!used) co_return refuse(used.error());
        buffer_.erase(0, *used);
        received += piece.size();
        if (!piece.empty()) co_await run_on(engine_.files, work);
        if (!fed) co_return refuse(body_refusal(fed.error()));
        if (parser.done()) break;
        if (!co_await await_body(begin, received)) co_return false;
    }
    const auto finished = form_->finish(request);
    co_return finished ? true : refuse(body_refusal(finished.error()));
}

}  // namespace kansli::http::detail
