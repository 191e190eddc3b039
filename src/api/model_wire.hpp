#pragma once

#include <filesystem>
#include <memory>

#include "endpoints/pool.hpp"
#include "endpoints/settings.hpp"
#include "endpoints/wire.hpp"

namespace kansli::api {

// The way to one endpoint over the client for outgoing calls, to whom only the endpoint's own host is allowed.
[[nodiscard]] endpoints::Wire model_wire(const endpoints::EndpointSettings& endpoint);

// All endpoints that models.toml names. `keys`: the data folder's, where their keys are read at each call.
[[nodiscard]] std::unique_ptr<endpoints::Pool> model_pool(const endpoints::ModelSettings& settings,
                                                          const std::filesystem::path& keys);

}  // namespace kansli::api
