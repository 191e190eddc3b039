#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <system_error>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include "json/detail/utf8.hpp"
#include "json/value.hpp"

namespace kansli::json {

namespace {

using boost::json::error_code;
using boost::json::string_view;

constexpr std::size_t longest_told = 100;  // of a name in a message

std::string_view std_view(string_view text) {
    return {text.data(), text.size()};
}

// What Boost.JSON's parser tells while it reads, put together to a Value.
class Builder {
  public:
    static constexpr auto unlimited = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_object_size = unlimited;
    static constexpr std::size_t max_array_size = unlimited;
    static constexpr std::size_t max_key_size = unlimited;
    static constexpr std::size_t max_string_size = unlimited;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return open(Value::array()); }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_object_begin(error_code&) { return open(Value::object()); }
    bool on_object_end(std::size_t, error_code& code) {
        if (const auto twice = repeated_name(*open_.back().as_object())) {
            return refuse(code, fmt::format("Namnet \"{}\" förekommer två gånger i samma objekt.",
                                            detail::beginning(*twice, longest_told)));
        }
        return close();
    }
    bool on_key_part(string_view part, std::size_t, error_code&) {
        text_ += std_view(part);
        return true;
    }
    bool on_key(string_view part, std::size_t, error_code&) {
        text_ += std_view(part);
        open_.back().as_object()->emplace_back(std::move(text_), Value());
        text_.clear();
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) {
        text_ += std_view(part);
        return true;
    }
    bool on_string(string_view part, std::size_t, error_code&) {
        text_ += std_view(part);
        std::string whole = std::move(text_);
        text_.clear();
        return add(std::move(whole));
    }
    bool on_number_part(string_view part, error_code&) {
        text_ += std_view(part);
        return true;
    }
    bool on_int64(std::int64_t number, string_view, error_code&) {
        text_.clear();
        return add(number);
    }
    bool on_uint64(std::uint64_t number, string_view, error_code&) {
        text_.clear();
        return add(number);
    }
    // Boost.JSON 1.81 may be wrong in the last bit of a double; from_chars is exact.
    bool on_double(double, string_view part, error_code& code) {
        text_ += std_view(part);
        double number = 0;
        const auto status = std::from_chars(text_.data(), text_.data() + text_.size(), number).ec;
        const bool tiny = status == std::errc::result_out_of_range && is_tiny();
        if (status != std::errc{} && !tiny)
            return refuse(code, fmt::format("Talet {:.40} är för stort.", text_));
        text_.clear();
        return add(tiny ? 0.0 : number);
    }
    bool on_bool(bool value, error_code&) { return add(value); }
    bool on_null(error_code&) { return add(nullptr); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    [[nodiscard]] Value take() { return std::move(root_); }
    [[nodiscard]] const std::string& refusal() const { return refusal_; }

  private:
    bool open(Value container) {
        open_.push_back(std::move(container));
        return true;
    }
    bool close() {
        Value whole = std::move(open_.back());
        open_.pop_back();
        return add(std::move(whole));
    }
    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* array = open_.back().as_array()) {
            array->push_back(std::move(value));
        } else {
            open_.back().as_object()->back().second = std::move(value);
        }
        return true;
    }
    bool refuse(error_code& code, std::string reason) {
        refusal_ = std::move(reason);
        code = boost::json::error::exception;
        return false;
    }
    // Out of range towards zero rather than towards infinity.
    [[nodiscard]] bool is_tiny() const {
        const auto exponent = text_.find_first_of("eE");
        if (exponent != text_.npos) return text_[exponent + 1] == '-';
        return text_.starts_with("0") || text_.starts_with("-0");
    }

    static std::optional<std::string_view> repeated_name(const Value::Object& members) {
        std::vector<std::string_view> names;
        names.reserve(members.size());
        for (const auto& member : members)
            names.emplace_back(member.first);
        std::ranges::sort(names);
        const auto twice = std::ranges::adjacent_find(names);
        return twice != names.end() ? std::optional(*twice) : std::nullopt;
    }

    Value root_;
    std::vector<Value> open_;  // containers that have not ended, outermost first
    std::string text_;         // of a key, string or number that comes in parts
    std::string refusal_;
};

std::string place(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n');
    const auto column = line_start == before.npos ? before.size() + 1 : before.size() - line_start;
    return fmt::format("rad {}, kolumn {}", line, column);
}

std::string_view reason_for(const error_code& code) {
    using boost::json::error;
    switch (static_cast<error>(code.value())) {
        case error::incomplete:
            return "Texten tar slut mitt i JSON-värdet.";
        case error::extra_data:
            return "Något står kvar efter JSON-värdets slut.";
        case error::illegal_leading_surrogate:
        case error::illegal_trailing_surrogate:
        case error::expected_hex_digit:
        case error::expected_utf16_escape:
            return "En teckenkod efter \\u är fel.";
        case error::exponent_overflow:
            return "Ett tal är för stort.";
        default:
            return "Texten är inte giltig JSON.";
    }
}

}  // namespace

Result<Value> parse(std::string_view text, const ParseLimits& limits) {
    if (text.size() > limits.bytes) {
        return fail(ErrorCode::too_large, fmt::format("JSON-texten är större än {} byte.", limits.bytes));
    }
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<Builder> parser(options);
    error_code code;
    const auto used = parser.write_some(false, text.data(), text.size(), code);
    if (!code && used < text.size()) code = boost::json::error::extra_data;
    if (!code) return parser.handler().take();
    if (code == boost::json::error::too_deep) {
        return fail(ErrorCode::too_large, fmt::format("JSON-texten har fler än {} nivåer.", limits.depth),
                    place(text, used));
    }
    const auto& refusal = parser.handler().refusal();
    return fail(ErrorCode::invalid_input, refusal.empty() ? std::string(reason_for(code)) : refusal,
                place(text, used));
}

}  // namespace kansli::json
