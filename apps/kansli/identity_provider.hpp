#pragma once

#include <memory>

#include "core/result.hpp"
#include "openid/provider.hpp"
#include "settings.hpp"

namespace kansli::app {

// The identity provider that the settings name; null when they name none. Its host may be called because it is named there;
// one inside the organisation must also stand in internal_hosts. invalid_input when its secret cannot be read.
[[nodiscard]] Result<std::unique_ptr<openid::Provider>> identity_provider(const Settings& settings);

}  // namespace kansli::app
