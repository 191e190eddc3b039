#include "http/detail/utf8.hpp"

namespace kansli::http::detail {

namespace {

struct Shape {
    std::size_t following;     // bytes after the first
    unsigned char least_next;  // range of the second byte; the others are 80–BF
    unsigned char most_next;
};

// following == 4 when no sequence begins so.
Shape shape_of(unsigned char lead) {
    if (lead < 0x80) return {0, 0, 0};
    if (lead >= 0xC2 && lead <= 0xDF) return {1, 0x80, 0xBF};
    if (lead == 0xE0) return {2, 0xA0, 0xBF};
    if (lead == 0xED) return {2, 0x80, 0x9F};
    if (lead >= 0xE1 && lead <= 0xEF) return {2, 0x80, 0xBF};
    if (lead == 0xF0) return {3, 0x90, 0xBF};
    if (lead >= 0xF1 && lead <= 0xF3) return {3, 0x80, 0xBF};
    if (lead == 0xF4) return {3, 0x80, 0x8F};
    return {4, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto shape = shape_of(static_cast<unsigned char>(text[i]));
        if (shape.following > 3 || i + shape.following >= text.size()) return false;
        for (std::size_t k = 1; k <= shape.following; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if (byte < (k == 1 ? shape.least_next : 0x80) || byte > (k == 1 ? shape.most_next : 0xBF))
                return false;
        }
        i += shape.following + 1;
    }
    return true;
}

}  // namespace kansli::http::detail
