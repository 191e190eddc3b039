#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "record/record.hpp"

// The arithmetic of the chain, without the database.
namespace kansli::record::detail {

// What the first entry has as `previous`.
[[nodiscard]] std::string_view no_previous();

// Whether the bytes are UTF-8, which a field must be for its bytes to be hashed as they are.
[[nodiscard]] bool is_text(std::string_view text);

// The bytes that are hashed, as README.md tells them. Requires: `content` is canonical JSON.
[[nodiscard]] std::string hashed_bytes(const Entry& entry);

// Takes the entries of a record one after the other, in the order of their numbers, until one does not hold.
class ChainCheck {
  public:
    // Why this entry does not follow from those before, in Swedish; nothing when it does.
    [[nodiscard]] std::optional<std::string> next(const Entry& entry);

    [[nodiscard]] std::int64_t count() const { return count_; }
    [[nodiscard]] const std::string& head() const { return head_; }

  private:
    std::int64_t count_ = 0;
    std::string head_{no_previous()};
};

}  // namespace kansli::record::detail
