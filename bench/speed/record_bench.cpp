// How fast does the record grow, and how fast is it verified, beside the least that any program must do for the same bytes?
//
//     record_bench [ENTRIES] [FOLDER] [SEED]
//
// Entries with made-up contents are appended a thousand to a transaction, and some one to a transaction as a clerk's work does;
// a checkpoint is made for every ten thousand. Then the same file is walked three times on one core: every column read through SQLite
// and nothing else; the same with SHA-256 over the bytes that the links, the contents and the tree hash; and verify().
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kansli;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t batch = 1000;
constexpr std::int64_t entries_between_checkpoints = 10'000;
constexpr std::int64_t single_appends = 500;

// What a walk took: by the clock on the wall, and of this program's own processor time, which other programs on the machine disturb
// little. Ratios and the goal are about the latter.
struct Spent {
    double wall = 0;
    double processor = 0;
};

class Stopwatch {
  public:
    [[nodiscard]] Spent spent() const {
        return {std::chrono::duration<double>(Clock::now() - wall_).count(),
                static_cast<double>(std::clock() - processor_) / CLOCKS_PER_SEC};
    }

  private:
    Clock::time_point wall_ = Clock::now();
    std::clock_t processor_ = std::clock();
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void stop(const Error& error) {
    fmt::print(stderr, "{}\n", to_line(error));
    std::exit(1);
}

template <typename T>
T need(Result<T> result) {
    if (!result) stop(result.error());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// What an entry says: 40 to 400 bytes, most of them short, as in a record of sign-ins, imports and answers.
class MadeUp {
  public:
    explicit MadeUp(std::uint64_t seed) : random_(seed) {}

    std::string content() {
        const auto words = 2 + random_() % (random_() % 4 == 0 ? 40 : 8);
        std::string text = R"({"fråga":")";
        for (std::uint64_t i = 0; i < words; ++i)
            text += fmt::format("ord{} ", random_() % 5000);
        return text + "\",\"tal\":" + std::to_string(random_() % 1000) + "}";
    }
    std::string_view kind() { return random_() % 3 == 0 ? "signed_in" : "answer_proposal"; }
    std::string subject() { return fmt::format("{:016x}", random_()); }

  private:
    std::mt19937_64 random_;
};

void append(record::Record& record, store::Connection& connection, MadeUp& made_up) {
    const access::Caller caller{access::UserId("u1"), "Rut Åkesson", {access::Role::editor}, {}};
    need(record.append(connection, caller, made_up.kind(), made_up.subject(), made_up.content(), now()));
}

struct Appended {
    double seconds = 0;
    double seconds_single = 0;
    double seconds_signing = 0;
};

Appended grow(store::Database& database, record::Record& record, record::Checkpoints& checkpoints,
              std::int64_t entries, std::uint64_t seed) {
    MadeUp made_up(seed);
    Appended spent;
    for (std::int64_t done = 0; done < entries; done += batch) {
        auto start = Clock::now();
        need(database.write([&](store::Connection& connection) -> Result<void> {
            for (std::int64_t i = 0; i < batch; ++i)
                append(record, connection, made_up);
            return {};
        }));
        spent.seconds += seconds_since(start);
        if ((done + batch) % entries_between_checkpoints != 0) continue;
        start = Clock::now();
        need(checkpoints.make(now()));
        spent.seconds_signing += seconds_since(start);
    }
    const auto start = Clock::now();
    for (std::int64_t i = 0; i < single_appends; ++i) {
        need(database.write([&](store::Connection& connection) -> Result<void> {
            append(record, connection, made_up);
            return {};
        }));
    }
    spent.seconds_single = seconds_since(start);
    return spent;
}

struct Bare {
    Spent spent{};
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
};

// Reads every column of every row; with `hash`, also hashes as many bytes in as many messages as a verification must: the link
// (its fields with some hundred bytes of JSON around them), the salted content, a leaf and on average a node.
Bare walk_bare(const fs::path& file, bool hash) {
    sqlite3* handle = nullptr;
    sqlite3_stmt* rows = nullptr;
    sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_exec(handle, "PRAGMA mmap_size = 67108864", nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(
        handle,
        "SELECT number, format, moment, actor, kind, subject, salt, content, content_hash, previous, "
        "hash FROM record ORDER BY number",
        -1, &rows, nullptr);
    const std::string around(100, '{');
    const std::string tree(98, '\0');
    Sha256 sha;
    Bare bare;
    std::uint8_t kept = 0;
    const Stopwatch watch;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        std::array<std::string_view, 11> columns{};
        for (int i = 0; i < 11; ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(rows, i));
            columns[static_cast<std::size_t>(i)] = {text,
                                                    static_cast<std::size_t>(sqlite3_column_bytes(rows, i))};
            bare.bytes += static_cast<std::int64_t>(columns[static_cast<std::size_t>(i)].size());
        }
        ++bare.rows;
        if (!hash) continue;
        sha.update(columns[6].substr(0, 16));
        sha.update(columns[7]);
        kept ^= sha.finish_bytes()[0];
        sha.update(around);
        for (const std::size_t i : {0, 2, 3, 4, 5, 8, 9})
            sha.update(columns[i]);
        kept ^= sha.finish_bytes()[0];
        sha.update(std::string_view(tree).substr(0, 33));
        kept ^= sha.finish_bytes()[0];
        sha.update(std::string_view(tree).substr(0, 65));
        kept ^= sha.finish_bytes()[0];
    }
    bare.spent = watch.spent();
    if (kept == 1) fmt::print(stderr, " ");  // so that no compiler leaves the hashing out
    sqlite3_finalize(rows);
    sqlite3_close(handle);
    return bare;
}

void print_row(std::string_view what, const Spent& spent, std::int64_t rows, const Spent& peer) {
    fmt::print("{:<32}{:>10.2f} s{:>10.2f} s{:>12.0f}{:>8.2f}\n", what, spent.wall, spent.processor,
               static_cast<double>(rows) / spent.processor, spent.processor / peer.processor);
}

}  // namespace

int main(int argc, char** argv) {
    const auto entries = argc > 1 ? std::stoll(argv[1]) : 1'000'000;
    const auto temporary = need(TemporaryFolder::create(argc > 2 ? fs::path(argv[2]) : fs::path()));
    const auto seed = argc > 3 ? std::stoull(argv[3]) : 1;
    const auto file = temporary.path() / "kansli.db";
    const auto database = need(store::Database::open(file));
    need(database->migrate({record::Record::migrations()}));
    record::Record record(*database);
    record::Checkpoints checkpoints(*database, record, temporary.path());

    const auto spent = grow(*database, record, checkpoints, entries, seed);
    fmt::print("{} entries in {} MB, seed {}\n\n", entries + single_appends, fs::file_size(file) / 1'000'000,
               seed);
    fmt::print("append, {} to a transaction          {:>12.0f} a second\n", batch,
               static_cast<double>(entries) / spent.seconds);
    fmt::print("append, one to a transaction           {:>12.0f} a second\n",
               static_cast<double>(single_appends) / spent.seconds_single);
    fmt::print("signing, a checkpoint every {} entries {:>9.0f} entries a second\n\n",
               entries_between_checkpoints, static_cast<double>(entries) / spent.seconds_signing);

    (void)walk_bare(file, false);  // brings the file into the system's memory for all three
    const auto read = walk_bare(file, false);
    const auto hashed = walk_bare(file, true);
    const Stopwatch watch;
    const auto verified = need(checkpoints.verify());
    const auto spent_verifying = watch.spent();
    if (verified.first_broken || verified.entries != read.rows) stop({ErrorCode::corrupt, verified.reason});
    fmt::print("{:<32}{:>12}{:>12}{:>12}{:>8}\n", "one core", "wall", "processor", "a second", "ratio");
    print_row("bare SQLite, every column", read.spent, read.rows, hashed.spent);
    print_row("bare SQLite and bare SHA-256", hashed.spent, hashed.rows, hashed.spent);
    print_row("verify, with checkpoints", spent_verifying, verified.entries, hashed.spent);
    fmt::print("\n10 million links at this rate: {:.0f} s   (goal: under 60)\n",
               spent_verifying.processor / static_cast<double>(verified.entries) * 1e7);
}
