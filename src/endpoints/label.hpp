#pragma once

#include <string>
#include <string_view>

#include "access/caller.hpp"
#include "json/describe.hpp"

namespace kansli::endpoints {

// How carefully a text must be handled, and what an endpoint is approved for: the information class (the confidentiality levels of
// SKR's KLASSA), and marks beside it.
struct Label {
    access::InformationClass information_class = access::InformationClass::open;
    bool personal_data = false;
    bool secrecy = false;  // a provision of the Public Access and Secrecy Act (2009:400)

    friend bool operator==(const Label&, const Label&) = default;
};
KANSLI_DESCRIBE(Label, information_class, personal_data, secrecy)

// The higher class, and every mark that either has.
[[nodiscard]] Label highest(const Label& one, const Label& other);

// Whether what is approved for `approved` may get a text that needs `needed`.
[[nodiscard]] bool covers(const Label& approved, const Label& needed);

// The marks that the words of a text themselves call for: personal data as text::personal_data finds them, and words that say that the
// text is secret or tells of somebody with a protected address. Its class is open: words cannot tell it.
[[nodiscard]] Label label_of_text(std::string_view text);

// "intern, med personuppgifter"
[[nodiscard]] std::string in_words(const Label& label);

}  // namespace kansli::endpoints
