#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/detail/batches.hpp"
#include "documents/importer.hpp"

namespace kansli::documents::detail {

// The files that inputs stand for, folders with all below them, in the order of their names. Leaves out what begins with a
// dot, office programs' lock files, links, and sidecars, whose text goes with the file they describe. What cannot be
// found or listed comes along as a file and fails when it is its turn.
[[nodiscard]] std::vector<BatchFile> gather(const std::vector<ImportInput>& inputs);

// "avgifter.pdf.toml" is about "avgifter.pdf".
inline constexpr std::string_view sidecar_ending = ".toml";
inline constexpr std::size_t largest_sidecar = std::size_t{64} << 10U;  // bytes
[[nodiscard]] bool is_passed_over(std::string_view file_name);

}  // namespace kansli::documents::detail
