#pragma once

#include <cstdint>
#include <string>

#include "core/time.hpp"
#include "json/describe.hpp"

namespace kansli::desk {

// How bad it is that a decision was wrong.
enum class Severity : std::uint8_t {
    minor,     // a slip that nobody was led astray by
    major,     // somebody was told or did the wrong thing, and it could be put right
    critical,  // somebody came to harm or lost a right
};
KANSLI_DESCRIBE_ENUM(Severity, minor, major, critical)

// Something wrong with a decision that was found afterwards. Who found it stands in the record alone.
struct Fault {
    Severity severity = Severity::minor;
    std::string what{};
    Timestamp moment{};
};

}  // namespace kansli::desk
