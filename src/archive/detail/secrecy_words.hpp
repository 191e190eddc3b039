#pragma once

#include <string_view>
#include <vector>

#include "archive/release.hpp"

namespace kansli::archive::detail {

// Sentences with words that usually stand in what is secret, with the provision that usually says so. A help for whoever reviews, not a
// judgement: each release is assessed anew (OSL 2009:400).
[[nodiscard]] std::vector<MaskProposal> secrecy_proposals(std::string_view text);

// Everything that a person should look at in a text: secrecy first, then what tells who somebody is, in the order of the text; what
// stands inside a sentence that is proposed already is not proposed again.
[[nodiscard]] std::vector<MaskProposal> mask_proposals(std::string_view text);

}  // namespace kansli::archive::detail
