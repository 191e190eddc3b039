#include "desk/digests.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "desk/detail/address.hpp"

namespace kansli::desk {

namespace {

constexpr int first_hour = 7;

Result<Subscriber> subscriber_of_row(const store::Statement& row) {
    Subscriber subscriber{.person = access::UserId(row.text(0)), .address = row.text(1)};
    if (!row.is_null(2)) subscriber.sent = TRY(parse_date(row.view(2)));
    return subscriber;
}

std::string counted_proposals(std::size_t count) {
    return count == 1 ? "1 förslag väntar" : fmt::format("{} förslag väntar", count);
}

}  // namespace

Result<std::optional<Subscriber>> Digests::of(const access::Caller& caller) {
    std::optional<Subscriber> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& row =
            TRY(connection.prepare("SELECT person, address, sent FROM desk_digests WHERE person = ?1")).get();
        if (TRY(row.bind(caller.id.str()).step())) found = TRY(subscriber_of_row(row));
        return {};
    }));
    return found;
}

Result<void> Digests::set(const access::Caller& caller, const std::string& address) {
    if (!address.empty()) TRY(detail::check_address(address, "address"));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        if (address.empty())
            return connection.execute("DELETE FROM desk_digests WHERE person = ?1", caller.id.str());
        return connection.execute(
            "INSERT INTO desk_digests VALUES (?1, ?2, NULL) ON CONFLICT (person) DO UPDATE "
            "SET address = excluded.address",
            caller.id.str(), address);
    });
}

Result<std::vector<Subscriber>> Digests::all() {
    std::vector<Subscriber> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        auto& row =
            TRY(connection.prepare("SELECT person, address, sent FROM desk_digests ORDER BY person")).get();
        while (TRY(row.step()))
            found.push_back(TRY(subscriber_of_row(row)));
        return {};
    }));
    return found;
}

Result<void> Digests::sent(const access::UserId& person, Date day) {
    return database_.write([&](store::Connection& connection) -> Result<void> {
        return connection.execute("UPDATE desk_digests SET sent = ?2 WHERE person = ?1", person.str(),
                                  to_string(day));
    });
}

std::optional<DigestText> digest_of(const std::vector<Proposal>& waiting, Kinds kinds, Date today,
                                    const std::string& address_of_desk) {
    if (waiting.empty()) return std::nullopt;
    DigestText digest{.subject = counted_proposals(waiting.size()) + " i Inkorgen",
                      .text = counted_proposals(waiting.size()) + " på ditt beslut:\n\n"};
    for (const auto& kind : kinds) {
        const auto count = std::ranges::count_if(
            waiting, [&](const Proposal& proposal) { return proposal.made.kind == kind.name; });
        if (count > 0) digest.text += fmt::format("  {}: {}\n", kind.swedish, count);
    }
    const auto late = std::ranges::count_if(
        waiting, [&](const Proposal& proposal) { return proposal.deadline && *proposal.deadline < today; });
    if (late > 0) digest.text += fmt::format("\nSista dagen har gått för {} av dem.\n", late);
    digest.text += fmt::format(
        "\nÖppna Inkorgen: {}\n\nDu får brevet för att du har bett om det. Du kan avsluta det i Inkorgen.\n",
        address_of_desk);
    return digest;
}

bool is_due(const Subscriber& subscriber, Date today, int hour) {
    const std::chrono::weekday day{std::chrono::sys_days(today)};
    const bool weekend = day == std::chrono::Saturday || day == std::chrono::Sunday;
    return !weekend && hour >= first_hour && subscriber.sent != today;
}

}  // namespace kansli::desk
