#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

// What a municipality has decided about how long things are kept (arkivlagen 1990:782, 10 §; dokumenthanteringsplan).
namespace kansli::archive {

using RuleId = Id<struct RuleTag>;
using HoldId = Id<struct HoldTag>;

// Where a thing that can be removed is kept.
enum class Stock : std::uint8_t {
    record,    // what an entry of the record says
    document,  // a version of a document, with its original file
    job,       // a job that has ended, with what it was told and what it answered
    survey,    // an answer to a question about satisfaction or well-being
};
KANSLI_DESCRIBE_ENUM(Stock, record, document, job, survey)

// From when the time of a rule is counted.
enum class RetentionEvent : std::uint8_t {
    created,    // the entry was made, the version came in, the job ended
    decided,    // a person decided on the proposal; entries of the record only
    withdrawn,  // the document was taken out of use
    replaced,   // a later version took the version's place
};
KANSLI_DESCRIBE_ENUM(RetentionEvent, created, decided, withdrawn, replaced)

// One line of the retention schedule. Empty texts of the conditions mean "any".
struct RetentionRule {
    RuleId id{};
    std::string name{};  // handlingstyp: "Frågor till assistenten"
    Stock stock = Stock::record;
    std::string kind{};  // of entry, document or job: "answer_proposal", "letter", "import"
    std::optional<access::InformationClass> information_class{};  // documents only
    std::string owner{};                                          // documents only: nämnd or department
    std::optional<int> months{};                                  // none: kept for ever
    RetentionEvent event = RetentionEvent::created;
    std::string legal_ground{};  // "10 § arkivlagen"
    std::string decision{};      // its number in the diary: "KS 2026/00123"
    std::string decided_by{};    // who took the decision: "Kommunstyrelsen"
    Date decided{};
    Date valid_from{};
    std::optional<Date> valid_to{};  // the last day it is used

    friend bool operator==(const RetentionRule&, const RetentionRule&) = default;
};
KANSLI_DESCRIBE(RetentionRule, id, name, stock, kind, information_class, owner, months, event, legal_ground,
                decision, decided_by, decided, valid_from, valid_to)

// Something that must not be removed whatever the rules say: an appeal, a request under way, a supervision. A thing is held
// when everything that the hold names fits it.
struct LegalHold {
    HoldId id{};
    std::string reason{};
    std::string person{};                 // a name or a personal identity number that the thing mentions
    std::string case_number{};            // that it belongs to or mentions
    std::string document{};               // all versions of it
    std::optional<std::int64_t> entry{};  // of the record
    std::optional<Date> from{};           // created on this day or later …
    std::optional<Date> to{};             // … and on this day or earlier
    std::string placed_by{};
    Date placed{};
    std::optional<Date> lifted{};
    std::string lifted_by{};

    friend bool operator==(const LegalHold&, const LegalHold&) = default;
};
KANSLI_DESCRIBE(LegalHold, id, reason, person, case_number, document, entry, from, to, placed_by, placed,
                lifted, lifted_by)

// Why a thing can never be removed, whatever the rules say.
enum class Bound : std::uint8_t {
    free,
    log,         // it tells what was removed, by which decision
    format,      // an entry of a format whose hash holds the content itself
    restricted,  // as long as its processing is
};
KANSLI_DESCRIBE_ENUM(Bound, free, log, format, restricted)

// A thing as the rules see it.
struct Item {
    Stock stock = Stock::record;
    std::string id{};  // the entry's number, the version's or the job's id
    std::string kind{};
    std::string title{};  // what people know it by; stands in no log
    access::InformationClass information_class = access::InformationClass::open;
    std::string owner{};
    std::string document{};     // of a version
    std::string fingerprint{};  // a hash of what it says
    std::string original{};     // SHA-256 of the file that a version came in as
    Bound bound = Bound::free;
    Timestamp created{};
    std::optional<Timestamp> decided{};
    std::optional<Timestamp> withdrawn{};
    std::optional<Timestamp> replaced{};
    std::vector<HoldId> mentioned{};  // holds whose person and case it mentions
};

}  // namespace kansli::archive
