#include "api/scim_filter.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "api/scim.hpp"
#include "core/ascii.hpp"
#include "json/value.hpp"

namespace kansli::api::scim {

namespace {

constexpr std::size_t longest_filter = 2000;
constexpr std::size_t most_conditions = 10;

bool may_stand_in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_ascii_digit(c) ||
           std::string_view(".:_-$").find(c) != std::string_view::npos;
}

// What is left of a filter or a path, read from the left.
class FilterText {
  public:
    explicit FilterText(std::string_view text) : left_(text) {}

    [[nodiscard]] bool at_end() {
        skip_spaces();
        return left_.empty();
    }
    bool take(char c) {
        skip_spaces();
        if (!left_.starts_with(c)) return false;
        left_.remove_prefix(1);
        return true;
    }
    // The next word of letters that may stand in a name; empty when there is none.
    std::string word() {
        skip_spaces();
        const auto end = std::ranges::find_if_not(left_, may_stand_in_name) - left_.begin();
        std::string taken(left_.substr(0, static_cast<std::size_t>(end)));
        left_.remove_prefix(taken.size());
        return taken;
    }
    // A text in quotation marks, as JSON writes it.
    std::optional<std::string> quoted() {
        skip_spaces();
        if (!left_.starts_with('"')) return std::nullopt;
        std::size_t end = 1;
        while (end < left_.size() && left_[end] != '"')
            end += left_[end] == '\\' ? 2 : 1;
        if (end >= left_.size()) return std::nullopt;
        const auto read = json::parse(left_.substr(0, end + 1));
        const auto* text = read ? read->as_string() : nullptr;
        if (text == nullptr) return std::nullopt;
        left_.remove_prefix(end + 1);
        return *text;
    }

  private:
    void skip_spaces() {
        while (left_.starts_with(' '))
            left_.remove_prefix(1);
    }
    std::string_view left_;
};

// "urn:…:User:emails.value" to "emails.value".
std::string plain_attribute(const std::string& name) {
    auto lower = to_lower_ascii(name);
    if (!lower.starts_with("urn:")) return lower;
    // The version of a schema has a dot, so the attribute is what stands after the last colon.
    return lower.substr(lower.rfind(':') + 1);
}

bool is_other_schema(const std::string& name) {
    const auto lower = to_lower_ascii(name);
    return lower.starts_with("urn:") && !lower.starts_with(to_lower_ascii(user_schema)) &&
           !lower.starts_with(to_lower_ascii(group_schema));
}

Result<std::vector<Condition>> read_conditions(FilterText& text, std::string_view where);

// An attribute with what may follow it: conditions in brackets, and a part of it after a dot.
Result<AttributePath> read_attribute(FilterText& text, std::string_view where, bool inner) {
    const auto name = text.word();
    if (name.empty()) return fail(ErrorCode::invalid_input, "Ett attribut saknas.", std::string(where));
    AttributePath path{.attribute = is_other_schema(name) ? to_lower_ascii(name) : plain_attribute(name)};
    if (inner || !text.take('[')) return path;
    path.conditions = TRY(read_conditions(text, where));
    if (!text.take(']')) return fail(ErrorCode::invalid_input, "] saknas.", std::string(where));
    const auto part = text.word();
    if (!part.empty() && !part.starts_with('.'))
        return fail(ErrorCode::invalid_input, fmt::format("\"{}\" förstås inte.", part), std::string(where));
    path.attribute += to_lower_ascii(part);
    return path;
}

Result<Condition> read_condition(FilterText& text, std::string_view where, bool inner) {
    Condition condition{.attribute = TRY(read_attribute(text, where, inner)).attribute};
    const auto comparison = text.word();
    if (to_lower_ascii(comparison) != "eq") {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Jämförelsen \"{}\" stöds inte, bara eq.", comparison), std::string(where));
    }
    if (auto quoted = text.quoted()) {
        condition.value = *std::move(quoted);
        return condition;
    }
    condition.value = to_lower_ascii(text.word());
    if (condition.value == "true" || condition.value == "false") return condition;
    return fail(ErrorCode::invalid_input, "Värdet ska vara text inom citattecken, true eller false.",
                std::string(where));
}

// Conditions stand inside brackets of one level, so this goes no deeper.
Result<std::vector<Condition>> read_conditions(FilterText& text, std::string_view where) {
    std::vector<Condition> conditions{TRY(read_condition(text, where, true))};
    while (to_lower_ascii(text.word()) == "and" && conditions.size() < most_conditions)
        conditions.push_back(TRY(read_condition(text, where, true)));
    return conditions;
}

Result<void> check_length(std::string_view text, std::string_view where) {
    if (text.size() <= longest_filter) return {};
    return fail(ErrorCode::invalid_input, "Uttrycket är för långt.", std::string(where));
}

}  // namespace

Result<std::vector<Condition>> parse_filter(std::string_view text) {
    TRY(check_length(text, in_filter));
    FilterText left(text);
    std::vector<Condition> conditions;
    do {
        conditions.push_back(TRY(read_condition(left, in_filter, false)));
        if (left.at_end()) return conditions;
    } while (to_lower_ascii(left.word()) == "and" && conditions.size() < most_conditions);
    return fail(ErrorCode::invalid_input, "Filtret förstås inte. Bara eq och and stöds.",
                std::string(in_filter));
}

Result<AttributePath> parse_path(std::string_view text) {
    TRY(check_length(text, in_path));
    FilterText left(text);
    auto path = TRY(read_attribute(left, in_path, false));
    if (left.at_end()) return path;
    return fail(ErrorCode::invalid_input, fmt::format("Sökvägen \"{}\" förstås inte.", text),
                std::string(in_path));
}

}  // namespace kansli::api::scim
