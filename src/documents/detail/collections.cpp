#include "documents/detail/collections.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/visible_text.hpp"
#include "documents/detail/rows.hpp"
#include "json/describe.hpp"

namespace kansli::documents::detail {

CollectionSettings read_settings(const store::Statement& row, int first, std::string_view name) {
    CollectionSettings settings{.name = std::string(name)};
    const auto owner = row.optional_text(first);
    if (!owner) return settings;
    settings.owner = *owner;
    settings.access = access_list(row.view(first + 1));
    settings.information_class = class_value(row.view(first + 2));
    settings.secrecy = row.text(first + 3);
    return settings;
}

Result<std::map<std::string, CollectionSettings>> load_collections(store::Connection& connection) {
    store::Statement& rows = TRY(
        connection.prepare(fmt::format("SELECT k.name, {} FROM documents_collection k", collection_columns)));
    rows.bind();
    std::map<std::string, CollectionSettings> all;
    while (TRY(rows.step())) {
        const std::string name = rows.text(0);
        all.emplace(name, read_settings(rows, 1, name));
    }
    return all;
}

Result<CollectionSettings> load_collection(store::Connection& connection, std::string_view name) {
    store::Statement& row = TRY(connection.prepare(
        fmt::format("SELECT {} FROM documents_collection k WHERE k.name = ?1", collection_columns)));
    row.bind(name);
    if (!TRY(row.step())) return CollectionSettings{.name = std::string(name)};
    return read_settings(row, 0, name);
}

Result<void> store_collection(store::Connection& connection, const CollectionSettings& settings,
                              Timestamp moment) {
    return connection.execute(
        "INSERT INTO documents_collection (name, owner, access, class, secrecy, changed) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, "
        "access = excluded.access, class = excluded.class, secrecy = excluded.secrecy, "
        "changed = excluded.changed",
        settings.name, settings.owner, access_text(settings.access),
        json::enum_name(settings.information_class), settings.secrecy, to_string(moment));
}

json::Value to_json(const CollectionSettings& settings) {
    json::Value value = json::Value::object();
    value["name"] = settings.name;
    value["owner"] = settings.owner;
    value["access"] = json::Value::array();
    for (const std::string& principal : settings.access)
        value["access"].push_back(principal);
    value["information_class"] = json::enum_name(settings.information_class);
    value["secrecy"] = settings.secrecy;
    return value;
}

Result<void> check_access_list(const access::AccessList& list) {
    const auto is_name = [](const std::string& name) {
        return !name.empty() && name.size() <= 200 &&
               std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    };
    if (std::ranges::all_of(list, is_name)) return {};
    return fail(ErrorCode::invalid_input,
                "Ett namn i listan över vilka som får läsa är tomt eller för långt.", "access");
}

Result<void> check_collection_name(std::string_view name) {
    const bool printable =
        std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '/'; });
    if (turns_direction(name)) {
        return fail(ErrorCode::invalid_input,
                    "Samlingens namn innehåller tecken som vänder textens riktning, så att det kan visas som "
                    "ett annat.",
                    "collection", "Skriv namnet för hand i stället för att klistra in det.");
    }
    if (!name.empty() && name.size() <= 64 && printable) return {};
    return fail(ErrorCode::invalid_input, "Samlingens namn ska ha 1–64 tecken och inget snedstreck.",
                "collection");
}

Result<void> check_title(std::string_view title) {
    if (!turns_direction(title)) return {};
    return fail(ErrorCode::invalid_input,
                "Titeln innehåller tecken som vänder textens riktning, så att den kan visas som en annan.",
                "title", "Skriv titeln för hand i stället för att klistra in den.");
}

}  // namespace kansli::documents::detail
