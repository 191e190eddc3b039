#include "desk/detail/address.hpp"

#include <algorithm>

namespace kansli::desk::detail {

namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321, 4.5.3.1.3

// What could make one address several, or end the line it stands on.
bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F && c != '<' && c != '>' && c != ',' && c != ';' && c != '"';
}

}  // namespace

Result<void> check_address(const std::string& address, std::string_view field) {
    const auto at = address.find('@');
    const bool good = address.size() <= longest_address && at != std::string::npos && at > 0 &&
                      at + 1 < address.size() && at == address.rfind('@') &&
                      std::ranges::all_of(address, is_plain);
    if (good) return {};
    return fail(ErrorCode::invalid_input, "E-postadressen är inte giltig.", std::string(field),
                "Skriv en enda adress, till exempel namn@exempel.se.");
}

}  // namespace kansli::desk::detail
