#pragma once

#include <filesystem>
#include <string_view>

#include "core/result.hpp"
#include "extract/detail/writer.hpp"
#include "extract/extract.hpp"

// One function a format family. All take foreign bytes, keep within `limits` and never throw.
namespace kansli::extract::detail {

// A file as the outside named it, and a folder that its reader may write in.
struct Source {
    std::filesystem::path path{};
    std::string_view name{};
    std::filesystem::path workspace{};
};

[[nodiscard]] Result<Extract> read_plain_text(std::string_view bytes, const Limits& limits);
[[nodiscard]] Result<Extract> read_markdown(std::string_view bytes, const Limits& limits);
[[nodiscard]] Result<Extract> read_html(std::string_view bytes, const Limits& limits);
[[nodiscard]] Result<Extract> read_csv(std::string_view bytes, const Limits& limits);
[[nodiscard]] Result<Extract> read_pdf(const Source& source, const Limits& limits);

// For readers that meet one format inside another: adds the blocks of well-formed UTF-8 to what is being
// written.
void write_plain_text(Writer& writer, std::string_view utf8);
void write_html(Writer& writer, std::string_view utf8);

}  // namespace kansli::extract::detail
