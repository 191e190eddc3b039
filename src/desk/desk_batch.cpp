// Accepting sure proposals together, unopened.
#include <vector>

#include "desk/desk.hpp"
#include "desk/detail/rows.hpp"
#include "desk/detail/settings_rows.hpp"

namespace kansli::desk {

Result<Desk::BatchResult> Desk::accept_batch(const Reviewer& reviewer, const std::vector<Chosen>& chosen) {
    if (!may_batch(reviewer.kind()))
        return fail(ErrorCode::forbidden, "Den här sortens förslag avgörs ett och ett.");
    BatchResult result;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        result = {};
        const auto settings = TRY(detail::load_settings(connection, reviewer.kind().name));
        if (!settings.batch_confidence)
            return fail(ErrorCode::conflict,
                        "Ingen har sagt hur säkra förslag som får godkännas tillsammans.", {},
                        "En administratör kan ställa in det.");
        const auto accept = [&](const Chosen& one) -> Result<void> {
            auto proposal = TRY(load(connection, reviewer.caller(), one.id));
            TRY(detail::check_version(proposal, one.version));
            TRY(detail::check_claim(proposal));
            if (proposal.second_look || proposal.made.kind != reviewer.kind().name ||
                proposal.state != State::waiting)
                return detail::cannot(proposal);
            if (proposal.made.confidence < *settings.batch_confidence)
                return fail(ErrorCode::conflict, "Förslaget är för osäkert för att godkännas oläst.",
                            one.id.str(), "Öppna det.");
            TRY(review(connection, reviewer, proposal, {}, true));
            proposal.changed_by = reviewer.caller().name;
            return detail::save(connection, proposal);
        };
        for (const auto& one : chosen) {
            const auto done = accept(one);
            // Nothing is half done: all that can be wrong with a proposal is found before anything is written.
            if (done) {
                result.accepted.push_back(one.id);
            } else if (done.error().code == ErrorCode::conflict ||
                       done.error().code == ErrorCode::not_found) {
                result.kept.emplace_back(one.id, done.error());
            } else {
                return Failure(done.error());
            }
        }
        return {};
    }));
    return result;
}

}  // namespace kansli::desk
