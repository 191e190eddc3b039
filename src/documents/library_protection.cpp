#include <algorithm>
#include <map>
#include <utility>

#include "documents/detail/collections.hpp"
#include "documents/detail/rights.hpp"
#include "documents/detail/versions.hpp"
#include "documents/library.hpp"
#include "record/marks.hpp"
#include "record/record.hpp"
#include "text/language.hpp"

namespace kansli::documents {

namespace {

Result<bool> lets_in(const access::Caller& caller, const Result<std::optional<Protection>>& found) {
    const auto protection = TRY(found);
    if (!protection) return access::is_keeper(caller);
    return access::may_read(caller, protection->rule);
}

}  // namespace

Result<std::vector<CollectionSettings>> Library::collection_settings(const access::Caller& caller) {
    TRY(detail::require_administrator(caller));
    const auto snapshot = TRY(catalogue());
    std::map<std::string, CollectionSettings> settings;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        settings = TRY(detail::load_collections(connection));
        return {};
    }));
    for (const CatalogueEntry& entry : snapshot->entries)
        settings.try_emplace(entry.collection, CollectionSettings{.name = entry.collection});
    std::vector<CollectionSettings> list;
    for (auto& [name, one] : settings)
        list.push_back(std::move(one));
    std::ranges::sort(list, [](const CollectionSettings& a, const CollectionSettings& b) {
        return text::compare_swedish(a.name, b.name) < 0;
    });
    return list;
}

Result<void> Library::set_collection(const access::Caller& caller, const CollectionSettings& settings) {
    TRY(detail::require_administrator(caller));
    TRY(detail::check_collection_name(settings.name));
    TRY(detail::check_access_list(settings.access));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const CollectionSettings before = TRY(detail::load_collection(connection, settings.name));
        if (before == settings) return {};
        const Timestamp moment = now();
        TRY(detail::store_collection(connection, settings, moment));
        TRY(detail::bump_revision(connection));
        json::Value content = json::Value::object();
        content["before"] = detail::to_json(before);
        content["after"] = detail::to_json(settings);
        record::Record record(database_);
        TRY(record.append(connection, caller, "collection_changed", settings.name, json::write(content),
                          moment));
        return {};
    });
}

Result<std::vector<WalledDocuments>> Library::walled_documents(const access::Caller& caller) {
    TRY(detail::require_administrator(caller));
    const auto snapshot = TRY(catalogue());
    std::map<std::string, CollectionSettings> settings;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        settings = TRY(detail::load_collections(connection));
        return {};
    }));
    std::map<std::string, std::int64_t> counts;
    for (const CatalogueEntry& entry : snapshot->entries) {
        if (!entry.current || !snapshot->protection_of(entry).rule.is_walled()) continue;
        const bool named = !entry.attributes.owner.empty();
        ++counts[named ? entry.attributes.owner : settings[entry.collection].owner];
    }
    std::vector<WalledDocuments> list;
    for (const auto& [department, documents] : counts)
        list.push_back({department, documents});
    std::ranges::sort(list, [](const WalledDocuments& a, const WalledDocuments& b) {
        return text::compare_swedish(a.department, b.department) < 0;
    });
    return list;
}

Result<bool> Library::may_read(const access::Caller& caller, const DocumentId& id, Restricted restricted) {
    bool may = false;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const bool shown = restricted == Restricted::shown;
        may = TRY(lets_in(caller, shown ? detail::unrestricted_protection_of_document(connection, id.str())
                                        : detail::protection_of_document(connection, id.str())));
        return {};
    }));
    return may;
}

Result<bool> Library::may_read(const access::Caller& caller, const VersionId& id, Restricted restricted) {
    bool may = false;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const bool shown = restricted == Restricted::shown;
        may = TRY(lets_in(caller, shown ? detail::unrestricted_protection_of_version(connection, id.str())
                                        : detail::protection_of_version(connection, id.str())));
        return {};
    }));
    return may;
}

Result<std::set<std::string, std::less<>>> Library::restricted_things() {
    std::set<std::string, std::less<>> things;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        things = TRY(record::restricted_things(connection));
        return {};
    }));
    return things;
}

Result<Protection> Library::protection(const access::Caller& caller, const DocumentId& id) {
    Protection protection;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        TRY(detail::readable_document(connection, caller, id));
        protection = TRY(detail::protection_of_document(connection, id.str())).value_or(Protection{});
        return {};
    }));
    return protection;
}

}  // namespace kansli::documents
