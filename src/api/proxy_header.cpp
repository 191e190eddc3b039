#include "api/proxy_header.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "core/log.hpp"
#include "core/time.hpp"

namespace kansli::api {

namespace {

// An IPv4 address as a socket for both families writes it.
constexpr std::string_view mapped = "::ffff:";

std::string_view plain_address(std::string_view address) {
    return address.starts_with(mapped) ? address.substr(mapped.size()) : address;
}

}  // namespace

ProxyHeader::ProxyHeader(std::string name, std::vector<std::string> addresses)
    : name_(std::move(name)), addresses_(std::move(addresses)) {
}

std::optional<std::string> ProxyHeader::user(const http::Request& request) const {
    if (name_.empty()) return std::nullopt;
    auto named = request.header(name_);
    if (!named || named->empty()) return std::nullopt;
    if (std::ranges::find(addresses_, plain_address(request.peer_address)) != addresses_.end()) return named;
    warn();
    return std::nullopt;
}

// Once a minute, so that nobody fills the log with it.
void ProxyHeader::warn() const {
    const auto minute = std::chrono::floor<std::chrono::minutes>(now()).time_since_epoch().count();
    if (warned_minute_.exchange(minute) == minute) return;
    log::warning("Huvudet {} kom från en adress som inte står i proxy_addresses. Det används inte.", name_);
}

}  // namespace kansli::api
