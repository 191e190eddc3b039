#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/caller.hpp"
#include "assistants/sources.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"

namespace kansli::assistants::detail {

// Tables that were cut into several sections because they are long: the first piece alone has the row that names the columns.
// Keeps what it has read, so that the pieces of one table are read once.
// Threads: one.
class CutTables {
  public:
    CutTables(Sources& sources, const access::Caller& caller) : sources_(sources), caller_(caller) {}

    // The rows of a table that stand before `section`, which goes on with it, from the table's first. Empty when the section
    // does not begin in the middle of a table, and when the table is so long that its beginning is not looked for. `text` is the section's.
    [[nodiscard]] Result<std::vector<std::string>> rows_above(const documents::VersionId& version,
                                                              const documents::Section& section,
                                                              std::string_view text);

  private:
    // What a section has to give to one that goes on with its table.
    struct Piece {
        documents::Section section{};
        std::vector<std::string> last_rows{};  // the rows that it ends with
        bool only_rows = false;                // it holds nothing else
    };
    Result<const Piece*> piece(const documents::VersionId& version, int ordinal);

    Sources& sources_;
    const access::Caller& caller_;
    std::map<std::pair<documents::VersionId, int>, Piece> read_{};
};

}  // namespace kansli::assistants::detail
