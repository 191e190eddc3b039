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

// What a table of the database holds about people, for the register of processing.
struct CoveredTable {
    std::string table{};
    store::Personal personal = store::Personal::none;
    std::string about{};
};
KANSLI_DESCRIBE(CoveredTable, table, personal, about)

struct Coverage {
    std::vector<CoveredTable> tables{};
};
KANSLI_DESCRIBE(Coverage, tables)

}  // namespace kansli::api
