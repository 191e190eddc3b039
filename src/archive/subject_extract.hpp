#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "access/people.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/library.hpp"
#include "json/describe.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::archive {

// Who asks what is kept about them (GDPR art. 15).
struct Subject {
    std::vector<std::string> names{};  // each is looked for in its forms
    std::string identity_number{};     // in any written form; may be empty
};
KANSLI_DESCRIBE(Subject, names, identity_number)

struct SubjectReport {
    std::int64_t entry = 0;  // of the record
    std::int64_t items = 0;
    std::int64_t mentions = 0;
    std::int64_t accounts = 0;
};
KANSLI_DESCRIBE(SubjectReport, entry, items, mentions, accounts)

// Writes registerutdrag.html and registerutdrag.json into `folder`, which must be there: every mention in entries of the record and in
// all versions of documents, with the text around it, and the accounts of that name. People of the same name are found too, and other
// people stand in the text around, so a person looks through it before it goes out.
// The record tells that an extract was made and how much was found; not about whom. Needs Right::protect; documents that the caller may
// not read are left out. invalid_input when neither name nor number is given, or the number is none.
[[nodiscard]] Result<SubjectReport> extract_subject(store::Database& database, documents::Library& library,
                                                    record::Record& record, access::People& people,
                                                    const access::Caller& caller, const Subject& subject,
                                                    const std::filesystem::path& folder, Timestamp moment);

}  // namespace kansli::archive
