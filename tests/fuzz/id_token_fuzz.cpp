// A token and a key set from an identity provider: the token up to the first line break, then the keys. No token in the
// world has the nonce that is expected, so none may be believed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "openid/id_token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto end = bytes.find('\n');
    const std::string token(bytes.substr(0, end));
    const auto keys =
        kansli::openid::KeySet::parse(end == bytes.npos ? std::string_view() : bytes.substr(end + 1));
    if (!keys) return 0;
    const kansli::openid::Expected expected{
        .issuer = "https://login.example.se", .client_id = "kansli", .nonce = "n"};
    if (kansli::openid::check_id_token(token, *keys, expected)) std::abort();
    return 0;
}
