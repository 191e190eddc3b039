#include <array>
#include <optional>
#include <string>
#include <utility>

#include "access/caller.hpp"
#include "api/account_messages.hpp"
#include "api/identify.hpp"
#include "api/mount.hpp"
#include "api/noted.hpp"
#include "api/routes.hpp"
#include "api/sign_in_cookies.hpp"
#include "core/log.hpp"

// Signing in at the organisation's identity provider (OpenID Connect, authorization code with PKCE). The browser walks
// here, so whatever happens ends in a redirect: to the page that was wanted, or to the sign-in page with a word for what
// went wrong, which has its text in the interface.
namespace kansli::api {

namespace {

using access::ExternalChange;

constexpr std::string_view openid_path = "/api/openid";
constexpr std::string_view openid_cookie = "kansli_openid";

struct Word {
    ErrorCode code{};
    std::string_view word{};
};
// What Kansli itself says of a person or a sign-in.
constexpr std::array house_words{Word{ErrorCode::busy, "busy"}, Word{ErrorCode::not_authenticated, "expired"},
                                 Word{ErrorCode::not_found, "no_account"},
                                 Word{ErrorCode::forbidden, "no_access"}};
// What went wrong with the provider. The reason is for whoever runs Kansli, and stands in the log.
constexpr std::array provider_words{Word{ErrorCode::busy, "busy"}, Word{ErrorCode::conflict, "groups"}};

template <std::size_t Count>
std::string word_for(const Error& error, const std::array<Word, Count>& words, std::string_view otherwise) {
    for (const auto& [code, word] : words) {
        if (code == error.code) return std::string(word);
    }
    return std::string(otherwise);
}

std::string binding_cookie(const Services& services, std::string value, long seconds) {
    // Lax: the browser must send it when it comes back from the provider.
    return cookie_text(services, {openid_cookie, std::move(value), seconds, openid_path, "Lax"});
}

http::Response turned_away(const Call& call, const std::string& word) {
    auto response = http::Response::redirect("/?inloggning=" + word);
    response.with("Set-Cookie", binding_cookie(call.services, "", 0)).with("Cache-Control", "no-store");
    return response;
}

http::Response house_refuses(const Call& call, const Error& error) {
    return turned_away(call, word_for(error, house_words, "failed"));
}

http::Response provider_failed(const Call& call, const Error& error) {
    log::warning("Inloggning hos leverantören gick inte: {} ({})", to_line(error), call.request.id);
    return turned_away(call, word_for(error, provider_words, "provider"));
}

std::string callback_address(const Call& call) {
    return call.services.base_url + std::string(openid_path) + "/callback";
}

Result<http::Response> begin_openid(Call& call) {
    auto* provider = call.services.openid;
    if (provider == nullptr) return turned_away(call, "not_configured");
    const auto begun = call.services.external_sign_in.begin(
        provider->issuer(), call.query("return").value_or("/"), visit_of(call.request));
    if (!begun) return house_refuses(call, begun.error());
    const auto address = provider->sign_in_address({.return_address = callback_address(call),
                                                    .state = begun->state,
                                                    .nonce = begun->nonce,
                                                    .verifier = begun->verifier});
    if (!address) return provider_failed(call, address.error());
    auto response = http::Response::redirect(*address);
    response.with("Set-Cookie", binding_cookie(call.services, begun->browser, access::pending_seconds))
        .with("Cache-Control", "no-store");
    return response;
}

// The provider's own word for why it did not sign the person in (RFC 6749, section 4.1.2.1), as far as it is one.
std::string refusal_word(const std::string& given) {
    const bool plain =
        given.size() <= 50 && given.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == given.npos;
    return plain ? given : "okänt fel";
}

// Whether the answer comes from the provider that was asked (RFC 9207), and what it is.
Result<std::string> code_in(const Call& call, const access::PendingSignIn& pending) {
    auto& provider = *call.services.openid;
    const auto issuer = call.query("iss");
    const bool must_name = TRY(provider.description()).names_issuer;
    if (pending.issuer != provider.issuer() || (issuer && *issuer != pending.issuer) ||
        (!issuer && must_name))
        return fail(ErrorCode::corrupt, "Svaret kom från en annan leverantör (iss).");
    auto code = call.query("code").value_or("");
    if (code.empty()) return fail(ErrorCode::corrupt, "Svaret saknar kod.");
    return code;
}

Result<openid::Person> person_behind(const Call& call, const access::PendingSignIn& pending) {
    return call.services.openid->redeem({.return_address = callback_address(call),
                                         .code = TRY(code_in(call, pending)),
                                         .nonce = pending.nonce,
                                         .verifier = pending.verifier});
}

access::ExternalPerson external_person(openid::Person person) {
    return {.issuer = std::move(person.issuer),
            .subject = std::move(person.subject),
            .identifiers = std::move(person.identifiers),
            .email = std::move(person.email),
            .user_name = std::move(person.user_name),
            .suggested_name = std::move(person.suggested_name),
            .name = std::move(person.name),
            .groups = std::move(person.groups)};
}

// What the record says of each change. What the groups gave or took is Kansli's own doing.
access::ExternalSignIn::Notes external_notes(const Call& call, const std::string& issuer,
                                             const std::string& device) {
    return [&record = call.services.record, issuer, device](store::Connection& connection,
                                                            const access::User& user,
                                                            ExternalChange change) -> Result<void> {
        const access::Caller person{
            .id = user.id, .name = user.name, .roles = user.roles, .user_name = user.user_name};
        const auto note = [&](const access::Caller& who, std::string_view kind,
                              const std::string& content) -> Result<void> {
            TRY(record.append(connection, who, std::string(kind), user.id.str(), content, now()));
            return {};
        };
        switch (change) {
            case ExternalChange::created:
                return note(access::keeper(), "user_created", recorded(user));
            case ExternalChange::linked:
                return note(access::keeper(), "identity_linked", json::write(IdentityNote{issuer}));
            case ExternalChange::changed:
                return note(access::keeper(), "user_changed", recorded(user));
            case ExternalChange::signed_in:
                return note(person, "signed_in", json::write(SignInNote{access::SignInWay::openid, device}));
        }
        return {};
    };
}

Result<http::Response> finish_openid(Call& call) {
    if (call.services.openid == nullptr) return turned_away(call, "not_configured");
    auto& house = call.services.external_sign_in;
    const auto visit = visit_of(call.request);
    const auto browser = call.request.cookies.find(std::string(openid_cookie));
    const auto pending =
        house.take(call.query("state").value_or(""),
                   browser != call.request.cookies.end() ? browser->second : std::string(), visit);
    if (!pending) return house_refuses(call, pending.error());
    if (const auto refused = call.query("error")) {
        log::info("Leverantören loggade inte in: {} ({})", refusal_word(*refused), call.request.id);
        return turned_away(call, *refused == "access_denied" ? "cancelled" : "provider");
    }
    auto person = person_behind(call, *pending);
    if (!person) return provider_failed(call, person.error());
    const auto signed_in = house.enter(external_person(*std::move(person)), visit,
                                       external_notes(call, pending->issuer, visit.device));
    if (!signed_in) return house_refuses(call, signed_in.error());
    auto response = http::Response::redirect(pending->return_path);
    add_sign_in_cookies(response, call.services, *signed_in);
    response.with("Set-Cookie", binding_cookie(call.services, "", 0));
    return response;
}

}  // namespace

void add_openid_routes(RouteTable& table) {
    table.add<Nothing, SignInWays>(
        {http::Method::get, "/api/sign-in-ways", "getSignInWays", "Hur man kan logga in.", Right::anyone},
        [](Call& call, Nothing) -> Result<SignInWays> {
            SignInWays ways;
            if (call.services.openid != nullptr) ways.openid = call.services.openid_label;
            return ways;
        });
    table.add_raw({.method = http::Method::get,
                   .path = "/api/openid/start",
                   .id = "startOpenId",
                   .about = "Gå till kommunens inloggning.",
                   .right = Right::anyone,
                   .query = {{"return", "Sidan att komma tillbaka till."}}},
                  "text/plain", begin_openid, {}, 303);
    table.add_raw({.method = http::Method::get,
                   .path = "/api/openid/callback",
                   .id = "finishOpenId",
                   .about = "Tillbaka från kommunens inloggning.",
                   .right = Right::anyone,
                   .query = {{"state", "Det som skickades dit."},
                             {"code", "Koden som byts mot vem det är."},
                             {"iss", "Leverantören."},
                             {"error", "Varför det inte gick."}},
                   // Providers add what their own standards ask for: "session_state", "scope".
                   .open_query = true},
                  "text/plain", finish_openid, {}, 303);
}

}  // namespace kansli::api
