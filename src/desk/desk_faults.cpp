// What was found wrong after a decision.
#include <string>

#include "core/visible_text.hpp"
#include "desk/desk.hpp"
#include "desk/detail/rows.hpp"
#include "json/binder.hpp"

namespace kansli::desk {

namespace {

constexpr std::size_t longest_fault = 4000;

Result<void> check_fault(const Fault& fault) {
    if (fault.what.size() > longest_fault)
        return fail(ErrorCode::too_large, "Texten är för lång.", "what", "Skriv högst 4 000 tecken.");
    if (is_blank(fault.what)) return fail(ErrorCode::invalid_input, "Skriv vad som var fel.", "what");
    return {};
}

}  // namespace

Result<std::vector<Fault>> Desk::faults(const access::Caller& caller, const ProposalId& id) {
    std::vector<Fault> found;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        if (TRY(load(connection, caller, id)).second_look) return {};
        auto& row =
            TRY(connection.prepare(
                    "SELECT severity, what, moment FROM desk_faults WHERE proposal = ?1 ORDER BY number"))
                .get();
        row.bind(id.str());
        while (TRY(row.step()))
            found.push_back({TRY(detail::read_name<Severity>(row.view(0))), row.text(1),
                             TRY(parse_timestamp(row.view(2)))});
        return {};
    }));
    return found;
}

Result<void> Desk::report_fault(const access::Caller& caller, const ProposalId& id, const Fault& fault) {
    TRY(check_fault(fault));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto proposal = TRY(load(connection, caller, id));
        if (proposal.second_look || !is_decided(proposal.state))
            return fail(ErrorCode::conflict, "Förslaget är inte avgjort.", id.str(),
                        "Fel i ett förslag som väntar rättar du genom att ändra eller avslå det.");
        TRY(connection.execute(
            "INSERT INTO desk_faults (proposal, severity, what, moment) VALUES (?1, ?2, ?3, ?4)", id.str(),
            json::enum_name(fault.severity), fault.what, to_string(clock_())));
        auto content = json::Value::object();
        content["severity"] = json::enum_name(fault.severity);
        content["what"] = fault.what;
        return note(connection, caller, "error_found", id, content);
    });
}

}  // namespace kansli::desk
