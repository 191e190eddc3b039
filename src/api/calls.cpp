#include "api/calls.hpp"

#include <charconv>

#include <fmt/format.h>

#include "api/services.hpp"

namespace kansli::api {

Result<Date> day_of(const std::optional<std::string>& text) {
    if (!text || text->empty()) return day_in_sweden(now());
    return parse_date(*text);
}

Result<std::int64_t> whole_number(std::string_view text, std::string_view name, std::int64_t least,
                                  std::int64_t most) {
    std::int64_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("\"{}\" är inte ett heltal mellan {} och {}.", text, least, most),
                    std::string(name));
    }
    return value;
}

Result<void> order_sync(const Call& call) {
    TRY(call.services.queue.add(
        {.kind = std::string(sync_job), .payload = "{}", .owner = call.caller.id.str()}));
    return {};
}

}  // namespace kansli::api
