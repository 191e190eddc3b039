#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "archive/subject_search.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

namespace kansli::archive {

struct SubjectReport {
    std::int64_t entry = 0;  // of the record
    std::int64_t items = 0;
    std::int64_t mentions = 0;
    std::int64_t accounts = 0;
};
KANSLI_DESCRIBE(SubjectReport, entry, items, mentions, accounts)

// Writes registerutdrag.html and registerutdrag.json into `folder`, which must be there: all that each_of_subject() finds, with the text
// around each mention and what has been corrected, and the accounts of that name. Other people stand in the text around, so a person looks
// through it before it goes out. The record tells that an extract was made and how much was found; not about whom.
// Errors: as each_of_subject().
[[nodiscard]] Result<SubjectReport> extract_subject(const SubjectStores& stores, const access::Caller& caller,
                                                    const Subject& subject,
                                                    const std::filesystem::path& folder, Timestamp moment,
                                                    const SubjectProgress& progress = {},
                                                    std::stop_token stop = {});

}  // namespace kansli::archive
