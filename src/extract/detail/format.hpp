#pragma once

#include <cstdint>
#include <string_view>

namespace kansli::extract::detail {

enum class Format : std::uint8_t {
    pdf,
    zip,
    html,
    markdown,
    csv,
    text,
    email,  // zip: also DOCX and its like, told apart by their members
    docx,
    xlsx,
    pptx,
    odt,
    ods,
    odp,
    old_office,  // .doc, .xls, .ppt before 2007, and encrypted files of Office
    rtf,
    image,
    archive,
    program,
    unknown,
};

// What the bytes say, and the name where bytes of text leave a choice. `head`: the first 64 KiB of the file.
[[nodiscard]] Format sniff(std::string_view head, std::string_view name);

// What the ending of the name promises; unknown when it promises nothing.
[[nodiscard]] Format promised_by(std::string_view name);

// The format that Extract::format names.
[[nodiscard]] Format format_named(std::string_view name);

// "PDF", "Word-dokument (.docx)", … for messages.
[[nodiscard]] std::string_view called(Format format);

}  // namespace kansli::extract::detail
