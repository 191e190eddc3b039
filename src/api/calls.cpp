#include "api/calls.hpp"

#include <charconv>
#include <utility>

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

Result<std::vector<ShownCorrection>> shown_corrections(const Call& call, std::string_view thing,
                                                       const std::string& version) {
    std::vector<ShownCorrection> shown;
    for (auto& note : TRY(call.services.subjects.corrections_of(thing)))
        shown.push_back({note.entry, note.moment, std::move(note.wrong), std::move(note.right), version});
    return shown;
}

Result<void> order_sync(const Call& call) {
    TRY(call.services.queue.add(
        {.kind = std::string(sync_job), .payload = "{}", .owner = call.caller.id.str()}));
    return {};
}

}  // namespace kansli::api
