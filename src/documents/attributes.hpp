#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "documents/document.hpp"

// What files say about themselves, in the words that Swedish clerks and systems use. Pure.
namespace kansli::documents {

// What one source (front matter, file properties, a sidecar) states. A field that it does not mention is empty.
struct StatedAttributes {
    Attributes values{};
    Stated stated{};
    bool has_class = false;  // the information class was named, also when it is "open"
};

// Reads metadata keys in Swedish or English ("giltig_från", "valid_from", "nämnd", "owner", "sfs" …). Unknown keys are
// left alone; a value that cannot be understood is told in `warnings`.
[[nodiscard]] StatedAttributes read_metadata(const std::map<std::string, std::string>& metadata,
                                             std::vector<std::string>& warnings);

// Reads a sidecar: `avgifter.pdf.toml` beside `avgifter.pdf`. invalid_input when it is no TOML.
[[nodiscard]] Result<StatedAttributes> read_sidecar(std::string_view toml, std::string_view name,
                                                    std::vector<std::string>& warnings);

// What `over` states replaces what `base` says; the higher information class wins.
[[nodiscard]] Attributes overlay(Attributes base, const Attributes& over);
[[nodiscard]] Stated overlay(Stated base, const Stated& over);

// "2026-01-01", "1 januari 2026", "den 1 januari 2026". Nothing for anything else ("tills vidare").
[[nodiscard]] std::optional<Date> read_date(std::string_view text);

// What the first lines of a document say outright: "Gäller från och med den 1 januari 2026", "Diarienummer: KS 2026/14".
[[nodiscard]] StatedAttributes read_opening(std::string_view text);

}  // namespace kansli::documents
