// How approved decisions leave the house.
#include <string>
#include <utility>

#include "api/desk_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"

namespace kansli::api {

namespace {

Result<DeskProposal> deliver(Call& call, DeliverRequest request) {
    auto& services = call.services;
    const auto id = proposal_of(call);
    if (request.way == desk::Way::mail && !services.mail.configured())
        return fail(ErrorCode::unsupported, "Ingen e-postserver är inställd.", "way",
                    "En administratör kan ange den i kansli.toml.");
    const auto order_mail = [&](store::Connection& connection,
                                const desk::Delivery& delivery) -> Result<void> {
        if (delivery.way != desk::Way::mail) return {};
        TRY(services.queue.add(
            connection, {.kind = std::string(mail_job),
                         .payload = json::write(MailPayload{delivery.id.str(), id.str(), delivery.target}),
                         .owner = call.caller.id.str()}));
        return {};
    };
    const auto decision = TRY(services.desk.decision(call.caller, id));
    TRY(services.desk.deliver(call.caller, decision, request.version, request.way,
                              std::move(request.target).value_or(""), order_mail));
    auto shown = TRY(whole(call, id));
    tell_desk(services, id, TRY(services.desk.proposal(call.caller, id)).owner);
    return shown;
}

// The text of a delivered decision. The delivery itself is noted first, by `deliver`.
Result<http::Response> file(Call& call) {
    const auto id = proposal_of(call);
    const auto format = call.query("format").value_or("text");
    if (format != "text" && format != "html")
        return fail(ErrorCode::invalid_input, "Formatet finns inte.", "format", "Välj text eller html.");
    const auto proposal = TRY(readable_proposal(call, id));
    if (proposal.state != desk::State::delivered)
        return fail(ErrorCode::conflict, "Beslutet är inte utlämnat.", id.str(),
                    "Lämna ut det som fil först.");
    const auto decision = TRY(call.services.desk.decision(call.caller, id));
    const bool html = format == "html";
    auto response = http::Response::text(html ? TRY(desk::as_html(decision, proposal))
                                              : TRY(desk::as_text(decision, proposal)));
    response.headers = {{"Content-Type", html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"},
                        {"Content-Disposition",
                         html ? "attachment; filename=beslut.html" : "attachment; filename=beslut.txt"},
                        {"Cache-Control", "no-store"}};
    return response;
}

}  // namespace

void add_delivery_routes(RouteTable& table) {
    table.add<DeliverRequest, DeskProposal>(
        {http::Method::post, "/api/desk/proposals/{proposal}/deliveries", "deliverDecision",
         "Lämna ut ett godkänt förslag: noterat som skickat, som fil eller med e-post. Går inte att ångra."},
        deliver);
    table.add_raw({http::Method::get,
                   "/api/desk/proposals/{proposal}/file",
                   "downloadDecision",
                   "Ett utlämnat beslut med sina källor.",
                   Right::read,
                   {{"format", "text eller html"}}},
                  "text/plain", file);
}

}  // namespace kansli::api
