#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "http/detail/event_source.hpp"
#include "http/event_hub.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

using namespace kansli;
using http::Method;
using http::parse_target;
using http::Router;

namespace {

Router sample() {
    Router router;
    const auto answer = [](std::string text) {
        return [text = std::move(text)](http::Request&) { return http::Response::text(text); };
    };
    router.add(Method::get, "/", answer("root"));
    router.add(Method::get, "/api/documents", answer("list"));
    router.add(Method::post, "/api/documents", answer("create"));
    router.add(Method::get, "/api/documents/{id}", answer("one"));
    router.add(Method::get, "/api/documents/new", answer("new"));
    router.add(Method::get, "/api/documents/{id}/versions", answer("versions"));
    router.add(Method::get, "/api/documents/new/form", answer("form"));
    router.add(Method::get, "/files/{path*}", answer("rest"));
    return router;
}

// The answer of the route and its values: "one id=7"; "405" or "404" without one.
std::string ask(const Router& router, Method method, std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return "400";
    const auto match = router.find(method, target->segments);
    if (match.route == nullptr) return match.allowed.empty() ? "404" : "405";
    http::Request request;
    auto result = std::get<std::string>(match.route->handler(request).body);
    for (const auto& [name, value] : match.path_values)
        result += " " + name + "=" + value;
    return result;
}

}  // namespace

TEST_CASE("a literal beats a value, a value beats the rest, and dead ends are left") {
    const auto router = sample();
    CHECK(ask(router, Method::get, "/") == "root");
    CHECK(ask(router, Method::get, "/api/documents/new") == "new");
    CHECK(ask(router, Method::get, "/api/documents/7") == "one id=7");
    CHECK(ask(router, Method::get, "/api/documents/new/versions") == "versions id=new");
    CHECK(ask(router, Method::get, "/api/documents/new/form") == "form");
    CHECK(ask(router, Method::get, "/files/a/b%20c") == "rest path=a/b c");
    CHECK(ask(router, Method::get, "/api/documents/") == "404");
    CHECK(ask(router, Method::get, "/API/documents") == "404");
    CHECK(ask(router, Method::get, "/nothing") == "404");
}

TEST_CASE("HEAD is answered by GET; other methods are refused with what is allowed") {
    const auto router = sample();
    CHECK(ask(router, Method::head, "/api/documents/7") == "one id=7");
    CHECK(ask(router, Method::del, "/api/documents") == "405");
    CHECK(router.find(Method::del, {"api", "documents"}).allowed ==
          std::vector<Method>{Method::get, Method::post, Method::head});
    CHECK(http::method_of("DELETE") == Method::del);
    CHECK_FALSE(http::method_of("get").has_value());
}

TEST_CASE("targets are decoded strictly") {
    const auto target = parse_target("/a%C3%A5/b?q=bygg+lov%2B&q=&=x&tom&x=1=2#ignored").value();
    CHECK(target.path == "/aå/b");
    CHECK(target.segments == std::vector<std::string>{"aå", "b"});
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    CHECK(target.query == Pairs{{"q", "bygg lov+"}, {"q", ""}, {"", "x"}, {"tom", ""}, {"x", "1=2"}});
    CHECK(parse_target("http://localhost:80/a?b").value().path == "/a");
    CHECK(parse_target("HTTP://localhost").value().path == "/");
    for (const auto* wrong : {"", "a", "*", "/%", "/%4", "/%zz", "/%C3", "/../etc", "/a/%2e%2E/b", "/.",
                              "/a%2fb", "/a%5Cb", "/a%00", "/a%0A", "/?q=%", "/?q=%FF", "//", "/a?%zz=1"}) {
        CAPTURE(wrong);
        if (std::string_view(wrong) == "//") {
            CHECK(parse_target(wrong).value().segments == std::vector<std::string>{"", ""});
        } else {
            CHECK_FALSE(parse_target(wrong).has_value());
        }
    }
}

TEST_CASE("no target leads above its root") {
    CHECK(rc::check([](const std::vector<int>& choice) {
        static const std::vector<std::string> pieces = {"/", ".",   "..", "%2e", "%2F", "\\",
                                                        "a", "%5c", "%",  "?",   "%00", "å"};
        std::string text = "/";
        for (const int index : choice)
            text += pieces[static_cast<std::size_t>(std::abs(index % 12))];
        const auto target = parse_target(text);
        if (!target) return;
        for (const auto& segment : target->segments) {
            RC_ASSERT(segment != "." && segment != "..");
            RC_ASSERT(segment.find_first_of(std::string("/\\\0", 3)) == segment.npos);
        }
    }));
}

TEST_CASE("cookies") {
    const auto cookies = http::parse_cookies("kansli=abc; b=\"q\"; nonsense; kansli=second;c=1=2; =x");
    CHECK(cookies == std::map<std::string, std::string>{{"kansli", "abc"}, {"b", "q"}, {"c", "1=2"}});
}

TEST_CASE("events are written so that no data can begin another event") {
    using http::detail::format_event;
    CHECK(format_event({"progress", "{\"share\":1}", "7"}) ==
          "event: progress\nid: 7\ndata: {\"share\":1}\n\n");
    CHECK(format_event({"", "a\nb\r\nc\rd\n", ""}) == "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
    CHECK(format_event({"a\nevent: b", "x", "1\n2"}) == "event: aevent: b\nid: 12\ndata: x\n\n");
}

TEST_CASE("a hub hands events on, remembers the last ones and wakes once") {
    http::EventHub hub({.remembered = 3, .waiting = 4, .topics = 2});
    int woken = 0;
    auto early = hub.follow("job", "", [&] { ++woken; });
    for (int i = 0; i < 5; ++i)
        hub.publish("job", {"progress", std::to_string(i), ""});
    CHECK(woken == 1);
    std::string text;
    CHECK(early->take(text));
    // Four wait at most; the oldest went.
    CHECK(text.find("data: 0\n") == std::string::npos);
    CHECK(text.find("data: 1\n") != std::string::npos);
    CHECK(text.find("data: 4\n") != std::string::npos);
    const auto id =
        text.substr(text.find("id: ") + 4, text.find('\n', text.find("id: ")) - text.find("id: ") - 4);

    std::string resumed;
    hub.follow("job", id, [] {})->take(resumed);  // after 1
    CHECK(resumed == text.substr(text.find("\n\n") + 2));
    std::string restarted;
    hub.follow("job", "other-3", [] {})->take(restarted);
    CHECK(restarted == resumed);  // the three remembered
    std::string fresh;
    hub.follow("job", "", [] {})->take(fresh);
    CHECK(fresh.find("data: 4\n") != std::string::npos);
    CHECK(std::ranges::count(fresh, '\n') == 4);  // one event

    CHECK(hub.followers("job") == 4);
    early->close();
    CHECK(hub.followers("job") == 3);
    hub.publish("job", {"done", "", ""});
    CHECK(woken == 1);
    std::string nothing;
    CHECK_FALSE(early->take(nothing));
    CHECK(nothing.empty());
}

TEST_CASE("a slow follower loses progress before anything else; silent topics are forgotten") {
    http::EventHub hub({.remembered = 8, .waiting = 2, .topics = 2});
    const auto follower = hub.follow("a", "", [] {});
    hub.publish("a", {"done", "important", ""});
    hub.publish("a", {"progress", "1", ""});
    hub.publish("a", {"progress", "2", ""});
    std::string text;
    follower->take(text);
    CHECK(text.find("important") != std::string::npos);
    CHECK(text.find("data: 1\n") == std::string::npos);
    CHECK(text.find("data: 2\n") != std::string::npos);

    hub.publish("b", {"done", "b", ""});
    hub.publish("c", {"done", "c", ""});  // b goes: a has a follower
    std::string b;
    hub.follow("b", "x-1", [] {})->take(b);
    CHECK(b.empty());
    std::string a;
    hub.follow("a", "x-1", [] {})->take(a);
    CHECK(a.find("important") != std::string::npos);
    hub.forget("a");
    std::string forgotten;
    hub.follow("a", "x-1", [] {})->take(forgotten);
    CHECK(forgotten.empty());
}
