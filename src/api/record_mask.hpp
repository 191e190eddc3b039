#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "record/record.hpp"

namespace kansli::api {

// Says which entries of the record a caller may see that they are there but not what they say: those that name a document or version
// that the caller may not read, in their subject or anywhere in their content. Whoever may see the record need not be
// allowed to read all that it tells of (a wall keeps auditors out as well).
// Threads: one.
class RecordMask {
  public:
    RecordMask(documents::Library& library, const access::Caller& caller)
        : library_(library), caller_(caller) {}

    [[nodiscard]] Result<bool> hides(const record::Entry& entry);
    // Whether a text, which may be JSON, names what the caller may not read.
    [[nodiscard]] Result<bool> hides(std::string_view text);

  private:
    [[nodiscard]] Result<bool> may_read(const std::string& id);

    documents::Library& library_;
    const access::Caller& caller_;
    std::map<std::string, bool> known_{};
};

}  // namespace kansli::api
