#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "store/data_folder.hpp"

namespace kansli::app {

// kansli.toml of a data folder.
struct Settings {
    std::string municipality = "Kommunen";
    std::string address = "127.0.0.1";
    std::string public_url{};                    // as browsers reach us through a proxy; empty: directly
    std::vector<std::string> allowed_hosts{};    // the only hosts on the internet that may be called
    std::vector<std::string> proxy_addresses{};  // of reverse proxies whose word on the client is taken
    std::string proxy_user_header{};             // in which they name who has signed in; empty: none
    std::vector<std::string> internal_hosts{};   // the only hosts inside the organisation that may be called
};

// What a new data folder gets: every setting with its meaning, in Swedish.
[[nodiscard]] std::string_view settings_template();

[[nodiscard]] Result<Settings> read_settings(const store::DataFolder& folder);

}  // namespace kansli::app
