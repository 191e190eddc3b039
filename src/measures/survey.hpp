#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "json/describe.hpp"
#include "store/database.hpp"
#include "store/table_note.hpp"

namespace kansli::measures {

// Who was asked how satisfied they are with an item.
enum class Respondent : std::uint8_t {
    asker,    // whose question it was
    decider,  // who decided on it
};
KANSLI_DESCRIBE_ENUM(Respondent, asker, decider)

// The statements about well-being, each answered from 1 (not at all) to 5 (entirely).
inline constexpr std::size_t wellbeing_statements = 5;
using WellbeingScores = std::array<int, wellbeing_statements>;

// An answer as it is kept: of a group of items in a week, by nobody.
struct SatisfactionAnswer {
    std::string kind{};
    std::string experiment{};
    desk::Arm arm = desk::Arm::none;
    Respondent respondent = Respondent::asker;
    std::int32_t week = 0;
    int score = 0;
};

struct WellbeingAnswer {
    std::int32_t week = 0;
    WellbeingScores scores{};
};

// That a question was answered; which answer belongs to it is kept nowhere.
struct SatisfactionTicket {
    desk::ProposalId item{};
    Respondent respondent = Respondent::asker;
    std::int32_t week = 0;
};

struct WellbeingTicket {
    std::string person{};
    std::int32_t week = 0;
};

// A row as the retention schedule sees it.
struct KeptAnswer {
    std::string id{};
    std::string kind{};  // "satisfaction" or "wellbeing"
    std::int32_t week = 0;
};

// What people say of their own accord. An answer and the note that it was given lie apart: the answer has its week and nothing of
// the person or the item; nothing of it is written to the record, which would name the person.
// Threads: any.
class Survey {
  public:
    using Clock = std::function<Timestamp()>;
    // All outlive it.
    Survey(store::Database& database, desk::Desk& desk, Clock clock = now)
        : database_(database), desk_(desk), clock_(std::move(clock)) {}
    // The tables of the whole room.
    [[nodiscard]] static std::span<const store::Migration> migrations();
    [[nodiscard]] static std::span<const store::TableNote> table_notes();

    // 1–5. forbidden for who neither asked nor decided; conflict when the question is answered already.
    [[nodiscard]] Result<void> rate(const access::Caller& caller, const desk::ProposalId& item,
                                    Respondent respondent, int score);
    // Which of the two questions the caller may answer now.
    [[nodiscard]] Result<std::vector<Respondent>> open(const access::Caller& caller,
                                                       const desk::Proposal& proposal);

    // Four weeks must pass between a person's answers.
    [[nodiscard]] Result<bool> wellbeing_due(const access::Caller& caller);
    [[nodiscard]] Result<void> tell_wellbeing(const access::Caller& caller, const WellbeingScores& scores);

    [[nodiscard]] static Result<std::vector<SatisfactionAnswer>> answers(store::Connection& connection);
    [[nodiscard]] static Result<std::vector<SatisfactionTicket>> tickets(store::Connection& connection);
    [[nodiscard]] static Result<std::vector<WellbeingAnswer>> wellbeing(store::Connection& connection);
    [[nodiscard]] static Result<std::vector<WellbeingTicket>> wellbeing_tickets(
        store::Connection& connection);

    // For the retention schedule, inside its transaction: all answers, the oldest first, and how one is removed.
    [[nodiscard]] static Result<std::vector<KeptAnswer>> kept(store::Connection& connection);
    [[nodiscard]] static Result<void> forget(store::Connection& connection, const std::string& id);

  private:
    store::Database& database_;
    desk::Desk& desk_;
    Clock clock_;
};

}  // namespace kansli::measures
