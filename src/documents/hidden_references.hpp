#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::documents {

// Finds in texts the documents and versions that a caller may not read, and entries that are restricted. Whoever may see the record, the desk or what is released need not
// be allowed to read all that it tells of: a wall keeps auditors out as well.
// Threads: one. Both outlive the object.
class HiddenReferences {
  public:
    HiddenReferences(Library& library, const access::Caller& caller,
                     Restricted restricted = Restricted::hidden)
        : library_(library), caller_(caller), restricted_(restricted) {}

    // Whether a text, which may be JSON, names one of them.
    [[nodiscard]] Result<bool> in(std::string_view text);
    // Whether an entry of the record does, by what it is about or in what it says, or is restricted, or is about what is.
    [[nodiscard]] Result<bool> in(const record::Entry& entry);

  private:
    [[nodiscard]] Result<bool> may_read(const std::string& id);

    [[nodiscard]] Result<bool> is_restricted(const record::Entry& entry);

    Library& library_;
    const access::Caller& caller_;
    Restricted restricted_;
    std::optional<std::set<std::string, std::less<>>> restricted_things_{};
    std::map<std::string, bool> known_{};
};

// Those of the versions that the caller may not read as things stand, inside the caller's snapshot.
[[nodiscard]] Result<std::vector<std::string>> hidden_versions(store::Connection& connection,
                                                               const access::Caller& caller,
                                                               std::vector<std::string> versions);

}  // namespace kansli::documents
