#include "http/mail.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "core/hash.hpp"
#include "core/time.hpp"
#include "http/detail/ascii.hpp"

namespace kansli::http {

namespace {

constexpr long patience_seconds = 30;
constexpr std::size_t base64_line = 57;    // bytes that make a line of 76 signs
constexpr std::size_t subject_piece = 39;  // bytes that make an encoded word of at most 75 signs

std::string base64(std::string_view bytes) {
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? signs[group >> (18 - 6 * i) & 0x3FU] : '=';
    }
    return text;
}

// Where a piece of at most `most` bytes may end without cutting a letter.
std::size_t end_of_piece(std::string_view text, std::size_t at, std::size_t most) {
    std::size_t end = std::min(text.size(), at + most);
    while (end < text.size() && end > at + 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return end;
}

// RFC 2047, section 2: words of base64, folded.
std::string encoded_subject(std::string_view subject) {
    std::string header;
    for (std::size_t at = 0; at < subject.size();) {
        const auto end = end_of_piece(subject, at, subject_piece);
        header += fmt::format("{}=?UTF-8?B?{}?=", header.empty() ? "" : "\r\n ",
                              base64(subject.substr(at, end - at)));
        at = end;
    }
    return header;
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, detail::is_control, ' ');
    return line;
}

// Line ends as SMTP wants them, before base64 hides them.
std::string with_crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

std::string date_of(Timestamp moment) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const Date date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(moment - day)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                       days.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                       months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

bool is_plain_address(std::string_view address) {
    const auto at = address.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() && address.size() <= 254 &&
           std::ranges::none_of(address, [](char c) {
               return detail::is_control(c) || c == ' ' || c == '<' || c == '>' || c == ',' || c == ';' ||
                      c == '"';
           });
}

// What is left to send.
struct Outgoing {
    std::string_view rest{};
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& outgoing = *static_cast<Outgoing*>(context);
    const auto taken = std::min(size * count, outgoing.rest.size());
    std::memcpy(buffer, outgoing.rest.data(), taken);
    outgoing.rest.remove_prefix(taken);
    return taken;
}

struct CurlOwner {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

Failure failed_mail(CURLcode code, long answer, const std::string& to) {
    // 5yz is the server's final no (RFC 5321, 4.2.1).
    if (answer >= 500 && answer < 600)
        return fail(ErrorCode::invalid_input,
                    fmt::format("E-postservern tog inte emot brevet (svar {}).", answer), to,
                    "Kontrollera adressen.");
    return fail(ErrorCode::unavailable,
                fmt::format("Brevet gick inte att skicka ({}).", curl_easy_strerror(code)), to,
                "Kontrollera e-postservern i inställningarna.");
}

}  // namespace

std::string message_of(const Mail& mail, const std::string& from, const std::string& date,
                       const std::string& id) {
    auto message = fmt::format(
        "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nAuto-Submitted: "
        "auto-generated\r\n\r\n",
        one_line(from), one_line(mail.to), encoded_subject(one_line(mail.subject)), date, id);
    const auto body = with_crlf(mail.text);
    for (std::size_t at = 0; at < body.size(); at += base64_line)
        message += base64(std::string_view(body).substr(at, base64_line)) + "\r\n";
    return message;
}

MailClient::MailClient(MailServer server) : server_(std::move(server)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): libcurl's way of setting options
Result<void> MailClient::send(const Mail& mail) const {
    if (!configured())
        return fail(ErrorCode::unsupported, "Ingen e-postserver är inställd.", "smtp_host",
                    "En administratör kan ange den i kansli.toml.");
    if (!is_plain_address(mail.to))
        return fail(ErrorCode::invalid_input, "E-postadressen är inte giltig.", mail.to);
    const std::unique_ptr<CURL, CurlOwner> handle(curl_easy_init());
    if (!handle) return fail(ErrorCode::internal, "libcurl kunde inte startas.");
    const std::unique_ptr<curl_slist, CurlOwner> recipients(
        curl_slist_append(nullptr, fmt::format("<{}>", mail.to).c_str()));
    const auto host = server_.from.substr(server_.from.find('@') + 1);
    const auto message = message_of(mail, server_.from, date_of(now()), random_token() + "@" + host);
    Outgoing outgoing{message};
    curl_easy_setopt(handle.get(), CURLOPT_URL,
                     fmt::format("smtp://{}:{}", server_.host, server_.port).c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp");
    curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(handle.get(), CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, patience_seconds);
    curl_easy_setopt(handle.get(), CURLOPT_USE_SSL,
                     static_cast<long>(server_.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, fmt::format("<{}>", server_.from).c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(handle.get(), CURLOPT_READDATA, &outgoing);
    curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
    const auto code = curl_easy_perform(handle.get());
    if (code == CURLE_OK) return {};
    long answer = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer);
    return failed_mail(code, answer, mail.to);
}
// NOLINTEND(cppcoreguidelines-pro-type-vararg)

}  // namespace kansli::http
