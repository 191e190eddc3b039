#include "archive/detail/item_text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "archive/detail/corrections.hpp"
#include "archive/detail/readable_text.hpp"
#include "documents/hidden_references.hpp"
#include "record/marks.hpp"

namespace kansli::archive::detail {

namespace {

Failure unknown(const ItemName& name) {
    return fail(ErrorCode::not_found, "Handlingen finns inte, är gallrad, eller så får du inte läsa den.",
                name.id);
}

// Also those that the caller may not read; the library says which.
Result<std::vector<documents::KeptVersion>> all_versions(store::Database& database) {
    std::vector<documents::KeptVersion> versions;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        versions = TRY(documents::kept_versions(connection));
        return {};
    }));
    return versions;
}

Result<std::string> corrections_below(store::Database& database, const std::vector<std::string>& things) {
    std::string text;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        for (const auto& thing : things)
            text += correction_text(TRY(corrections_of(connection, thing)));
        return {};
    }));
    return text;
}

Result<ItemText> entry_text(const SubjectParts& parts, const access::Caller& caller, const ItemName& name,
                            documents::Restricted restricted) {
    const auto number = entry_number(name.id);
    if (!number || !access::may(caller, access::Right::audit)) return unknown(name);
    const auto entry = parts.record.entry(*number);
    if (!entry && entry.error().code != ErrorCode::not_found) return Failure(entry.error());
    if (!entry || entry->content_removed()) return unknown(name);
    if (TRY(documents::HiddenReferences(parts.library, caller, restricted).in(*entry))) return unknown(name);
    const auto below =
        TRY(corrections_below(parts.database, {record::thing_of_entry(*number), entry->subject}));
    return ItemText{.kind = entry->kind, .moment = entry->moment, .text = text_of(*entry) + below};
}

}  // namespace

std::string text_of(const record::Entry& entry) {
    return fmt::format("Anteckning {} i protokollet: {}\n{}, av {}\nGäller: {}\n\n{}", entry.number,
                       entry.kind, to_string(entry.moment), entry.actor, entry.subject,
                       labelled_text(entry.content));
}

std::string text_of(const documents::KeptVersion& version, const std::string& body) {
    const auto& attributes = version.attributes;
    std::string head = attributes.title + "\n";
    head += fmt::format("Fil: {}\nInkom till Kansli: {}\n", version.file_name, to_string(version.imported));
    if (!attributes.reference.empty()) head += "Beteckning: " + attributes.reference + "\n";
    if (!attributes.owner.empty()) head += "Ägare: " + attributes.owner + "\n";
    if (!attributes.source.empty()) head += "Källa: " + attributes.source + "\n";
    return head + "\n" + body;
}

std::string ending_of(const documents::KeptVersion& version) {
    constexpr std::size_t longest = 8;
    auto ending = std::filesystem::path(version.file_name).extension().string();
    const bool plain = ending.size() > 1 && ending.size() <= longest + 1 &&
                       std::all_of(ending.begin() + 1, ending.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (plain) return ending.substr(1);
    return version.format.empty() ? "bin" : version.format;
}

Result<void> each_version(store::Database& database, documents::Library& library,
                          const access::Caller& caller, const VisitVersion& visit) {
    for (const auto& version : TRY(all_versions(database))) {
        const auto body = library.version(caller, version.id);
        if (!body && body.error().code == ErrorCode::not_found) continue;
        if (!body) return Failure(body.error());
        TRY(visit(version, body->text));
    }
    return {};
}

std::optional<std::int64_t> entry_number(std::string_view id) {
    std::int64_t number = 0;
    const auto* end = id.data() + id.size();
    const auto read = std::from_chars(id.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < 1) return std::nullopt;
    return number;
}

Result<ItemText> item_text(store::Database& database, record::Record& record, documents::Library& library,
                           const access::Caller& caller, const ItemName& name) {
    if (name.stock == Stock::record)
        return entry_text({database, record, library}, caller, name, documents::Restricted::hidden);
    if (name.stock != Stock::document) return unknown(name);
    const auto versions = TRY(all_versions(database));
    const auto version =
        std::ranges::find(versions, documents::VersionId(name.id), &documents::KeptVersion::id);
    if (version == versions.end()) return unknown(name);
    const auto document = library.version(caller, version->id);
    if (!document && document.error().code == ErrorCode::not_found) return unknown(name);
    if (!document) return Failure(document.error());
    const auto below = TRY(corrections_below(database, {name.id}));
    return ItemText{.kind = std::string(documents::to_string(version->attributes.kind)),
                    .moment = version->imported,
                    .text = text_of(*version, document->text) + below,
                    .ending = ending_of(*version),
                    .original = TRY(library.original(caller, version->id))};
}

Result<std::string> kept_text(const SubjectParts& parts, const access::Caller& caller, const ItemName& name) {
    if (name.stock == Stock::record)
        return TRY(entry_text(parts, caller, name, documents::Restricted::shown)).text;
    std::string text;
    const documents::VersionId id(name.id);
    TRY(parts.database.read([&](store::Connection& connection) -> Result<void> {
        if (!TRY(documents::may_look_after(connection, caller, id))) return unknown(name);
        text = TRY(documents::text_of(connection, id));
        return {};
    }));
    return text + TRY(corrections_below(parts.database, {name.id}));
}

}  // namespace kansli::archive::detail
