#include "openid/provider.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hash.hpp"
#include "openid/detail/encoding.hpp"
#include "openid/id_token.hpp"

namespace kansli::openid {

namespace {

using namespace std::chrono_literals;

constexpr int lines = 2;  // calls to the provider at a time
constexpr auto patience = 10s;
constexpr std::size_t answer_limit = 256U << 10U;
constexpr auto description_lifetime = 1h;
constexpr auto failure_lifetime = 5s;  // a provider that is down is not asked by everybody who tries
constexpr auto key_pause = 1min;       // between questions for keys that tokens name and nobody has

std::string text_of(const json::Value& object, std::string_view name) {
    const auto* value = object.find(name);
    const auto* text = value != nullptr ? value->as_string() : nullptr;
    return text != nullptr ? *text : std::string();
}

std::vector<std::string> texts_of(const json::Value* value) {
    std::vector<std::string> texts;
    if (value == nullptr) return texts;
    if (const auto* text = value->as_string()) texts.push_back(*text);
    if (const auto* list = value->as_array()) {
        for (const auto& one : *list) {
            if (const auto* text = one.as_string()) texts.push_back(*text);
        }
    }
    return texts;
}

bool is_true(const json::Value& object, std::string_view name) {
    const auto* value = object.find(name);
    if (value == nullptr) return false;
    const auto* text = value->as_string();
    return value->as_bool().value_or(text != nullptr && *text == "true");
}

// The claim of that name, or the one that its parts between dots lead to.
const json::Value* claim_at(const json::Value& claims, std::string_view name) {
    if (const auto* whole = claims.find(name)) return whole;
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return nullptr;
    const auto* inner = claims.find(name.substr(0, dot));
    return inner != nullptr ? claim_at(*inner, name.substr(dot + 1)) : nullptr;
}

Failure bad_description(std::string message) {
    return fail(ErrorCode::corrupt, std::move(message), "openid-configuration",
                "Kontrollera openid.issuer i kansli.toml.");
}

Result<Description> description_of(std::string_view text, const Registration& registration) {
    const auto document = json::parse(text);
    if (!document || document->as_object() == nullptr)
        return bad_description("Leverantörens beskrivning är inte JSON.");
    if (text_of(*document, "issuer") != registration.issuer)
        return bad_description("Leverantörens beskrivning gäller en annan utfärdare.");
    Description result{.authorization = text_of(*document, "authorization_endpoint"),
                       .token = text_of(*document, "token_endpoint"),
                       .keys = text_of(*document, "jwks_uri"),
                       .names_issuer = is_true(*document, "authorization_response_iss_parameter_supported")};
    for (const auto* address : {&result.authorization, &result.token, &result.keys}) {
        if (!is_safe_address(*address))
            return bad_description("Leverantörens beskrivning saknar en krypterad adress.");
    }
    const auto ways = texts_of(document->find("token_endpoint_auth_methods_supported"));
    const auto takes = [&](std::string_view way) { return std::ranges::find(ways, way) != ways.end(); };
    result.secret_in_form = takes("client_secret_post") && !takes("client_secret_basic");
    return result;
}

class Form {
  public:
    Form& add(std::string_view name, std::string_view value) {
        if (!text_.empty()) text_ += '&';
        text_ += fmt::format("{}={}", name, detail::escaped(value));
        return *this;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_{};
};

std::string challenge_of(const std::string& verifier) {
    Sha256 hash;
    hash.update(verifier);
    const auto digest = hash.finish_bytes();
    return detail::base64url(std::string(digest.begin(), digest.end()));
}

// True when the provider tells that the claim stands elsewhere, as Entra ID does when somebody is in too many groups.
bool is_left_out(const json::Value& claims, std::string_view name) {
    const auto* elsewhere = claims.find("_claim_names");
    return elsewhere != nullptr && elsewhere->find(name) != nullptr;
}

}  // namespace

bool is_safe_address(std::string_view address) {
    if (address.starts_with("https://")) return true;
    for (const std::string_view own : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
        if (!address.starts_with(own)) continue;
        const auto rest = address.substr(own.size());
        if (rest.empty() || rest.front() == ':' || rest.front() == '/') return rest.find('@') == rest.npos;
    }
    return false;
}

Provider::Provider(Registration registration, Wire wire, Clock clock)
    : registration_(std::move(registration)),
      wire_(std::move(wire)),
      clock_(std::move(clock)),
      free_lines_(lines) {
}

Result<std::string> Provider::ask(WireCall call) {
    if (!free_lines_.try_acquire())
        return fail(ErrorCode::busy, "Många väntar på inloggningen just nu.", {}, "Försök igen om en stund.");
    call.limit = answer_limit;
    call.patience = patience;
    auto answer = wire_(call);
    free_lines_.release();
    return answer;
}

Result<Description> Provider::read_description() {
    auto address = registration_.issuer;
    while (address.ends_with('/'))
        address.pop_back();
    const auto answer = TRY(ask({.address = address + "/.well-known/openid-configuration"}));
    return description_of(answer, registration_);
}

Result<Description> Provider::description() {
    const auto moment = clock_();
    {
        const std::scoped_lock lock(mutex_);
        if (known_.description && moment - known_.described < description_lifetime)
            return *known_.description;
        if (known_.failure && moment - known_.failed < failure_lifetime) return Failure(*known_.failure);
    }
    auto read = read_description();
    const std::scoped_lock lock(mutex_);
    if (read) {
        known_.description = *read;
        known_.described = moment;
        known_.failure.reset();
    } else if (read.error().code != ErrorCode::busy) {
        known_.failure = read.error();
        known_.failed = moment;
    }
    return read;
}

Result<std::string> Provider::sign_in_address(const Question& question) {
    const auto place = TRY(description());
    Form form;
    form.add("response_type", "code")
        .add("client_id", registration_.client_id)
        .add("redirect_uri", question.return_address)
        .add("scope", fmt::format("{}", fmt::join(registration_.scopes, " ")))
        .add("state", question.state)
        .add("nonce", question.nonce)
        .add("code_challenge", challenge_of(question.verifier))
        .add("code_challenge_method", "S256");
    const char mark = place.authorization.find('?') == std::string::npos ? '?' : '&';
    return fmt::format("{}{}{}", place.authorization, mark, form.text());
}

Result<KeySet> Provider::keys(const Description& description, bool renew) {
    const auto moment = clock_();
    {
        const std::scoped_lock lock(mutex_);
        const bool old = !known_.keys_asked || moment - *known_.keys_asked >= description_lifetime;
        const bool may_renew = !known_.keys_renewed || moment - *known_.keys_renewed >= key_pause;
        if (!old && !(renew && may_renew)) return known_.keys;
        if (renew) known_.keys_renewed = moment;
    }
    const auto answer = TRY(ask({.address = description.keys}));
    auto read = TRY(KeySet::parse(answer));
    const std::scoped_lock lock(mutex_);
    known_.keys = read;
    known_.keys_asked = moment;
    return read;
}

Result<json::Value> Provider::exchange(const Description& description, const Answer& answer) {
    Form form;
    form.add("grant_type", "authorization_code")
        .add("code", answer.code)
        .add("redirect_uri", answer.return_address)
        .add("code_verifier", answer.verifier);
    WireCall call{.address = description.token};
    const auto& secret = registration_.client_secret;
    if (secret.empty() || description.secret_in_form) form.add("client_id", registration_.client_id);
    if (!secret.empty() && description.secret_in_form) form.add("client_secret", secret);
    if (!secret.empty() && !description.secret_in_form) {
        call.authorization =
            "Basic " + detail::base64(fmt::format("{}:{}", detail::escaped(registration_.client_id),
                                                  detail::escaped(secret)));
    }
    call.form = form.text();
    const auto text = TRY(ask(std::move(call)));
    auto tokens = json::parse(text);
    if (!tokens || tokens->as_object() == nullptr)
        return fail(ErrorCode::corrupt, "Leverantörens svar på koden är inte JSON.", "token_endpoint");
    return *std::move(tokens);
}

Result<json::Value> Provider::claims_of(const Description& description, const json::Value& tokens,
                                        const Answer& answer) {
    const Expected expected{.issuer = registration_.issuer,
                            .client_id = registration_.client_id,
                            .nonce = answer.nonce,
                            .access_token = text_of(tokens, "access_token"),
                            .moment = clock_()};
    const auto token = text_of(tokens, "id_token");
    auto claims = check_id_token(token, TRY(keys(description, false)), expected);
    // Providers change keys; one that is not known may be new.
    if (!claims && claims.error().code == ErrorCode::not_found)
        claims = check_id_token(token, TRY(keys(description, true)), expected);
    return claims;
}

Result<Person> Provider::redeem(const Answer& answer) {
    const auto place = TRY(description());
    const auto tokens = TRY(exchange(place, answer));
    return person_of(TRY(claims_of(place, tokens, answer)), registration_);
}

Result<Person> person_of(const json::Value& claims, const Registration& registration) {
    if (is_left_out(claims, registration.groups_claim)) {
        return fail(ErrorCode::conflict, "Leverantören lämnade inte ut grupperna, för de är för många.",
                    registration.groups_claim, "Begränsa vilka grupper som skickas till Kansli.");
    }
    Person person{.issuer = text_of(claims, "iss"), .subject = text_of(claims, "sub")};
    person.identifiers = {person.subject};
    if (auto object = text_of(claims, "oid"); !object.empty())
        person.identifiers.push_back(std::move(object));
    if (!registration.user_name_claim.empty()) {
        const auto names = texts_of(claim_at(claims, registration.user_name_claim));
        if (names.size() == 1) person.user_name = names.front();
    }
    person.suggested_name = text_of(claims, "preferred_username");
    person.name = text_of(claims, "name");
    if (is_true(claims, "email_verified")) person.email = text_of(claims, "email");
    person.groups = texts_of(claim_at(claims, registration.groups_claim));
    return person;
}

}  // namespace kansli::openid
