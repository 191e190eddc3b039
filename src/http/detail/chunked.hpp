#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kansli::http::detail {

// Decodes the chunked transfer coding (RFC 9112, section 7.1) from pieces of any size. Chunk extensions are skipped and
// trailers thrown away; both are limited. Boost.Beast 1.81 stops the program in debug builds when the last chunk comes first
// and in small pieces, so its own decoder is not used.
// Threads: one instance, one thread.
class ChunkedDecoder {
  public:
    enum class State : std::uint8_t { more, done, broken };

    // Adds what is decoded to `out` and takes what was used off `bytes`; what follows the body stays.
    State feed(std::string_view& bytes, std::string& out);
    [[nodiscard]] bool done() const { return place_ == Place::end; }

  private:
    enum class Place : std::uint8_t {
        size,
        extension,
        size_end,
        data,
        data_end_cr,
        data_end_lf,
        trailer,
        trailer_lf,
        end
    };

    bool put(char byte);
    bool put_size(char byte);
    bool put_trailer(char byte);

    Place place_ = Place::size;
    std::uint64_t left_ = 0;    // bytes of the chunk that have not come
    int digits_ = 0;            // of the chunk's size
    std::size_t line_ = 0;      // bytes of the trailer's line so far
    bool named_ = false;        // its colon has come
    std::size_t overhead_ = 0;  // bytes of the extension or of all trailers so far
};

}  // namespace kansli::http::detail
