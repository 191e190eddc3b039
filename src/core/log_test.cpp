#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/detail/log_line.hpp"

using namespace kansli::log;

namespace {

std::string laid_out(Format format, std::string_view message) {
    static constexpr std::string_view time = "2026-11-22T08:30:00.000Z";
    const std::array<Field, 3> fields{Field{"route", std::string_view("/api/search")},
                                      Field{"status", std::int64_t{200}}, Field{"ms", 12.5}};
    return detail::lay_out({time, Level::warning, message, "0a1b", fields}, format);
}

}  // namespace

TEST_CASE("a line for people and a line for programs") {
    CHECK(laid_out(Format::text, "request") ==
          "2026-11-22T08:30:00.000Z warning request route=/api/search status=200 ms=12.500 request=0a1b");
    CHECK(laid_out(Format::json, "request") ==
          R"({"time":"2026-11-22T08:30:00.000Z","level":"warning","message":"request","request":"0a1b",)"
          R"("route":"/api/search","status":200,"ms":12.500})");
}

TEST_CASE("no text begins a line of its own, and JSON stays UTF-8") {
    CHECK(laid_out(Format::text, "a\nb").find('\n') == std::string::npos);
    const auto line = laid_out(Format::json, "å \"x\"\n\\ \xff\xc3 \xed\xa0\x80 \xf0\x9f\x98\x80");
    CHECK(line.find(R"("å \"x\"\u000a\\ \ufffd\ufffd \ufffd\ufffd\ufffd 😀")") != std::string::npos);
}
