// Which library should hold the lexical index: Xapian 1.4 or SQLite's FTS5?
//
//     index_library_bench [FOLDER-WITH-STATUTES] [SECTIONS] [FOLDER-FOR-THE-INDEXES]
//
// Both get the same analysed terms of the same sections: stems with positions (weight 2) and the parts of
// compounds (weight 1), so the analysis costs neither of them anything. Compared: build time, size, the time
// of OR queries of 4 to 8 terms, quality (does a query made of a section's own words find that section) and
// what a kill -9 leaves. The decision that rests on it is docs/decisions/0003-lexical-index.md.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

#include "corpus.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// ------------------------------------------------------------------------------------------------ analysis

struct Analysed {
    std::vector<const std::string*> stems;  // in order, one a word
    std::vector<const std::string*> parts;  // of the compounds
};

// Words to stems and compound parts, remembered per distinct word.
class Analyser {
  public:
    explicit Analyser(const std::vector<std::string>& sections) {
        for (const std::string& section : sections)
            for_words(section, [&](std::string&& word) { ++frequency_[word]; });
    }

    Analysed analyse(const std::string& text) {
        Analysed result;
        for_words(text, [&](std::string&& word) {
            auto [entry, added] = known_.try_emplace(std::move(word));
            if (added) fill(entry->first, entry->second);
            result.stems.push_back(&entry->second.stem);
            for (const std::string& part : entry->second.parts)
                result.parts.push_back(&part);
        });
        return result;
    }

  private:
    struct Word {
        std::string stem;
        std::vector<std::string> parts;
    };

    template <typename Visit>
    static void for_words(const std::string& text, Visit&& visit) {
        Xapian::Utf8Iterator at(text);
        const Xapian::Utf8Iterator end;
        while (at != end) {
            std::string word;
            for (; at != end && Xapian::Unicode::is_wordchar(*at); ++at)
                Xapian::Unicode::append_utf8(word, Xapian::Unicode::tolower(*at));
            if (!word.empty()) visit(std::move(word));
            if (at != end) ++at;
        }
    }

    void fill(const std::string& word, Word& entry) {
        entry.stem = stemmer_(word);
        for (std::size_t cut = 4; word.size() >= 9 && cut + 4 <= word.size(); ++cut) {
            const std::string head = word.substr(0, cut);
            const std::string bare = head.back() == 's' ? head.substr(0, cut - 1) : head;
            const std::string tail = word.substr(cut);
            if (frequent(tail) && (frequent(head) || frequent(bare))) {
                entry.parts = {stemmer_(frequent(head) ? head : bare), stemmer_(tail)};
                return;
            }
        }
    }

    bool frequent(const std::string& word) const {
        const auto found = frequency_.find(word);
        return word.size() >= 4 && found != frequency_.end() && found->second >= 5;
    }

    Xapian::Stem stemmer_{"swedish"};
    std::unordered_map<std::string, int> frequency_;
    std::unordered_map<std::string, Word> known_;
};

// ------------------------------------------------------------------------------------------------ the two
// libraries

class XapianIndex {
  public:
    static constexpr const char* name = "Xapian";
    XapianIndex(const std::filesystem::path& path, bool create)
        : database_(path.string(), create ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_OPEN) {}

    void add(const Analysed& section) {
        Xapian::Document document;
        Xapian::termpos position = 0;
        for (const std::string* stem : section.stems)
            document.add_posting(*stem, ++position, 2);
        for (const std::string* part : section.parts)
            document.add_term(*part, 1);
        database_.add_document(document);
    }
    void commit() { database_.commit(); }
    void tidy(const std::filesystem::path& from, const std::filesystem::path& to) {
        database_.close();
        Xapian::Database(from.string()).compact(to.string());
    }

  private:
    Xapian::WritableDatabase database_;
};

class XapianSearch {
  public:
    explicit XapianSearch(const std::filesystem::path& path) : database_(path.string()) {}
    std::vector<std::uint64_t> best(const std::vector<std::string>& terms) {
        Xapian::Enquire enquire(database_);
        enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
        enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
        std::vector<std::uint64_t> found;
        const Xapian::MSet hits = enquire.get_mset(0, 10);
        for (auto hit = hits.begin(); hit != hits.end(); ++hit)
            found.push_back(*hit);
        return found;
    }
    std::uint64_t count() { return database_.get_doccount(); }
    static bool whole(const std::filesystem::path& path) {
        return Xapian::Database::check(path.string()) == 0;
    }

  private:
    Xapian::Database database_;
};

// A tokenizer for text that is analysed already: terms with single spaces between them.
int tokenise_analysed(Fts5Tokenizer*, void* context, int, const char* text, int length,
                      int (*token)(void*, int, const char*, int, int, int)) {
    int at = 0;
    while (at < length) {
        const void* space = std::memchr(text + at, ' ', static_cast<std::size_t>(length - at));
        const int end = space != nullptr ? static_cast<int>(static_cast<const char*>(space) - text) : length;
        const int status = token(context, 0, text + at, end - at, at, end);
        if (status != SQLITE_OK) return status;
        at = end + 1;
    }
    return SQLITE_OK;
}

class Sqlite {
  public:
    explicit Sqlite(const std::filesystem::path& path) {
        check(sqlite3_open(path.c_str(), &database_));
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA "
            "mmap_size=8589934592");
        fts5_api* api = nullptr;
        sqlite3_stmt* statement = prepare("SELECT fts5(?1)");
        check(sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr));
        sqlite3_step(statement);
        sqlite3_finalize(statement);
        fts5_tokenizer tokenizer{[](void*, const char**, int, Fts5Tokenizer** out) {
                                     static int nothing = 0;
                                     *out = reinterpret_cast<Fts5Tokenizer*>(&nothing);
                                     return SQLITE_OK;
                                 },
                                 [](Fts5Tokenizer*) {}, tokenise_analysed};
        check(api->xCreateTokenizer(api, "analysed", nullptr, &tokenizer, nullptr));
    }
    ~Sqlite() { sqlite3_close(database_); }
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;

    void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
        return statement;
    }
    void check(int status) const {
        if (status != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
    }

  private:
    sqlite3* database_ = nullptr;
};

class Fts5Index {
  public:
    static constexpr const char* name = "SQLite FTS5";
    Fts5Index(const std::filesystem::path& path, bool create) : database_(path) {
        if (create)
            database_.run(
                "CREATE VIRTUAL TABLE section USING fts5(stems, parts, content='', tokenize='analysed');"
                "INSERT INTO section(section, rank) VALUES('rank', 'bm25(2.0, 1.0)')");
        database_.run("BEGIN");
        insert_ = database_.prepare("INSERT INTO section(stems, parts) VALUES(?1, ?2)");
    }
    ~Fts5Index() { sqlite3_finalize(insert_); }
    Fts5Index(const Fts5Index&) = delete;
    Fts5Index& operator=(const Fts5Index&) = delete;

    void add(const Analysed& section) {
        const std::string stems = joined(section.stems);
        const std::string parts = joined(section.parts);
        sqlite3_bind_text(insert_, 1, stems.data(), static_cast<int>(stems.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert_, 2, parts.data(), static_cast<int>(parts.size()), SQLITE_STATIC);
        if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error("insert failed");
        sqlite3_reset(insert_);
        if (++since_flush_ == 10000) commit();  // as often as Xapian flushes
    }
    void commit() {
        database_.run("COMMIT; BEGIN");
        since_flush_ = 0;
    }
    void tidy(const std::filesystem::path&, const std::filesystem::path& to) {
        database_.run("INSERT INTO section(section) VALUES('optimize'); COMMIT");
        database_.run(fmt::format("VACUUM INTO '{}'", to.string()).c_str());
    }

  private:
    static std::string joined(const std::vector<const std::string*>& terms) {
        std::string text;
        for (const std::string* term : terms)
            (text.empty() ? text : text += ' ') += *term;
        return text;
    }
    Sqlite database_;
    sqlite3_stmt* insert_ = nullptr;
    int since_flush_ = 0;
};

class Fts5Search {
  public:
    explicit Fts5Search(const std::filesystem::path& path) : database_(path) {
        query_ = database_.prepare("SELECT rowid FROM section WHERE section MATCH ?1 ORDER BY rank LIMIT 10");
    }
    ~Fts5Search() { sqlite3_finalize(query_); }
    Fts5Search(const Fts5Search&) = delete;
    Fts5Search& operator=(const Fts5Search&) = delete;

    std::vector<std::uint64_t> best(const std::vector<std::string>& terms) {
        std::string match;
        for (const std::string& term : terms)
            match += fmt::format("{}\"{}\"", match.empty() ? "" : " OR ", term);
        sqlite3_bind_text(query_, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
        std::vector<std::uint64_t> found;
        while (sqlite3_step(query_) == SQLITE_ROW)
            found.push_back(static_cast<std::uint64_t>(sqlite3_column_int64(query_, 0)));
        sqlite3_reset(query_);
        return found;
    }
    std::uint64_t count() {
        sqlite3_stmt* statement = database_.prepare("SELECT count(*) FROM section_docsize");
        sqlite3_step(statement);
        const auto rows = static_cast<std::uint64_t>(sqlite3_column_int64(statement, 0));
        sqlite3_finalize(statement);
        return rows;
    }
    static bool whole(const std::filesystem::path& path) {
        try {
            Sqlite database(path);
            database.run("PRAGMA integrity_check; INSERT INTO section(section) VALUES('integrity-check')");
            return true;
        } catch (const std::exception&) {
            return false;
        }
    }

  private:
    Sqlite database_;
    sqlite3_stmt* query_ = nullptr;
};

// ------------------------------------------------------------------------------------------------ measuring

struct Query {
    std::vector<std::string> terms;
    std::uint64_t target = 0;  // the section that the terms come from, counted from 1
};

std::vector<Query> make_queries(const kansli::bench::VariedCorpus& corpus, Analyser& analyser,
                                std::uint64_t sections) {
    std::mt19937_64 random(42);
    std::vector<Query> queries;
    while (queries.size() < 150) {
        const std::uint64_t target = random() % sections;
        const Analysed section = analyser.analyse(corpus.section(target));
        if (section.stems.size() < 20) continue;
        Query query{{}, target + 1};
        const std::size_t wanted = 4 + random() % 5;
        while (query.terms.size() < wanted) {
            const std::string& term = *section.stems[random() % section.stems.size()];
            if (term.size() > 3 || random() % 4 == 0) query.terms.push_back(term);
        }
        queries.push_back(std::move(query));
    }
    return queries;
}

struct Measured {
    double build = 0, tidy = 0, bytes = 0, tidy_bytes = 0, p50 = 0, p95 = 0, reciprocal_rank = 0;
    int kills = 0, broken = 0, torn = 0;
    std::vector<std::vector<std::uint64_t>> answers;
};

double bytes_in(const std::filesystem::path& path) {
    if (std::filesystem::is_regular_file(path)) {
        const std::filesystem::path log = path.string() + "-wal";
        const auto logged = std::filesystem::exists(log) ? std::filesystem::file_size(log) : 0;
        return static_cast<double>(std::filesystem::file_size(path) + logged);
    }
    double sum = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        if (entry.is_regular_file()) sum += static_cast<double>(entry.file_size());
    return sum;
}

template <typename Search>
void measure_queries(const std::filesystem::path& path, const std::vector<Query>& queries,
                     Measured& measured) {
    Search search(path);
    std::vector<double> times;
    for (int round = 0; round < 2; ++round) {  // the first round warms the caches
        times.clear();
        measured.answers.clear();
        for (const Query& query : queries) {
            const auto start = Clock::now();
            measured.answers.push_back(search.best(query.terms));
            times.push_back(seconds_since(start) * 1000);
        }
    }
    std::sort(times.begin(), times.end());
    measured.p50 = times[times.size() / 2];
    measured.p95 = times[times.size() * 95 / 100];
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const auto& found = measured.answers[i];
        const auto at = std::find(found.begin(), found.end(), queries[i].target);
        if (at != found.end()) measured.reciprocal_rank += 1.0 / static_cast<double>(at - found.begin() + 1);
    }
    measured.reciprocal_rank /= static_cast<double>(queries.size());
}

// A child adds batches of 200 sections and is killed at a random moment; what is left must open and hold
// whole batches.
template <typename Index, typename Search>
void measure_crashes(const kansli::bench::VariedCorpus& corpus, Analyser& analyser,
                     const std::filesystem::path& path, Measured& measured) {
    constexpr std::uint64_t batch = 200;
    std::mt19937_64 random(7);
    {
        Index(path, true).commit();
    }
    for (; measured.kills < 40; ++measured.kills) {
        const pid_t child = fork();
        if (child == 0) {
            Index index(path, false);
            for (std::uint64_t i = 0;; ++i) {
                index.add(analyser.analyse(corpus.section(i)));
                if (i % batch == batch - 1) index.commit();
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 150));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        try {
            Search search(path);
            (void)search.best({"lag"});
            if (search.count() % batch != 0) ++measured.torn;
            if (!Search::whole(path)) ++measured.broken;
        } catch (const std::exception&) {
            ++measured.broken;
        }
    }
}

template <typename Index, typename Search>
Measured measure(const kansli::bench::VariedCorpus& corpus, Analyser& analyser, std::uint64_t sections,
                 const std::vector<Query>& queries, const std::filesystem::path& folder) {
    Measured measured;
    const auto start = Clock::now();
    double analysis = 0;
    Index index(folder / "index", true);
    for (std::uint64_t i = 0; i < sections; ++i) {
        const auto before = Clock::now();
        const Analysed section = analyser.analyse(corpus.section(i));
        analysis += seconds_since(before);
        index.add(section);
    }
    index.commit();
    measured.build = seconds_since(start) - analysis;
    measured.bytes = bytes_in(folder / "index");
    const auto tidying = Clock::now();
    index.tidy(folder / "index", folder / "tidy");
    measured.tidy = seconds_since(tidying);
    measured.tidy_bytes = bytes_in(folder / "tidy");
    measure_queries<Search>(folder / "tidy", queries, measured);
    measure_crashes<Index, Search>(corpus, analyser, folder / "crash", measured);
    return measured;
}

void print(const char* what, double xapian, double fts5) {
    fmt::print("{:<44}{:>12.2f}{:>14.2f}{:>10.2f}\n", what, xapian, fts5, fts5 / xapian);
}

void compare(const Measured& xapian, const Measured& fts5, std::uint64_t sections) {
    double common = 0;
    double all = 0;
    for (std::size_t i = 0; i < xapian.answers.size(); ++i) {
        for (const auto id : xapian.answers[i])
            common += static_cast<double>(std::count(fts5.answers[i].begin(), fts5.answers[i].end(), id));
        all += static_cast<double>(xapian.answers[i].size());
    }
    constexpr double megabyte = 1e6;
    fmt::print("\n{:<44}{:>12}{:>14}{:>10}\n", fmt::format("{} sections", sections), "Xapian", "SQLite FTS5",
               "ratio");
    print("build, s (analysis not counted)", xapian.build, fts5.build);
    print("compact / optimise, s", xapian.tidy, fts5.tidy);
    print("size as built, MB", xapian.bytes / megabyte, fts5.bytes / megabyte);
    print("size compacted, MB", xapian.tidy_bytes / megabyte, fts5.tidy_bytes / megabyte);
    print("OR query of 4-8 terms, p50 ms", xapian.p50, fts5.p50);
    print("OR query of 4-8 terms, p95 ms", xapian.p95, fts5.p95);
    print("known section found, MRR@10", xapian.reciprocal_rank, fts5.reciprocal_rank);
    fmt::print("{:<44}{:>12.2f}\n", "same sections among the ten best, share", common / all);
    fmt::print("{:<44}{:>12}{:>14}   of {} kills\n", "broken after kill -9", xapian.broken, fts5.broken,
               fts5.kills);
    fmt::print("{:<44}{:>12}{:>14}\n", "part of a batch visible after kill -9", xapian.torn, fts5.torn);
}

}  // namespace

int main(int count, char** arguments) {
    namespace fs = std::filesystem;
    const fs::path statutes = count > 1 ? arguments[1] : "";
    const std::uint64_t sections = count > 2 ? std::stoull(arguments[2]) : 100'000;
    const fs::path folder =
        count > 3 ? fs::path(arguments[3]) : fs::temp_directory_path() / "kansli-index-bench";
    try {
        const kansli::bench::VariedCorpus corpus(kansli::bench::corpus(statutes));
        std::vector<std::string> base;
        for (std::uint64_t i = 0; i < corpus.base_size(); ++i)
            base.push_back(corpus.section(i));
        Analyser analyser(base);
        const std::vector<Query> queries = make_queries(corpus, analyser, sections);
        fs::remove_all(folder);
        fs::create_directories(folder / "x");
        fs::create_directories(folder / "f");
        const Measured xapian =
            measure<XapianIndex, XapianSearch>(corpus, analyser, sections, queries, folder / "x");
        const Measured fts5 =
            measure<Fts5Index, Fts5Search>(corpus, analyser, sections, queries, folder / "f");
        compare(xapian, fts5, sections);
        fs::remove_all(folder);
    } catch (const Xapian::Error& error) {
        fmt::print(stderr, "Xapian: {}\n", error.get_description());
        return 1;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    return 0;
}
