#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "documents/importer.hpp"

// What the reading worker sends back: a document in a compact binary form (LEB128 numbers, length-prefixed texts). Read as
// what it is, the word of a process that has handled foreign bytes: every length and offset is checked.
namespace kansli::documents::detail {

[[nodiscard]] std::string pack(const FileReader::Outcome& outcome);
[[nodiscard]] std::string pack(const Error& error);

// The outcome, or the error that was packed; corrupt when the bytes are neither.
[[nodiscard]] Result<FileReader::Outcome> unpack(std::string_view bytes);

}  // namespace kansli::documents::detail
