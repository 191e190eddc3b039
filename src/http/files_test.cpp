#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "http/detail/file_answer.hpp"
#include "http/static_files.hpp"

using namespace kansli;
using http::Request;
using http::Response;
using http::detail::parse_range;
using http::detail::RangeKind;
using http::detail::Span;

namespace {

struct Site {
    Site() {
        std::filesystem::create_directories(folder.path() / "dist" / "assets");
        write("dist/index.html", "page");
        write("dist/assets/app-1a2b.js", "js");
        write("dist/assets/app-1a2b.js.gz", "packed");
        write("dist/.secret", "hidden");
        write("outside.txt", "outside");
        std::filesystem::create_symlink(folder.path() / "outside.txt", folder.path() / "dist" / "link.txt");
        std::filesystem::create_symlink(folder.path() / "dist" / "index.html",
                                        folder.path() / "dist" / "inside.html");
        handler =
            http::static_files(folder.path() / "dist", [](Request&) { return Response::text("404", 404); });
    }
    void write(const std::string& name, const std::string& text) const {
        REQUIRE(write_file(folder.path() / name, text).has_value());
    }
    // The name of the file sent, or the status.
    std::string ask(std::string path, std::map<std::string, std::string> headers = {}) const {
        last = get(std::move(path), std::move(headers));
        const auto* file = std::get_if<http::FileBody>(&last.body);
        return file != nullptr ? file->path.filename().string() : std::to_string(last.status);
    }
    Response get(std::string path, std::map<std::string, std::string> headers) const {
        Request request;
        request.path = std::move(path);
        request.headers = std::move(headers);
        return handler(request);
    }
    TemporaryFolder folder = TemporaryFolder::create().value();
    http::Handler handler;
    mutable Response last{};
};

}  // namespace

TEST_CASE("files of the site are found, pages of the application get the index") {
    const Site site;
    CHECK(site.ask("/") == "index.html");
    CHECK(site.last.header("content-type") == "text/html; charset=utf-8");
    CHECK(site.last.header("cache-control") == "no-cache");
    CHECK(site.ask("/assets/app-1a2b.js") == "app-1a2b.js");
    CHECK(site.last.header("cache-control") == "public, max-age=31536000, immutable");
    CHECK(site.last.header("vary") == "Accept-Encoding");
    CHECK(site.ask("/assets/app-1a2b.js", {{"accept-encoding", "br, gzip;q=0.8"}}) == "app-1a2b.js.gz");
    CHECK(site.last.header("content-encoding") == "gzip");
    CHECK(site.last.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(site.ask("/assets/app-1a2b.js", {{"accept-encoding", "gzip;q=0"}}) == "app-1a2b.js");
    CHECK(site.ask("/dokument/7", {{"accept", "text/html,*/*"}}) == "index.html");
    CHECK(site.ask("/dokument/7") == "404");
    CHECK(site.ask("/assets/gone.js", {{"accept", "text/html,*/*"}}) == "404");
    CHECK(site.ask("/inside.html") == "index.html");
}

TEST_CASE("nothing outside the folder and nothing hidden is sent") {
    const Site site;
    for (const auto* path : {"/../outside.txt", "/assets/../../outside.txt", "/link.txt", "/.secret",
                             "//etc/passwd", "/assets", "/assets/..", "/..", "/a\\..\\b"}) {
        CAPTURE(path);
        CHECK(site.ask(path) == "404");
    }
    CHECK(site.ask(std::string("/index.html\0.png", 16)) == "404");
}

TEST_CASE("ranges") {
    const auto range = [](std::string_view header) { return parse_range(header, 100); };
    CHECK(range("bytes=0-9") == std::pair{RangeKind::part, Span{0, 10}});
    CHECK(range("bytes=90-") == std::pair{RangeKind::part, Span{90, 10}});
    CHECK(range("bytes=90-1000") == std::pair{RangeKind::part, Span{90, 10}});
    CHECK(range("bytes=-10") == std::pair{RangeKind::part, Span{90, 10}});
    CHECK(range("bytes=-1000") == std::pair{RangeKind::part, Span{0, 100}});
    CHECK(range("bytes=100-").first == RangeKind::outside);
    CHECK(range("bytes=-0").first == RangeKind::outside);
    for (const auto* wrong : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-0", "bytes=0-1,2-3",
                              "lines=0-1", "bytes=99999999999999999999-", "bytes=1-x", "bytes=+1-2"}) {
        CAPTURE(wrong);
        CHECK(range(wrong).first == RangeKind::whole);
    }
    CHECK(rc::check([](const std::string& text, std::uint32_t size) {
        const auto [kind, span] = parse_range("bytes=" + text, size);
        RC_ASSERT(kind != RangeKind::part || (span.size > 0 && span.first + span.size <= size));
    }));
}

TEST_CASE("entity tags") {
    using http::detail::matches_any;
    CHECK(matches_any("\"a\", W/\"b\"", "\"b\""));
    CHECK(matches_any("*", "\"b\""));
    CHECK_FALSE(matches_any("\"a\"", "\"b\""));
    CHECK(http::detail::quoted_etag("a") == "\"a\"");
    CHECK(http::detail::quoted_etag("W/\"a\"") == "W/\"a\"");
}
