#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "documents/importer.hpp"
#include "search/material.hpp"

namespace kansli::search {

// Material that is held in memory: for tests and benchmarks of the index without a store.
// Threads: any.
class MemoryMaterial final : public Material {
  public:
    // The next number. The version is in the catalogue from now on.
    std::uint32_t put(documents::CatalogueEntry entry, documents::ReadDocument version) {
        const std::scoped_lock lock(mutex_);
        entry.number = ++last_number_;
        if (entry.version.empty()) entry.version = documents::VersionId("v" + std::to_string(entry.number));
        if (entry.document.empty())
            entry.document = documents::DocumentId("d" + std::to_string(entry.number));
        entry.attributes = version.attributes;
        versions_.emplace(entry.version, std::move(version));
        entries_.emplace(entry.number, std::move(entry));
        renew();
        return last_number_;
    }

    // Changes what the catalogue says of a version.
    template <typename Change>
    void change(std::uint32_t number, Change&& change) {
        const std::scoped_lock lock(mutex_);
        change(entries_.at(number));
        renew();
    }

    // What holds for a collection.
    void set(documents::CollectionSettings settings) {
        const std::scoped_lock lock(mutex_);
        collections_[settings.name] = settings;
        renew();
    }

    // Where the catalogue places a version.
    [[nodiscard]] documents::Placing placing_of(std::uint32_t number) {
        const std::scoped_lock lock(mutex_);
        const documents::CatalogueEntry& entry = *catalogue_->find(number);
        return {entry.collection, catalogue_->protection_of(entry).reach};
    }

    void withdraw(std::uint32_t number) {
        const std::scoped_lock lock(mutex_);
        entries_.erase(number);
        renew();
    }

    [[nodiscard]] const documents::ReadDocument& text_of(std::uint32_t number) const {
        return versions_.at(entries_.at(number).version);
    }

    Result<std::shared_ptr<const documents::Catalogue>> catalogue() override {
        const std::scoped_lock lock(mutex_);
        return catalogue_;
    }

    Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                    const documents::VersionId& version,
                                                    int ordinal) override {
        const std::scoped_lock lock(mutex_);
        const auto found = versions_.find(version);
        const auto* entry = catalogue_->find(version);
        const bool there = entry != nullptr && found != versions_.end() && ordinal >= 0 &&
                           static_cast<std::size_t>(ordinal) < found->second.sections.size();
        if (!there || !access::may_read(caller, catalogue_->protection_of(*entry).rule))
            return fail(ErrorCode::not_found, "Avsnittet finns inte.");
        const documents::Section& section = found->second.sections[static_cast<std::size_t>(ordinal)];
        return documents::Library::SectionText{
            section, found->second.text.substr(section.start, section.end - section.start), std::nullopt};
    }

    Result<void> each_section(const documents::VersionId& version, const Visit& visit) override {
        const std::string_view text = versions_.at(version).text;
        for (const documents::Section& section : versions_.at(version).sections)
            TRY(visit(section, text.substr(section.start, section.end - section.start)));
        return {};
    }

  private:
    // As the library does it: no version is easier to read than the latest of its document, and all have one reach.
    void renew() {
        auto catalogue = std::make_shared<documents::Catalogue>();
        catalogue->revision = ++revision_;
        std::map<documents::DocumentId, documents::Protection> latest;
        std::map<documents::DocumentId, documents::Reach> reaches;
        for (const auto& [number, entry] : entries_) {
            latest[entry.document] = own_protection(entry);
            documents::Reach& reach = reaches[entry.document];
            reach = std::max(reach, latest[entry.document].reach);
        }
        for (const auto& [number, entry] : entries_) {
            auto protection = documents::stricter(own_protection(entry), latest[entry.document]);
            protection.reach = reaches[entry.document];
            catalogue->entries.push_back(entry);
            catalogue->entries.back().protection = static_cast<std::uint32_t>(catalogue->protections.size());
            catalogue->protections.push_back(std::move(protection));
        }
        catalogue_ = std::move(catalogue);
    }

    [[nodiscard]] documents::Protection own_protection(const documents::CatalogueEntry& entry) const {
        const auto set = collections_.find(entry.collection);
        return documents::protection_of(
            entry.attributes, set == collections_.end() ? documents::CollectionSettings{} : set->second);
    }

    std::mutex mutex_{};
    std::uint32_t last_number_ = 0;
    std::int64_t revision_ = 0;
    std::map<std::uint32_t, documents::CatalogueEntry> entries_{};
    std::map<documents::VersionId, documents::ReadDocument> versions_{};
    std::map<std::string, documents::CollectionSettings> collections_{};
    std::shared_ptr<const documents::Catalogue> catalogue_ = std::make_shared<documents::Catalogue>();
};

}  // namespace kansli::search
