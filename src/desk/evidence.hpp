#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "desk/decision.hpp"
#include "desk/proposal.hpp"
#include "json/describe.hpp"

namespace kansli::desk {

// One piece of evidence in EvidenceForm::quotes: the bytes [start, end) of a version's text, and the sentence they support.
struct Quote {
    std::string sentence{};
    std::string quote{};
    std::string document{};
    std::string version{};
    std::string title{};
    std::string reference{};
    std::string path{};
    std::optional<int> page{};
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    bool valid = true;
};
KANSLI_DESCRIBE(Quote, sentence, quote, document, version, title, reference, path, page, start, end, valid)

// Members that Quote does not know are passed over; corrupt when the evidence is nothing of the kind.
[[nodiscard]] Result<std::vector<Quote>> quotes_of(const Proposal& proposal);

// The decision as it leaves the house: title, text, sources. Only an approving decision can be written out.
[[nodiscard]] Result<std::string> as_text(const Decision& decision, const Proposal& proposal);
[[nodiscard]] Result<std::string> as_html(const Decision& decision, const Proposal& proposal);

}  // namespace kansli::desk
