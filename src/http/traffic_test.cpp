// What the server tells of the requests it answers: ids, and figures that know nothing of their contents.
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/log.hpp"
#include "core/metrics.hpp"
#include "http/detail/test_client.hpp"
#include "http/server.hpp"

using namespace kansli;
using namespace std::chrono_literals;
using http::Method;
using http::Request;
using http::Response;
using http::detail::TestClient;

namespace {

struct House {
    House() {
        log::set_level(log::Level::error);
        server.count_in(metrics);
        server.on_error([](const Error& error, const std::string& id) {
            return Response::text(error.message + " [" + id + "]");
        });
        server.route(Method::get, "/hello/{name}",
                     [](Request& request) { return Response::text(request.id); });
        server.route(Method::get, "/throw", [](Request&) -> Response { throw std::runtime_error("secret"); });
        REQUIRE(server.start().has_value());
    }
    ~House() { log::set_level(log::Level::info); }
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    std::string ask(std::string_view path, std::string_view headers = {}) const {
        TestClient client(server.port());
        return client.ask(fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n{}\r\n", path, headers));
    }

    // A request is told after its last byte has been sent, which may be just after the client has it.
    bool comes_to_tell(const std::string& line) const {
        for (int i = 0; i < 500; ++i) {
            if (metrics.text().find(line) != std::string::npos) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    Metrics metrics;  // outlives the server
    http::Server server{{.port = 0}};
};

std::string id_in(const std::string& answer) {
    const std::string name = "X-Request-Id: ";
    const auto begin = answer.find(name) + name.size();
    return answer.substr(begin, answer.find('\r', begin) - begin);
}

std::string counted(std::string_view route, std::string_view status, int times) {
    return fmt::format(R"(kansli_http_requests_total{{route="{}",method="GET",status="{}"}} {})", route,
                       status, times);
}

}  // namespace

TEST_CASE("each request has an id: in the handler, in the answer, in what went wrong") {
    const House house;
    const auto first = house.ask("/hello/a");
    const auto second = house.ask("/hello/a");
    CHECK(id_in(first).size() == 32);
    CHECK(id_in(first) != id_in(second));
    CHECK(first.ends_with("\r\n\r\n" + id_in(first)));
    for (const auto* path : {"/throw", "/nowhere"}) {
        const auto answer = house.ask(path);
        CHECK(answer.ends_with("[" + id_in(answer) + "]"));
    }
    TestClient client(house.server.port());
    const auto refused = client.ask("nonsense\r\n\r\n");
    CHECK(refused.ends_with("[" + id_in(refused) + "]"));
}

TEST_CASE("a proxy's id is kept when it can be nothing but an id") {
    const House house;
    const auto kept = [&](const std::string& id) {
        return id_in(house.ask("/hello/a", "X-Request-Id: " + id + "\r\n")) == id;
    };
    CHECK(kept("0123456789abcdef0123456789abcdef"));
    CHECK(kept("6F1C2B1E-8a51-4d5c-9f0e-0123456789ab"));
    CHECK_FALSE(kept("0123456789abcde"));
    CHECK_FALSE(kept(std::string(65, 'a')));
    CHECK_FALSE(kept("rut.hemligsson@kommunen.se"));
}

TEST_CASE("requests are counted by route, never by path") {
    const House house;
    house.ask("/hello/rut");
    house.ask("/hello/sven?x=1");
    house.ask("/throw");
    house.ask("/nowhere");
    CHECK(house.comes_to_tell(counted("/hello/{name}", "2xx", 2)));
    CHECK(house.comes_to_tell(counted("/throw", "5xx", 1)));
    CHECK(house.comes_to_tell(counted("(none)", "4xx", 1)));
    CHECK(house.comes_to_tell(
        R"(kansli_http_request_duration_seconds_count{route="/hello/{name}",method="GET"} 2)"));
    CHECK(house.metrics.text().find("rut") == std::string::npos);
    CHECK(house.metrics.text().find("kansli_http_open_streams 0") != std::string::npos);
}
