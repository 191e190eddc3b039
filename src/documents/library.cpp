#include "documents/library.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "documents/detail/catalogue.hpp"
#include "documents/detail/schema.hpp"

namespace kansli::documents {

struct Library::Cache {
    std::mutex mutex{};
    std::int64_t data_version = -1;
    std::shared_ptr<const Catalogue> catalogue{};
};

Library::Library(store::Database& database, std::filesystem::path files)
    : database_(database), files_(std::move(files)), cache_(std::make_shared<Cache>()) {
}

std::span<const store::TableNote> Library::table_notes() {
    return detail::table_notes();
}

std::span<const store::Migration> Library::migrations() {
    return detail::schema();
}

// The database's own number tells cheaply that nothing at all has changed; ours that no document has.
Result<std::shared_ptr<const Catalogue>> Library::catalogue() {
    const std::int64_t data_version = TRY(database_.data_version());
    const std::lock_guard lock(cache_->mutex);
    if (cache_->catalogue && cache_->data_version == data_version) return cache_->catalogue;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const std::int64_t revision = TRY(detail::current_revision(connection));
        if (cache_->catalogue && cache_->catalogue->revision == revision) return {};
        cache_->catalogue = std::make_shared<const Catalogue>(TRY(detail::load_catalogue(connection)));
        return {};
    }));
    // What was read may be newer than the number, never older; then the next call reads again.
    cache_->data_version = data_version;
    return cache_->catalogue;
}

const CatalogueEntry* Catalogue::find(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(entries, number, {}, &CatalogueEntry::number);
    return found != entries.end() && found->number == number ? &*found : nullptr;
}

const CatalogueEntry* Catalogue::find(const VersionId& version) const {
    if (by_version.size() != entries.size()) {
        const auto found = std::ranges::find(entries, version, &CatalogueEntry::version);
        return found == entries.end() ? nullptr : &*found;
    }
    const auto id = [this](std::uint32_t i) -> const VersionId& { return entries[i].version; };
    const auto found = std::ranges::lower_bound(by_version, version, {}, id);
    return found != by_version.end() && id(*found) == version ? &entries[*found] : nullptr;
}

}  // namespace kansli::documents
