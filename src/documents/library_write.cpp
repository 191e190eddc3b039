#include <utility>

#include "documents/detail/collections.hpp"
#include "documents/detail/rights.hpp"
#include "documents/detail/rows.hpp"
#include "documents/detail/versions.hpp"
#include "documents/library.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"

namespace kansli::documents {

namespace {

Result<void> check(store::Connection& connection, const access::Caller& caller, const DocumentId& id,
                   const Attributes& attributes) {
    if (attributes.title.empty()) return fail(ErrorCode::invalid_input, "Titeln får inte vara tom.", "title");
    TRY(detail::check_title(attributes.title));
    if (attributes.valid_from && attributes.valid_to && *attributes.valid_to < *attributes.valid_from) {
        return fail(ErrorCode::invalid_input, "Sista giltighetsdagen ligger före den första.", "valid_to");
    }
    TRY(detail::check_access_list(attributes.access));
    if (!attributes.replaced_by) return {};
    if (*attributes.replaced_by == id) {
        return fail(ErrorCode::invalid_input, "Ett dokument kan inte ersätta sig självt.", "replaced_by");
    }
    TRY(detail::readable_document(connection, caller, *attributes.replaced_by));
    return {};
}

// Whom the caller may not read they cannot have left out on purpose.
Result<void> keep_hidden_successor(store::Connection& connection, const access::Caller& caller,
                                   const Attributes& before, Attributes& attributes) {
    if (attributes.replaced_by || !before.replaced_by) return {};
    const auto protection = TRY(detail::protection_of_document(connection, before.replaced_by->str()));
    if (protection && !access::may_read(caller, protection->rule))
        attributes.replaced_by = before.replaced_by;
    return {};
}

// Words, rights and class hold for the document with all its versions; days and successor for the current wording.
Result<void> store_description(store::Connection& connection, const DocumentId& id, std::int64_t current,
                               const Attributes& attributes) {
    TRY(connection.execute(
        "UPDATE documents_version SET title = ?2, kind = ?3, owner = ?4, source = ?5, reference = ?6, "
        "class = ?7, access = ?8, secrecy = ?9 WHERE document = ?1",
        id.str(), attributes.title, to_string(attributes.kind), attributes.owner, attributes.source,
        attributes.reference, json::enum_name(attributes.information_class),
        detail::access_text(attributes.access), attributes.secrecy));
    TRY(connection.execute(
        "UPDATE documents_version SET valid_from = ?2, valid_to = ?3, replaced_by = ?4, replaced_by_name = "
        "'' WHERE number = ?1",
        current, detail::date_text(attributes.valid_from), detail::date_text(attributes.valid_to),
        attributes.replaced_by ? std::optional(attributes.replaced_by->str())
                               : std::optional<std::string>{}));
    return {};
}

}  // namespace

Result<void> Library::describe(const access::Caller& caller, const DocumentId& id, const Attributes& given) {
    TRY(detail::require_editor(caller));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto document = TRY(detail::readable_document(connection, caller, id));
        TRY(check(connection, caller, id, given));
        const Attributes before = TRY(detail::load_attributes(connection, document.current));
        Attributes attributes = given;
        TRY(keep_hidden_successor(connection, caller, before, attributes));
        if (before == attributes) return {};
        const Timestamp moment = now();
        TRY(store_description(connection, id, document.current, attributes));
        TRY(connection.execute("UPDATE documents_document SET described = 1, changed = ?2 WHERE id = ?1",
                               id.str(), to_string(moment)));
        TRY(detail::bump_revision(connection));
        json::Value content = json::Value::object();
        content["before"] = detail::to_json(before);
        content["after"] = detail::to_json(attributes);
        record::Record record(database_);
        TRY(record.append(connection, caller, "document_described", id.str(), json::write(content), moment));
        return {};
    });
}

Result<void> Library::withdraw(const access::Caller& caller, const DocumentId& id) {
    TRY(detail::require_editor(caller));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto document = TRY(detail::readable_document(connection, caller, id));
        if (document.withdrawn) return {};
        const Timestamp moment = now();
        TRY(connection.execute("UPDATE documents_document SET withdrawn = 1, changed = ?2 WHERE id = ?1",
                               id.str(), to_string(moment)));
        TRY(detail::bump_revision(connection));
        json::Value content = json::Value::object();
        content["title"] = TRY(detail::load_attributes(connection, document.current)).title;
        record::Record record(database_);
        TRY(record.append(connection, caller, "document_withdrawn", id.str(), json::write(content), moment));
        return {};
    });
}

}  // namespace kansli::documents
