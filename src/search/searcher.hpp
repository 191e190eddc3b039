#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "documents/library.hpp"
#include "text/lexicon.hpp"

namespace kansli::search {

// What somebody looks for. Rights and validity are conditions inside the search: a section that the caller may not read or
// that did not apply on the day changes neither hits nor counts nor suggestions.
struct Query {
    std::string words{};                     // plain words, "phrases in quotes", -excluded, prefix*
    std::vector<std::string> collections{};  // empty: all
    std::optional<documents::DocumentKind> kind{};
    std::optional<std::string> owner{};
    Date as_of{};  // the day whose rules are asked for
    bool include_not_in_force =
        true;  // show replaced, expired and coming documents too, marked, at half their score
    int limit = 10;
    int offset = 0;
    bool question = false;  // a whole question: no word is required, stop words weigh nothing
    std::shared_ptr<const text::Lexicon> lexicon{};  // null: the one of the moment
};

struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
};

struct Hit {
    documents::DocumentId document{};
    documents::VersionId version{};
    int section = 0;          // ordinal
    std::string title{};      // the document's
    std::string reference{};  // "2010:900"
    std::string collection{};
    std::string file_name{};
    documents::DocumentKind kind = documents::DocumentKind::other;
    std::string path{};
    std::vector<std::string> trail{};
    double score = 0;
    std::string snippet{};
    std::vector<Span> marks{};  // the words found, bytes of `snippet`
    documents::Validity validity = documents::Validity::applies;
    std::optional<int> page{};
    std::string secrecy{};  // the provision that the document is secret by; empty: none
    access::InformationClass information_class = access::InformationClass::open;
};

struct Results {
    std::vector<Hit> hits{};
    std::int64_t total = 0;
    bool total_is_exact = true;               // false: at least `total`
    std::optional<std::string> suggestion{};  // the words as the index would spell them
};

// Why a hit was found: one row a term and field.
struct ExplainedTerm {
    std::string word{};      // as typed
    std::string matched{};   // as found in the text
    std::string relation{};  // "exact", "inflection", "compound part", "synonym", "prefix", "phrase"
    std::string field{};     // "title", "heading", "text"
    int occurrences = 0;
    double weight = 0;  // its share of the score
};

// Searches the lexical index of one data folder. The index is derived: it can be rebuilt from the library at any time.
// Threads: any; searches run side by side.
class Searcher {
  public:
    virtual ~Searcher() = default;
    [[nodiscard]] virtual Result<Results> search(const access::Caller& caller, const Query& query) = 0;
    [[nodiscard]] virtual Result<std::vector<ExplainedTerm>> explain(const access::Caller& caller,
                                                                     const Query& query,
                                                                     const documents::VersionId& version,
                                                                     int section) = 0;
};

}  // namespace kansli::search
