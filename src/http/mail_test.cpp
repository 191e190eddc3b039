#include "http/mail.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::http;

// Sending itself is tested against a real server in tests/api/desk_mail_test.py.

TEST_CASE("a message has its headers in ASCII and its body in base64 lines") {
    const auto message =
        message_of({.to = "bo@exempel.se", .subject = "Två förslag", .text = "Hej!\nRad två."},
                   "kansli@exempel.se", "Mon, 01 Jun 2026 08:00:00 +0000", "1@exempel.se");
    CHECK(message ==
          "From: kansli@exempel.se\r\nTo: bo@exempel.se\r\nSubject: =?UTF-8?B?VHbDpSBmw7Zyc2xhZw==?=\r\n"
          "Date: Mon, 01 Jun 2026 08:00:00 +0000\r\nMessage-ID: <1@exempel.se>\r\nMIME-Version: 1.0\r\n"
          "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
          "Auto-Submitted: auto-generated\r\n\r\nSGVqIQ0KUmFkIHR2w6Uu\r\n");
}

TEST_CASE("nothing in a subject can begin another header, and no line is too long") {
    std::string subject = "Rad ett\r\nBcc: alla@exempel.se ";
    for (int i = 0; i < 40; ++i)
        subject += "åäö ";
    const auto message = message_of(
        {.to = "bo@exempel.se", .subject = subject, .text = std::string(500, 'x')}, "k@exempel.se", "d", "i");
    CHECK(message.find("\r\nBcc") == std::string::npos);
    for (std::size_t at = 0; at < message.size();) {
        const auto end = message.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        CHECK(end - at <= 78);
        at = end + 2;
    }
}

TEST_CASE("nothing is sent without a named server, nor to what is no address") {
    const auto code = [](const MailServer& server, const std::string& to) {
        return MailClient(server).send({.to = to, .subject = "x", .text = "y"}).error().code;
    };
    CHECK(code({}, "bo@exempel.se") == ErrorCode::unsupported);
    CHECK(code({.host = "127.0.0.1", .port = 1, .starttls = false, .from = "k@exempel.se"}, "bo\r\nDATA") ==
          ErrorCode::invalid_input);
    CHECK(code({.host = "127.0.0.1", .port = 1, .starttls = false, .from = "k@exempel.se"},
               "bo@exempel.se") == ErrorCode::unavailable);
}
