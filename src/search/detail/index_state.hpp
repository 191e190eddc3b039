#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "search/detail/engine.hpp"
#include "search/detail/guard.hpp"
#include "search/detail/layout.hpp"
#include "search/detail/readers.hpp"
#include "search/detail/selection.hpp"
#include "search/detail/vectors.hpp"
#include "search/detail/writer.hpp"
#include "search/lexical_index.hpp"

namespace kansli::search {

// What a LexicalIndex holds. The mutexes are taken in the order writer, splitter, view; none of them while a search runs.
struct LexicalIndex::State {
    IndexSettings settings;
    Material& material;
    detail::Readers readers;
    detail::SelectionCache selections{};
    detail::VectorTables tables;
    std::optional<detail::QuestionVectors> questions{};  // with an embedding

    std::mutex view_mutex{};
    std::shared_ptr<const detail::CatalogueView> view{};

    std::mutex splitter_mutex{};
    std::shared_ptr<const text::CompoundSplitter> splitter{};
    std::uint64_t learned_from = 0;  // sections of the open shard when the splitter learned

    std::mutex writer_mutex{};
    std::optional<detail::FolderLock> lock{};  // while a batch is open
    std::unique_ptr<detail::Writer> writer{};
    bool lost = false;  // a failed add() took the batch with it

    State(IndexSettings given, Material& source)
        : settings(std::move(given)),
          material(source),
          readers(settings.folder),
          tables(settings.embedding == nullptr ? 0 : settings.embedding->dimensions()) {
        if (settings.embedding != nullptr) questions.emplace(*settings.embedding, settings.known_questions);
    }

    [[nodiscard]] std::filesystem::path writer_lock() const { return settings.folder / "writer.lock"; }
    [[nodiscard]] std::filesystem::path rebuild_lock() const { return settings.folder / "rebuild.lock"; }

    // Makes the folder and its first generation, and removes what a cut-off rebuild left.
    Result<void> prepare_folder();
    Result<std::string> generation() const;
    Result<std::shared_ptr<const detail::CatalogueView>> current_view();

    // The splitter learns only from documents that are open to all, so that it tells nobody of hidden ones; anew
    // whenever there are twice as many sections as when it last did.
    Result<std::shared_ptr<const text::CompoundSplitter>> splitter_for(const detail::Lease& lease);
    Result<std::shared_ptr<const text::CompoundSplitter>> splitter_of(const std::string& generation_name);

    // Opens the batch of add() unless it is open. Requires: the writer mutex.
    Result<void> begin_batch();
    // Writes what the catalogue has and the generation lacks, and takes out what only the generation has.
    Result<SyncReport> bring_in_step(detail::Writer& into, const Progress& progress,
                                     const std::stop_token& stop);
    Result<bool> differs(const std::string& generation_name);

    // Opens what the caller may read and answers from it, again when a writer or a rebuild has moved it away meanwhile.
    template <typename Answer>
    Result<Answer> reading(const access::Caller& caller, const Query& query,
                           const std::function<Result<Answer>(const detail::SearchContext&)>& answer);

  private:
    Result<void> add_entry(detail::Writer& into, const detail::CatalogueView& now,
                           const documents::CatalogueEntry& entry) const;
};

template <typename Answer>
Result<Answer> LexicalIndex::State::reading(
    const access::Caller& caller, const Query& query,
    const std::function<Result<Answer>(const detail::SearchContext&)>& answer) {
    constexpr int most_attempts = 10;
    const auto lexicon = query.lexicon ? query.lexicon : TRY(settings.lexicon());
    for (int attempt = 1;; ++attempt) {
        const auto now = TRY(current_view());
        const std::string name = TRY(generation());
        bool complete = true;
        Result<Answer> outcome = detail::guarded([&]() -> Result<Answer> {
            const access::Viewer viewer(caller);
            const detail::Sight sight = now->sight_of(viewer);
            const detail::Lease lease = readers.lease(name, sight.shards);
            complete = lease.is_complete();
            const auto words = TRY(splitter_for(lease));
            const auto selected = selections.get(*now, sight, query, lease);
            const detail::Statistics statistics(lease, *selected.mixed);
            return answer({caller,
                           viewer,
                           query,
                           *now,
                           lease,
                           *words,
                           *lexicon,
                           {settings.embedding, &tables, questions ? &*questions : nullptr},
                           settings.weights,
                           material,
                           selected,
                           statistics});
        });
        if ((outcome && complete) || attempt == most_attempts) return outcome;
        // A shard may be missing because nothing was ever written to it, or because a rebuild has just taken it away.
        const bool moved = (!outcome && outcome.error().code == ErrorCode::busy) || TRY(generation()) != name;
        if (!moved) return outcome;
    }
}

}  // namespace kansli::search
