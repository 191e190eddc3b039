#include "archive/detail/item_text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "archive/detail/readable_text.hpp"
#include "documents/hidden_references.hpp"

namespace kansli::archive::detail {

namespace {

Failure unknown(const ItemName& name) {
    return fail(ErrorCode::not_found, "Handlingen finns inte, är gallrad, eller så får du inte läsa den.",
                name.id);
}

Result<ItemText> entry_text(record::Record& record, documents::Library& library, const access::Caller& caller,
                            const ItemName& name) {
    std::int64_t number = 0;
    const auto* end = name.id.data() + name.id.size();
    const auto read = std::from_chars(name.id.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || !access::may(caller, access::Right::audit))
        return unknown(name);
    const auto entry = record.entry(number);
    if (!entry && entry.error().code != ErrorCode::not_found) return Failure(entry.error());
    if (!entry || entry->content_removed()) return unknown(name);
    if (TRY(documents::HiddenReferences(library, caller).in(*entry))) return unknown(name);
    return ItemText{.kind = entry->kind, .moment = entry->moment, .text = text_of(*entry)};
}

}  // namespace

std::string text_of(const record::Entry& entry) {
    return fmt::format("Anteckning {} i protokollet: {}\n{}, av {}\nGäller: {}\n\n{}", entry.number,
                       entry.kind, to_string(entry.moment), entry.actor, entry.subject,
                       labelled_text(entry.content));
}

std::string text_of(const FoundVersion& found, const std::string& body) {
    const auto& attributes = found.document.attributes;
    std::string head = attributes.title + "\n";
    head += fmt::format("Fil: {}\nInkom till Kansli: {}\n", found.version.file_name,
                        to_string(found.version.imported));
    if (!attributes.reference.empty()) head += "Beteckning: " + attributes.reference + "\n";
    if (!attributes.owner.empty()) head += "Ägare: " + attributes.owner + "\n";
    if (!attributes.source.empty()) head += "Källa: " + attributes.source + "\n";
    return head + "\n" + body;
}

std::string ending_of(const documents::VersionSummary& version) {
    constexpr std::size_t longest = 8;
    auto ending = std::filesystem::path(version.file_name).extension().string();
    const bool plain = ending.size() > 1 && ending.size() <= longest + 1 &&
                       std::all_of(ending.begin() + 1, ending.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (plain) return ending.substr(1);
    return version.format.empty() ? "bin" : version.format;
}

Result<FoundVersion> find_version(documents::Library& library, const access::Caller& caller,
                                  const std::string& id) {
    // Whoever may not read it is told the same as when it is not there.
    const documents::VersionId wanted(id);
    for (auto& document : TRY(library.documents(caller))) {
        if (document.current != wanted && document.versions == 1) continue;
        for (auto& version : TRY(library.versions(caller, document.id)))
            if (version.id == wanted) return FoundVersion{std::move(document), std::move(version)};
    }
    return unknown({Stock::document, id});
}

Result<ItemText> item_text(record::Record& record, documents::Library& library, const access::Caller& caller,
                           const ItemName& name) {
    if (name.stock == Stock::record) return entry_text(record, library, caller, name);
    if (name.stock != Stock::document) return unknown(name);
    const auto found = TRY(find_version(library, caller, name.id));
    const auto document = TRY(library.version(caller, found.version.id));
    return ItemText{.kind = std::string(documents::to_string(found.document.attributes.kind)),
                    .moment = found.version.imported,
                    .text = text_of(found, document.text),
                    .ending = ending_of(found.version),
                    .original = TRY(library.original(caller, found.version.id))};
}

}  // namespace kansli::archive::detail
