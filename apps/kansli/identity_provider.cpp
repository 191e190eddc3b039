#include "identity_provider.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "core/ascii.hpp"
#include "core/file.hpp"
#include "http/client.hpp"

namespace kansli::app {

namespace {

constexpr std::size_t longest_secret = 4096;

std::string trimmed(std::string text) {
    while (!text.empty() && is_ascii_space(text.back()))
        text.pop_back();
    return text;
}

Result<std::string> client_secret(const OpenIdSettings& settings) {
    std::string secret;
    std::string place;
    if (!settings.secret_file.empty()) {
        place = settings.secret_file;
        secret = trimmed(TRY(read_file(settings.secret_file, longest_secret)));
    } else if (!settings.secret_variable.empty()) {
        place = settings.secret_variable;
        // The program never changes its environment, so that reading it is safe.
        const char* value = std::getenv(settings.secret_variable.c_str());  // NOLINT(concurrency-mt-unsafe)
        secret = value != nullptr ? value : "";
    } else {
        return secret;
    }
    if (secret.empty())
        return fail(ErrorCode::invalid_input, "Hemligheten till inloggningen (openid) är tom.", place);
    return secret;
}

// "login.kommunen.se" of "https://login.kommunen.se:8443/realms/x".
std::string host_of(std::string_view address) {
    address.remove_prefix(address.find("://") + 3);
    address = address.substr(0, address.find_first_of("/?#"));
    if (address.starts_with('[')) return std::string(address.substr(1, address.find(']') - 1));
    return std::string(address.substr(0, address.find(':')));
}

openid::Wire wire_of(http::AllowedHosts allowed) {
    return [client = http::Client(std::move(allowed))](const openid::WireCall& call) -> Result<std::string> {
        auto page = TRY(client.get({.address = call.address,
                                    .limit = call.limit,
                                    .timeout = call.patience,
                                    .redirects = 0,
                                    .form = call.form,
                                    .authorization = call.authorization}));
        return std::move(page.body);
    };
}

}  // namespace

Result<std::unique_ptr<openid::Provider>> identity_provider(const Settings& settings) {
    auto registration = settings.openid.registration;
    if (registration.issuer.empty()) return std::unique_ptr<openid::Provider>();
    registration.client_secret = TRY(client_secret(settings.openid));
    http::AllowedHosts allowed{.hosts = settings.allowed_hosts, .internal = settings.internal_hosts};
    allowed.hosts.push_back(host_of(registration.issuer));
    return std::make_unique<openid::Provider>(std::move(registration), wire_of(std::move(allowed)));
}

}  // namespace kansli::app
