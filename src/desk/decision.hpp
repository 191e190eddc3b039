#pragma once

#include <cstdint>
#include <string>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "desk/kind.hpp"
#include "desk/proposal.hpp"
#include "json/describe.hpp"

// Only a person with the right to decide turns a proposal into a decision. The types say so: nothing but `decide` makes a
// Decision, it takes a Reviewer, and nothing but the Desk makes a Reviewer, after asking for the right.
namespace kansli::desk {

class Desk;
namespace detail {
class DecisionRows;
}

enum class Outcome : std::uint8_t { accepted, edited, rejected };
KANSLI_DESCRIBE_ENUM(Outcome, accepted, edited, rejected)

[[nodiscard]] constexpr Action action_of(Outcome outcome) {
    return outcome == Outcome::accepted ? Action::accept
           : outcome == Outcome::edited ? Action::edit
                                        : Action::reject;
}

// What a reviewer says of a proposal.
struct Verdict {
    Outcome outcome = Outcome::accepted;
    std::string text{};    // the changed text, when edited
    std::string reason{};  // why, when rejected
    double seconds = 0;    // that the reviewer looked at it, as the page measured
};

// A named person who may decide on one kind of proposal. From `Desk::reviewer`.
class Reviewer {
  public:
    [[nodiscard]] const access::Caller& caller() const { return caller_; }
    [[nodiscard]] const Kind& kind() const { return *kind_; }

  private:
    friend class Desk;
    Reviewer(access::Caller caller, const Kind& kind) : caller_(std::move(caller)), kind_(&kind) {}

    access::Caller caller_;
    const Kind* kind_;
};

// What was decided, by whom. Only an approving decision can be delivered.
class Decision {
  public:
    [[nodiscard]] const ProposalId& proposal() const { return proposal_; }
    [[nodiscard]] const std::string& kind() const { return kind_; }
    [[nodiscard]] Outcome outcome() const { return outcome_; }
    [[nodiscard]] bool approves() const { return outcome_ != Outcome::rejected; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::string& reason() const { return reason_; }
    [[nodiscard]] const access::UserId& person() const { return person_; }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    friend Result<Decision> decide(const Proposal& proposal, const Reviewer& reviewer,
                                   const Verdict& verdict);
    friend class detail::DecisionRows;  // reads back what `decide` has made
    Decision() = default;

    ProposalId proposal_{};
    std::string kind_{};
    Outcome outcome_ = Outcome::rejected;
    std::string text_{};
    std::string reason_{};
    access::UserId person_{};
    std::string name_{};
};

// invalid_input when the verdict lacks its text or reason; conflict when the proposal cannot be decided on as it stands, also
// when its kind needs an approval by somebody else first; forbidden for a reviewer of another kind.
[[nodiscard]] Result<Decision> decide(const Proposal& proposal, const Reviewer& reviewer,
                                      const Verdict& verdict);

// invalid_input when an edited text is missing or a rejection has no reason.
[[nodiscard]] Result<void> check(const Verdict& verdict, const Proposal& proposal);

// Whether the verdict approves what somebody else must approve as well before it is a decision. An edit makes a new text, which
// the first approval did not see.
[[nodiscard]] bool needs_another(const Proposal& proposal, const Kind& kind, const Verdict& verdict);

}  // namespace kansli::desk
