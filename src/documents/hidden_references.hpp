#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "record/record.hpp"

namespace kansli::documents {

// Finds in texts the documents and versions that a caller may not read. Whoever may see the record, the desk or what is released need not
// be allowed to read all that it tells of: a wall keeps auditors out as well.
// Threads: one. Both outlive the object.
class HiddenReferences {
  public:
    HiddenReferences(Library& library, const access::Caller& caller) : library_(library), caller_(caller) {}

    // Whether a text, which may be JSON, names one of them.
    [[nodiscard]] Result<bool> in(std::string_view text);
    // Whether an entry of the record does, by what it is about or in what it says.
    [[nodiscard]] Result<bool> in(const record::Entry& entry);

  private:
    [[nodiscard]] Result<bool> may_read(const std::string& id);

    Library& library_;
    const access::Caller& caller_;
    std::map<std::string, bool> known_{};
};

}  // namespace kansli::documents
