#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"
#include "text/language.hpp"

namespace kansli::api {

ReadersView view(const documents::Protection& protection) {
    return {.everyone = protection.rule.is_open(),
            .walled = protection.rule.is_walled(),
            .lists = protection.rule.lists(),
            .secrecy = protection.secrecy,
            .information_class = protection.information_class};
}

DocumentView view(const documents::DocumentSummary& document, Date today) {
    auto attributes = document.attributes;
    // Which document has replaced it is not told to whom may not read that one, but that it is replaced.
    if (document.hidden_successor) attributes.replaced_by = documents::DocumentId{"någon"};
    return {.id = document.id,
            .collection = document.collection,
            .file_name = document.file_name,
            .current_version = document.current,
            .versions = document.versions,
            .changed = document.changed,
            .attributes = document.attributes,
            .validity = documents::validity_on(today, attributes),
            .readers = view(document.protection)};
}

namespace {

using documents::DocumentId;
using documents::DocumentSummary;

bool wanted(const DocumentSummary& document, const Call& call) {
    const auto kind = call.query("kind").value_or("");
    const auto owner = call.query("owner").value_or("");
    const auto words = text::fold(call.query("q").value_or(""));
    const auto& attributes = document.attributes;
    return (kind.empty() || json::enum_name(attributes.kind) == kind) &&
           (owner.empty() || attributes.owner == owner) &&
           (words.empty() || text::fold(attributes.title).find(words) != std::string::npos ||
            text::fold(document.file_name).find(words) != std::string::npos ||
            text::fold(attributes.reference).find(words) != std::string::npos);
}

Result<DocumentList> list_documents(const Call& call) {
    auto collection = call.query("collection");
    if (collection && collection->empty()) collection.reset();
    const Date today = TRY(day_of({}));
    auto found = TRY(call.services.library.documents(call.caller, collection));
    std::erase_if(found, [&](const auto& document) { return !wanted(document, call); });
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
        return text::compare_swedish(a.attributes.title, b.attributes.title) < 0;
    });
    DocumentList list;
    list.documents.reserve(found.size());
    for (const auto& document : found)
        list.documents.push_back(view(document, today));
    return list;
}

Result<DocumentDetails> document_details(const Call& call) {
    const DocumentId id{call.path_value("document")};
    DocumentDetails details{view(TRY(call.services.library.document(call.caller, id)), TRY(day_of({}))),
                            TRY(call.services.library.versions(call.caller, id))};
    for (const auto& version : details.versions) {
        const auto& of = version.id.str();
        for (auto& correction : TRY(shown_corrections(call, of, of)))
            details.corrections.push_back(std::move(correction));
    }
    return details;
}

// Who limits a document to others has done so, but sees it no more.
Result<http::Response> describe(const Call& call) {
    const auto request = TRY(call.body<DescribeDocument>());
    const DocumentId id{call.path_value("document")};
    TRY(call.services.library.describe(call.caller, id, request.attributes));
    TRY(order_sync(call));
    if (!TRY(call.services.library.may_read(call.caller, id))) return http::Response::no_content();
    return response_of(TRY(document_details(call)), 200);
}

}  // namespace

void add_document_routes(RouteTable& table) {
    table.add<Nothing, DocumentList>({http::Method::get,
                                      "/api/documents",
                                      "listDocuments",
                                      "Dokumenten som du får läsa.",
                                      Right::read,
                                      {{"collection", "Samlingens namn"},
                                       {"kind", "Dokumentslag"},
                                       {"owner", "Nämnd eller förvaltning"},
                                       {"q", "Ord i titel, filnamn eller beteckning"}}},
                                     [](Call& call, Nothing) { return list_documents(call); });
    table.add<Nothing, DocumentDetails>(
        {http::Method::get, "/api/documents/{document}", "getDocument", "Ett dokument med sina versioner."},
        [](Call& call, Nothing) { return document_details(call); });
    table.add_response<DescribeDocument, DocumentDetails>(
        {http::Method::put, "/api/documents/{document}", "describeDocument",
         "Ersätt det som är känt om dokumentet utöver texten. 204 när du inte längre får läsa det.",
         Right::edit},
        [](Call& call) { return describe(call); });
    table.add<Nothing, Nothing>(
        {http::Method::del, "/api/documents/{document}", "withdrawDocument",
         "Ta dokumentet ur bruk. Versionerna finns kvar för protokollets skull.", Right::edit},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.library.withdraw(call.caller, DocumentId{call.path_value("document")}));
            return Nothing{};
        },
        204);
}

}  // namespace kansli::api
