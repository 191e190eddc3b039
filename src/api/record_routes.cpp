#include <optional>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/record_mask.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

RecordEntry view(record::Entry entry, bool masked) {
    auto content = masked ? Result<json::Value>(json::Value()) : json::parse(entry.content);
    return {.number = entry.number,
            .moment = entry.moment,
            .actor = std::move(entry.actor),
            .kind = std::move(entry.kind),
            .subject = std::move(entry.subject),
            .content = content ? *std::move(content) : json::Value(entry.content),
            .previous = std::move(entry.previous),
            .hash = std::move(entry.hash),
            .masked = masked};
}

std::optional<std::string> given(std::optional<std::string> text) {
    if (text && text->empty()) text.reset();
    return text;
}

Result<RecordPage> list_entries(const Call& call) {
    record::Record::Filter filter{.kind = given(call.query("kind")),
                                  .actor = given(call.query("actor")),
                                  .text = given(call.query("text")),
                                  .limit = static_cast<int>(TRY(call.number("limit", 50, 1, 200)))};
    if (const auto before = TRY(call.number("before", 0, 0, INT64_MAX)); before > 0) filter.before = before;
    // That an entry holds a word tells something of it, so those that are masked are no answer to a search for words.
    RecordMask mask(call.services.library, call.caller);
    RecordPage page;
    const auto wanted = static_cast<std::size_t>(filter.limit);
    for (bool more = true; more && page.entries.size() < wanted;) {
        auto entries = TRY(call.services.record.entries(filter));
        more = entries.size() == wanted;
        if (more) filter.before = entries.back().number;
        for (auto& entry : entries) {
            const bool masked = TRY(mask.hides(entry));
            const bool shown = page.entries.size() < wanted && !(masked && filter.text);
            if (shown) page.entries.push_back(view(std::move(entry), masked));
        }
    }
    return page;
}

}  // namespace

void add_record_routes(RouteTable& table) {
    table.add<Nothing, RecordPage>({http::Method::get,
                                    "/api/record",
                                    "listRecord",
                                    "Protokollet, nyast först.",
                                    Right::audit,
                                    {{"kind", "Slag av anteckning"},
                                     {"actor", "Vem"},
                                     {"text", "Ord i anteckningen"},
                                     {"before", "Bara anteckningar före detta nummer"},
                                     {"limit", "Högst så många, 1–200"}}},
                                   [](Call& call, Nothing) { return list_entries(call); });
    table.add<Nothing, VerificationView>(
        {http::Method::post, "/api/record/verify", "verifyRecord",
         "Räkna om hela kedjan och säg var den första brustna länken är.", Right::audit},
        [](Call& call, Nothing) -> Result<VerificationView> {
            auto result = TRY(call.services.record.verify());
            return VerificationView{result.entries, std::move(result.head), result.first_broken,
                                    std::move(result.reason)};
        });
}

}  // namespace kansli::api
