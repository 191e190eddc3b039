// What the organisation has said of each kind, how second opinions agree, and mails about what waits.
#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/desk_messages.hpp"
#include "api/routes.hpp"
#include "api/services.hpp"

namespace kansli::api {

namespace {

Result<DeskKind> shown_kind(const Call& call, const desk::Kind& kind) {
    return DeskKind{.name = std::string(kind.name),
                    .swedish = std::string(kind.swedish),
                    .english = std::string(kind.english),
                    .evidence = kind.evidence,
                    .ways = {kind.ways.begin(), kind.ways.end()},
                    .about_person = kind.about_person,
                    .two_persons = kind.two_persons,
                    .may_batch = desk::may_batch(kind),
                    .may_review = access::may_review(call.caller, kind.name),
                    .settings = TRY(call.services.sampling.settings(kind.name))};
}

Result<DeskKindList> list_kinds(Call& call, Nothing) {
    DeskKindList list{.mail = call.services.mail.configured()};
    for (const auto& kind : call.services.desk.kinds())
        list.kinds.push_back(TRY(shown_kind(call, kind)));
    return list;
}

Result<DeskKindList> set_kind(Call& call, desk::KindSettings settings) {
    TRY(call.services.sampling.set(call.caller, call.path_value("kind"), settings));
    return list_kinds(call, {});
}

Result<DeskAgreementList> agreement(Call& call, Nothing) {
    DeskAgreementList list;
    for (const auto& kind : call.services.desk.kinds()) {
        if (!access::may_review(call.caller, kind.name)) continue;
        auto opinions = TRY(call.services.sampling.opinions(kind.name));
        list.kinds.push_back({.kind = std::string(kind.name),
                              .counts = std::move(opinions.counts),
                              .pairs = opinions.agreement.pairs,
                              .observed = opinions.agreement.observed,
                              .kappa = opinions.agreement.kappa,
                              .batch_pairs = opinions.batch_pairs,
                              .batch_agreeing = opinions.batch_agreeing,
                              .waiting = opinions.waiting});
    }
    return list;
}

Result<DigestView> digest(Call& call, Nothing) {
    const auto subscriber = TRY(call.services.digests.of(call.caller));
    return DigestView{subscriber ? subscriber->address : "", call.services.mail.configured()};
}

Result<DigestView> set_digest(Call& call, DigestRequest request) {
    TRY(call.services.digests.set(call.caller, request.address));
    return digest(call, {});
}

// Today's digest at once, to see that mails arrive.
Result<DigestView> try_digest(Call& call, Nothing) {
    const auto subscriber = TRY(call.services.digests.of(call.caller));
    if (!subscriber)
        return fail(ErrorCode::conflict, "Du har inte angett någon adress.", "address",
                    "Spara din adress först.");
    const auto waiting = TRY(call.services.desk.waiting(call.caller, {}));
    const auto text =
        desk::digest_of(waiting, call.services.desk.kinds(), TRY(day_of({})),
                        call.services.base_url + "/inkorg")
            .value_or(desk::DigestText{"Inget väntar i Inkorgen", "Inget väntar på dig just nu.\n"});
    TRY(call.services.mail.send({.to = subscriber->address, .subject = text.subject, .text = text.text}));
    return digest(call, {});
}

}  // namespace

void add_desk_settings_routes(RouteTable& table) {
    table.add<Nothing, DeskKindList>({http::Method::get, "/api/desk/kinds", "listKinds",
                                      "Slagen av förslag och vad som har bestämts om dem."},
                                     list_kinds);
    table.add<desk::KindSettings, DeskKindList>(
        {http::Method::put, "/api/desk/kinds/{kind}", "setKind",
         "Bestäm hur säkra förslag som får godkännas tillsammans och hur stor del som granskas en gång till.",
         Right::administer},
        set_kind);
    table.add<Nothing, DeskAgreementList>(
        {http::Method::get, "/api/desk/agreement", "getAgreement",
         "Hur andra blicken stämmer med den första, för de slag som du får avgöra.", Right::review},
        agreement);
    table.add<Nothing, DigestView>({http::Method::get, "/api/desk/digest", "getDigest",
                                    "Vart din sammanfattning med e-post går.", Right::review},
                                   digest);
    table.add<DigestRequest, DigestView>(
        {http::Method::put, "/api/desk/digest", "setDigest",
         "Få en sammanfattning med e-post på vardagar; tom adress avslutar den.", Right::review},
        set_digest);
    table.add<Nothing, DigestView>({http::Method::post, "/api/desk/digest/send", "sendDigest",
                                    "Skicka dagens sammanfattning till dig nu.", Right::review},
                                   try_digest);
}

}  // namespace kansli::api
