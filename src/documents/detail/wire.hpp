#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "documents/importer.hpp"

// What goes between the program and its reading workers: requests as JSON, answers as a compact binary form, since a large
// text in JSON costs more to write and read than to extract.
namespace kansli::documents::detail {

struct ReadRequest {
    std::string path{};
    std::string name{};
    std::string workspace{};
};

[[nodiscard]] std::string write_request(const ReadRequest& request);
[[nodiscard]] Result<ReadRequest> read_request(std::string_view text);

[[nodiscard]] std::string write_answer(const Result<FileReader::Outcome>& answer);
// Trusts nothing: every length, offset, order and file name is checked, and a file must lie in `workspace`. corrupt otherwise.
[[nodiscard]] Result<FileReader::Outcome> read_answer(std::string_view bytes,
                                                      const std::filesystem::path& workspace);

}  // namespace kansli::documents::detail
