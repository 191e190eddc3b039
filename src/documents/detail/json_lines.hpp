#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "documents/document.hpp"

// Batches of short texts: one JSON object a line with "id" or "pid", "text", perhaps "title", and any metadata keys.
namespace kansli::documents::detail {

// Hands out the lines one at a time, so that a large batch never stands in memory whole.
// Threads: one instance, one thread.
class LineFeed {
  public:
    explicit LineFeed(const std::filesystem::path& file) : stream_(file, std::ios::binary) {}

    struct NumberedLine {
        std::int64_t number = 0;  // from 1
        std::string text{};       // with `longest` bytes it has been cut, and is no document
    };
    static constexpr std::size_t longest = std::size_t{16} << 20U;

    // The next line that is not blank.
    [[nodiscard]] std::optional<NumberedLine> next();

  private:
    [[nodiscard]] bool read_line(std::string& line);

    std::ifstream stream_;
    std::int64_t number_ = 0;
};

// The document that a line stands for. Its "id" comes as `stated.id`, or as the title's place in the file's name.
[[nodiscard]] Result<ReadDocument> read_json_line(std::string_view line, std::string_view where);

}  // namespace kansli::documents::detail
