#include "record/checkpoints.hpp"

#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "json/value.hpp"
#include "record/detail/chain.hpp"
#include "record/detail/merkle.hpp"
#include "record/detail/rows.hpp"
#include "store/folder_lock.hpp"

namespace kansli::record {

namespace {

using namespace std::chrono_literals;

constexpr auto lock_name = "checkpoints";
constexpr auto patience = 60s;

// The root over the entries after `before`, each verified on the way.
Result<std::string> verified_root(store::Connection& connection, const std::optional<Checkpoint>& before) {
    auto chain = before ? detail::ChainCheck(before->number, before->head) : detail::ChainCheck();
    detail::MerkleTree tree;
    auto& rows =
        TRY(connection.prepare(std::string(detail::columns) + "WHERE number > ?1 ORDER BY number")).get();
    rows.bind(chain.count());
    while (TRY(rows.step())) {
        if (const auto reason = chain.next(detail::row_of(rows))) {
            return fail(
                ErrorCode::corrupt,
                fmt::format("Protokollet är brutet vid anteckning {}, så ingen kontrollpunkt görs: {}",
                            chain.count() + 1, *reason),
                {}, "Kör kansli record verify, och jämför med en säkerhetskopia.");
        }
        tree.add(chain.digest());
    }
    return hex_text(tree.root());
}

// That a new key has been taken in use is itself on record, before anything is signed with it.
Result<void> note_key(store::Connection& connection, Record& record, const std::string& key,
                      const std::optional<Checkpoint>& before, Timestamp moment) {
    if (before && before->key == key) return {};
    auto content = json::Value::object();
    content["key"] = key;
    if (before) content["previous_key"] = before->key;
    TRY(record.append(connection, access::keeper(), "record_key_taken_in_use", key,
                      json::canonical_of(content), moment));
    return {};
}

Result<std::optional<Checkpoint>> sign(store::Connection& connection, Record& record, const SigningKey& key,
                                       Timestamp moment) {
    const auto before = TRY(detail::last_checkpoint(connection));
    const auto covered = before ? before->number : 0;
    if (TRY(detail::load_head(connection)).number == covered) return std::optional<Checkpoint>();
    const auto public_key = key.public_key().hex();
    TRY(note_key(connection, record, public_key, before, moment));
    const auto head = TRY(detail::load_head(connection));
    Checkpoint checkpoint{.first = covered + 1,
                          .head = head.hash,
                          .key = public_key,
                          .moment = to_string(moment),
                          .number = head.number,
                          .previous = before ? hash_of(*before) : std::string(detail::no_previous()),
                          .root = TRY(verified_root(connection, before))};
    checkpoint.signature = key.sign(statement_of(checkpoint));
    TRY(detail::store_checkpoint(connection, checkpoint));
    return std::optional(std::move(checkpoint));
}

Result<std::vector<std::string>> path_to(store::Connection& connection, const Checkpoint& checkpoint,
                                         std::int64_t number) {
    auto& rows =
        TRY(connection.prepare("SELECT hash FROM record WHERE number BETWEEN ?1 AND ?2 ORDER BY number"))
            .get();
    rows.bind(checkpoint.first, checkpoint.number);
    std::vector<Digest> hashes;
    while (TRY(rows.step())) {
        Digest digest{};
        if (!from_hex(rows.view(0), digest.data(), digest.size())) break;
        hashes.push_back(digest);
    }
    if (std::cmp_not_equal(hashes.size(), checkpoint.number - checkpoint.first + 1)) {
        return fail(ErrorCode::corrupt, "Protokollet är brutet, så inget bevis kan göras.", {},
                    "Kör kansli record verify.");
    }
    std::vector<std::string> path;
    for (const auto& digest :
         detail::merkle_path(hashes, static_cast<std::size_t>(number - checkpoint.first)))
        path.push_back(hex_text(digest));
    return path;
}

}  // namespace

Checkpoints::Checkpoints(store::Database& database, Record& record, std::filesystem::path folder)
    : database_(database), record_(record), folder_(std::move(folder)) {
}

// Requires: the lock is held.
Result<SigningKey> Checkpoints::key() const {
    const auto keys = folder_ / "keys";
    const auto file = keys / "record.pem";
    const auto pem = read_file(file, 1U << 16U);
    if (pem) {
        const auto key = SigningKey::from_pem(*pem);
        if (key) return *key;
        return fail(key.error().code, key.error().message, file.string(),
                    "Återställ filen, eller flytta undan den så skapas en ny nyckel.");
    }
    if (pem.error().code != ErrorCode::not_found) return Failure(pem.error());
    std::error_code status;
    std::filesystem::create_directories(keys, status);
    if (!status) std::filesystem::permissions(keys, std::filesystem::perms::owner_all, status);
    if (status) {
        return fail(ErrorCode::unavailable, "Mappen för nycklar kan inte skapas: " + status.message() + ".",
                    keys.string());
    }
    auto made = SigningKey::generate();
    TRY(write_file(file, made.pem()));
    return made;
}

Result<PublicKey> Checkpoints::public_key() const {
    const auto lock = TRY(store::FolderLock::acquire(folder_, lock_name, patience));
    return TRY(key()).public_key();
}

Result<std::optional<Checkpoint>> Checkpoints::make(Timestamp moment) {
    const auto lock = TRY(store::FolderLock::acquire(folder_, lock_name, patience));
    const auto signing_key = TRY(key());
    std::optional<Checkpoint> made;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        made = TRY(sign(connection, record_, signing_key, moment));
        return {};
    }));
    TRY(complete_file());
    return made;
}

// Adds what the file lacks: the newest checkpoint, and those before it whose writing a crash prevented.
Result<void> Checkpoints::complete_file() {
    auto text = read_file(file());
    if (!text && text.error().code != ErrorCode::not_found) return Failure(text.error());
    auto kept = text ? *std::move(text) : std::string();
    const auto whole = kept.rfind('\n') == std::string::npos ? 0 : kept.rfind('\n') + 1;
    if (whole < kept.size()) {
        kept.resize(whole);
        TRY(write_file(file(), kept));
    }
    std::int64_t covered = 0;
    if (!kept.empty()) {
        const auto start = kept.rfind('\n', kept.size() - 2);
        const auto from = start == std::string::npos ? 0 : start + 1;
        const auto last = read_line(std::string_view(kept).substr(from, kept.size() - 1 - from));
        if (!last) {
            return fail(ErrorCode::corrupt, "Filen med kontrollpunkter har ändrats.", file().string(),
                        "Kör kansli record verify. Flytta sedan undan filen, så skrivs den om.");
        }
        covered = last->number;
    }
    std::string added;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        for (const auto& checkpoint : TRY(detail::load_checkpoints(connection, covered + 1)))
            added += line_of(checkpoint);
        return {};
    }));
    if (added.empty()) return {};
    return append_file(file(), added);
}

Result<bool> Checkpoints::due(const CheckpointInterval& interval, Timestamp moment) {
    bool is_due = false;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto head = TRY(detail::load_head(connection));
        const auto last = TRY(detail::last_checkpoint(connection));
        const auto waiting = head.number - (last ? last->number : 0);
        const auto since = last ? parse_timestamp(last->moment) : Result<Timestamp>(Timestamp());
        // A clock that was set back must not stop the signing.
        const bool long_ago = !since || moment - *since >= interval.time || moment < *since;
        is_due = waiting > 0 && (waiting >= interval.entries || long_ago);
        return {};
    }));
    return is_due;
}

Result<Proof> Checkpoints::prove(std::int64_t number, bool with_content, Timestamp moment) {
    Proof proof;
    proof.entry = TRY(shown_entry(TRY(record_.entry(number)), with_content));
    const auto find = [&](store::Connection& connection) -> Result<void> {
        const auto checkpoint = TRY(detail::checkpoint_over(connection, number));
        if (!checkpoint) return {};
        proof.checkpoint = *checkpoint;
        proof.path = TRY(path_to(connection, *checkpoint, number));
        return {};
    };
    TRY(database_.read(find));
    if (proof.checkpoint.number == 0) {
        TRY(make(moment));
        TRY(database_.read(find));
    }
    TRY(check_proof(write_proof(proof)));
    return proof;
}

Result<std::vector<Checkpoint>> Checkpoints::list() {
    std::vector<Checkpoint> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        found = TRY(detail::load_checkpoints(connection));
        return {};
    }));
    return found;
}

Result<Verification> Checkpoints::verify(VerifyOptions options) {
    if (!options.checkpoint_file) {
        auto text = read_file(file());
        if (!text && text.error().code != ErrorCode::not_found) return Failure(text.error());
        if (text) options.checkpoint_file = *std::move(text);
    }
    return record_.verify(options);
}

}  // namespace kansli::record
