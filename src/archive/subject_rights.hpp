#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "archive/subject_search.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

// What a person may have done with what is kept about them: correction, restriction, and that whoever has received it is told.
namespace kansli::archive {

struct SubjectFindings {
    std::vector<SubjectAccount> accounts{};
    std::vector<SubjectItem> items{};  // in the order of their places, at most most_findings
    std::int64_t total = 0;
};
KANSLI_DESCRIBE(SubjectFindings, accounts, items, total)
inline constexpr std::size_t most_findings = 500;

// Why processing is restricted, GDPR art. 18.1 a–d.
enum class RestrictionGround : std::uint8_t {
    accuracy,   // the person says that it is wrong, and that is looked into
    unlawful,   // it is unlawful, and the person wants it kept rather than erased
    claims,     // the person needs it for a legal claim
    objection,  // the person has objected, and that is looked into
};
KANSLI_DESCRIBE_ENUM(RestrictionGround, accuracy, unlawful, claims, objection)

struct NewRestriction {
    PartName thing{};
    RestrictionGround ground = RestrictionGround::accuracy;
    std::string reason{};
};
KANSLI_DESCRIBE(NewRestriction, thing, ground, reason)

struct Restriction {
    std::int64_t entry = 0;  // of the record; its name
    PartName thing{};        // a document stands with its id: all its versions are restricted
    std::string title{};     // empty when the reader may not know of it
    RestrictionGround ground = RestrictionGround::accuracy;
    std::string reason{};  // empty when its entry has been gallrad
    Timestamp moment{};
    std::string by{};
    std::optional<Timestamp> lifted{};
    std::string lifted_by{};
    std::string lift_reason{};
};
KANSLI_DESCRIBE(Restriction, entry, thing, title, ground, reason, moment, by, lifted, lifted_by, lift_reason)

struct NewCorrection {
    PartName thing{};
    std::string wrong{};  // what is wrong, as it stands; may be empty when something is missing
    std::string right{};
    std::string reason{};
    bool replaced = false;  // of an older version of a document: it is no longer searched or cited
};
KANSLI_DESCRIBE(NewCorrection, thing, wrong, right, reason, replaced)

// Somebody who has received a thing and is to be told that it was corrected or restricted (GDPR art. 19).
struct Recipient {
    Timestamp moment{};
    std::string way{};     // "mail", "by_hand", "file", "release"
    std::string target{};  // address, recipient or diary number; may be empty
    std::string by{};      // who sent it
    std::string title{};   // what it went out as
};
KANSLI_DESCRIBE(Recipient, moment, way, target, by, title)

// Looks after the rights of data subjects. Nothing is changed in place: a correction is an entry of the record that is shown with what
// it corrects, and a restriction is a mark that all rooms obey (record/marks.hpp).
// Errors: forbidden without Right::protect (to look at restrictions Right::audit is enough), not_found for what there is not or the
// caller may not look after, invalid_input without a reason, conflict when it is so already.
// Threads: any.
class SubjectRights {
  public:
    using Clock = std::function<Timestamp()>;
    explicit SubjectRights(SubjectStores stores, Clock clock = now);

    [[nodiscard]] Result<SubjectFindings> find(const access::Caller& caller, const Subject& subject,
                                               const SubjectProgress& progress = {},
                                               std::stop_token stop = {});
    [[nodiscard]] const SubjectStores& stores() const { return stores_; }

    // Of a version the whole document, of an entry about a proposal the proposal with all its entries.
    [[nodiscard]] Result<Restriction> restrict(const access::Caller& caller, const NewRestriction& wanted);
    [[nodiscard]] Result<Restriction> lift(const access::Caller& caller, std::int64_t entry,
                                           const std::string& reason);
    // Newest first, also those that were lifted.
    [[nodiscard]] Result<std::vector<Restriction>> restrictions(const access::Caller& caller);
    // What a restricted thing says, a document in its newest version.
    [[nodiscard]] Result<std::string> text(const access::Caller& caller, std::int64_t entry);

    [[nodiscard]] Result<CorrectionNote> correct(const access::Caller& caller, const NewCorrection& wanted);
    // The corrections of a version, proposal or entry (record::thing_of_entry); for callers that have asked whether it may be seen.
    [[nodiscard]] Result<std::vector<CorrectionNote>> corrections_of(std::string_view thing);

    // Who has received a thing: decisions that were delivered, and releases of public records. The oldest first.
    [[nodiscard]] Result<std::vector<Recipient>> recipients(const access::Caller& caller,
                                                            const PartName& thing);

  private:
    // A thing as it was found, by the name under which marks know it.
    struct Target {
        Part part = Part::entry;
        std::string thing{};
        std::string version{};                // of a document, when one was named
        std::vector<std::string> versions{};  // of a document, all
    };
    [[nodiscard]] Result<Target> find_target(store::Connection& connection, const access::Caller& caller,
                                             const PartName& name);
    [[nodiscard]] Result<Restriction> view(store::Connection& connection, const access::Caller& caller,
                                           std::int64_t entry, std::string_view thing,
                                           std::optional<std::int64_t> lifted);
    [[nodiscard]] Result<std::string> title_of(store::Connection& connection, const access::Caller& caller,
                                               const PartName& thing);

    SubjectStores stores_;
    Clock clock_;
};

}  // namespace kansli::archive
