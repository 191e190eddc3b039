#include "http/client.hpp"

#include <atomic>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "http/server.hpp"

using namespace kansli;
using http::Client;
using http::Method;
using http::Request;
using http::Response;

namespace {

// A site on this machine; reached only when it is named as internal.
struct Site {
    Site() : server({.port = 0}) {
        server.route(Method::get, "/page", [](Request&) {
            return Response::text("hej")
                .with("ETag", "\"v1\"")
                .with("Last-Modified", "Sun, 22 Nov 2026 08:00:00 GMT");
        });
        server.route(Method::get, "/large",
                     [](Request&) { return Response::text(std::string(100'000, 'a')); });
        server.route(Method::get, "/near", [](Request&) { return Response::redirect("page"); });
        server.route(Method::get, "/circle", [](Request&) { return Response::redirect("/circle"); });
        server.route(Method::get, "/away",
                     [](Request&) { return Response::redirect("http://other.example/"); });
        server.route(Method::get, "/file", [](Request&) { return Response::redirect("file:///etc/passwd"); });
        server.route(Method::get, "/rebind", [this](Request&) {
            return Response::redirect(fmt::format("http://localhost:{}/page", server.port()));
        });
        server.route(Method::post, "/form", [](Request& request) {
            return Response::text(fmt::format("{} {} {}", request.header("content-type").value_or(""),
                                              request.header("authorization").value_or("-"), request.body));
        });
        server.route(Method::post, "/form/away", [](Request&) { return Response::redirect("/page"); });
        server.route(Method::post, "/json", [](Request& request) {
            return Response::text(fmt::format("{} {} {}", request.header("content-type").value_or(""),
                                              request.header("authorization").value_or("-"), request.body));
        });
        server.route(Method::post, "/wrong", [](Request&) { return Response::text("nej", 400); });
        server.route(Method::post, "/stream", [](Request&) {
            return Response::events([](http::EventSink& sink, const std::stop_token& stop) {
                for (int i = 0; i < 1000 && !stop.stop_requested(); ++i) {
                    if (!sink.send({"", fmt::format("{}", i), ""})) return;
                }
            });
        });
        server.route(Method::get, "/slow", [](Request& r) {
            for (int i = 0; i < 100 && !r.stop.stop_requested(); ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds{50});
            return Response::text("slow");
        });
        REQUIRE(server.start().has_value());
    }
    [[nodiscard]] std::string at(std::string_view path, std::string_view host = "127.0.0.1") const {
        return fmt::format("http://{}:{}{}", host, server.port(), path);
    }
    http::Server server;
};

ErrorCode error_of(const Client& client, const std::string& address) {
    const auto page = client.get({.address = address});
    REQUIRE_FALSE(page.has_value());
    return page.error().code;
}

}  // namespace

TEST_CASE("a page is fetched from a named host, and a second time only when it has changed") {
    const Site site;
    const Client client({.internal = {"127.0.0.1"}});
    const auto page = client.get({.address = site.at("/near")}).value();
    CHECK(page.body == "hej");
    CHECK(page.etag == "\"v1\"");
    CHECK(page.content_type == "text/plain; charset=utf-8");
    CHECK(page.address == site.at("/page"));
    const auto again = client.get({.address = site.at("/page"), .etag = page.etag}).value();
    CHECK(again.not_modified);
    CHECK(again.body.empty());
    CHECK(client.get({.address = site.at("/page"), .etag = "\"x\"\r\nHost: evil"}).value().body == "hej");
}

TEST_CASE("what is not named is not called") {
    const Site site;
    CHECK(error_of(Client({}), site.at("/page")) == ErrorCode::forbidden);
    const Client client({.hosts = {"127.0.0.1"}});
    // Named, but inside: the address decides.
    CHECK(error_of(client, site.at("/page")) == ErrorCode::forbidden);
    const Client by_name({.hosts = {"localhost"}});
    CHECK(error_of(by_name, site.at("/page", "localhost")) == ErrorCode::forbidden);
    // An internal host must not lead to one that is not.
    const Client inside({.hosts = {"localhost"}, .internal = {"127.0.0.1"}});
    CHECK(error_of(inside, site.at("/rebind")) == ErrorCode::forbidden);
    CHECK(error_of(inside, site.at("/away")) == ErrorCode::forbidden);
    CHECK(error_of(inside, site.at("/file")) == ErrorCode::forbidden);
    CHECK(error_of(Client({.hosts = {"127.1"}}), site.at("/page", "127.1")) == ErrorCode::forbidden);
    CHECK(error_of(inside, site.at("/page", "[::1]")) == ErrorCode::forbidden);
    CHECK(error_of(inside, "file:///etc/passwd") == ErrorCode::forbidden);
    CHECK(error_of(inside, "ftp://127.0.0.1/") == ErrorCode::forbidden);
    CHECK(error_of(inside, "http://a:b@127.0.0.1/") == ErrorCode::forbidden);
    CHECK(error_of(inside, "http://127.0.0.1@evil.example/") == ErrorCode::forbidden);
    CHECK(error_of(inside, "not an address") == ErrorCode::invalid_input);
}

TEST_CASE("size, time and redirects are limited; a stop is heard") {
    const Site site;
    const Client client({.internal = {"127.0.0.1"}});
    CHECK(client.get({.address = site.at("/large"), .limit = 1000}).error().code == ErrorCode::too_large);
    CHECK(client.get({.address = site.at("/circle")}).error().code == ErrorCode::unavailable);
    CHECK(client.get({.address = site.at("/none")}).error().code == ErrorCode::not_found);
    CHECK(client.get({.address = site.at("/slow"), .timeout = std::chrono::seconds{1}}).error().code ==
          ErrorCode::unavailable);
    std::stop_source stop;
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        stop.request_stop();
    });
    CHECK(client.get({.address = site.at("/slow"), .stop = stop.get_token()}).error().code ==
          ErrorCode::cancelled);
}

TEST_CASE("a form is posted with its credentials, to its own address alone") {
    const Site site;
    const Client client({.internal = {"127.0.0.1"}});
    const auto page =
        client.get({.address = site.at("/form"), .form = "a=b&c=%20", .authorization = "Basic eA=="}).value();
    CHECK(page.body == "application/x-www-form-urlencoded Basic eA== a=b&c=%20");
    CHECK(
        client.get({.address = site.at("/form"), .form = "", .authorization = "x\r\nEvil: y"}).value().body ==
        "application/x-www-form-urlencoded - ");
    CHECK(client.get({.address = site.at("/form/away"), .form = "a=b"}).error().code ==
          ErrorCode::unavailable);
    CHECK(client.get({.address = site.at("/near"), .redirects = 0}).error().code == ErrorCode::unavailable);
}

TEST_CASE("JSON is posted to its own address alone, and the answer comes whatever its status") {
    const Site site;
    const Client client({.internal = {"127.0.0.1"}});
    const auto page = client.post({.address = site.at("/json"), .json = "{}", .authorization = "Bearer x"});
    CHECK(page.value().body == "application/json Bearer x {}");
    CHECK(client.post({.address = site.at("/wrong")}).value().status == 400);
    CHECK(client.post({.address = site.at("/form/away")}).value().status == 303);
    CHECK(
        client.post({.address = site.at("/json"), .json = std::string(100, 'a'), .limit = 50}).error().code ==
        ErrorCode::too_large);
    CHECK(client.post({.address = "http://other.example/"}).error().code == ErrorCode::forbidden);
    CHECK(Client({.hosts = {"127.0.0.1"}}).post({.address = site.at("/json")}).error().code ==
          ErrorCode::forbidden);
}

TEST_CASE("an answer that is streamed comes piece by piece, and whoever has had enough ends it") {
    const Site site;
    const Client client({.internal = {"127.0.0.1"}});
    std::string got;
    const auto whole = client.post({.address = site.at("/stream"), .on_piece = [&](std::string_view piece) {
                                        got += piece;
                                        return true;
                                    }});
    CHECK(whole.value().body.empty());
    CHECK(got.find("data: 999") != std::string::npos);
    const auto ended =
        client.post({.address = site.at("/stream"), .on_piece = [](std::string_view) { return false; }});
    CHECK(ended.error().code == ErrorCode::cancelled);
    // What a failure says is no piece of an answer.
    bool told = false;
    const auto wrong = client.post(
        {.address = site.at("/wrong"), .on_piece = [&](std::string_view) { return told = true; }});
    CHECK(wrong.value().body == "nej");
    CHECK_FALSE(told);
}

TEST_CASE("public addresses are told from others") {
    for (const auto* open : {"8.8.8.8", "193.10.0.1", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888",
                             "2a00:1450::1", "::ffff:8.8.8.8"}) {
        CAPTURE(open);
        CHECK(http::is_public_address(open));
    }
    for (const auto* closed : {"127.0.0.1",
                               "127.255.255.255",
                               "10.1.2.3",
                               "172.16.0.1",
                               "172.31.255.255",
                               "192.168.1.1",
                               "169.254.169.254",
                               "100.64.0.1",
                               "0.0.0.0",
                               "224.0.0.1",
                               "255.255.255.255",
                               "::1",
                               "::",
                               "fe80::1",
                               "fc00::1",
                               "fd12::1",
                               "::ffff:10.0.0.1",
                               "::ffff:127.0.0.1",
                               "64:ff9b::a00:1",
                               "2002:a00:1::",
                               "2001:db8::1",
                               "ff02::1",
                               "::127.0.0.1",
                               "2001::1",
                               "nonsense",
                               ""}) {
        CAPTURE(closed);
        CHECK_FALSE(http::is_public_address(closed));
    }
}
