#include "http/detail/request_parser.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "http/detail/ascii.hpp"
#include "http/detail/chunked.hpp"

namespace kansli::http::detail {

namespace {

namespace beast = boost::beast;
namespace asio = boost::asio;
using beast::error_code;
using beast::string_view;

std::string_view std_view(string_view text) {
    return {text.data(), text.size()};
}

Refusal bad_request(std::string message) {
    return {400, {ErrorCode::invalid_input, std::move(message)}, {}};
}

bool is_letter(char byte) {
    return lower(byte) >= 'a' && lower(byte) <= 'z';
}

// Collects what Beast's parser finds in the head.
class Collector : public beast::http::basic_parser<true> {
  public:
    Head head{};
    int hosts = 0;
    int transfer_encodings = 0;

  private:
    void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                         error_code&) override {
        head.method = std_view(method);
        head.target = std_view(target);
        head.http_1_0 = version < 11;
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(beast::http::field field, string_view name, string_view value, error_code&) override {
        if (field == beast::http::field::host) ++hosts;
        if (field == beast::http::field::transfer_encoding) ++transfer_encodings;
        const auto key = lower(std_view(name));
        const auto [place, is_new] = head.headers.try_emplace(key, std_view(value));
        if (!is_new) place->second.append(key == "cookie" ? "; " : ", ").append(std_view(value));
    }
    // Bodies never come this far.
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view bytes, error_code&) override { return bytes.size(); }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) override {
        return bytes.size();
    }
    void on_finish_impl(error_code&) override {}
};

bool has_folded_line(std::string_view head) {
    return head.find("\r\n ") != head.npos || head.find("\r\n\t") != head.npos;
}

}  // namespace

struct RequestParser::State {
    Collector collector{};
    std::size_t header_limit = 0;
    bool chunked = false;
    ChunkedDecoder chunks{};
    std::uint64_t left = 0;  // bytes of a body with a length that have not come

    [[nodiscard]] std::optional<Refusal> check(std::string_view raw) {
        auto& head = collector.head;
        if (has_folded_line(raw)) return bad_request("Ett huvud i förfrågan är vikt över flera rader.");
        if (collector.transfer_encodings > 0) {
            const bool plain = collector.transfer_encodings == 1 && collector.chunked() && !head.http_1_0 &&
                               equal_names(trim(head.headers.at("transfer-encoding")), "chunked");
            if (!plain) return Refusal{501, {ErrorCode::unsupported, "Överföringskodningen stöds inte."}, {}};
        }
        if (collector.hosts > 1 || (collector.hosts == 0 && !head.http_1_0)) {
            return bad_request("Förfrågan ska ha exakt ett Host-huvud.");
        }
        head.keep_alive = collector.keep_alive();
        const auto expect = head.headers.find("expect");
        head.expects_continue = expect != head.headers.end() && equal_names(expect->second, "100-continue");
        if (const auto length = collector.content_length()) head.content_length = *length;
        chunked = collector.chunked();
        left = head.content_length.value_or(0);
        head.has_body = chunked || left > 0;
        return std::nullopt;
    }
};

RequestParser::RequestParser(std::size_t header_limit) : state_(std::make_unique<State>()) {
    state_->header_limit = header_limit;
    // The limit is checked here before Beast sees anything.
    state_->collector.header_limit(std::numeric_limits<std::uint32_t>::max());
    state_->collector.body_limit(boost::none);
    state_->collector.eager(false);
}

RequestParser::~RequestParser() = default;

tl::expected<std::size_t, Refusal> RequestParser::head(std::string_view bytes) {
    // A client may send empty lines before a request (RFC 9112, section 2.2).
    std::size_t begin = 0;
    while (begin < 8 && bytes.substr(begin).starts_with("\r\n"))
        begin += 2;
    if (begin < bytes.size() && bytes[begin] != '\r' && !is_letter(bytes[begin])) {
        return tl::unexpected(bad_request("Förfrågan följer inte HTTP."));
    }
    const auto end = bytes.find("\r\n\r\n", begin);
    const auto size = (end != bytes.npos ? end + 4 : bytes.size()) - begin;
    if (size > state_->header_limit) {
        return tl::unexpected(Refusal{431, {ErrorCode::too_large, "Förfrågans huvud är för stort."}, {}});
    }
    if (end == bytes.npos) return 0;
    auto& collector = state_->collector;
    for (auto rest = bytes.substr(begin, size); !collector.is_header_done();) {
        error_code code;
        const auto used = collector.put(asio::buffer(rest.data(), rest.size()), code);
        if (code || used == 0) return tl::unexpected(bad_request("Förfrågan följer inte HTTP."));
        rest.remove_prefix(used);
    }
    if (auto refusal = state_->check(bytes.substr(begin, size))) return tl::unexpected(*std::move(refusal));
    return begin + size;
}

const Head& RequestParser::head() const {
    return state_->collector.head;
}

tl::expected<std::size_t, Refusal> RequestParser::body(std::string_view bytes, std::string& out) {
    if (!state_->chunked) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(state_->left, bytes.size()));
        out += bytes.substr(0, size);
        state_->left -= size;
        return size;
    }
    auto rest = bytes;
    if (state_->chunks.feed(rest, out) == ChunkedDecoder::State::broken) {
        return tl::unexpected(bad_request("Förfrågans innehåll följer inte HTTP."));
    }
    return bytes.size() - rest.size();
}

bool RequestParser::done() const {
    return state_->chunked ? state_->chunks.done() : state_->left == 0;
}

}  // namespace kansli::http::detail
