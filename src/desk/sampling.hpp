#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "desk/decision.hpp"
#include "desk/desk.hpp"
#include "desk/kappa.hpp"
#include "desk/kind.hpp"
#include "record/record.hpp"
#include "store/database.hpp"

namespace kansli::desk {

// What the organisation has said of a kind.
struct KindSettings {
    std::optional<double> batch_confidence{};  // enough to be accepted in a batch; none: never
    double sampled_batch = 0.1;                // share of batch-accepted proposals that are looked at again
    double sampled_single = 0.1;               // share of those decided one by one, which kappa lives on
};
KANSLI_DESCRIBE(KindSettings, batch_confidence, sampled_batch, sampled_single)

// How second opinions agree with first ones, for one kind. A first rater who accepts everything, as in a batch, has no kappa; so
// kappa is of all pairs, and the batches have their plain share.
struct SecondOpinions {
    std::vector<std::vector<std::int64_t>>
        counts{};  // first outcome × second outcome, in the order of Outcome
    Agreement agreement{};
    std::int64_t batch_pairs = 0;
    std::int64_t batch_agreeing = 0;
    std::int64_t waiting = 0;
};

struct SecondLook {
    Outcome first = Outcome::accepted;
    bool agrees = false;
};

// Settings of kinds, and the blind second looks that a share of the decisions gets.
// Threads: any.
class Sampling {
  public:
    // All outlive it.
    Sampling(store::Database& database, record::Record& record, Kinds kinds, SourceRules rules,
             Desk::Clock clock = now)
        : database_(database),
          record_(record),
          kinds_(kinds),
          rules_(std::move(rules)),
          clock_(std::move(clock)) {}

    // not_found for a kind that does not exist.
    [[nodiscard]] Result<KindSettings> settings(std::string_view kind);
    // invalid_input for shares and confidences outside 0–1; forbidden when the kind cannot be accepted in batches. Written to the
    // record.
    [[nodiscard]] Result<void> set(const access::Caller& caller, std::string_view kind,
                                   const KindSettings& settings);

    // The reviewer's opinion of a decision they were asked about; only then are they told what it was. conflict when it is not for
    // them to say (any more).
    [[nodiscard]] Result<SecondLook> look(const Reviewer& reviewer, const ProposalId& id,
                                          const Verdict& verdict);
    [[nodiscard]] Result<SecondOpinions> opinions(std::string_view kind);

  private:
    store::Database& database_;
    record::Record& record_;
    Kinds kinds_;
    SourceRules rules_;
    Desk::Clock clock_;
};

}  // namespace kansli::desk
