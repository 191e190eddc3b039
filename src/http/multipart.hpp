#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kansli::http {

// What a form with files may contain.
struct MultipartLimits {
    int files = 1;
    std::uint64_t file_bytes = std::uint64_t{1} << 20U;  // all files together
    int fields = 100;
    std::size_t field_bytes = std::size_t{1} << 20U;   // all other fields together
    std::size_t header_bytes = std::size_t{8} << 10U;  // of one part
    std::size_t name_bytes = 255;                      // of a field's or file's name
};

// Takes what the parser finds. A file's calls come in this order: begin_file, file_bytes…, end_file.
class MultipartSink {
  public:
    virtual ~MultipartSink() = default;
    virtual Result<void> field(std::string name, std::string value) = 0;
    virtual Result<void> begin_file(std::string field, std::string name, std::string content_type) = 0;
    virtual Result<void> file_bytes(std::string_view bytes) = 0;
    virtual Result<void> end_file() = 0;
};

// The boundary of "multipart/form-data; boundary=…". invalid_input when it is missing or not allowed (RFC 2046, 5.1.1).
[[nodiscard]] Result<std::string> multipart_boundary(std::string_view content_type);

// Parses multipart/form-data (RFC 7578) that arrives in pieces, holding no more than a piece and one part's header.
// Invariants: how the input is cut into pieces does not change what the sink gets, but for the cuts in file_bytes.
// Errors: malformed input is invalid_input, anything over a limit is too_large; after an error the parser is not used again.
// Threads: one instance, one thread.
class MultipartParser {
  public:
    MultipartParser(std::string_view boundary, const MultipartLimits& limits, MultipartSink& sink);

    [[nodiscard]] Result<void> feed(std::string_view bytes);
    // The input has ended; it must have ended with the last boundary.
    [[nodiscard]] Result<void> finish() const;

  private:
    enum class Place : std::uint8_t { preamble, after_boundary, header, field, file, epilogue };

    // Each looks at pending_ from at_ on. True: the place has changed, look again; false: more bytes are needed.
    Result<bool> step();
    Result<bool> skip_preamble();
    Result<bool> after_boundary();
    Result<bool> header();
    Result<bool> content();
    [[nodiscard]] std::size_t find_delimiter() const;
    [[nodiscard]] std::size_t uncertain_from() const;
    Result<void> open_part(std::string_view header);
    Result<void> take(std::string_view bytes);
    Result<void> close_part();

    std::string delimiter_;  // "\r\n--boundary"
    MultipartLimits limits_;
    MultipartSink& sink_;
    std::string pending_ = "\r\n";  // so that a boundary at the very beginning is found as any other
    std::size_t at_ = 0;            // what is before has been used
    Place place_ = Place::preamble;
    std::string name_;
    std::string value_;
    std::size_t preamble_bytes_ = 0;
    int files_ = 0;
    int fields_ = 0;
    std::uint64_t file_bytes_ = 0;
    std::size_t field_bytes_ = 0;
};

}  // namespace kansli::http
