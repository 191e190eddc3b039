#include "http/detail/chunked.hpp"

#include <algorithm>

#include "http/detail/ascii.hpp"

namespace kansli::http::detail {

namespace {

constexpr std::size_t overhead_limit = 8192;
constexpr int digit_limit = 15;  // less than 2^60 bytes

int hexadecimal(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    const char small = lower(byte);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

ChunkedDecoder::State ChunkedDecoder::feed(std::string_view& bytes, std::string& out) {
    while (!bytes.empty() && place_ != Place::end) {
        if (place_ == Place::data) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
            out += bytes.substr(0, size);
            bytes.remove_prefix(size);
            left_ -= size;
            if (left_ == 0) place_ = Place::data_end_cr;
            continue;
        }
        if (!put(bytes.front())) return State::broken;
        bytes.remove_prefix(1);
    }
    return done() ? State::done : State::more;
}

// One byte outside the data. False when it cannot stand there.
bool ChunkedDecoder::put(char byte) {
    switch (place_) {
        case Place::size:
            return put_size(byte);
        case Place::extension:
            if (byte == '\r') place_ = Place::size_end;
            return ++overhead_ <= overhead_limit && byte != '\n' && byte != '\0';
        case Place::size_end:
            place_ = left_ > 0 ? Place::data : Place::trailer;
            digits_ = 0;
            overhead_ = 0;
            return byte == '\n';
        case Place::data_end_cr:
            place_ = Place::data_end_lf;
            return byte == '\r';
        case Place::data_end_lf:
            place_ = Place::size;
            return byte == '\n';
        case Place::trailer:
        case Place::trailer_lf:
            return put_trailer(byte);
        case Place::data:
        case Place::end:
            break;
    }
    return false;
}

bool ChunkedDecoder::put_size(char byte) {
    if (const int value = hexadecimal(byte); value >= 0) {
        left_ = left_ * 16 + static_cast<std::uint64_t>(value);
        return ++digits_ <= digit_limit;
    }
    if (byte == ';' || byte == ' ' || byte == '\t') {
        place_ = Place::extension;
    } else {
        place_ = Place::size_end;
        if (byte != '\r') return false;
    }
    return digits_ > 0;
}

bool ChunkedDecoder::put_trailer(char byte) {
    if (++overhead_ > overhead_limit) return false;
    if (place_ == Place::trailer_lf) {
        place_ = line_ == 0 ? Place::end : Place::trailer;
        line_ = 0;
        return byte == '\n';
    }
    if (byte == '\r') {
        place_ = Place::trailer_lf;
        return line_ == 0 || named_;
    }
    // A header: a name, and a colon behind it. A line that goes on from the one before could be read in two ways.
    if (line_ == 0) named_ = false;
    if (line_ == 0 && (byte == ' ' || byte == '\t' || byte == ':')) return false;
    named_ = named_ || byte == ':';
    ++line_;
    return byte != '\n' && byte != '\0';
}

}  // namespace kansli::http::detail
