#include "search/lexical_index.hpp"

#include <system_error>
#include <utility>

#include <malloc.h>

#include "search/detail/index_state.hpp"

namespace kansli::search {

namespace fs = std::filesystem;
using detail::guarded;

namespace {

constexpr int most_limit = 200;
constexpr int most_offset = 10'000;
constexpr std::size_t longest_query = 4000;  // bytes
Result<void> check(const Query& query) {
    if (!query.as_of.ok())
        return fail(ErrorCode::invalid_input, "Datumet som sökningen gäller saknas.", "as_of");
    if (query.words.size() > longest_query)
        return fail(ErrorCode::too_large, "Sökningen är för lång.", "words", "Skriv högst 4 000 tecken.");
    if (query.limit < 1 || query.limit > most_limit)
        return fail(ErrorCode::invalid_input, "Antalet träffar ska vara mellan 1 och 200.", "limit");
    if (query.offset < 0 || query.offset > most_offset)
        return fail(ErrorCode::invalid_input, "Det går att bläddra till träff 10 000.", "offset",
                    "Gör sökningen snävare.");
    return {};
}

// Writers leave much freed memory with the C library; the idle server shall not keep it.
void give_memory_back() {
    (void)malloc_trim(0);
}

}  // namespace

LexicalIndex::LexicalIndex(std::unique_ptr<State> state) : state_(std::move(state)) {
}
LexicalIndex::~LexicalIndex() = default;

Result<std::unique_ptr<LexicalIndex>> LexicalIndex::open(IndexSettings settings, Material& material) {
    auto state = std::make_unique<State>(std::move(settings), material);
    TRY(state->prepare_folder());
    return std::unique_ptr<LexicalIndex>(new LexicalIndex(std::move(state)));
}

void LexicalIndex::warm_up() {
    if (const auto name = state_->generation()) (void)guarded([&] { return state_->splitter_of(*name); });
}

Result<void> LexicalIndex::add(std::uint32_t number, const documents::ReadDocument& version,
                               const documents::Placing& placing) {
    const std::scoped_lock held(state_->writer_mutex);
    auto added = guarded([&]() -> Result<void> {
        TRY(state_->begin_batch());
        detail::Writer& writer = *state_->writer;
        writer.begin(number, version.attributes, detail::shard_name(placing));
        const std::string_view text = version.text;
        for (const documents::Section& section : version.sections)
            writer.add_section(section, text.substr(section.start, section.end - section.start));
        writer.finish();
        return {};
    });
    if (added || !state_->writer) return added;
    state_->writer.reset();
    state_->lock.reset();
    state_->lost = true;
    return added;
}

Result<void> LexicalIndex::commit() {
    const std::scoped_lock held(state_->writer_mutex);
    if (std::exchange(state_->lost, false))
        return fail(ErrorCode::internal, "Indexeringen avbröts av ett fel och ska göras om.");
    if (!state_->writer) return {};
    auto committed = guarded([&]() -> Result<void> {
        state_->writer->commit();
        return {};
    });
    state_->writer.reset();
    state_->lock.reset();
    give_memory_back();
    return committed;
}

Result<Results> LexicalIndex::search(const access::Caller& caller, const Query& query) {
    TRY(check(query));
    return state_->reading<Results>(
        caller, query, [&](const detail::SearchContext& context) { return detail::run_search(context); });
}

Result<std::vector<ExplainedTerm>> LexicalIndex::explain(const access::Caller& caller, const Query& query,
                                                         const documents::VersionId& version, int section) {
    TRY(check(query));
    return state_->reading<std::vector<ExplainedTerm>>(
        caller, query, [&](const detail::SearchContext& context) -> Result<std::vector<ExplainedTerm>> {
            const auto* entry = context.view.catalogue().find(version);
            if (entry == nullptr || !context.viewer.may_read(context.view.rule_of(*entry)))
                return fail(ErrorCode::not_found, "Dokumentet finns inte.", version.str());
            return detail::run_explain(context, *entry, section);
        });
}

Result<SyncReport> LexicalIndex::sync(const Progress& progress, std::stop_token stop) {
    const auto held =
        TRY(detail::FolderLock::acquire(state_->writer_lock(), state_->settings.patience, stop));
    const std::string name = TRY(state_->generation());
    auto report = guarded([&]() -> Result<SyncReport> {
        detail::Writer writer(state_->settings.folder / name, TRY(state_->splitter_of(name)),
                              state_->settings.embedding, state_->settings.weights);
        return state_->bring_in_step(writer, progress, stop);
    });
    give_memory_back();
    return report;
}

Result<bool> LexicalIndex::is_out_of_step() {
    const std::string name = TRY(state_->generation());
    return guarded([&] { return state_->differs(name); });
}

Result<void> LexicalIndex::rebuild(const Progress& progress, std::stop_token stop) {
    const fs::path& folder = state_->settings.folder;
    const auto rebuilding =
        TRY(detail::FolderLock::acquire(state_->rebuild_lock(), state_->settings.patience, stop));
    TRY(detail::remove_other_generations(folder));
    const std::string rough = TRY(detail::new_generation(folder));
    auto built = guarded([&]() -> Result<void> {
        const std::string live = TRY(state_->generation());
        detail::Writer writer(folder / rough, TRY(state_->splitter_of(live)), state_->settings.embedding,
                              state_->settings.weights);
        TRY(state_->bring_in_step(writer, progress, stop));
        // What was imported meanwhile, and from here on nobody imports until the new generation answers.
        const auto writing =
            TRY(detail::FolderLock::acquire(state_->writer_lock(), state_->settings.patience, stop));
        TRY(state_->bring_in_step(writer, {}, stop));
        const std::string tidy = TRY(detail::new_generation(folder));
        detail::compact_generation(folder / rough, folder / tidy);
        return detail::make_live(folder, tidy);
    });
    TRY(detail::remove_other_generations(folder));
    give_memory_back();
    return built;
}

Result<IndexStatistics> LexicalIndex::statistics() {
    const std::string name = TRY(state_->generation());
    return guarded([&]() -> Result<IndexStatistics> {
        IndexStatistics statistics;
        for (const auto& [shard, ranges] : detail::read_all_ranges(state_->settings.folder / name)) {
            ++statistics.shards;
            statistics.versions += static_cast<std::int64_t>(ranges.all().size());
            for (const detail::VersionRange& range : ranges.all())
                statistics.sections += range.count;
        }
        const fs::path generation = state_->settings.folder / name;
        if (!fs::is_directory(generation)) return statistics;  // nothing was ever committed
        for (const auto& entry : fs::recursive_directory_iterator(generation))
            if (entry.is_regular_file()) statistics.bytes += entry.file_size();
        return statistics;
    });
}

}  // namespace kansli::search
