#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::api::scim {

// One comparison of a filter: the attribute is what the text says. Names are in lower case and without the schema in front.
struct Condition {
    std::string attribute{};  // "username", "emails.value"
    std::string value{};      // of a text, or "true" or "false"

    friend bool operator==(const Condition&, const Condition&) = default;
};

// A filter (RFC 7644, section 3.4.2.2) of the kind that provisioning programs send: comparisons with eq, joined by and. A
// condition in brackets, as in emails[type eq "work"].value, chooses among values of which Kansli keeps one, and is passed
// over. All conditions must hold. invalid_input for everything else.
[[nodiscard]] Result<std::vector<Condition>> parse_filter(std::string_view text);

// Where a change is to be made (RFC 7644, section 3.5.2).
struct AttributePath {
    std::string attribute{};              // as in Condition, with what stands after the dot
    std::vector<Condition> conditions{};  // between the brackets

    friend bool operator==(const AttributePath&, const AttributePath&) = default;
};
[[nodiscard]] Result<AttributePath> parse_path(std::string_view text);

}  // namespace kansli::api::scim
