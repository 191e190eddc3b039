#include "http/detail/parameters.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "http/detail/ascii.hpp"

namespace kansli::http::detail {

namespace {

// The text between the quotes that `text` begins with; `text` is left behind them. False when they do not end.
// Only \" is an escape: browsers send backslashes of file names as they are.
bool take_quoted(std::string_view& text, std::string& value) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return true;
        }
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') ++i;
        value += text[i];
    }
    return false;
}

}  // namespace

bool read_parameters(std::string_view text,
                     const std::function<void(const std::string&, std::string)>& take) {
    std::set<std::string> seen;
    text.remove_prefix(std::min(text.find(';'), text.size()));
    while (true) {
        while (!text.empty() && (text.front() == ';' || text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        }
        if (text.empty()) return true;
        const auto equals = text.find('=');
        if (equals == text.npos) return false;
        const auto name = lower(trim(text.substr(0, equals)));
        text = trim(text.substr(equals + 1));
        std::string value;
        if (text.starts_with('"')) {
            if (!take_quoted(text, value)) return false;
            text = trim(text);
            if (!text.empty() && text.front() != ';') return false;
        } else {
            const auto end = std::min(text.find(';'), text.size());
            value = trim(text.substr(0, end));
            text.remove_prefix(end);
        }
        if (name.empty() || !seen.insert(name).second) return false;
        take(name, std::move(value));
    }
}

}  // namespace kansli::http::detail
