#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kansli::http {

// The hosts that an administrator has named. Nothing else is ever called.
struct AllowedHosts {
    std::vector<std::string> hosts{};  // on the internet: "www.example.se"; a subdomain is a host of its own
    std::vector<std::string>
        internal{};  // may also have addresses inside the organisation: "arkiv.kommunen.local", "10.0.0.5"
};

struct Page {
    int status = 0;  // 200, or 304 when it is not modified
    bool not_modified = false;
    std::string body{};
    std::string content_type{};
    std::string etag{};
    std::string last_modified{};
    std::string address{};  // where it was found in the end
};

struct Fetch {
    std::string address{};
    std::string etag{};  // of what is known already; empty: nothing
    std::string last_modified{};
    std::size_t limit = std::size_t{64} << 20U;
    std::chrono::seconds timeout{30};  // for everything together
    std::stop_token stop{};
    int redirects = 5;  // that are followed
    // A form to post (application/x-www-form-urlencoded) instead of getting the page. It is sent to the address itself alone:
    // no redirect is followed, since whoever answers may not choose who gets to see it.
    std::optional<std::string> form{};
    std::string authorization{};  // the header that goes with the form; never with anything else
};

// A JSON text for a program at a named host, such as a model server.
struct Post {
    std::string address{};
    std::string json{};
    std::string authorization{};                // the header; empty: none
    std::size_t limit = std::size_t{4} << 20U;  // bytes of the answer
    std::chrono::milliseconds timeout{30'000};  // for everything together
    std::stop_token stop{};
    // Gets a successful answer piece by piece as it comes, instead of Page::body; false ends the call as cancelled.
    std::function<bool(std::string_view)> on_piece{};
};

// Fetches pages from named hosts. Fails closed: http and https only, every redirect is checked as the first address is, and
// the address that is really connected to must not lie inside the organisation (loopback, private, link-local …) unless
// the host is named as internal. No proxy, no cookies; credentials only with what is posted.
// Threads: any; get() and post() block.
// Errors: forbidden for what is not allowed, not_found for 404 and 410, too_large, unavailable for all that may pass,
// cancelled.
class Client {
  public:
    explicit Client(AllowedHosts allowed);

    [[nodiscard]] Result<Page> get(const Fetch& fetch) const;
    // The answer whatever its status, for the caller to judge. It is sent to the address itself alone: no redirect is followed.
    [[nodiscard]] Result<Page> post(const Post& post) const;

  private:
    AllowedHosts allowed_;
};

// True for an address (text, IPv4 or IPv6) that belongs to the internet at large. False when it cannot be read.
[[nodiscard]] bool is_public_address(std::string_view address);

}  // namespace kansli::http
