#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"
#include "documents/hidden_references.hpp"
#include "record/marks.hpp"

namespace kansli::api {

namespace {

RecordEntry view(record::Entry entry, bool masked) {
    const bool removed = entry.content_removed();
    auto content = removed || masked ? Result<json::Value>(json::Value()) : json::parse(entry.content);
    return {.number = entry.number,
            .moment = entry.moment,
            .actor = std::move(entry.actor),
            .kind = std::move(entry.kind),
            .subject = std::move(entry.subject),
            .content = content ? *std::move(content) : json::Value(entry.content),
            .content_removed = removed,
            .masked = masked,
            .previous = std::move(entry.previous),
            .hash = std::move(entry.hash),
            .format = entry.format};
}

std::optional<std::string> given(std::optional<std::string> text) {
    if (text && text->empty()) text.reset();
    return text;
}

// Those of the entry, and those of the proposal that it is about.
Result<std::vector<ShownCorrection>> corrections_of(const Call& call, const record::Entry& entry) {
    auto corrections = TRY(shown_corrections(call, record::thing_of_entry(entry.number)));
    // An entry that corrects is about the same thing, and is no correction of itself.
    if (entry.kind == archive::correction_kind) return corrections;
    std::ranges::move(TRY(shown_corrections(call, entry.subject)), std::back_inserter(corrections));
    return corrections;
}

// Whoever may not open it on the desk is told no more than its own entry would tell them.
Result<std::optional<EntryProposal>> proposal_of_entry(const Call& call, documents::HiddenReferences& hidden,
                                                       const std::string& subject) {
    const auto called = TRY(call.services.desk.called(call.caller, desk::ProposalId(subject)));
    if (!called) return std::nullopt;
    if (!called->opens) {
        const auto own = TRY(call.services.record.entry(called->entry));
        if (own.content_removed() || TRY(hidden.in(own))) return std::nullopt;
    }
    return EntryProposal{.id = subject, .title = called->title, .opens = called->opens};
}

Result<RecordPage> list_entries(const Call& call) {
    record::Record::Filter filter{.kind = given(call.query("kind")),
                                  .actor = given(call.query("actor")),
                                  .text = given(call.query("text")),
                                  .limit = static_cast<int>(TRY(call.number("limit", 50, 1, 200)))};
    if (const auto before = TRY(call.number("before", 0, 0, INT64_MAX)); before > 0) filter.before = before;
    // That an entry holds a word tells something of it, so those that are masked are no answer to a search for words.
    documents::HiddenReferences hidden(call.services.library, call.caller);
    RecordPage page;
    const auto wanted = static_cast<std::size_t>(filter.limit);
    for (bool more = true; more && page.entries.size() < wanted;) {
        auto entries = TRY(call.services.record.entries(filter));
        more = entries.size() == wanted;
        if (more) filter.before = entries.back().number;
        for (auto& entry : entries) {
            const bool masked = TRY(hidden.in(entry));
            const bool shown = page.entries.size() < wanted && !(masked && filter.text);
            if (!shown) continue;
            auto corrections = masked ? std::vector<ShownCorrection>() : TRY(corrections_of(call, entry));
            auto proposal = masked ? std::nullopt : TRY(proposal_of_entry(call, hidden, entry.subject));
            auto& shown_entry = page.entries.emplace_back(view(std::move(entry), masked));
            shown_entry.corrections = std::move(corrections);
            shown_entry.proposal = std::move(proposal);
        }
    }
    return page;
}

VerificationView view(record::Verification result) {
    VerificationView shown{.entries = result.entries,
                           .head = std::move(result.head),
                           .removed = result.removed,
                           .checkpoints = result.checkpoints,
                           .keys = std::move(result.keys),
                           .first_broken = result.first_broken,
                           .reason = std::move(result.reason)};
    if (result.last_checkpoint) {
        shown.signed_up_to = result.last_checkpoint->number;
        shown.signed_at = result.last_checkpoint->moment;
    }
    return shown;
}

// A file that the browser saves and others can check.
http::Response saved(std::string text, const std::string& name) {
    return {.status = 200,
            .headers = {{"Content-Type", "application/octet-stream"},
                        {"Content-Disposition", "attachment; filename=" + name},
                        {"Cache-Control", "no-store"}},
            .body = std::move(text)};
}

Result<http::Response> prove(const Call& call) {
    const auto number = TRY(whole_number(call.path_value("number"), "number", 1, INT64_MAX));
    const bool with_content = TRY(call.number("content", 0, 0, 1)) == 1;
    const auto entry = TRY(call.services.record.entry(number));
    if (with_content && TRY(documents::HiddenReferences(call.services.library, call.caller).in(entry))) {
        return fail(ErrorCode::forbidden, "Anteckningen handlar om dokument som du inte får läsa.",
                    std::to_string(number), "Hämta beviset utan vad anteckningen säger.");
    }
    const auto proof = TRY(call.services.checkpoints.prove(number, with_content, now()));
    return saved(record::write_proof(proof), "bevis-" + std::to_string(number) + ".json");
}

Result<http::Response> checkpoint_file(const Call& call) {
    std::string lines;
    for (const auto& checkpoint : TRY(call.services.checkpoints.list()))
        lines += record::line_of(checkpoint);
    return saved(std::move(lines), "checkpoints.jsonl");
}

Result<http::Response> public_key(const Call& call) {
    return saved(TRY(call.services.checkpoints.public_key()).pem(), "kansli-protokoll.pem");
}

void add_signed_files(RouteTable& table) {
    constexpr auto type = "application/octet-stream";
    table.add_raw({http::Method::get,
                   "/api/record/{number}/proof",
                   "proveRecordEntry",
                   "Ett bevis för en anteckning, som utomstående kan kontrollera.",
                   Right::audit,
                   {{"content", "1: ta med vad anteckningen säger"}}},
                  type, [](Call& call) { return prove(call); });
    table.add_raw(
        {http::Method::get, "/api/record/checkpoints", "getCheckpoints",
         "Alla underskrivna kontrollpunkter, en på varje rad, att spara på annat håll.", Right::audit},
        type, [](Call& call) { return checkpoint_file(call); });
    table.add_raw({http::Method::get, "/api/record/key", "getRecordKey",
                   "Den publika nyckel som protokollets underskrifter kontrolleras med.", Right::audit},
                  type, [](Call& call) { return public_key(call); });
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
            return view(TRY(call.services.checkpoints.verify()));
        });
    add_signed_files(table);
}

}  // namespace kansli::api
