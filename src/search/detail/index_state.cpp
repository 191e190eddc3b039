#include "search/detail/index_state.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace kansli::search {

namespace fs = std::filesystem;
using detail::guarded;

namespace {

constexpr std::uint64_t few_sections = 200;           // have little to teach about compounds
constexpr std::int64_t sections_per_commit = 50'000;  // of sync and rebuild: what a crash may cost

// The versions of a catalogue and of the shards, compared.
struct Difference {
    std::vector<const documents::CatalogueEntry*> missing{};  // nowhere, or not where they belong
    std::vector<std::uint32_t> unknown{};                     // to be taken out
};

// A version above the highest that is whole is being imported and is left alone.
Difference compare(const detail::CatalogueView& view,
                   const std::map<std::string, detail::VersionRanges>& shards) {
    Difference difference;
    const auto& entries = view.catalogue().entries;
    const std::uint32_t highest =
        std::max(view.catalogue().highest, entries.empty() ? 0 : entries.back().number);
    std::set<std::uint32_t> right;
    std::set<std::uint32_t> wrong;
    for (const auto& [shard, ranges] : shards) {
        for (const detail::VersionRange& range : ranges.all()) {
            const auto* entry = view.catalogue().find(range.number);
            if (entry == nullptr && range.number <= highest) difference.unknown.push_back(range.number);
            if (entry != nullptr) (view.shard_of(*entry) == shard ? right : wrong).insert(range.number);
        }
    }
    for (const auto& entry : entries)
        if (!right.contains(entry.number) || wrong.contains(entry.number))
            difference.missing.push_back(&entry);
    return difference;
}

void learn_from(const Xapian::Database& open_shard, text::CompoundSplitter& splitter) {
    constexpr Xapian::doccount enough =
        3;  // words that stand in fewer sections are left out: mistakes and names
    constexpr std::size_t longest = 40;  // bytes: longer words are compounds themselves
    const auto end = open_shard.spellings_end();
    for (auto at = open_shard.spellings_begin(); at != end; ++at) {
        const std::string word = *at;
        if (word.size() <= longest && at.get_termfreq() >= enough) splitter.learn(word, at.get_termfreq());
    }
}

}  // namespace

Result<void> LexicalIndex::State::prepare_folder() {
    std::error_code error;
    fs::create_directories(settings.folder, error);
    if (error)
        return fail(ErrorCode::unavailable, "Sökindexets mapp kan inte skapas: " + error.message() + ".",
                    settings.folder.string(), "Kontrollera rättigheter och ledigt utrymme.");
    if (!TRY(detail::live_generation(settings.folder))) {
        const auto held = TRY(detail::FolderLock::acquire(writer_lock(), settings.patience));
        if (!TRY(detail::live_generation(settings.folder)))
            TRY(detail::make_live(settings.folder, TRY(detail::new_generation(settings.folder))));
    }
    // What a rebuild that was cut off left behind. Whoever holds the lock is rebuilding right now.
    const auto rebuilding = detail::FolderLock::acquire(rebuild_lock(), {});
    if (rebuilding) TRY(detail::remove_other_generations(settings.folder));
    return {};
}

Result<std::string> LexicalIndex::State::generation() const {
    auto live = TRY(detail::live_generation(settings.folder));
    if (!live)
        return fail(ErrorCode::unavailable, "Sökindexet saknas.", settings.folder.string(),
                    "Bygg det med kansli index rebuild.");
    return *std::move(live);
}

Result<std::shared_ptr<const detail::CatalogueView>> LexicalIndex::State::current_view() {
    auto catalogue = TRY(material.catalogue());
    const std::scoped_lock held(view_mutex);
    if (!view || view->shared() != catalogue)
        view = std::make_shared<const detail::CatalogueView>(std::move(catalogue));
    return view;
}

Result<std::shared_ptr<const text::CompoundSplitter>> LexicalIndex::State::splitter_for(
    const detail::Lease& lease) {
    const detail::OpenShard* open = nullptr;
    for (const auto& shard : lease.shards())
        if (shard->name.ends_with(std::string("/") + detail::open_shard)) open = shard.get();
    const std::uint64_t sections = open == nullptr ? 0 : open->database.get_doccount();
    const std::scoped_lock held(splitter_mutex);
    if (splitter && sections <= 2 * learned_from + few_sections) return splitter;
    if (!settings.words)
        settings.words = std::make_shared<const text::CompoundSplitter>(
            TRY(text::CompoundSplitter::create(settings.word_list)));
    auto fresh = settings.words->unlearned();
    if (open != nullptr) learn_from(open->database, fresh);
    splitter = std::make_shared<const text::CompoundSplitter>(std::move(fresh));
    learned_from = sections;
    return splitter;
}

Result<std::shared_ptr<const text::CompoundSplitter>> LexicalIndex::State::splitter_of(
    const std::string& generation_name) {
    return splitter_for(readers.lease(generation_name, {.whole = {detail::open_shard}}));
}

Result<void> LexicalIndex::State::begin_batch() {
    if (writer) return {};
    auto held = TRY(detail::FolderLock::acquire(writer_lock(), settings.patience));
    const std::string name = TRY(generation());
    writer = std::make_unique<detail::Writer>(settings.folder / name, TRY(splitter_of(name)),
                                              settings.embedding, settings.weights);
    lock = std::move(held);
    return {};
}

Result<void> LexicalIndex::State::add_entry(detail::Writer& into, const detail::CatalogueView& now,
                                            const documents::CatalogueEntry& entry) const {
    into.begin(entry.number, entry.attributes, now.shard_of(entry));
    TRY(material.each_section(entry.version, [&](const documents::Section& section, std::string_view text) {
        return guarded([&]() -> Result<void> {
            into.add_section(section, text);
            return {};
        });
    }));
    into.finish();
    return {};
}

Result<SyncReport> LexicalIndex::State::bring_in_step(detail::Writer& into, const Progress& progress,
                                                      const std::stop_token& stop) {
    const auto now = TRY(current_view());
    const Difference difference = compare(*now, into.shards());
    SyncReport report;
    for (const std::uint32_t number : difference.unknown) {
        into.remove(number);
        ++report.removed;
    }
    const auto all = static_cast<std::int64_t>(difference.missing.size());
    std::int64_t sections = 0;
    for (const documents::CatalogueEntry* entry : difference.missing) {
        if (stop.stop_requested()) {
            into.commit();
            return fail(ErrorCode::cancelled, "Indexeringen avbröts.", {}, "Den fortsätter där den slutade.");
        }
        TRY(add_entry(into, *now, *entry));
        ++report.added;
        sections += into.last_version_sections();
        if (sections >= sections_per_commit) {
            into.commit();
            sections = 0;
        }
        if (progress) progress(report.added, all);
    }
    into.commit();
    return report;
}

Result<bool> LexicalIndex::State::differs(const std::string& generation_name) {
    const auto now = TRY(current_view());
    const Difference difference = compare(*now, detail::read_all_ranges(settings.folder / generation_name));
    return !difference.missing.empty() || !difference.unknown.empty();
}

}  // namespace kansli::search
