#include <utility>

#include <fmt/format.h>

#include "documents/detail/rows.hpp"
#include "documents/detail/versions.hpp"

namespace kansli::documents::detail {

namespace {

Section read_section(const store::Statement& row) {
    Section section;
    section.ordinal = static_cast<int>(row.integer(0));
    section.parent = static_cast<int>(row.integer(1));
    section.level = static_cast<int>(row.integer(2));
    section.role = static_cast<SectionRole>(row.integer(3));
    section.start = static_cast<std::size_t>(row.integer(4));
    section.body = static_cast<std::size_t>(row.integer(5));
    section.end = static_cast<std::size_t>(row.integer(6));
    section.path = row.text(7);
    section.heading = row.text(8);
    return section;
}

// The headings around a section, from the outermost inwards.
Result<std::vector<std::string>> trail_above(store::Connection& connection, std::int64_t number, int parent) {
    std::vector<std::string> trail;
    store::Statement& row = TRY(connection.prepare(
        "SELECT parent, heading FROM documents_section WHERE version = ?1 AND ordinal = ?2"));
    while (parent > 0) {
        row.bind(number, parent);
        if (!TRY(row.step())) break;
        const int next = static_cast<int>(row.integer(0));
        if (auto heading = row.text(1); !heading.empty()) trail.insert(trail.begin(), std::move(heading));
        // A parent always comes before its children; anything else is damage.
        if (next >= parent) return fail(ErrorCode::corrupt, "Versionens avsnitt hänger inte ihop.");
        parent = next;
    }
    return trail;
}

}  // namespace

Result<Attributes> load_attributes(store::Connection& connection, std::int64_t number) {
    store::Statement& row = TRY(connection.prepare(
        fmt::format("SELECT {} FROM documents_version v WHERE v.number = ?1", attribute_columns)));
    row.bind(number);
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Versionen finns inte.");
    return read_attributes(row, 0);
}

Result<Library::SectionText> load_section(store::Connection& connection, std::int64_t number, int ordinal) {
    Library::SectionText result;
    {
        // The text is cut by bytes inside the database, so that a long version need not be copied for one section.
        store::Statement& row = TRY(connection.prepare(
            "SELECT s.ordinal, s.parent, s.level, s.role, s.start, s.body, s.end, s.path, s.heading, s.page, "
            "substr(CAST(t.text AS BLOB), s.start + 1, s.end - s.start) FROM documents_section s "
            "JOIN documents_text t ON t.version = s.version WHERE s.version = ?1 AND s.ordinal = ?2"));
        row.bind(number, ordinal);
        if (!TRY(row.step())) return fail(ErrorCode::not_found, "Avsnittet finns inte i den versionen.");
        result.section = read_section(row);
        if (const auto page = row.optional_integer(9)) result.page = static_cast<int>(*page);
        result.text = row.text(10);
    }
    result.section.trail = TRY(trail_above(connection, number, result.section.parent));
    if (ordinal > 0 && !result.section.heading.empty())
        result.section.trail.push_back(result.section.heading);
    return result;
}

Result<int> ordinal_of(store::Connection& connection, std::int64_t number, std::string_view path) {
    store::Statement& row = TRY(connection.prepare(
        "SELECT ordinal FROM documents_section WHERE version = ?1 AND path = ?2 ORDER BY ordinal LIMIT 1"));
    row.bind(number, path);
    if (!TRY(row.step())) return fail(ErrorCode::not_found, "Avsnittet finns inte i den versionen.");
    return static_cast<int>(row.integer(0));
}

Result<std::vector<Section>> load_sections(store::Connection& connection, std::int64_t number) {
    store::Statement& rows = TRY(connection.prepare(
        "SELECT ordinal, parent, level, role, start, body, end, path, heading FROM documents_section "
        "WHERE version = ?1 ORDER BY ordinal"));
    rows.bind(number);
    std::vector<Section> sections;
    while (TRY(rows.step())) {
        Section section = read_section(rows);
        const auto parent = static_cast<std::size_t>(section.parent);
        if (section.parent >= 0 && parent < sections.size()) section.trail = sections[parent].trail;
        if (section.ordinal > 0 && !section.heading.empty()) section.trail.push_back(section.heading);
        sections.push_back(std::move(section));
    }
    return sections;
}

Result<ReadDocument> load_document(store::Connection& connection, std::int64_t number) {
    ReadDocument document;
    {
        store::Statement& row = TRY(connection.prepare(
            fmt::format("SELECT v.format, v.pages, v.page_width, v.page_height, v.warnings, t.text, "
                        "t.places, {} FROM documents_version v "
                        "JOIN documents_text t ON t.version = v.number WHERE v.number = ?1",
                        attribute_columns)));
        row.bind(number);
        if (!TRY(row.step())) return fail(ErrorCode::not_found, "Versionen finns inte.");
        document.format = row.text(0);
        document.pages = static_cast<int>(row.integer(1));
        document.page_width = row.real(2);
        document.page_height = row.real(3);
        document.warnings = lines_value(row.view(4));
        document.text = row.text(5);
        document.places = places_value(row.view(6));
        document.attributes = read_attributes(row, 7);
    }
    document.sections = TRY(load_sections(connection, number));
    return document;
}

}  // namespace kansli::documents::detail
