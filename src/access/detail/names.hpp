#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/rights.hpp"
#include "core/result.hpp"

// The rules for the fields of people, groups and departments.
namespace kansli::access::detail {

// Without spaces around it; invalid_input when it is empty, over 200 bytes, or holds control characters or signs that turn
// its direction.
[[nodiscard]] Result<std::string> clean_name(std::string_view name, std::string_view field);
// Cleaned, sorted, each once.
[[nodiscard]] Result<std::vector<std::string>> clean_names(const std::vector<std::string>& names,
                                                           std::string_view field);
// Like clean_name, and without the colon that marks the other principals of an access list.
[[nodiscard]] Result<std::string> clean_principal(std::string_view name, std::string_view field);
// Sorted, each once; invalid_input when there is none.
[[nodiscard]] Result<std::vector<Role>> clean_roles(std::vector<Role> roles);
// Cleaned; may be empty.
[[nodiscard]] Result<std::string> clean_department(std::string_view department);
// Lower-case; invalid_input unless 1–64 of a–z, 0–9 and . _ - + @, beginning with a letter or a digit.
[[nodiscard]] Result<std::string> clean_user_name(std::string_view name);
// May be empty; invalid_input unless there is something on both sides of one @.
[[nodiscard]] Result<std::string> clean_email(std::string_view address);

// What a person could be called when nobody has said it: "Åsa Öberg" is "asa.oberg". Never empty.
[[nodiscard]] std::string user_name_from(std::string_view display_name);

}  // namespace kansli::access::detail
