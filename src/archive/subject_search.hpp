#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
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
#include "store/table_note.hpp"

// Everything that is kept about one person, wherever it stands.
namespace kansli::archive {

// Who asks what is kept about them (GDPR art. 15), or is to have it corrected or restricted (art. 16 and 18).
struct Subject {
    std::vector<std::string> names{};  // each is looked for in its forms
    std::string identity_number{};     // in any written form; may be empty
};
KANSLI_DESCRIBE(Subject, names, identity_number)

// What a thing is, and so what can be done with it.
enum class Part : std::uint8_t {
    document,  // a version of a document
    entry,     // of the record
    proposal,  // on the desk
    other,     // a row of another table: an account's session, a job
};
KANSLI_DESCRIBE_ENUM(Part, document, entry, proposal, other)

// A thing by its name: a version's id, an entry's number, a proposal's id.
struct PartName {
    Part part = Part::entry;
    std::string id{};

    friend bool operator==(const PartName&, const PartName&) = default;
};
KANSLI_DESCRIBE(PartName, part, id)

// The kind of the entry by which personal data is corrected.
inline constexpr std::string_view correction_kind = "personal_data_corrected";

// A correction of personal data as it is shown together with what it corrects, which stays as it is.
struct CorrectionNote {
    std::int64_t entry = 0;  // of the record
    Timestamp moment{};
    std::string by{};     // user name
    std::string wrong{};  // may be empty
    std::string right{};
    std::string reason{};
    bool replaced = false;  // the version is neither searched nor cited any more
};
KANSLI_DESCRIBE(CorrectionNote, entry, moment, by, wrong, right, reason, replaced)

struct SubjectItem {
    Part part = Part::other;
    std::string id{};
    std::string document{};  // of a version
    std::string kind{};      // of the document or entry; else what such a row is, in Swedish
    std::string title{};
    std::optional<Timestamp> moment{};
    bool current = true;      // a version that is its document's text
    bool restricted = false;  // shown on no ordinary path
    bool own = false;         // theirs, or done by them, as an employee
    std::int64_t mentions = 0;
    std::vector<std::string> places{};  // the text around each mention
    std::vector<CorrectionNote> corrections{};
};
KANSLI_DESCRIBE(SubjectItem, part, id, document, kind, title, moment, current, restricted, own, mentions,
                places, corrections)

struct SubjectAccount {
    std::string id{};
    std::string user_name{};
    std::string name{};
    std::string email{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    bool disabled = false;
    Timestamp created{};
    std::optional<Timestamp> last_signed_in{};
};
KANSLI_DESCRIBE(SubjectAccount, id, user_name, name, email, roles, groups, department, review_kinds, disabled,
                created, last_signed_in)

// Where it is looked for. All outlive the search.
struct SubjectStores {
    store::Database& database;
    documents::Library& library;
    record::Record& record;
    access::People& people;
};

// What every table of the house holds about people. A test holds it against the tables there are.
[[nodiscard]] std::vector<store::TableNote> all_table_notes();

// The same for people to read.
struct CoveredTable {
    std::string table{};
    bool personal = false;  // it holds personal data, and is in the extract
    std::string about{};    // in Swedish: what it holds, or why it is nothing
};
KANSLI_DESCRIBE(CoveredTable, table, personal, about)
[[nodiscard]] std::vector<CoveredTable> coverage();

// Where a search stands: so many of so many documents and tables.
using SubjectProgress = std::function<void(std::int64_t done, std::int64_t all)>;
using VisitItem = std::function<Result<void>(SubjectItem)>;

// The accounts of the person, in order of name.
[[nodiscard]] Result<std::vector<SubjectAccount>> accounts_of(const SubjectStores& stores,
                                                              const Subject& subject);

// Hands out all that mentions the person or is theirs, one thing at a time: the record, the documents in all their versions, also out of use
// and restricted, and every table that is searched. People of the same name are found too. Texts are read one by one and
// only those that may mention the person are taken apart, so memory does not grow with the house.
// Needs Right::protect, for the record also Right::audit; what the caller may not read is left out, but for what is restricted.
// invalid_input when neither name nor number is given, or the number is none; cancelled when told to stop.
[[nodiscard]] Result<void> each_of_subject(const SubjectStores& stores, const access::Caller& caller,
                                           const Subject& subject, const VisitItem& visit,
                                           const SubjectProgress& progress = {}, std::stop_token stop = {});

}  // namespace kansli::archive
