#pragma once

#include <string_view>

namespace kansli::model::detail {

// The bytes of data/models/swedish-static.kse (cmake/embedded_text.cmake).
[[nodiscard]] std::string_view model_file();

}  // namespace kansli::model::detail
