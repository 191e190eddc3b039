#include "documents/detail/rights.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "documents/detail/collections.hpp"
#include "documents/detail/rows.hpp"

namespace kansli::documents::detail {

namespace {

constexpr int limit_column_count = 4;

// What of a version's row says who may read it, in the order of read_limits().
std::string limit_columns(std::string_view table) {
    return fmt::format("{0}.owner, {0}.access, {0}.class, {0}.secrecy", table);
}

Attributes read_limits(const store::Statement& row, int first) {
    Attributes limits;
    limits.owner = row.text(first);
    limits.access = access_list(row.view(first + 1));
    limits.information_class = class_value(row.view(first + 2));
    limits.secrecy = row.text(first + 3);
    return limits;
}

Failure unknown_document() {
    return fail(ErrorCode::not_found, "Dokumentet finns inte, eller så får du inte läsa det.");
}

// What stands in one row of "a version, its document's current version, its collection".
struct Guarded {
    std::int64_t version = 0;
    std::int64_t current = 0;
    bool withdrawn = false;
    bool restricted = false;
    Protection protection{};  // but for the restriction

    [[nodiscard]] Protection with_restriction() && {
        if (restricted) protection.rule.restrict();
        return std::move(protection);
    }
};

constexpr std::string_view version_with_current =
    "documents_version v JOIN documents_document d ON d.id = v.document "
    "JOIN documents_version c ON c.number = d.current "
    "LEFT JOIN documents_collection k ON k.name = d.collection";

Result<std::optional<Guarded>> find(store::Connection& connection, std::string_view condition,
                                    std::string_view id) {
    store::Statement& row = TRY(connection.prepare(fmt::format(
        "SELECT v.number, c.number, d.withdrawn, EXISTS (SELECT 1 FROM record_restriction r WHERE r.thing = "
        "d.id AND r.lifted IS NULL), {}, {}, {} FROM {} WHERE {} AND v.whole = 1",
        collection_columns, limit_columns("c"), limit_columns("v"), version_with_current, condition)));
    row.bind(id);
    if (!TRY(row.step())) return std::nullopt;
    Guarded found{.version = row.integer(0),
                  .current = row.integer(1),
                  .withdrawn = row.integer(2) != 0,
                  .restricted = row.integer(3) != 0};
    constexpr int of_current = 4 + collection_column_count;
    const CollectionSettings collection = read_settings(row, 4, {});
    found.protection = protection_of(read_limits(row, of_current), collection);
    if (found.version != found.current) {
        const Attributes own = read_limits(row, of_current + limit_column_count);
        found.protection = stricter(protection_of(own, collection), found.protection);
    }
    return found;
}

Result<std::optional<Guarded>> find_version(store::Connection& connection, std::string_view id) {
    return find(connection, "v.id = ?1", id);
}

Result<std::optional<Guarded>> find_document(store::Connection& connection, std::string_view id) {
    return find(connection, "d.id = ?1 AND v.number = d.current", id);
}

bool may_know(const access::Caller& caller, const std::optional<Guarded>& found) {
    if (!found || found->restricted) return false;
    if (found->withdrawn && !access::may(caller, access::Right::administer)) return false;
    return access::may_read(caller, found->protection.rule);
}

constexpr std::string_view between_lists = "\n\n";
constexpr std::string_view nobody = "-";  // in place of an empty list; no principal is called so

Result<std::optional<Protection>> protection_of_removed(store::Connection& connection, std::string_view id) {
    store::Statement& row =
        TRY(connection.prepare("SELECT lists, walled FROM documents_removed WHERE id = ?1"));
    row.bind(id);
    if (!TRY(row.step())) return std::nullopt;
    std::vector<access::AccessList> lists;
    for (std::string_view left = row.view(0); !left.empty();) {
        const std::size_t end = std::min(left.find(between_lists), left.size());
        lists.push_back(access_list(left.substr(0, end)));
        left.remove_prefix(std::min(end + between_lists.size(), left.size()));
    }
    Protection protection;
    protection.rule = access::ReadRule(std::move(lists), row.integer(1) != 0);
    return protection;
}

Result<std::optional<Protection>> protection_in(store::Connection& connection, std::string_view id,
                                                std::optional<Guarded> found) {
    if (!found) return protection_of_removed(connection, id);
    return std::move(*found).with_restriction();
}

Result<std::optional<Protection>> unrestricted(std::optional<Guarded> found) {
    if (!found) return std::nullopt;
    return std::move(found->protection);
}

}  // namespace

Result<std::int64_t> readable_version(store::Connection& connection, const access::Caller& caller,
                                      const VersionId& id) {
    const auto found = TRY(find_version(connection, id.str()));
    if (!may_know(caller, found)) return unknown_document();
    return found->version;
}

Result<ReadableDocument> readable_document(store::Connection& connection, const access::Caller& caller,
                                           const DocumentId& id) {
    const auto found = TRY(find_document(connection, id.str()));
    if (!may_know(caller, found)) return unknown_document();
    return ReadableDocument{found->current, found->withdrawn};
}

Result<std::optional<Protection>> protection_of_document(store::Connection& connection, std::string_view id) {
    return protection_in(connection, id, TRY(find_document(connection, id)));
}

Result<std::optional<Protection>> protection_of_version(store::Connection& connection, std::string_view id) {
    return protection_in(connection, id, TRY(find_version(connection, id)));
}

Result<std::optional<Protection>> unrestricted_protection_of_document(store::Connection& connection,
                                                                      std::string_view id) {
    return unrestricted(TRY(find_document(connection, id)));
}

Result<std::optional<Protection>> unrestricted_protection_of_version(store::Connection& connection,
                                                                     std::string_view id) {
    return unrestricted(TRY(find_version(connection, id)));
}

Result<void> remember_protection(store::Connection& connection, std::string_view id,
                                 const Protection& protection) {
    std::string lists;
    for (const access::AccessList& list : protection.rule.lists()) {
        if (!lists.empty()) lists += between_lists;
        lists += list.empty() ? std::string(nobody) : access_text(list);
    }
    return connection.execute("INSERT OR REPLACE INTO documents_removed VALUES (?1, ?2, ?3)", id, lists,
                              protection.rule.is_walled());
}

Result<Reach> reach_of_pending(store::Connection& connection, std::uint32_t number) {
    store::Statement& rows = TRY(connection.prepare(
        fmt::format("SELECT {}, {} FROM documents_version p JOIN documents_version v ON v.document = "
                    "p.document LEFT JOIN documents_collection k ON k.name = p.collection "
                    "WHERE p.number = ?1 AND (v.whole = 1 OR v.number = ?1)",
                    collection_columns, limit_columns("v"))));
    rows.bind(number);
    Reach reach = Reach::everyone;
    while (TRY(rows.step())) {
        const CollectionSettings collection = read_settings(rows, 0, {});
        reach = std::max(reach, protection_of(read_limits(rows, collection_column_count), collection).reach);
    }
    return reach;
}

Result<void> require_editor(const access::Caller& caller) {
    if (!access::may(caller, access::Right::edit)) {
        return fail(ErrorCode::forbidden, "Det här kräver redaktörsrätt.", {}, "Be en administratör om den.");
    }
    return {};
}

Result<void> require_administrator(const access::Caller& caller) {
    if (!access::may(caller, access::Right::administer)) {
        return fail(ErrorCode::forbidden, "Det här kräver administratörsrätt.", {},
                    "Be en administratör om hjälp.");
    }
    return {};
}

}  // namespace kansli::documents::detail
