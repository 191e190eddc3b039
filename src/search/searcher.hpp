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

// What a question found a section by, 0–1.
struct Signals {
    double words = 0;     // what its words are worth, beside the section whose words are worth the most
    double nearness = 0;  // to the question in meaning
    double known = 0;     // nearness of a known question that it answers
    double votes = 0;     // share of the nearest known questions, by nearness, that it answers

    bool operator==(const Signals&) const = default;
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
    Signals signals{};  // of a question, while sections are near it in meaning
    std::string snippet{};
    std::vector<Span> marks{};  // the words found, bytes of `snippet`
    documents::Validity validity = documents::Validity::applies;
    std::optional<int> page{};
    std::string secrecy{};  // the provision that the document is secret by; empty: none
    access::InformationClass information_class = access::InformationClass::open;
};

// A misspelt word of a question that stands nowhere in what the caller may read, and the word that was looked for too.
struct Respelling {
    std::string written{};  // as typed
    std::string read{};

    friend bool operator==(const Respelling&, const Respelling&) = default;
};

// Two words of a question that documents write as one: "tak" and "altan" as "altantak". As they were read, folded.
struct JoinedWords {
    std::string first{};
    std::string second{};
    std::string compound{};

    friend bool operator==(const JoinedWords&, const JoinedWords&) = default;
};

struct Results {
    std::vector<Hit> hits{};
    std::int64_t total = 0;
    bool total_is_exact = true;               // false: at least `total`
    std::optional<std::string> suggestion{};  // the words as the index would spell them
    // Of a question only. What was read otherwise stands in documents that are open to all.
    std::string read{};  // the question with what was read otherwise in its place
    std::vector<Respelling> respelled{};
    std::vector<JoinedWords> joined{};
};

// Why a hit was found: one row a term and field.
struct ExplainedTerm {
    std::string word{};     // as typed
    std::string matched{};  // as found in the text
    // "exact", "inflection", "compound part", "synonym", "spelling", "prefix", "phrase", "meaning", "known question"
    std::string relation{};
    std::string field{};  // "title", "heading", "text"
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
