#pragma once

#include <string>
#include <string_view>

// Names of files that others chose. They are never paths of ours; what is left to guard is the person who reads them and
// the machine on which they are saved.
namespace kansli {

// The name as it is shown and kept: control characters become spaces; marks that hide or turn the direction of letters, by
// which "faktura" + mark + "fdp.exe" reads as a PDF file, are gone. Input is UTF-8; other bytes stay as they are.
[[nodiscard]] std::string shown_file_name(std::string_view name);

// What a browser may save a download under: the last part of the name, without signs that any system gives a meaning, and
// no name of a device of Windows. At most 200 bytes, and the ending is kept. `otherwise` when nothing is left.
[[nodiscard]] std::string saved_file_name(std::string_view name, std::string_view otherwise);

}  // namespace kansli
