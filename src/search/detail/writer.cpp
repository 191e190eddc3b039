#include "search/detail/writer.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/check.hpp"
#include "search/detail/query_parser.hpp"
#include "search/detail/terms.hpp"
#include "search/detail/vectors.hpp"
#include "search/detail/vocabulary.hpp"
#include "text/language.hpp"

namespace kansli::search::detail {

namespace fs = std::filesystem;

namespace {

// A phrase never reaches from a heading into the text.
constexpr Xapian::termpos gap_after_heading = 100;

// Index documents behind the last range: what a crash left of a version, or nothing.
void remove_strays(Xapian::WritableDatabase& database, const VersionRanges& ranges) {
    std::vector<Xapian::docid> strays;
    auto at = database.postlist_begin("");
    const auto end = database.postlist_end("");
    if (at != end) at.skip_to(ranges.end());
    for (; at != end; ++at)
        strays.push_back(*at);
    for (const Xapian::docid stray : strays)
        database.delete_document(stray);
}

}  // namespace

bool holds_shard(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / "iamglass", error);
}

VersionRanges read_ranges(const Xapian::Database& shard) {
    auto ranges = VersionRanges::decode(shard.get_metadata(ranges_key));
    if (!ranges) throw Xapian::DatabaseCorruptError("the table of versions does not hold together");
    return *std::move(ranges);
}

std::map<std::string, VersionRanges> read_all_ranges(const fs::path& generation) {
    std::map<std::string, VersionRanges> all;
    if (!fs::is_directory(generation)) return all;
    for (const auto& entry : fs::directory_iterator(generation))
        if (holds_shard(entry.path()))
            all[entry.path().filename().string()] = read_ranges(Xapian::Database(entry.path().string()));
    return all;
}

void compact_generation(const fs::path& from, const fs::path& to) {
    fs::create_directories(to);
    if (!fs::is_directory(from)) return;
    for (const auto& entry : fs::directory_iterator(from))
        if (holds_shard(entry.path()))
            Xapian::Database(entry.path().string())
                .compact((to / entry.path().filename()).string(), Xapian::DBCOMPACT_NO_RENUMBER);
}

Writer::Writer(fs::path generation, std::shared_ptr<const text::CompoundSplitter> splitter,
               const model::StaticEmbedding* embedding, const Weights& weights)
    : generation_(std::move(generation)),
      embedding_(embedding),
      weights_(weights),
      analyser_(std::move(splitter)),
      ranges_(read_all_ranges(generation_)) {
}

// Xapian commits what is left when a database is closed, unless a transaction is open: then it is undone.
Writer::~Writer() = default;

Xapian::WritableDatabase& Writer::opened(const std::string& shard) {
    const auto found = open_.find(shard);
    if (found != open_.end()) return found->second;
    fs::create_directories(generation_);
    Xapian::WritableDatabase database((generation_ / shard).string(), Xapian::DB_CREATE_OR_OPEN);
    database.begin_transaction();
    remove_strays(database, ranges_[shard]);
    return open_.emplace(shard, std::move(database)).first->second;
}

void Writer::begin(std::uint32_t number, const documents::Attributes& attributes, const std::string& shard) {
    remove(number);
    for (Word* word : vocabulary_)
        word->sections = 0;
    analyser_.forget_if_large();
    shard_ = shard;
    reference_ = text::fold(attributes.reference);
    if (reference_.size() > longest_word) reference_.clear();
    range_ = {number, 0, 0};
    vocabulary_.clear();
    title_.clear();
    title_text_ = attributes.title;
    ++sections_seen_;
    for (const text::Token& token : text::words(attributes.title)) {
        Word& word = analyser_.word(token.folded);
        if (word.stop) continue;
        title_.push_back(&word);
        note(word);
    }
}

void Writer::add_section(const documents::Section& section, std::string_view text) {
    CHECK_INVARIANT(section.ordinal == static_cast<int>(range_.count));
    if (range_.count > 0) add_pending({});
    ++range_.count;
    ++sections_seen_;
    document_ = Xapian::Document();
    position_ = 0;

    for (Word* word : title_)
        add_word(*word, weights_.title);
    const bool own_last = !section.trail.empty() && section.trail.back() == section.heading;
    for (std::size_t i = 0; i + (own_last ? 1 : 0) < section.trail.size(); ++i)
        add_words(section.trail[i], weights_.trail, Positions::none);
    add_words(section.heading, weights_.heading, Positions::kept);
    position_ += gap_after_heading;
    const std::size_t heading = section.body >= section.start ? section.body - section.start : 0;
    // A list of contents holds the words of every heading and says nothing of any.
    if (section.role != documents::SectionRole::contents) {
        const auto body = text.substr(std::min(heading, text.size()));
        add_words(body, weights_.text, Positions::kept);
        if (embedding_ != nullptr)
            document_.add_value(vector_slot, section_vector(*embedding_, title_text_, section, body));
    }

    if (const auto place = place_key(section.path)) document_.add_term(place_term(*place), 1);
    if (!reference_.empty()) document_.add_term(reference_term(reference_), 1);
    pending_ = std::move(document_);
}

void Writer::finish() {
    if (range_.count == 0) return;
    store_words();
    ranges_[shard_].append(range_);
}

void Writer::add_words(std::string_view text, std::uint32_t weight, Positions positions) {
    for (const text::Token& token : text::words(text)) {
        Word& word = analyser_.word(token.folded);
        ++position_;  // stop words keep their place in phrases
        if (word.stop) continue;
        if (positions == Positions::kept) {
            document_.add_posting(word.stem, position_, weight);
            add_parts(word);
        } else {
            add_word(word, weight);
        }
        note(word);
    }
}

void Writer::add_word(const Word& word, std::uint32_t weight) {
    document_.add_term(word.stem, weight);
    add_parts(word);
}

void Writer::add_parts(const Word& word) {
    for (const std::string& part : word.parts)
        document_.add_term(part_term(part), weights_.part);
}

// Counts the word for the spellings, once a section.
void Writer::note(Word& word) {
    if (!word.spelled || word.seen_in == sections_seen_) return;
    word.seen_in = sections_seen_;
    if (word.sections++ == 0) vocabulary_.push_back(&word);
}

void Writer::add_pending(const std::string& data) {
    if (!data.empty()) pending_->set_data(data);
    const Xapian::docid document = opened(shard_).add_document(*pending_);
    if (range_.first == 0) range_.first = document;
    pending_.reset();
}

void Writer::store_words() {
    std::string data;
    for (Word* word : vocabulary_) {
        append_word(data, word->folded, word->sections);
        opened(shard_).add_spelling(word->folded, word->sections);
        word->sections = 0;
    }
    vocabulary_.clear();
    add_pending(data);
}

void Writer::remove(std::uint32_t number) {
    for (auto& [shard, ranges] : ranges_) {
        if (ranges.of_version(number) == nullptr) continue;
        // Opened while the table still holds the version: what lies behind the table is taken for a stray.
        Xapian::WritableDatabase& database = opened(shard);
        remove_from(database, *ranges.take(number));
    }
}

void Writer::remove_from(Xapian::WritableDatabase& database, const VersionRange& range) {
    const std::string words = database.get_document(range.first + range.count - 1).get_data();
    for_each_word(words, [&](std::string_view word, std::uint32_t sections) {
        database.remove_spelling(std::string(word), sections);
    });
    for (std::uint32_t i = 0; i < range.count; ++i)
        database.delete_document(range.first + i);
}

void Writer::commit() {
    for (auto& [shard, database] : open_) {
        database.set_metadata(ranges_key, ranges_[shard].encode());
        database.commit_transaction();
        database.close();
    }
    open_.clear();
}

}  // namespace kansli::search::detail
