#pragma once

#include <string_view>

#include "plan/formats/instance.hpp"

// One function a format; read.hpp chooses among them.
namespace kansli::plan::formats {

// The text files of Solomon (1987), and of Gehring and Homberger (1999).
[[nodiscard]] Result<Instance> read_solomon(std::string_view text, Objective objective);
// CVRPLIB and PyVRP's dialect of it: several depots, kinds of vehicles, windows, optional visits.
[[nodiscard]] Result<Instance> read_cvrplib(std::string_view text, Objective objective);
// Our own, in JSON: docs/plan/instance.md.
[[nodiscard]] Result<Instance> read_kansli(std::string_view text);

}  // namespace kansli::plan::formats
