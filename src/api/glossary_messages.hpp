#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/descriptions.hpp"
#include "glossary/glossary.hpp"
#include "json/describe.hpp"

// The municipality's glossary over the wire.
namespace kansli::api {

struct GlossaryView {
    std::vector<glossary::GlossaryEntry> entries{};           // in the order of their expressions
    std::vector<glossary::GlossarySuggestion> suggestions{};  // that wait, the oldest first
};
KANSLI_DESCRIBE(GlossaryView, entries, suggestions)

struct GlossaryLine {
    std::string line{};  // "kvarnhuset = stadsbiblioteket"
};
KANSLI_DESCRIBE(GlossaryLine, line)

struct GlossaryFile {
    std::string file{};  // a line an entry
    glossary::ImportWay way = glossary::ImportWay::add;
};
KANSLI_DESCRIBE(GlossaryFile, file, way)

// What became of a file, and the glossary as it is now.
struct GlossaryImported {
    std::int64_t added = 0;
    std::int64_t unchanged = 0;
    std::int64_t removed = 0;
    std::vector<text::LexiconFault> faults{};
    GlossaryView glossary{};
};
KANSLI_DESCRIBE(GlossaryImported, added, unchanged, removed, faults, glossary)

}  // namespace kansli::api
