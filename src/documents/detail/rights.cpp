#include "documents/detail/rights.hpp"

#include "documents/detail/rows.hpp"

namespace kansli::documents::detail {

namespace {

Failure unknown_document() {
    return fail(ErrorCode::not_found, "Dokumentet finns inte, eller så får du inte läsa det.");
}

// `own` and `current`: the access lists of a version and of its document's current version.
bool may_know(const access::Caller& caller, std::string_view own, std::string_view current, bool withdrawn) {
    if (withdrawn && !access::may(caller, access::Right::administer)) return false;
    return access::may_read(caller, access_list(own.empty() ? current : own));
}

}  // namespace

Result<std::int64_t> readable_version(store::Connection& connection, const access::Caller& caller,
                                      const VersionId& id) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT v.number, v.access, c.access, d.withdrawn FROM documents_version v "
        "JOIN documents_document d ON d.id = v.document JOIN documents_version c ON c.number = d.current "
        "WHERE v.id = ?1 AND v.whole = 1"));
    row.bind(id.str());
    if (!TRY(row.step()) || !may_know(caller, row.view(1), row.view(2), row.integer(3) != 0))
        return unknown_document();
    return row.integer(0);
}

Result<ReadableDocument> readable_document(store::Connection& connection, const access::Caller& caller,
                                           const DocumentId& id) {
    store::Statement& row =
        TRY(connection.prepare("SELECT c.number, c.access, d.withdrawn FROM documents_document d "
                               "JOIN documents_version c ON c.number = d.current WHERE d.id = ?1"));
    row.bind(id.str());
    if (!TRY(row.step()) || !may_know(caller, row.view(1), row.view(1), row.integer(2) != 0))
        return unknown_document();
    return ReadableDocument{row.integer(0), row.integer(2) != 0};
}

Result<void> require_editor(const access::Caller& caller) {
    if (!access::may(caller, access::Right::edit)) {
        return fail(ErrorCode::forbidden, "Det här kräver redaktörsrätt.", {}, "Be en administratör om den.");
    }
    return {};
}

}  // namespace kansli::documents::detail
