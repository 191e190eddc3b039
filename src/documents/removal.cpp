#include "documents/removal.hpp"

#include <algorithm>
#include <utility>

#include "documents/detail/rights.hpp"
#include "documents/detail/rows.hpp"
#include "documents/detail/versions.hpp"

namespace kansli::documents {

namespace {

struct VersionRow {
    std::int64_t number = 0;
    std::string document{};
    bool current = false;
    std::string access{};  // the access list, as it is stored
    std::string owner{};
    std::string secrecy{};
};

Result<VersionRow> find(store::Connection& connection, const VersionId& id) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT v.number, v.document, v.number = d.current, v.access, v.owner, v.secrecy FROM "
        "documents_version v "
        "JOIN documents_document d ON d.id = v.document WHERE v.id = ?1 AND v.whole = 1"));
    row.bind(id.str());
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Versionen finns inte.", id.str());
    return VersionRow{row.integer(0), row.text(1), row.integer(2) != 0,
                      row.text(3),    row.text(4), row.text(5)};
}

// The document after one of its versions has gone.
Result<void> settle_document(store::Connection& connection, const VersionRow& removed, Timestamp moment) {
    store::Statement& rest =
        TRY(connection.prepare("SELECT number FROM documents_version WHERE document = ?1 AND whole = 1 ORDER "
                               "BY place DESC LIMIT 1"));
    rest.bind(removed.document);
    if (TRY(rest.step())) {
        const std::int64_t last = rest.integer(0);
        TRY(connection.execute(
            "UPDATE documents_document SET versions = (SELECT COUNT(*) FROM documents_version WHERE document "
            "= ?1 AND whole = 1) WHERE id = ?1",
            removed.document));
        if (!removed.current) return {};
        // An older wording must not answer as if it were the document's text, nor become easier to read.
        TRY(connection.execute(
            "UPDATE documents_document SET current = ?2, withdrawn = 1, changed = ?3 WHERE id = ?1",
            removed.document, last, to_string(moment)));
        return connection.execute(
            "UPDATE documents_version SET access = CASE access WHEN '' THEN ?2 ELSE access END, "
            "owner = CASE owner WHEN '' THEN ?3 ELSE owner END, "
            "secrecy = CASE secrecy WHEN '' THEN ?4 ELSE secrecy END WHERE document = ?1",
            removed.document, removed.access, removed.owner, removed.secrecy);
    }
    TRY(connection.execute("DELETE FROM source_documents WHERE document = ?1", removed.document));
    // A version on its way in needs the row.
    return connection.execute(
        "DELETE FROM documents_document WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM documents_version WHERE "
        "document = ?1)",
        removed.document);
}

}  // namespace

Result<std::vector<KeptVersion>> kept_versions(store::Connection& connection) {
    // A version is replaced when the next one in time has come in; when that one was there already, from its own arrival.
    store::Statement& rows = TRY(connection.prepare(
        "SELECT v.id, v.document, v.collection, v.file_name, v.file_hash, v.text_hash, v.imported, "
        "(SELECT MAX(n.imported, v.imported) FROM documents_version n WHERE n.document = v.document AND "
        "n.whole = 1 AND n.place > v.place ORDER BY n.place LIMIT 1), "
        "CASE WHEN d.withdrawn THEN d.changed END, v.format, v.ordinal, v.number = d.current, v.corrected, "
        "EXISTS (SELECT 1 FROM record_restriction r WHERE r.thing = d.id AND r.lifted IS NULL), " +
        std::string(detail::attribute_columns) +
        " FROM documents_version v JOIN documents_document d ON d.id = v.document WHERE v.whole = 1 ORDER BY "
        "v.number"));
    rows.bind();
    std::vector<KeptVersion> versions;
    while (TRY(rows.step())) {
        KeptVersion version{.id = VersionId(rows.text(0)),
                            .document = DocumentId(rows.text(1)),
                            .collection = rows.text(2),
                            .attributes = detail::read_attributes(rows, 14),
                            .file_name = rows.text(3),
                            .file_hash = rows.text(4),
                            .text_hash = rows.text(5),
                            .format = rows.text(9),
                            .number = static_cast<int>(rows.integer(10)),
                            .current = rows.integer(11) != 0,
                            .restricted = rows.integer(13) != 0,
                            .corrected = rows.integer(12),
                            .imported = TRY(parse_timestamp(rows.view(6)))};
        if (!rows.is_null(7)) version.replaced = TRY(parse_timestamp(rows.view(7)));
        if (!rows.is_null(8)) version.withdrawn = TRY(parse_timestamp(rows.view(8)));
        versions.push_back(std::move(version));
    }
    return versions;
}

Result<std::optional<std::string>> title_of(store::Connection& connection, const DocumentId& id) {
    store::Statement& row =
        TRY(connection.prepare("SELECT v.title FROM documents_document d JOIN documents_version v ON "
                               "v.number = d.current WHERE d.id = ?1"));
    if (!TRY(row.bind(id.str()).step())) return std::nullopt;
    return row.text(0);
}

Result<DocumentId> document_of(store::Connection& connection, const VersionId& id) {
    store::Statement& row =
        TRY(connection.prepare("SELECT document FROM documents_version WHERE id = ?1 AND whole = 1"));
    if (!TRY(row.bind(id.str()).step())) return fail(ErrorCode::not_found, "Versionen finns inte.", id.str());
    return DocumentId(row.text(0));
}

Result<std::vector<std::string>> versions_of(store::Connection& connection, const DocumentId& id) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT id FROM documents_version WHERE document = ?1 AND whole = 1 ORDER BY place"));
    rows.bind(id.str());
    std::vector<std::string> ids;
    while (TRY(rows.step()))
        ids.push_back(rows.text(0));
    return ids;
}

Result<std::string> text_of(store::Connection& connection, const VersionId& id) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT t.text FROM documents_text t JOIN documents_version v ON v.number = t.version WHERE v.id = "
        "?1"));
    row.bind(id.str());
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Versionen finns inte.", id.str());
    return row.text(0);
}

Result<bool> may_read(store::Connection& connection, const access::Caller& caller, const VersionId& id) {
    const auto protection = TRY(detail::protection_of_version(connection, id.str()));
    return protection && access::may_read(caller, protection->rule);
}

Result<bool> may_look_after(store::Connection& connection, const access::Caller& caller,
                            const VersionId& id) {
    const auto protection = TRY(detail::unrestricted_protection_of_version(connection, id.str()));
    return protection && access::may_read(caller, protection->rule);
}

Result<void> restriction_changed(store::Connection& connection) {
    return detail::bump_revision(connection);
}

Result<void> mark_corrected(store::Connection& connection, const VersionId& id, std::int64_t entry) {
    return detail::set_corrected(connection, id, entry);
}

Result<void> remove_version(store::Connection& connection, const VersionId& id, Timestamp moment) {
    const VersionRow row = TRY(find(connection, id));
    for (const auto& [name, protection] :
         {std::pair(id.str(), TRY(detail::protection_of_version(connection, id.str()))),
          std::pair(row.document, TRY(detail::protection_of_document(connection, row.document)))})
        if (protection) TRY(detail::remember_protection(connection, name, *protection));
    // The rows that follow by themselves are overwritten too.
    TRY(connection.execute("PRAGMA secure_delete = ON"));
    // The document may name no version that is gone.
    TRY(connection.execute("UPDATE documents_document SET current = NULL WHERE id = ?1 AND current = ?2",
                           row.document, row.number));
    TRY(connection.execute("DELETE FROM documents_version WHERE number = ?1", row.number));
    TRY(settle_document(connection, row, moment));
    // What a form said stands with the batch as well.
    TRY(
        connection.execute("DELETE FROM documents_batch WHERE finished IS NOT NULL AND number NOT IN "
                           "(SELECT batch FROM documents_version)"));
    return detail::bump_revision(connection);
}

Result<std::set<std::string>> needed_originals(store::Connection& connection) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT file_hash FROM documents_version UNION SELECT hash FROM "
                               "documents_batch_file WHERE hash IS NOT NULL"));
    rows.bind();
    std::set<std::string> needed;
    while (TRY(rows.step()))
        needed.insert(rows.text(0));
    return needed;
}

}  // namespace kansli::documents
