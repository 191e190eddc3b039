#pragma once

#include "core/result.hpp"
#include "extract/detail/container.hpp"
#include "extract/detail/format.hpp"
#include "extract/detail/readers.hpp"

namespace kansli::extract::detail {

constexpr std::size_t most_columns = 1000;  // of a table; what lies further to the right is not read

// Which of the formats that are ZIP files this one is, by its members; Format::zip for a plain archive.
[[nodiscard]] Result<Format> kind_of(const Container& container);

[[nodiscard]] Result<Extract> read_docx(const Container& container, const Limits& limits);
[[nodiscard]] Result<Extract> read_xlsx(const Container& container, const Limits& limits);
[[nodiscard]] Result<Extract> read_pptx(const Container& container, const Limits& limits);
[[nodiscard]] Result<Extract> read_odt(const Container& container, const Limits& limits);
[[nodiscard]] Result<Extract> read_ods(const Container& container, const Limits& limits);
[[nodiscard]] Result<Extract> read_zip(const Container& container, const std::filesystem::path& workspace,
                                       const Limits& limits);

}  // namespace kansli::extract::detail
