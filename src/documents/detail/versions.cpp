#include "documents/detail/versions.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "core/visible_text.hpp"
#include "documents/attributes.hpp"
#include "documents/detail/rights.hpp"
#include "documents/detail/rows.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"

namespace kansli::documents::detail {

namespace {

struct DocumentRow {
    std::string id{};
    std::optional<std::int64_t> current{};
    bool described = false;
};

// Follows an identity that is another document's for those who may not read that one. No name of a file holds it.
constexpr char apart = '\x1f';

enum class Known : std::uint8_t { by_id, by_identity };

Result<std::optional<DocumentRow>> row_of(store::Connection& connection, Known how, const std::string& name,
                                          const std::string& collection) {
    store::Statement& row = TRY(connection.prepare(
        how == Known::by_id
            ? "SELECT id, current, described FROM documents_document WHERE id = ?1 AND collection = ?2"
            : "SELECT id, current, described FROM documents_document WHERE identity = ?1 AND collection = "
              "?2"));
    row.bind(name, collection);
    if (!TRY(row.step())) return std::nullopt;
    return DocumentRow{row.text(0), row.optional_integer(1), row.integer(2) != 0};
}

Result<bool> has_imported(store::Connection& connection, const access::Caller& caller,
                          std::string_view document) {
    store::Statement& row = TRY(
        connection.prepare("SELECT 1 FROM documents_version v JOIN documents_batch b ON b.number = v.batch "
                           "WHERE v.document = ?1 AND b.caller_id = ?2 LIMIT 1"));
    row.bind(document, caller.id.str());
    return row.step();
}

// Who brought a document in may bring in its next version, also when others read it. What is restricted takes in new versions as before, and
// stays restricted: as a document beside it they would be shown.
Result<bool> may_add_to(store::Connection& connection, const access::Caller& caller,
                        const std::string& document) {
    const auto protection = TRY(unrestricted_protection_of_document(connection, document));
    if (!protection || access::may_read(caller, protection->rule)) return true;
    return has_imported(connection, caller, document);
}

struct Destination {
    std::optional<DocumentRow> row{};
    std::string identity{};  // of a new document
};

Result<Destination> find_destination(store::Connection& connection, const access::Caller& caller,
                                     const IncomingVersion& incoming) {
    if (incoming.as_version_of) {
        auto row = TRY(row_of(connection, Known::by_id, incoming.as_version_of->str(), incoming.collection));
        if (row && TRY(may_add_to(connection, caller, row->id))) return Destination{std::move(row), {}};
        return fail(ErrorCode::not_found,
                    "Dokumentet som det skulle bli en ny version av finns inte i samlingen.",
                    incoming.file_name);
    }
    std::string identity = incoming.identity;
    for (int next = 2;; ++next) {
        auto row = TRY(row_of(connection, Known::by_identity, identity, incoming.collection));
        if (!row || TRY(may_add_to(connection, caller, row->id)))
            return Destination{std::move(row), std::move(identity)};
        identity = fmt::format("{}{}{}", incoming.identity, apart, next);
    }
}

// What holds for the new version: what the file says over what was known before, unless a person has described the
// document; then their words stay. The form goes over both. Days belong to one version and are never handed on.
Result<Attributes> decide(store::Connection& connection, const std::optional<DocumentRow>& row,
                          const IncomingVersion& incoming, const ReadDocument& document) {
    Attributes result = document.attributes;
    // A file cannot be asked to mend its title, and is not refused for it.
    if (turns_direction(result.title))
        result.title = is_blank(result.title) ? incoming.file_name : visible_text(result.title);
    if (row && row->current) {
        Attributes before = TRY(load_attributes(connection, *row->current));
        before.valid_from.reset();
        before.valid_to.reset();
        before.replaced_by.reset();
        result = row->described ? overlay(std::move(result), before) : overlay(std::move(before), result);
    }
    return overlay(std::move(result), incoming.given);
}

Result<void> insert_sections(store::Connection& connection, std::int64_t number,
                             const ReadDocument& document) {
    store::Statement& insert =
        TRY(connection.prepare("INSERT INTO documents_section (version, ordinal, parent, level, role, start, "
                               "body, end, page, path, heading) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
    auto place = document.places.begin();
    for (const Section& section : document.sections) {
        // Sections and places are both ordered by start.
        while (place != document.places.end() && place->end <= section.start)
            ++place;
        std::optional<std::int64_t> page;
        if (place != document.places.end()) page = place->page;
        insert.bind(number, section.ordinal, section.parent, section.level, static_cast<int>(section.role),
                    section.start, section.body, section.end, page, section.path, section.heading);
        TRY(insert.run());
    }
    return {};
}

Result<std::string> document_for(store::Connection& connection, const Destination& destination,
                                 const std::string& collection, Timestamp moment) {
    if (destination.row) return destination.row->id;
    std::string id = new_id('d');
    TRY(connection.execute(
        "INSERT INTO documents_document (id, collection, identity, changed) VALUES (?1, ?2, ?3, ?4)", id,
        collection, destination.identity, to_string(moment)));
    return id;
}

struct VersionInTime {
    std::int64_t number = 0;
    std::optional<Date> from{};
    bool superseded = false;
};

// Whether `a` is known to be an earlier wording than `b`: it says so itself, or both name their days.
bool is_earlier(const VersionInTime& a, const VersionInTime& b) {
    if (a.superseded != b.superseded) return a.superseded;
    return a.from && b.from && *a.from < *b.from;
}

VersionInTime in_time(const store::Statement& row) {
    auto from = date_value(row.optional_text(1));
    if (!from) from = date_value(row.optional_text(2));
    return {row.integer(0), from, row.integer(3) != 0};
}

struct CompletedRow {
    std::string document{};
    std::string id{};
    std::string collection{};
    std::string file_name{};
    std::string file_hash{};
    std::string text_hash{};
    std::string title{};
};

Result<CompletedRow> completed_row(store::Connection& connection, std::uint32_t number) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT document, id, collection, file_name, file_hash, text_hash, title FROM documents_version "
        "WHERE number = ?1 AND whole = 0"));
    row.bind(number);
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Versionen som skulle bli klar finns inte.");
    return CompletedRow{row.text(0), row.text(1), row.text(2), row.text(3),
                        row.text(4), row.text(5), row.text(6)};
}

// The versions of a document in time with the new one at its place; also says which ordinal it gets.
Result<std::vector<VersionInTime>> order_with(store::Connection& connection, const std::string& document,
                                              std::uint32_t number) {
    store::Statement& rows = TRY(
        connection.prepare("SELECT number, valid_from, wording_from, superseded FROM documents_version "
                           "WHERE document = ?1 AND (whole = 1 OR number = ?2) ORDER BY whole DESC, place"));
    rows.bind(document, number);
    std::vector<VersionInTime> order;
    while (TRY(rows.step()))
        order.push_back(in_time(rows));
    // The new one came last; it moves forward past every version that is known to be later.
    for (std::size_t i = order.size() - 1; i > 0 && is_earlier(order[i], order[i - 1]); --i)
        std::swap(order[i], order[i - 1]);
    return order;
}

}  // namespace

std::string stated_identity(const std::string& identity) {
    return identity.substr(0, identity.find(apart));
}

Result<PendingVersion> insert_pending(store::Connection& connection, const access::Caller& caller,
                                      const IncomingVersion& incoming, const ReadDocument& document,
                                      Timestamp moment) {
    const Destination destination = TRY(find_destination(connection, caller, incoming));
    const Attributes attributes = TRY(decide(connection, destination.row, incoming, document));
    PendingVersion pending;
    pending.document = DocumentId(TRY(document_for(connection, destination, incoming.collection, moment)));
    pending.id = VersionId(new_id('v'));
    pending.file_name = incoming.file_name;
    TRY(connection.execute(
        "INSERT INTO documents_version (id, document, collection, batch, imported, file_name, file_hash, "
        "source_hash, "
        "input_hash, text_hash, format, pages, page_width, page_height, sections, warnings, title, kind, "
        "owner, source, "
        "reference, class, access, valid_from, valid_to, replaced_by, replaced_by_name, wording_from, "
        "superseded, secrecy) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "
        "?22, ?23, ?24, ?25, "
        "?26, ?27, ?28, ?29, ?30)",
        pending.id.str(), pending.document.str(), incoming.collection, incoming.batch, to_string(moment),
        incoming.file_name, incoming.file_hash, incoming.source_hash, incoming.input_hash,
        sha256(document.text), document.format, document.pages, document.page_width, document.page_height,
        document.sections.size(), lines_text(document.warnings), attributes.title, to_string(attributes.kind),
        attributes.owner, attributes.source, attributes.reference,
        json::enum_name(attributes.information_class), access_text(attributes.access),
        date_text(attributes.valid_from), date_text(attributes.valid_to),
        attributes.replaced_by ? std::optional(attributes.replaced_by->str()) : std::optional<std::string>{},
        document.stated.replaced_by, date_text(document.stated.wording_from), document.stated.superseded,
        attributes.secrecy));
    const std::int64_t number = connection.last_row_id();
    pending.number = static_cast<std::uint32_t>(number);
    TRY(connection.execute("INSERT INTO documents_text (version, text, places) VALUES (?1, ?2, ?3)", number,
                           document.text, places_text(document.places)));
    TRY(insert_sections(connection, number, document));
    return pending;
}

Result<void> complete(store::Database& database, store::Connection& connection, const access::Caller& caller,
                      std::uint32_t number, Timestamp moment) {
    const CompletedRow row = TRY(completed_row(connection, number));
    const auto order = TRY(order_with(connection, row.document, number));
    // Not the count: a version that has been removed keeps its ordinal to itself.
    TRY(connection.execute(
        "UPDATE documents_version SET whole = 1, ordinal = 1 + (SELECT MAX(ordinal) FROM documents_version "
        "WHERE document = ?2) WHERE number = ?1",
        number, row.document));
    for (std::size_t i = 0; i < order.size(); ++i) {
        TRY(connection.execute("UPDATE documents_version SET place = ?2 WHERE number = ?1 AND place <> ?2",
                               order[i].number, i + 1));
    }
    TRY(connection.execute(
        "UPDATE documents_document SET current = ?2, versions = ?3, withdrawn = 0, gone_since = NULL, "
        "changed = ?4 WHERE id = ?1",
        row.document, order.back().number, order.size(), to_string(moment)));
    TRY(bump_revision(connection));
    json::Value content = json::Value::object();
    content["collection"] = row.collection;
    content["version"] = row.id;
    content["number"] = order.size();
    content["title"] = row.title;
    content["file"] = row.file_name;
    content["file_hash"] = row.file_hash;
    content["text_hash"] = row.text_hash;
    record::Record record(database);
    TRY(record.append(connection, caller, "document_imported", row.document, json::write(content), moment));
    return {};
}

Result<void> remove_pending(store::Connection& connection, std::uint32_t number) {
    TRY(connection.execute("DELETE FROM documents_version WHERE number = ?1 AND whole = 0", number));
    TRY(
        connection.execute("DELETE FROM documents_document WHERE current IS NULL AND id NOT IN "
                           "(SELECT document FROM documents_version)"));
    return {};
}

Result<std::vector<PendingVersion>> pending_of(store::Connection& connection, std::int64_t batch) {
    store::Statement& rows =
        TRY(connection.prepare("SELECT number, id, document, file_name FROM documents_version WHERE whole = "
                               "0 AND batch = ?1 ORDER BY number"));
    rows.bind(batch);
    std::vector<PendingVersion> pending;
    while (TRY(rows.step())) {
        pending.push_back({static_cast<std::uint32_t>(rows.integer(0)), VersionId(rows.text(1)),
                           DocumentId(rows.text(2)), rows.text(3)});
    }
    return pending;
}

Result<std::optional<Origin>> latest_of(store::Connection& connection, const access::Caller& caller,
                                        std::string_view collection, std::string_view file_name) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT v.id, v.document, v.source_hash, v.input_hash, v.sections, d.withdrawn, d.gone_since IS NOT "
        "NULL "
        "FROM documents_version v JOIN documents_document d ON d.id = v.document "
        "WHERE v.collection = ?1 AND v.file_name = ?2 AND v.whole = 1 ORDER BY v.number DESC"));
    rows.bind(collection, file_name);
    while (TRY(rows.step())) {
        if (!TRY(may_add_to(connection, caller, rows.text(1)))) continue;
        return Origin{VersionId(rows.text(0)), DocumentId(rows.text(1)), rows.text(2),        rows.text(3),
                      rows.integer(4),         rows.integer(5) != 0,     rows.integer(6) != 0};
    }
    return std::nullopt;
}

Result<bool> set_gone(store::Connection& connection, const DocumentId& document, std::optional<Date> since,
                      Timestamp moment) {
    TRY(
        connection.execute("UPDATE documents_document SET gone_since = ?2, changed = ?3 "
                           "WHERE id = ?1 AND (gone_since IS NULL) <> (?2 IS NULL)",
                           document.str(), date_text(since), to_string(moment)));
    if (connection.changes() == 0) return false;
    TRY(bump_revision(connection));
    return true;
}

Result<void> set_corrected(store::Connection& connection, const VersionId& id, std::int64_t entry) {
    store::Statement& row =
        TRY(connection.prepare("SELECT v.number, v.number = d.current FROM documents_version v JOIN "
                               "documents_document d ON d.id = v.document WHERE v.id = ?1 AND v.whole = 1"));
    if (!TRY(row.bind(id.str()).step())) return fail(ErrorCode::not_found, "Versionen finns inte.", id.str());
    if (row.integer(1) != 0) {
        return fail(ErrorCode::conflict, "Versionen är dokumentets gällande text.", id.str(),
                    "Läs först in den rättade texten som en ny version av dokumentet.");
    }
    TRY(connection.execute("UPDATE documents_version SET corrected = ?2 WHERE number = ?1", row.integer(0),
                           entry));
    return bump_revision(connection);
}

Result<void> bump_revision(store::Connection& connection) {
    return connection.execute("UPDATE documents_revision SET revision = revision + 1");
}

}  // namespace kansli::documents::detail
