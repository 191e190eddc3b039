#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/grants.hpp"
#include "core/log.hpp"
#include "core/result.hpp"
#include "http/mail.hpp"
#include "openid/provider.hpp"
#include "record/checkpoints.hpp"
#include "store/data_folder.hpp"

namespace kansli::app {

// Signing in at an identity provider; without an issuer there is none.
struct OpenIdSettings {
    openid::Registration registration{};  // but for the secret, which stands elsewhere
    std::string secret_file{};            // where the secret stands: in a file
    std::string secret_variable{};        // or in an environment variable
    std::string label = "Logga in med kommunens konto";
    bool create_people = false;
};

// kansli.toml of a data folder.
struct Settings {
    std::string municipality = "Kommunen";
    std::string address = "127.0.0.1";
    std::string public_url{};                    // as browsers reach us through a proxy; empty: directly
    std::vector<std::string> allowed_hosts{};    // the only hosts on the internet that may be called
    std::vector<std::string> internal_hosts{};   // the only hosts inside the organisation that may be called
    std::vector<std::string> proxy_addresses{};  // of reverse proxies whose word on the client is taken
    std::string proxy_user_header{};             // in which they name who has signed in; empty: none
    std::vector<std::string> metrics_from = {"127.0.0.1",
                                             "::1"};  // who may read GET /metrics without signing in
    std::string log = "text";                         // the form of log lines: text or json
    record::CheckpointInterval checkpoints{};         // how often the record is signed
    http::MailServer mail{};                          // without a host no mail is sent
    OpenIdSettings openid{};
    access::GrantRules groups{};  // what groups of the identity provider, and of SCIM, give
};

// What a new data folder gets: every setting with its meaning, in Swedish.
[[nodiscard]] std::string_view settings_template();

// invalid_input for anything but "text" and "json".
[[nodiscard]] Result<log::Format> log_format(std::string_view name);

[[nodiscard]] Result<Settings> read_settings(const store::DataFolder& folder);

}  // namespace kansli::app
