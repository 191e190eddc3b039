#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "documents/document.hpp"
#include "model/static_embedding.hpp"
#include "search/detail/analyser.hpp"
#include "search/detail/ranges.hpp"
#include "search/weights.hpp"

namespace kansli::search::detail {

// Writes one batch of versions into one generation. Nothing is on disk before commit(); an object that goes without commit()
// leaves the generation as it was. Each shard is committed as a whole.
// Threads: one, and one writer a generation (the caller holds the lock). Errors: throws Xapian::Error.
class Writer {
  public:
    Writer(std::filesystem::path generation, std::shared_ptr<const text::CompoundSplitter> splitter,
           const model::StaticEmbedding* embedding, const Weights& weights);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // A version goes in as begin, its sections in order, finish. What is there under its number goes first.
    void begin(std::uint32_t number, const documents::Attributes& attributes, const std::string& shard);
    // `text` is bytes [start, end) of the version's text. Requires: ordinals from 0 upwards without gaps.
    void add_section(const documents::Section& section, std::string_view text);
    void finish();

    // Takes a version out of the shards it is in.
    void remove(std::uint32_t number);

    // The versions of every shard there is, this batch included.
    [[nodiscard]] const std::map<std::string, VersionRanges>& shards() const { return ranges_; }

    void commit();

    [[nodiscard]] std::uint32_t last_version_sections() const { return range_.count; }

  private:
    enum class Positions : bool { none, kept };

    Xapian::WritableDatabase& opened(const std::string& shard);
    static void remove_from(Xapian::WritableDatabase& database, const VersionRange& range);
    void add_words(std::string_view text, std::uint32_t weight, Positions positions);
    void add_word(const Word& word, std::uint32_t weight);
    void add_parts(const Word& word);
    void note(Word& word);
    void add_pending(const std::string& data);
    void store_words();

    std::filesystem::path generation_;
    const model::StaticEmbedding* embedding_;  // null: no vectors
    Weights weights_;
    Analyser analyser_;
    std::map<std::string, VersionRanges> ranges_{};
    std::map<std::string, Xapian::WritableDatabase> open_{};

    // The version that is being added.
    std::string shard_{};
    std::string reference_{};
    std::string title_text_{};
    std::vector<Word*> title_{};
    VersionRange range_{};
    std::vector<Word*> vocabulary_{};
    std::optional<Xapian::Document> pending_{};  // held back, since the last section carries the vocabulary
    Xapian::Document document_{};
    Xapian::termpos position_ = 0;
    std::uint64_t sections_seen_ = 0;
};

// Whether a folder holds a shard that was committed at least once; Xapian's file of that name is its last step.
[[nodiscard]] bool holds_shard(const std::filesystem::path& folder);

// The versions of a shard as last committed. Throws Xapian::Error, DatabaseCorruptError for bytes that make no sense.
[[nodiscard]] VersionRanges read_ranges(const Xapian::Database& shard);

// The same for all shards of a generation, by name.
[[nodiscard]] std::map<std::string, VersionRanges> read_all_ranges(const std::filesystem::path& generation);

// Copies a generation without the gaps that writing left.
void compact_generation(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kansli::search::detail
