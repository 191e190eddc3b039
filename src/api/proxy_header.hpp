#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace kansli::api {

// The header in which a reverse proxy that has signed people in (against AD, Freja or SITHS, say) names them.
// It is believed from the named addresses alone, by who opened the connection and not by what the request says
// of itself; from anybody else it is passed over, and that it came is logged.
// Threads: any.
class ProxyHeader {
  public:
    ProxyHeader() = default;  // believes nobody
    ProxyHeader(std::string name, std::vector<std::string> addresses);

    // The user name that the request's proxy has named.
    [[nodiscard]] std::optional<std::string> user(const http::Request& request) const;

  private:
    void warn() const;

    std::string name_{};
    std::vector<std::string> addresses_{};
    mutable std::atomic<std::int64_t> warned_minute_{0};
};

}  // namespace kansli::api
