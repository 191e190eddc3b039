#pragma once

#include <string>
#include <vector>

#include "archive/subject_rights.hpp"
#include "json/describe.hpp"

// What goes over the wire about the rights of data subjects.
namespace kansli::api {

struct RestrictionList {
    std::vector<archive::Restriction> restrictions{};
};
KANSLI_DESCRIBE(RestrictionList, restrictions)

struct LiftRequest {
    std::string reason{};
};
KANSLI_DESCRIBE(LiftRequest, reason)

struct RestrictedText {
    std::string text{};
};
KANSLI_DESCRIBE(RestrictedText, text)

struct RecipientList {
    std::vector<archive::Recipient> recipients{};
};
KANSLI_DESCRIBE(RecipientList, recipients)

struct Coverage {
    std::vector<archive::CoveredTable> tables{};
};
KANSLI_DESCRIBE(Coverage, tables)

}  // namespace kansli::api
