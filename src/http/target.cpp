#include "http/target.hpp"

#include <algorithm>
#include <cstddef>

#include "http/detail/ascii.hpp"
#include "http/detail/utf8.hpp"

namespace kansli::http {

namespace {

int digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    const char small = detail::lower(letter);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

Failure bad_target(std::string message) {
    return fail(ErrorCode::invalid_input, std::move(message), "adressen");
}

Result<void> check_segment(std::string_view segment) {
    if (segment == "." || segment == "..")
        return bad_target("Sökvägen får inte innehålla . eller .. som del.");
    if (segment.find_first_of("/\\") != segment.npos) {
        return bad_target("Sökvägens delar får inte innehålla / eller \\.");
    }
    return {};
}

// "http://host/path" is an allowed way to write "/path" (RFC 9112, section 3.2.2).
std::string_view without_origin(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!detail::equal_names(text.substr(0, scheme.size()), scheme)) continue;
        const auto slash = text.find_first_of("/?", scheme.size());
        return slash == text.npos ? "/" : text.substr(slash);
    }
    return text;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char letter = text[i];
        if (letter == '%') {
            const int high = i + 1 < text.size() ? digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return bad_target("Ett % saknar sina två siffror.");
            letter = static_cast<char>(high * 16 + low);
            i += 2;
        }
        result += letter;
    }
    if (!detail::is_utf8(result)) return bad_target("Adressen är inte giltig UTF-8.");
    return result;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        if (piece.empty()) continue;
        std::string spaced(piece);
        std::ranges::replace(spaced, '+', ' ');
        const auto equals = std::min(spaced.find('='), spaced.size());
        auto name = TRY(percent_decode(std::string_view(spaced).substr(0, equals)));
        auto value =
            TRY(percent_decode(std::string_view(spaced).substr(std::min(equals + 1, spaced.size()))));
        pairs.emplace_back(std::move(name), std::move(value));
    }
    return pairs;
}

Result<Target> parse_target(std::string_view text) {
    text = without_origin(text);
    text = text.substr(0, text.find('#'));
    const auto mark = std::min(text.find('?'), text.size());
    auto path = text.substr(0, mark);
    Target target;
    target.query = TRY(parse_query(text.substr(std::min(mark + 1, text.size()))));
    if (path.empty() && mark < text.size()) path = "/";
    if (!path.starts_with('/')) return bad_target("Sökvägen ska börja med /.");
    target.path = TRY(percent_decode(path));
    if (std::ranges::any_of(target.path, detail::is_control))
        return bad_target("Sökvägen innehåller styrtecken.");
    path.remove_prefix(1);
    if (path.empty()) return target;
    for (bool more = true; more;) {
        const auto piece = path.substr(0, path.find('/'));
        more = piece.size() < path.size();
        path.remove_prefix(piece.size() + (more ? 1 : 0));
        auto segment = TRY(percent_decode(piece));
        TRY(check_segment(segment));
        target.segments.push_back(std::move(segment));
    }
    return target;
}

std::map<std::string, std::string> parse_cookies(std::string_view text) {
    std::map<std::string, std::string> cookies;
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find(';'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        const auto equals = piece.find('=');
        if (equals == piece.npos) continue;
        auto value = detail::trim(piece.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        const auto name = detail::trim(piece.substr(0, equals));
        if (!name.empty()) cookies.emplace(name, value);
    }
    return cookies;
}

}  // namespace kansli::http
