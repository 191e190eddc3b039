#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "record/verification.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::record {

// One link of the chain. `hash` is SHA-256 over the canonical form of the other fields, `previous` among them; README.md
// tells the bytes.
struct Entry {
    std::int64_t number = 0;  // from 1, without gaps
    Timestamp moment{};
    std::string actor{};  // the user name, or "kansli" for the program itself
    std::string
        kind{};  // "answer_proposal", "document_imported", "document_described", "user_created", "signed_in" …
    std::string subject{};   // the id of what it is about
    std::string content{};   // JSON in canonical form; empty when it has been removed
    std::string previous{};  // hash of the entry before; 64 zeros for the first
    std::string hash{};

    // From format 2 on the link holds the hash of the content instead of the content, which then can be removed.
    int format = 2;
    std::string salt{};  // 32 hexadecimal digits; without it a short content could be guessed from its hash
    std::string content_hash{};  // SHA-256(salt ‖ content); empty in format 1

    [[nodiscard]] bool content_removed() const { return content.empty(); }
};

// The kind of the entry that tells that another entry's content has been removed; its subject is that entry's number.
inline constexpr std::string_view content_removed_kind = "content_removed";

// The append-only log of one data folder.
// Threads: any.
class Record {
  public:
    explicit Record(store::Database& database);
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // Adds a link inside the caller's transaction, so that the record and the thing it records are kept or undone together.
    // `content_json` is kept in canonical form; invalid_input when it is not JSON or a text is not UTF-8.
    [[nodiscard]] Result<Entry> append(store::Connection& connection, const access::Caller& caller,
                                       std::string_view kind, std::string_view subject,
                                       std::string_view content_json, Timestamp moment);
    // The same in a transaction of its own.
    [[nodiscard]] Result<Entry> append(const access::Caller& caller, std::string_view kind,
                                       std::string_view subject, std::string_view content_json,
                                       Timestamp moment);

    // Takes away what entry `number` says (gallring), and adds the entry that tells that it was done: who, when, which number
    // and `decision_json`, the decision behind it. The chain still verifies; that the entry was made, when, by whom and about
    // what stays. Returns the entry that was added. not_found: no such entry. conflict: removed already, or an entry
    // about a removal. unsupported: an entry of format 1, whose link holds the content itself.
    [[nodiscard]] Result<Entry> remove_content(store::Connection& connection, const access::Caller& caller,
                                               std::int64_t number, std::string_view decision_json,
                                               Timestamp moment);

    struct Filter {
        std::optional<std::string> kind{};
        std::optional<std::string> actor{};
        std::optional<std::string> text{};     // found in subject or content
        std::optional<std::int64_t> before{};  // entry number, for paging backwards
        int limit = 50;
    };
    // Newest first.
    [[nodiscard]] Result<std::vector<Entry>> entries(const Filter& filter);
    [[nodiscard]] Result<Entry> entry(std::int64_t number);
    // The same as the caller's transaction sees it.
    [[nodiscard]] static Result<Entry> entry(store::Connection& connection, std::int64_t number);

    // Hands out all entries, the oldest first, as the caller's transaction sees them.
    using Visit = std::function<Result<void>(Entry)>;
    [[nodiscard]] static Result<void> each_entry(store::Connection& connection, const Visit& visit);

    // Walks the whole chain, on one snapshot. A broken chain is an answer, not an error.
    [[nodiscard]] Result<Verification> verify(const VerifyOptions& options = {});

  private:
    store::Database& database_;
};

}  // namespace kansli::record
