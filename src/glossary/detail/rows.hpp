#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "glossary/glossary.hpp"
#include "store/database.hpp"
#include "text/lexicon.hpp"

// The rows of the glossary, inside a transaction of the caller's.
namespace kansli::glossary::detail {

// In the order of their expressions.
[[nodiscard]] Result<std::vector<GlossaryEntry>> load_entries(store::Connection& connection);
[[nodiscard]] Result<GlossaryEntry> load_entry(store::Connection& connection, const EntryId& id);

[[nodiscard]] Result<std::int64_t> current_revision(store::Connection& connection);
[[nodiscard]] Result<void> bump_revision(store::Connection& connection);

// Every expression with every term that stands in an entry together with it.
class KnownPairs {
  public:
    // All but the entry that is about to change.
    [[nodiscard]] static Result<KnownPairs> load(store::Connection& connection, const EntryId& changing = {});

    void add(const text::LexiconEntry& entry);
    // conflict, with the first pair that is known.
    [[nodiscard]] Result<void> check_new(const text::LexiconEntry& entry) const;

  private:
    std::set<std::pair<std::string, std::string>> pairs_{};
};

// A new entry of the caller's.
[[nodiscard]] Result<GlossaryEntry> insert_entry(store::Connection& connection, const access::Caller& caller,
                                                 const text::LexiconEntry& entry, Timestamp moment);

[[nodiscard]] Result<std::vector<GlossarySuggestion>> load_suggestions(store::Connection& connection);
// One that waits.
[[nodiscard]] Result<GlossarySuggestion> load_suggestion(store::Connection& connection,
                                                         const SuggestionId& id);

}  // namespace kansli::glossary::detail
