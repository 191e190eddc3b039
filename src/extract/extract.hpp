#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

// Foreign bytes in, plain blocks out. This room knows file formats and nothing of what the municipality does with
// them. It is the only code that reads untrusted files, and it runs only inside the limited worker process.
namespace kansli::extract {

// A rectangle on a page in points (1/72 inch) from the page's top left corner.
struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    friend bool operator==(const Box&, const Box&) = default;
};

// Where a piece of a text stands on paper. Offsets are bytes into the text it belongs to.
struct Place {
    std::size_t start = 0;
    std::size_t end = 0;
    int page = 0;  // from 1
    Box box{};

    friend bool operator==(const Place&, const Place&) = default;
};

enum class BlockKind : std::uint8_t {
    heading,  // `level` 1–6 when the format says so, 0 when it only looks like a heading
    paragraph,
    list_item,  // `marker` is what the reader sees: "1.", "a)", "–"; `level` is the nesting from 1
    table_row,  // cells joined by " | "; `sheet` and `row` are set for spreadsheets
};

// One paragraph-like piece of a document, in reading order. Text is UTF-8 in Unicode normal form C, without line breaks,
// with running heads, page numbers and end-of-line hyphens already gone.
struct Block {
    BlockKind kind = BlockKind::paragraph;
    int level = 0;
    std::string marker{};
    std::string text{};
    std::string sheet{};
    int row = 0;                  // from 1, as the spreadsheet program shows it
    std::vector<Place> places{};  // one a printed line, for paged formats; offsets into `text`

    friend bool operator==(const Block&, const Block&) = default;
};

// A file inside a file: a ZIP member or an e-mail attachment, unpacked into the worker's folder.
struct EmbeddedFile {
    std::string name;              // as it came, for people; never used as a path
    std::filesystem::path path{};  // where the worker put the bytes
};

// What a file holds.
struct Extract {
    std::string format{};  // "pdf", "docx", "markdown", …
    std::string title{};   // from front matter, properties or the first heading; may be empty
    std::map<std::string, std::string> metadata{};  // front matter and file properties, keys in lower case
    std::vector<Block> blocks{};
    std::vector<EmbeddedFile> files{};
    std::vector<std::string> warnings{};  // Swedish sentences: "Sida 3 är skannad och lästes med OCR."
    int pages = 0;
    double page_width = 0;  // points, of page 1
    double page_height = 0;
};

struct Limits {
    std::size_t input_bytes = std::size_t{512} << 20U;
    std::size_t output_bytes = std::size_t{64} << 20U;   // of text from one file
    std::size_t unpacked_bytes = std::size_t{1} << 30U;  // of one container, all members together
    int files = 5000;                                    // members of one container
    int depth = 4;  // archives in archives; the caller passes one less inside
    int pages = 3000;
    int scanned_pages = 300;  // sent to OCR
};

// Reads the file at `path`. `name` is what the user calls it; the format is decided by the bytes first and the name second,
// and a name that contradicts the bytes is a warning. `workspace` is an empty folder for embedded files and page images.
// Errors are for the user: an encrypted PDF, a truncated DOCX, an empty file and a ZIP bomb each say so in Swedish, with
// advice. Never throws, whatever the bytes.
[[nodiscard]] Result<Extract> extract_file(const std::filesystem::path& path, std::string_view name,
                                           const std::filesystem::path& workspace, const Limits& limits = {});

}  // namespace kansli::extract
