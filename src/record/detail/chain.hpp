#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/hash.hpp"
#include "core/result.hpp"

// The arithmetic of the chain, without the database. A check of ten million links must not build ten million strings, so
// that everything here works on views of the row as it lies in the database.
namespace kansli::record::detail {

// What the first entry has as `previous`, and the first checkpoint too.
[[nodiscard]] std::string_view no_previous();

// Whether the bytes are UTF-8, which a field must be for its bytes to be hashed as they are.
[[nodiscard]] bool is_text(std::string_view text);

// A row of the record as it stands. The views hold until the next row is read.
struct Row {
    std::int64_t number = 0;
    std::int64_t format = 2;
    std::string_view moment{};
    std::string_view actor{};
    std::string_view kind{};
    std::string_view subject{};
    std::optional<std::string_view> salt{};
    std::optional<std::string_view> content{};
    std::optional<std::string_view> content_hash{};
    std::string_view previous{};
    std::string_view hash{};

    [[nodiscard]] bool content_removed() const { return !salt && !content; }
};

// Computes what README.md tells. Reuses its digest and its memory from row to row.
// Threads: one instance, one thread.
class LinkHasher {
  public:
    // The bytes that are hashed for a row; nothing when a field is not what its format has there.
    [[nodiscard]] std::optional<std::string_view> bytes_of(const Row& row);

    // SHA-256 of those bytes; nothing under the same conditions.
    [[nodiscard]] std::optional<Digest> link_hash(const Row& row);

    // SHA-256(salt ‖ content); nothing when the salt is not 32 hexadecimal digits.
    [[nodiscard]] std::optional<Digest> content_hash(std::string_view salt, std::string_view content);

  private:
    [[nodiscard]] bool add_text(std::string_view text);
    [[nodiscard]] bool add_fields(const Row& row);

    Sha256 sha_;
    std::string bytes_;
    // The last text that needed escaping or is not ASCII, and how it is written: names come again and again.
    std::string seen_;
    std::string seen_literal_;
    bool seen_is_text_ = false;
};

// Takes the rows of a record one after the other, in the order of their numbers, until one does not hold.
class ChainCheck {
  public:
    ChainCheck() = default;
    // Goes on after an entry that is known to hold.
    ChainCheck(std::int64_t number, std::string head) : count_(number), head_(std::move(head)) {}

    // Why this row does not follow from those before, in Swedish; nothing when it does. That a content is missing
    // altogether is no break here.
    [[nodiscard]] std::optional<std::string> next(const Row& row);

    [[nodiscard]] std::int64_t count() const { return count_; }
    [[nodiscard]] const std::string& head() const { return head_; }
    // The hash of the last row that held, as bytes.
    [[nodiscard]] const Digest& digest() const { return digest_; }

  private:
    [[nodiscard]] std::optional<std::string> broken_content(const Row& row);

    LinkHasher hasher_;
    std::int64_t count_ = 0;
    std::string head_{no_previous()};
    Digest digest_{};
};

}  // namespace kansli::record::detail
