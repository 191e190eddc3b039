#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.hpp"

namespace kansli::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del };

// A file that came in a multipart form, already on disk; memory never holds more than a piece of it.
struct UploadedFile {
    std::string field{};
    std::string name{};  // as the browser sent it; for people, never a path
    std::string content_type{};
    std::filesystem::path path{};
    std::uint64_t size = 0;
};

// A request as handlers see it. Names of headers are in lower case; `path_values` are what stood at `{name}`
// in the route.
struct Request {
    Method method = Method::get;
    std::string path{};
    std::vector<std::pair<std::string, std::string>> query{};  // decoded, in order
    std::map<std::string, std::string> headers{};
    std::map<std::string, std::string> cookies{};
    std::map<std::string, std::string> path_values{};
    std::string body{};                           // empty for multipart
    std::map<std::string, std::string> fields{};  // multipart fields that are not files
    std::vector<UploadedFile> files{};            // removed when the request ends unless moved away
    std::string remote_address{};                 // of the client, as a trusted proxy tells it
    std::string peer_address{};                   // of whoever opened the connection, which may be a proxy
    std::string id{};  // X-Request-Id as it came, else made here; in the answer, in problems and in log lines
    std::stop_token stop{};  // asked to stop when the client has gone or the server is closing

    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;  // any case
};

// One server-sent event (WHATWG HTML, section 9.2).
struct Event {
    std::string name{};
    std::string data{};
    std::string id{};
};

// The writing end of an event stream, used by the handler's thread.
class EventSink {
  public:
    virtual ~EventSink() = default;
    // False when the client has gone; waits when the client is slow.
    virtual bool send(const Event& event) = 0;
};

struct FileBody {
    std::filesystem::path path{};  // sent with Range and ETag support
    std::string etag{};
};
// Runs on a pool for streams, apart from the one for plain requests.
using StreamBody = std::function<void(EventSink&, std::stop_token)>;

class EventHub;
// The events of one topic of a hub, from the one after `last_event_id`. Takes no thread, however long it
// stays open.
struct HubBody {
    EventHub* hub = nullptr;  // outlives the server
    std::string topic{};
    std::string last_event_id{};
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::variant<std::string, FileBody, StreamBody, HubBody> body{};

    [[nodiscard]] static Response json(std::string text, int status = 200);
    [[nodiscard]] static Response text(std::string text, int status = 200);
    [[nodiscard]] static Response no_content();
    [[nodiscard]] static Response redirect(std::string location);
    [[nodiscard]] static Response file(std::filesystem::path path, std::string content_type,
                                       std::string etag = {});
    [[nodiscard]] static Response events(StreamBody write);
    [[nodiscard]] static Response hub(EventHub& hub, std::string topic, std::string last_event_id = {});
    Response& with(std::string name, std::string value);
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;  // any case
};

// Ordinary blocking code, run on the request pool.
using Handler = std::function<Response(Request&)>;

struct RouteOptions {
    std::uint64_t body_limit = std::uint64_t{1}
                               << 20U;  // bytes of a plain body, or of all files of a multipart one
    int file_limit = 0;                 // files of a multipart body; 0: multipart is refused
    bool quiet = false;  // asked for so often by machines that its log lines are only of level debug
};

}  // namespace kansli::http
