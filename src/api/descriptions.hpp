#pragma once

#include "access/api_keys.hpp"
#include "access/caller.hpp"
#include "access/organisation.hpp"
#include "assistants/answer.hpp"
#include "documents/difference.hpp"
#include "documents/document.hpp"
#include "documents/importer.hpp"
#include "documents/library.hpp"
#include "extract/extract.hpp"
#include "json/describe.hpp"
#include "search/searcher.hpp"
#include "text/lexicon.hpp"

// The names that domain structs have on the wire. Each stands in its own namespace, as Boost.Describe wants
// it.

namespace kansli::access {
KANSLI_DESCRIBE(Department, id, name, people)
KANSLI_DESCRIBE(Group, id, name, department, people)
KANSLI_DESCRIBE(ApiKey, id, owner, owner_name, name, scope, ending, created, expires, last_used, revoked)
}  // namespace kansli::access

namespace kansli::extract {
KANSLI_DESCRIBE(Box, left, top, right, bottom)
KANSLI_DESCRIBE(Place, start, end, page, box)
}  // namespace kansli::extract

namespace kansli::text {
KANSLI_DESCRIBE_ENUM(Edit, same, deleted, inserted)
KANSLI_DESCRIBE(LexiconFault, line, text)
}  // namespace kansli::text

namespace kansli::documents {
KANSLI_DESCRIBE_ENUM(DocumentKind, statute, policy, guideline, plan, fee_schedule, decision, minutes, form,
                     faq, web_page, letter, other)
KANSLI_DESCRIBE_ENUM(Validity, applies, not_yet, expired, replaced)
KANSLI_DESCRIBE_ENUM(SectionRole, text, repealed, contents)
KANSLI_DESCRIBE_ENUM(Change, same, changed, added, removed)
KANSLI_DESCRIBE_ENUM(FileState, waiting, reading, indexing, done, unchanged, failed, cancelled)
KANSLI_DESCRIBE(Attributes, title, kind, owner, source, reference, information_class, access, secrecy,
                valid_from, valid_to, replaced_by)
KANSLI_DESCRIBE(Section, ordinal, parent, level, path, heading, trail, start, body, end, role)
KANSLI_DESCRIBE(Collection, name, documents)
KANSLI_DESCRIBE(CollectionSettings, name, owner, access, information_class, secrecy)
KANSLI_DESCRIBE(WalledDocuments, department, documents)
KANSLI_DESCRIBE(VersionSummary, id, number, imported, file_name, file_hash, text_hash, format, pages,
                sections, current, corrected, warnings)
}  // namespace kansli::documents

namespace kansli::search {
KANSLI_DESCRIBE(Span, start, end)
KANSLI_DESCRIBE(Hit, document, version, section, title, reference, collection, file_name, kind, path, trail,
                score, snippet, marks, validity, page, secrecy, information_class)
KANSLI_DESCRIBE(Results, hits, total, total_is_exact, suggestion)
KANSLI_DESCRIBE(ExplainedTerm, word, matched, relation, field, occurrences, weight)
}  // namespace kansli::search
