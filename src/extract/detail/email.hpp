#pragma once

#include <filesystem>
#include <string_view>

#include "extract/detail/readers.hpp"

namespace kansli::extract::detail {

// An e-mail: its letter as blocks, its attachments as files in `workspace`.
[[nodiscard]] Result<Extract> read_email(std::string_view bytes, const std::filesystem::path& workspace,
                                         const Limits& limits);

}  // namespace kansli::extract::detail
