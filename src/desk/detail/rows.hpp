#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "desk/decision.hpp"
#include "desk/kind.hpp"
#include "desk/proposal.hpp"
#include "desk/source_rules.hpp"
#include "store/database.hpp"

// Proposals as rows, and the one condition that says who sees which.
namespace kansli::desk::detail {

// Who looks, in the form in which the queries take it. The conditions below use ?1 … ?7, which
// `bind_viewer` binds.
struct Viewer {
    std::string person{};
    std::string kinds{};       // JSON: those that the person may decide on
    std::string principals{};  // JSON
    bool everything = false;   // the keeper of the data folder is asked for no recipient
    bool any_list = false;     // passes the lists of what has no secrecy, as access::Viewer says
    std::string living{};      // claims seen after this moment live
    std::string hidden{};      // JSON: versions that the person may not read now
};
// Claims that have been seen after this live at `moment`.
[[nodiscard]] std::string claims_living_at(Timestamp moment);
// Which proposals a viewer is going to look at, so that only their sources need be asked about.
enum class Look : std::uint8_t { one, own, waiting };
// The versions that they quote; `of`: the proposal, or its owner.
[[nodiscard]] Result<std::vector<std::string>> sources_in(store::Connection& connection, Look look,
                                                          const std::string& of);
[[nodiscard]] Result<Viewer> viewer(store::Connection& connection, const access::Caller& caller, Kinds kinds,
                                    const SourceRules& rules, Timestamp now, Look look,
                                    const ProposalId& id = {});

// A condition on a row `p` of desk_proposals: all that it quotes is open to the viewer as things stand, and its processing is not restricted.
inline constexpr std::string_view open_now = R"sql(
(NOT EXISTS (SELECT 1 FROM desk_sources q WHERE q.proposal = p.id AND q.version IN (SELECT value FROM json_each(?7)))
 AND NOT EXISTS (SELECT 1 FROM record_restriction x WHERE x.lifted IS NULL
                 AND (x.thing = p.id OR x.thing = 'entry:' || p.entry)))
)sql";
// It waits for, waited for or was looked at by the viewer as a reviewer …
inline constexpr std::string_view reviewed = R"sql(
(p.state <> 'draft' AND p.kind IN (SELECT value FROM json_each(?2))
 AND (?4 OR p.recipient = ?1
      OR (p.recipient = '' AND (p.principal = '' OR p.principal IN (SELECT value FROM json_each(?3)))))
 AND ((?5 AND (?4 OR NOT p.walled)) OR NOT EXISTS (SELECT 1 FROM desk_walls w WHERE w.proposal = p.id GROUP BY w.wall
                        HAVING SUM(w.principal IN (SELECT value FROM json_each(?3))) = 0)))
)sql";
// … or is the viewer's own; and is open to them now.
[[nodiscard]] const std::string& sees();
// A decision that the viewer is to look at again, without knowing it.
inline constexpr std::string_view for_second_look = R"sql(
(NOT ?4 AND p.owner <> ?1 AND EXISTS (SELECT 1 FROM desk_samples s WHERE s.proposal = p.id AND s.second_person IS NULL
                           AND s.first_person <> ?1))
)sql";

// "SELECT … FROM desk_proposals p …" with a living claim and whether it is for a second look. Uses ?1 … ?7.
[[nodiscard]] const std::string& select_proposals();

// Binds the viewer as ?1 … ?7, then the values.
template <typename... Values>
store::Statement& bind_viewer(store::Statement& statement, const Viewer& viewer, const Values&... values) {
    return statement.bind(viewer.person, viewer.kinds, viewer.principals, viewer.everything, viewer.any_list,
                          viewer.living, viewer.hidden, values...);
}

[[nodiscard]] Result<Proposal> proposal_of_row(const store::Statement& row);

// not_found when there is none that the viewer may know of.
[[nodiscard]] Result<Proposal> load(store::Connection& connection, const Viewer& viewer,
                                    const ProposalId& id);
[[nodiscard]] Result<void> insert(store::Connection& connection, const Proposal& proposal);
// Writes what may change, as the next version; conflict when `proposal.version` is not the row's.
[[nodiscard]] Result<void> save(store::Connection& connection, Proposal& proposal);

// conflict, naming who changed it, when it is another version than the caller has seen.
[[nodiscard]] Result<void> check_version(const Proposal& proposal, std::int64_t version);
// conflict, naming who has it open.
[[nodiscard]] Result<void> check_claim(const Proposal& proposal);
// conflict, naming who decided it, when something cannot be done with the proposal as it stands.
[[nodiscard]] Failure cannot(const Proposal& proposal);

// A review as a row; `before` is the proposal before it.
struct ReviewRow {
    std::int64_t number = 0;
    std::string person{};
    std::string name{};
    Action action = Action::accept;
    std::string reason{};
    double seconds = 0;
    bool batch = false;
    Timestamp moment{};
    State state_before = State::waiting;
    State state_after = State::waiting;
    std::string text_before{};
    std::string text_after{};
    std::string approver_before{};
    std::optional<double> distance{};  // of the engine's text and the one after
    bool undone = false;
};
[[nodiscard]] Result<std::vector<ReviewRow>> load_reviews(store::Connection& connection,
                                                          const ProposalId& id);
// Its number.
[[nodiscard]] Result<std::int64_t> insert_review(store::Connection& connection, const ProposalId& id,
                                                 const ReviewRow& review);

// Reads decisions back from the rows that were written from them.
class DecisionRows {
  public:
    // conflict when the proposal is not decided.
    [[nodiscard]] static Result<Decision> load(store::Connection& connection, const Proposal& proposal);
};

// The value of that name in a row; corrupt when there is none.
template <typename Enum>
[[nodiscard]] Result<Enum> read_name(std::string_view name) {
    if (const auto value = json::enum_value<Enum>(name)) return *value;
    return fail(ErrorCode::corrupt, "Databasen innehåller ett okänt värde.", std::string(name));
}

}  // namespace kansli::desk::detail
