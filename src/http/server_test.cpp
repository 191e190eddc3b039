#include "http/server.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/file.hpp"
#include "core/log.hpp"
#include "http/detail/test_client.hpp"
#include "http/event_hub.hpp"
#include "http/static_files.hpp"

using namespace kansli;
using namespace std::chrono_literals;
using http::Method;
using http::Request;
using http::Response;
using http::detail::TestClient;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string get(std::string_view path, std::string_view headers = {}) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n{}\r\n", path, headers);
}

std::string post(std::string_view path, std::string_view headers, std::string_view body) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{}\r\n{}", path, body.size(),
                       headers, body);
}

// True as soon as the condition holds, false after five seconds.
template <typename Condition>
bool soon(Condition condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

std::size_t files_in(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

// A server with handlers of every sort.
struct House {
    explicit House(http::ServerSettings settings = {}) : server(adjusted(std::move(settings))) {
        server.route(Method::get, "/hello/{name}",
                     [](Request& r) { return Response::text("hej " + r.path_values.at("name")); });
        server.route(Method::post, "/echo", [](Request& r) { return Response::text(r.body); },
                     {.body_limit = 1000});
        server.route(Method::post, "/upload", [this](Request& r) { return upload(r); },
                     {.body_limit = 100'000'000, .file_limit = 2});
        server.route(Method::get, "/throw", [](Request&) -> Response { throw std::runtime_error("secret"); });
        server.route(Method::get, "/etag",
                     [](Request&) { return Response::text("x").with("ETag", "\"v1\""); });
        server.route(Method::get, "/wait", [this](Request& r) { return wait(r); });
        server.route(Method::get, "/stream", [](Request&) {
            return Response::events([](http::EventSink& sink, const std::stop_token&) {
                for (int i = 0; i < 3; ++i)
                    sink.send({"step", std::to_string(i), ""});
            });
        });
        server.route(Method::get, "/endless", [this](Request&) {
            return Response::events([this](http::EventSink& sink, const std::stop_token& stop) {
                ++running;
                while (!stop.stop_requested() && sink.send({"", std::string(10'000, 'x'), ""})) {
                }
                --running;
            });
        });
        server.route(Method::get, "/jobs/{id}", [this](Request& r) {
            return Response::hub(hub, r.path_values.at("id"), r.header("last-event-id").value_or(""));
        });
        server.route(Method::get, "/file", [this](Request&) {
            return Response::file(folder.path() / "large.bin", "application/octet-stream", "v7");
        });
        server.route(Method::get, "/missing",
                     [this](Request&) { return Response::file(folder.path() / "none", "text/plain"); });
        server.route(Method::get, "/split",
                     [](Request&) { return Response::text("x").with("X-A", "1\r\nSet-Cookie: evil=1"); });
        server.add_header("X-Standing", "yes");
        REQUIRE(server.start().has_value());
    }

    http::ServerSettings adjusted(http::ServerSettings settings) const {
        settings.port = 0;
        settings.upload_folder = folder.path() / "uploads";
        return settings;
    }
    Response upload(Request& request) {
        std::string text;
        for (const auto& [name, value] : request.fields)
            text += fmt::format("{}={};", name, value);
        for (const auto& file : request.files) {
            text += fmt::format("{}:{}:{}:{};", file.field, file.name, file.size,
                                std::filesystem::file_size(file.path));
        }
        return Response::text(text);
    }
    Response wait(Request& request) {
        ++running;
        const bool stopped = soon([&] { return request.stop.stop_requested(); });
        --running;
        stops += stopped ? 1 : 0;
        return Response::text("waited");
    }

    TemporaryFolder folder = TemporaryFolder::create().value();
    http::EventHub hub;
    std::atomic<int> running{0};
    std::atomic<int> stops{0};
    http::Server server;
};

std::string form(std::string_view content, std::string_view name = "a.txt") {
    return fmt::format(
        "--XX\r\nContent-Disposition: form-data; name=title\r\n\r\nBygglov\r\n--XX\r\nContent-Disposition: "
        "form-data; "
        "name=file; filename={}\r\n\r\n{}\r\n--XX--\r\n",
        name, content);
}

}  // namespace

TEST_CASE("requests are answered, one after the other on one connection") {
    House house;
    TestClient client(house.server.port());
    const auto first = client.ask(get("/hello/%C3%A5sa"));
    CHECK(first.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    CHECK(contains(first, "X-Standing: yes\r\n"));
    CHECK(first.ends_with("\r\n\r\nhej åsa"));
    CHECK(client.ask(post("/echo", "", "body")).ends_with("\r\n\r\nbody"));
    CHECK(contains(client.ask(get("/nothing")), "HTTP/1.1 404 "));
    CHECK(contains(client.ask("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n"), "Allow: POST\r\n"));
    CHECK(contains(client.ask(get("/hello/a/../b")), "HTTP/1.1 400 "));
    CHECK(client.read_all(2s).empty());

    TestClient second(house.server.port());
    second.send("HEAD /hello/a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello/b", "Connection: close\r\n"));
    const auto both = second.read_all();
    CHECK(contains(both, "Content-Length: 5\r\n\r\nHTTP/1.1 200 OK"));
    CHECK(contains(both, "Connection: close\r\n"));
    CHECK(both.ends_with("hej b"));
}

TEST_CASE("pipelined requests are answered in their order, bodies chunked or not") {
    House house;
    TestClient client(house.server.port());
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += get(fmt::format("/hello/{}", i)) + post("/echo", "", std::to_string(i));
    all +=
        "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    client.send(all);
    const auto answers = client.read_all();
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find(fmt::format("\r\n\r\nhej {}HTTP", i), at);
        REQUIRE(at != answers.npos);
    }
    CHECK(answers.ends_with("\r\n\r\nabcde"));
}

TEST_CASE("what is malformed or too large is refused, and the client sees the answer") {
    House house;
    const auto ask = [&](const std::string& request) { return TestClient(house.server.port()).ask(request); };
    CHECK(contains(ask("GET /hello/a HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
                   "HTTP/1.1 431 "));
    CHECK(contains(ask("nonsense\r\n\r\n"), "HTTP/1.1 400 "));
    CHECK(contains(ask("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 501 "));
    CHECK(contains(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"),
        "HTTP/1.1 400 "));
    CHECK(contains(ask(post("/echo", "", std::string(1001, 'a'))), "HTTP/1.1 413 "));
    CHECK(contains(ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" +
                       std::string(4095, 'a')),
                   "HTTP/1.1 413 "));

    // Megabytes on their way when the answer comes.
    TestClient client(house.server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
    client.send(std::string(20'000'000, 'a'));
    const auto answer = client.read_all();
    CHECK(contains(answer, "HTTP/1.1 413 "));
    CHECK(contains(answer, "Connection: close"));

    TestClient polite(house.server.port());
    polite.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    CHECK(polite.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(polite.ask("body").ends_with("body"));
}

TEST_CASE("no header of ours can be split, and nothing of an exception is told") {
    House house;
    log::set_level(log::Level::error);
    TestClient client(house.server.port());
    CHECK(contains(client.ask(get("/split")), "X-A: 1Set-Cookie: evil=1\r\n"));
    const auto answer = client.ask(get("/throw"));
    CHECK(contains(answer, "HTTP/1.1 500 "));
    CHECK(contains(answer, "händelse "));
    CHECK_FALSE(contains(answer, "secret"));
    CHECK(contains(client.ask(get("/etag", "If-None-Match: W/\"v1\"\r\n")), "HTTP/1.1 304 "));
    CHECK(client.ask(get("/hello/a")).ends_with("hej a"));
}

TEST_CASE("files of a form are on disk while the handler runs, and gone after it") {
    House house;
    const auto uploads = house.folder.path() / "uploads";
    const auto large = std::string(30'000'000, '\r') + "\n--X";
    TestClient client(house.server.port());
    const auto head = "Content-Type: multipart/form-data; boundary=XX\r\n";
    CHECK(client.ask(post("/upload", head, form(large)))
              .ends_with(fmt::format("title=Bygglov;file:a.txt:{0}:{0};", large.size())));
    CHECK(soon([&] { return files_in(uploads) == 0; }));
    CHECK(client.ask(post("/upload", head, form("small", "\"\""))).ends_with("title=Bygglov;file::5:5;"));
    CHECK(client.ask(post("/upload", head, form("", "\"\""))).ends_with("\r\n\r\ntitle=Bygglov;"));

    // Broken off in the middle.
    TestClient broken(house.server.port());
    broken.send(fmt::format("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n{}\r\n{}", head,
                            form("abc").substr(0, 130)));
    CHECK(soon([&] { return files_in(uploads) == 1; }));
    broken.close();
    CHECK(soon([&] { return files_in(uploads) == 0; }));

    const auto ask = [&](const std::string& request) { return TestClient(house.server.port()).ask(request); };
    CHECK(contains(ask(post("/upload", head, form("abc").substr(0, 100))), "HTTP/1.1 400 "));
    CHECK(contains(ask(post("/echo", head, form("abc"))), "HTTP/1.1 415 "));
    CHECK(contains(ask(post("/upload", "Content-Type: multipart/form-data\r\n", "abc")), "HTTP/1.1 400 "));
    const auto three = "--XX\r\nContent-Disposition: form-data; name=f; filename=b\r\n\r\n1\r\n";
    CHECK(contains(ask(post("/upload", head, fmt::format("{0}{0}{0}--XX--", three))), "HTTP/1.1 413 "));
    CHECK(contains(ask("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000000\r\n" +
                       std::string(head) + "\r\n"),
                   "HTTP/1.1 413 "));
    CHECK(soon([&] { return files_in(uploads) == 0; }));
}

TEST_CASE("large files are sent whole and in parts") {
    House house;
    std::string content;
    for (int i = 0; i < 300'000; ++i)
        content += std::to_string(i);
    REQUIRE(write_file(house.folder.path() / "large.bin", content).has_value());
    TestClient client(house.server.port());
    const auto whole = client.ask(get("/file"));
    CHECK(contains(whole, "ETag: \"v7\"\r\n"));
    CHECK(contains(whole, "Accept-Ranges: bytes\r\n"));
    CHECK(whole.ends_with("\r\n\r\n" + content));
    const auto part = client.ask(get("/file", "Range: bytes=10-19\r\n"));
    CHECK(contains(part, "HTTP/1.1 206 "));
    CHECK(contains(part, fmt::format("Content-Range: bytes 10-19/{}\r\n", content.size())));
    CHECK(part.ends_with("\r\n\r\n" + content.substr(10, 10)));
    CHECK(client.ask(get("/file", "Range: bytes=-7\r\n"))
              .ends_with("\r\n\r\n" + content.substr(content.size() - 7)));
    CHECK(client.ask(get("/file", "Range: bytes=500000-\r\n")).ends_with(content.substr(500'000)));
    CHECK(contains(client.ask(get("/file", "Range: bytes=99999999-\r\n")), "HTTP/1.1 416 "));
    CHECK(contains(client.ask(get("/file", "Range: bytes=10-19\r\nIf-Range: \"v6\"\r\n")), "HTTP/1.1 200 "));
    CHECK(contains(client.ask(get("/file", "If-None-Match: \"v7\"\r\n")), "HTTP/1.1 304 "));
    CHECK(contains(client.ask(get("/missing")), "HTTP/1.1 404 "));
    client.send("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(contains(client.read_until("\r\n\r\n"), fmt::format("Content-Length: {}\r\n", content.size())));
    CHECK(client.ask(get("/hello/a")).ends_with("hej a"));
}

TEST_CASE("slow clients do not hold a connection") {
    House house({.idle_timeout = 1s, .header_timeout = 1s, .body_timeout = 1s});
    const auto begin = std::chrono::steady_clock::now();
    TestClient idle(house.server.port());
    TestClient in_head(house.server.port());
    TestClient in_body(house.server.port());
    in_head.send("GET /hello/a HTTP/1.1\r\n");
    in_body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
    TestClient trickle(house.server.port());
    trickle.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    for (int i = 0; i < 15; ++i) {
        trickle.send("a");
        std::this_thread::sleep_for(100ms);
    }
    CHECK(contains(trickle.read_all(), "HTTP/1.1 408 "));
    CHECK(idle.read_all().empty());
    CHECK(contains(in_head.read_all(), "HTTP/1.1 408 "));
    CHECK(contains(in_body.read_all(), "HTTP/1.1 408 "));
    CHECK(std::chrono::steady_clock::now() - begin < 8s);
}

TEST_CASE("a client that goes away stops its request") {
    House house;
    TestClient client(house.server.port());
    client.send(get("/wait"));
    CHECK(soon([&] { return house.running == 1; }));
    client.close();
    CHECK(soon([&] { return house.stops == 1; }));

    TestClient stream(house.server.port());
    stream.send(get("/endless"));
    CHECK(soon([&] { return house.running == 1; }));
    stream.read_until("xxxx");
    stream.close();
    CHECK(soon([&] { return house.running == 0; }));
}

TEST_CASE("event streams end by themselves, and the connection goes on") {
    House house;
    TestClient client(house.server.port());
    client.send(get("/stream"));
    const auto text = client.read_until("0\r\n\r\n");
    CHECK(contains(text, "Content-Type: text/event-stream\r\n"));
    CHECK(contains(text, "event: step\ndata: 0\n\n"));
    CHECK(contains(text, "event: step\ndata: 2\n\n"));
    CHECK(client.ask(get("/hello/a")).ends_with("hej a"));
}

TEST_CASE("many followers of a job take no threads, and plain requests pass them") {
    House house({.request_threads = 2, .heartbeat = 1s});
    std::vector<TestClient> followers;
    for (int i = 0; i < 200; ++i) {
        followers.emplace_back(house.server.port());
        REQUIRE(followers.back().connected());
        REQUIRE(followers.back().send(get("/jobs/7")));
    }
    CHECK(soon([&] { return house.hub.followers("7") == 200; }));
    house.hub.publish("7", {"progress", "10", ""});
    TestClient plain(house.server.port());
    for (int i = 0; i < 200; ++i)
        REQUIRE(plain.ask(get("/hello/a")).ends_with("hej a"));
    house.hub.publish("7", {"done", "100", ""});
    for (auto& follower : followers)
        CHECK(contains(follower.read_until("data: 100\n\n"), "data: 10\n"));
    CHECK(contains(followers[0].read_until(":\n\n", 3s), ":\n\n"));

    // A browser that comes back gets what it missed.
    const auto first = [&] {
        TestClient late(house.server.port());
        late.send(get("/jobs/7", "Last-Event-ID: unknown\r\n"));
        return late.read_until("data: 100\n\n");
    }();
    const auto id =
        first.substr(first.find("id: ") + 4, first.find('\n', first.find("id: ")) - first.find("id: ") - 4);
    TestClient again(house.server.port());
    again.send(get("/jobs/7", fmt::format("Last-Event-ID: {}\r\n", id)));
    const auto missed = again.read_until("data: 100\n\n");
    CHECK_FALSE(contains(missed, "data: 10\n"));
    CHECK(contains(missed, "data: 100\n"));
    followers.clear();
    again.close();
    CHECK(soon([&] { return house.hub.followers("7") == 0; }));
}

TEST_CASE("streams that compute are bounded; plain requests do not wait for them") {
    House house({.request_threads = 1, .stream_threads = 2});
    std::vector<TestClient> streams;
    for (int i = 0; i < 10; ++i) {
        streams.emplace_back(house.server.port());
        streams.back().send(get("/endless"));
    }
    CHECK(soon([&] { return house.running == 2; }));
    TestClient plain(house.server.port());
    CHECK(plain.ask(get("/hello/a")).ends_with("hej a"));
    CHECK(house.running == 2);
}

TEST_CASE("connections beyond the limit are told so") {
    House house({.max_connections = 3});
    std::vector<TestClient> held;
    for (int i = 0; i < 3; ++i) {
        held.emplace_back(house.server.port());
        held.back().ask(get("/hello/a"));
    }
    TestClient refused(house.server.port());
    const auto answer = refused.ask(get("/hello/a"));
    CHECK(contains(answer, "HTTP/1.1 503 "));
    CHECK(contains(answer, "Retry-After: "));
    held.pop_back();
    CHECK(
        soon([&] { return contains(TestClient(house.server.port()).ask(get("/hello/a")), "HTTP/1.1 200"); }));
}

TEST_CASE("a port that is taken is told in plain words") {
    House house;
    http::Server second({.port = house.server.port()});
    const auto started = second.start();
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().message == fmt::format("Porten {} är upptagen.", house.server.port()));
    http::Server nowhere({.address = "not an address", .port = 0});
    CHECK(nowhere.start().error().code == ErrorCode::unavailable);
}

TEST_CASE("stopping lets a request finish, ends streams, and may be repeated") {
    House house;
    TestClient stream(house.server.port());
    stream.send(get("/jobs/1"));
    TestClient endless(house.server.port());
    endless.send(get("/endless"));
    TestClient idle(house.server.port());
    CHECK(soon([&] { return house.hub.followers("1") == 1 && house.running == 1; }));
    TestClient busy(house.server.port());
    busy.send(get("/wait"));
    CHECK(soon([&] { return house.running == 2; }));
    const auto begin = std::chrono::steady_clock::now();
    house.server.stop(300ms);
    CHECK(std::chrono::steady_clock::now() - begin < 3s);
    CHECK(house.running == 0);
    CHECK(stream.read_all().ends_with("0\r\n\r\n"));
    CHECK(idle.read_all().empty());
    CHECK_FALSE(TestClient(house.server.port()).connected());
    house.server.stop();
    CHECK(house.hub.followers("1") == 0);
}

TEST_CASE("a trusted proxy's word on the client's address counts, nobody else's") {
    for (const bool trusted : {false, true}) {
        http::ServerSettings settings{.port = 0};
        if (trusted) settings.trusted_proxies = {"127.0.0.1"};
        http::Server server(settings);
        server.route(Method::get, "/who", [](Request& r) { return Response::text(r.remote_address); });
        REQUIRE(server.start().has_value());
        const auto answer =
            TestClient(server.port()).ask(get("/who", "X-Forwarded-For: 1.1.1.1, 192.0.2.7\r\n"));
        CHECK(answer.ends_with(trusted ? "\r\n\r\n192.0.2.7" : "\r\n\r\n127.0.0.1"));
    }
}
