#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"
#include "text/lexicon.hpp"

// The municipality's own words: names of places, systems and departments, local abbreviations.
namespace kansli::glossary {

using EntryId = Id<struct GlossaryEntryTag>;
using SuggestionId = Id<struct GlossarySuggestionTag>;

struct GlossaryEntry {
    EntryId id{};
    std::string line{};  // in the form of data/lexicon, as text::print writes it
    std::string by{};    // user name of who wrote it last
    Timestamp changed{};
};
KANSLI_DESCRIBE(GlossaryEntry, id, line, by, changed)

// What somebody said of a word when they asked, waiting for a person to accept or reject it.
struct GlossarySuggestion {
    SuggestionId id{};
    std::string line{};  // of one expression and one term
    std::string by{};
    Timestamp made{};
};
KANSLI_DESCRIBE(GlossarySuggestion, id, line, by, made)

enum class ImportWay : std::uint8_t {
    add,      // what is right is added to what is there
    replace,  // the file takes the place of all that is there, if all of it is right
};
KANSLI_DESCRIBE_ENUM(ImportWay, add, replace)

struct ImportReport {
    std::int64_t added = 0;
    std::int64_t unchanged = 0;  // lines that were there already
    std::int64_t removed = 0;
    std::vector<text::LexiconFault> faults{};
};

// The glossary of one data folder. It lies over the lexicon that ships. Every change is written to the record in the same transaction.
// Threads: any.
// Invariants: an expression and a term stand together in one entry at most; a suggestion changes nothing before it is accepted.
// Errors: forbidden without the right to edit; invalid_input for a line that is none; conflict for what stands there already; not_found.
class Glossary {
  public:
    using Clock = std::function<Timestamp()>;
    // The database outlives it.
    explicit Glossary(store::Database& database, Clock clock = now);
    ~Glossary();
    Glossary(const Glossary&) = delete;
    Glossary& operator=(const Glossary&) = delete;

    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // The glossary over the lexicon that ships, as they are now, whoever changed it. The object outlives the source.
    [[nodiscard]] Result<std::shared_ptr<const text::Lexicon>> lexicon();
    [[nodiscard]] text::LexiconSource source();

    // In the order of their expressions.
    [[nodiscard]] Result<std::vector<GlossaryEntry>> entries();
    [[nodiscard]] Result<GlossaryEntry> add(const access::Caller& caller, std::string_view line);
    [[nodiscard]] Result<GlossaryEntry> change(const access::Caller& caller, const EntryId& id,
                                               std::string_view line);
    [[nodiscard]] Result<void> remove(const access::Caller& caller, const EntryId& id);

    // All of it as a text file, and such a file taken in.
    [[nodiscard]] Result<std::string> file();
    [[nodiscard]] Result<ImportReport> take_in(const access::Caller& caller, std::string_view file,
                                               ImportWay way);

    // Those that wait, the oldest first.
    [[nodiscard]] Result<std::vector<GlossarySuggestion>> suggestions();
    // Keeps what is not in the glossary, was not rejected and does not wait already, up to a limit for each person. By suggestion
    // whether it waits now.
    [[nodiscard]] Result<std::vector<bool>> suggest(const access::Caller& caller,
                                                    std::span<const text::LexiconEntry> corrections);
    [[nodiscard]] Result<GlossaryEntry> accept(const access::Caller& caller, const SuggestionId& id);
    [[nodiscard]] Result<void> reject(const access::Caller& caller, const SuggestionId& id);

  private:
    store::Database& database_;
    Clock clock_;
    struct Cache;
    std::unique_ptr<Cache> cache_;
};

}  // namespace kansli::glossary
