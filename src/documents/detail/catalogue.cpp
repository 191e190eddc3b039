#include "documents/detail/catalogue.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "documents/attributes.hpp"
#include "documents/detail/collections.hpp"
#include "documents/detail/rows.hpp"
#include "documents/detail/versions.hpp"
#include "documents/detail/words.hpp"
#include "text/language.hpp"

namespace kansli::documents::detail {

namespace {

struct Row {
    CatalogueEntry entry{};
    Date imported{};
    std::string replaced_by_name{};
    std::string identity{};
    std::optional<Date> gone_since{};
    bool corrected = false;  // its text was wrong: not in the catalogue
    Protection protection{};
};

Row read_row(const store::Statement& row) {
    Row result;
    result.entry.number = static_cast<std::uint32_t>(row.integer(0));
    result.entry.version = VersionId(row.text(1));
    result.entry.document = DocumentId(row.text(2));
    result.entry.collection = row.text(3);
    result.entry.file_name = row.text(4);
    result.entry.current = row.integer(5) != 0;
    if (const auto moment = parse_timestamp(row.view(6))) result.imported = day_in_sweden(*moment);
    result.replaced_by_name = row.text(7);
    result.identity = row.text(8);
    if (result.identity.starts_with("id:"))
        result.entry.source_id = stated_identity(result.identity).substr(3);
    result.gone_since = date_value(row.optional_text(9));
    result.corrected = row.integer(10) != 0;
    result.entry.attributes = read_attributes(row, 11);
    return result;
}

Result<std::vector<Row>> read_rows(store::Connection& connection) {
    const auto collections = TRY(load_collections(connection));
    const CollectionSettings nothing_set;
    store::Statement& statement = TRY(connection.prepare(
        fmt::format("SELECT v.number, v.id, v.document, v.collection, v.file_name, "
                    "v.number = d.current, v.imported, v.replaced_by_name, "
                    "d.identity, d.gone_since, v.corrected, {} FROM documents_version v JOIN "
                    "documents_document d ON d.id = v.document "
                    "WHERE v.whole = 1 AND d.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM "
                    "record_restriction r WHERE r.thing = d.id AND r.lifted IS NULL) "
                    "ORDER BY v.document, v.place",
                    attribute_columns)));
    statement.bind();
    std::vector<Row> rows;
    while (TRY(statement.step())) {
        Row& row = rows.emplace_back(read_row(statement));
        const auto set = collections.find(row.entry.collection);
        row.protection =
            protection_of(row.entry.attributes, set == collections.end() ? nothing_set : set->second);
    }
    return rows;
}

Result<std::uint32_t> highest_whole(store::Connection& connection) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT number FROM documents_version WHERE whole = 1 ORDER BY number DESC LIMIT 1"));
    row.bind();
    return TRY(row.step()) ? static_cast<std::uint32_t>(row.integer(0)) : 0;
}

// The days on which each version of one document is its text. A version begins on the day it names, or the day after
// the one before it ended, or the day it came in; the first one always applied. It lasts until the next begins.
void set_days(std::span<Row> versions) {
    for (std::size_t i = 0; i < versions.size(); ++i) {
        CatalogueEntry& entry = versions[i].entry;
        if (entry.attributes.valid_from) {
            entry.in_force_from = entry.attributes.valid_from;
        } else if (i > 0) {
            const auto& before = versions[i - 1].entry.attributes.valid_to;
            entry.in_force_from = before ? day_after(*before) : versions[i].imported;
        }
        if (i > 0 && entry.in_force_from)
            versions[i - 1].entry.in_force_to = day_before(*entry.in_force_from);
    }
}

// What should have been said from the first applies from then on.
void take_days_of_corrected(std::span<Row> versions) {
    for (std::size_t i = 1; i < versions.size(); ++i)
        if (versions[i - 1].corrected) versions[i].entry.in_force_from = versions[i - 1].entry.in_force_from;
}

// An old version is never easier to read than its document is now, and never less sensitive.
void guard_old_versions(std::span<Row> versions) {
    const Attributes& current = versions.back().entry.attributes;
    const Protection protection = versions.back().protection;
    Reach reach = Reach::everyone;
    for (Row& row : versions) {
        row.protection = stricter(std::move(row.protection), protection);
        reach = std::max(reach, row.protection.reach);
    }
    for (Row& row : versions) {
        row.protection.reach = reach;
        Attributes& attributes = row.entry.attributes;
        if (attributes.secrecy.empty()) attributes.secrecy = current.secrecy;
        if (attributes.access.empty()) attributes.access = current.access;
        attributes.information_class = std::max(attributes.information_class, current.information_class);
        if (!row.gone_since) continue;
        const Date last = day_before(*row.gone_since);
        if (!attributes.valid_to || last < *attributes.valid_to) attributes.valid_to = last;
    }
}

// Finds documents by what other documents call them.
class Names {
  public:
    explicit Names(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            if (!row.entry.current) continue;
            const CatalogueEntry& entry = row.entry;
            add(entry.attributes.reference, entry);
            add(stated_identity(row.identity), entry);
            add(entry.file_name, entry);
            add(text::fold(entry.attributes.title), entry);
        }
    }

    // "2025:400", "socialtjänstlag (2025:400)", "riktlinje-2026.pdf", or the title.
    [[nodiscard]] std::optional<DocumentId> find(const Row& row) const {
        const std::string& name = row.replaced_by_name;
        for (const std::string& key : {name, "id:" + name, text::fold(name), in_parentheses(name)}) {
            if (key.empty()) continue;
            // The same collection first, then any.
            auto found = documents_.find({row.entry.collection, key});
            if (found == documents_.end()) found = documents_.find({std::string{}, key});
            if (found != documents_.end() && found->second != row.entry.document) return found->second;
        }
        return std::nullopt;
    }

  private:
    void add(const std::string& name, const CatalogueEntry& entry) {
        if (name.empty()) return;
        documents_.try_emplace({entry.collection, name}, entry.document);
        documents_.try_emplace({std::string{}, name}, entry.document);
    }

    static std::string in_parentheses(std::string_view name) {
        const std::size_t open = name.find('(');
        const std::size_t close = name.find(')', open == std::string_view::npos ? 0 : open);
        if (open == std::string_view::npos || close == std::string_view::npos) return {};
        return std::string(name.substr(open + 1, close - open - 1));
    }

    std::map<std::pair<std::string, std::string>, DocumentId> documents_{};
};

template <typename Visit>
void each_document(std::vector<Row>& rows, Visit visit) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && rows[end].entry.document == rows[begin].entry.document)
            ++end;
        visit(std::span(rows).subspan(begin, end - begin));
        begin = end;
    }
}

// Gives each protection its place in the catalogue; most versions share a few.
void place_protections(const std::vector<Row>& rows, Catalogue& catalogue) {
    std::map<Protection, std::uint32_t> places{{Protection{}, 0}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto next = static_cast<std::uint32_t>(catalogue.protections.size());
        const auto [place, added] = places.try_emplace(rows[i].protection, next);
        if (added) catalogue.protections.push_back(rows[i].protection);
        catalogue.entries[i].protection = place->second;
    }
}

}  // namespace

Result<Catalogue> load_catalogue(store::Connection& connection) {
    Catalogue catalogue;
    catalogue.revision = TRY(current_revision(connection));
    catalogue.highest = TRY(highest_whole(connection));
    std::vector<Row> rows = TRY(read_rows(connection));
    each_document(rows, [](std::span<Row> versions) {
        set_days(versions);
        take_days_of_corrected(versions);
        guard_old_versions(versions);
    });
    std::erase_if(rows, [](const Row& row) { return row.corrected; });
    if (std::ranges::any_of(rows, [](const Row& row) { return !row.replaced_by_name.empty(); })) {
        const Names names(rows);
        for (Row& row : rows) {
            if (!row.entry.attributes.replaced_by) row.entry.attributes.replaced_by = names.find(row);
        }
    }
    std::ranges::sort(rows, {}, [](const Row& row) { return row.entry.number; });
    catalogue.entries.reserve(rows.size());
    for (Row& row : rows)
        catalogue.entries.push_back(std::move(row.entry));
    place_protections(rows, catalogue);
    for (std::uint32_t i = 0; i < catalogue.entries.size(); ++i)
        catalogue.by_version.push_back(i);
    std::ranges::sort(catalogue.by_version, {},
                      [&](std::uint32_t i) -> const VersionId& { return catalogue.entries[i].version; });
    return catalogue;
}

Result<std::int64_t> current_revision(store::Connection& connection) {
    store::Statement& row = TRY(connection.prepare("SELECT revision FROM documents_revision"));
    row.bind();
    if (!TRY(row.step())) return fail(ErrorCode::corrupt, "Dokumentens ändringsnummer saknas i databasen.");
    return row.integer(0);
}

}  // namespace kansli::documents::detail
