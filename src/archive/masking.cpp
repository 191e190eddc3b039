#include <algorithm>

#include <fmt/format.h>

#include "archive/release.hpp"
#include "core/visible_text.hpp"

namespace kansli::archive {

namespace {

bool begins_character(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

Result<void> check(std::string_view text, const Mask& mask, std::size_t free_from) {
    if (is_blank(mask.provision)) {
        return fail(ErrorCode::invalid_input, "En maskning saknar lagrum.", "provision",
                    "Skriv paragrafen, till exempel 25 kap. 1 § OSL.");
    }
    const bool inside = mask.start < mask.end && mask.end <= text.size();
    if (!inside || !begins_character(text, mask.start) || !begins_character(text, mask.end))
        return fail(ErrorCode::invalid_input, "En maskning ligger utanför texten.", "masks");
    if (mask.start < free_from)
        return fail(ErrorCode::invalid_input, "Två maskningar ligger över varandra.", "masks");
    return {};
}

}  // namespace

Result<std::string> masked(std::string_view text, const std::vector<Mask>& masks) {
    auto order = masks;
    std::ranges::sort(order, {}, &Mask::start);
    std::string result;
    std::size_t at = 0;
    for (const Mask& mask : order) {
        TRY(check(text, mask, at));
        result += text.substr(at, mask.start - at);
        result += fmt::format("[maskat: {}]", mask.provision);
        at = mask.end;
    }
    result += text.substr(at);
    return result;
}

}  // namespace kansli::archive
