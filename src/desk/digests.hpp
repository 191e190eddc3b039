#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "desk/kind.hpp"
#include "desk/proposal.hpp"
#include "store/database.hpp"

namespace kansli::desk {

// A person who wants a mail on weekdays when something waits.
struct Subscriber {
    access::UserId person{};
    std::string address{};
    std::optional<Date> sent{};  // the day of the last one
};

// Who gets a digest. Nobody does without having asked for it.
// Threads: any.
class Digests {
  public:
    explicit Digests(store::Database& database) : database_(database) {}

    [[nodiscard]] Result<std::optional<Subscriber>> of(const access::Caller& caller);
    // An empty address ends it. invalid_input for what is no address.
    [[nodiscard]] Result<void> set(const access::Caller& caller, const std::string& address);
    [[nodiscard]] Result<std::vector<Subscriber>> all();
    [[nodiscard]] Result<void> sent(const access::UserId& person, Date day);

  private:
    store::Database& database_;
};

struct DigestText {
    std::string subject{};
    std::string text{};
};

// How much waits, by kind, and how much of it is late. Nothing of what it says: a mail passes many hands.
[[nodiscard]] std::optional<DigestText> digest_of(const std::vector<Proposal>& waiting, Kinds kinds,
                                                  Date today, const std::string& address_of_desk);

// Whether a digest is due: from seven in the morning on weekdays, once a day. `hour` and `today` in Sweden.
[[nodiscard]] bool is_due(const Subscriber& subscriber, Date today, int hour);

}  // namespace kansli::desk
