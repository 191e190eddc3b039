#pragma once

#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace kansli::documents {

// What a web server answered.
struct Fetched {
    bool not_modified = false;    // it is what `etag` and `last_modified` stood for; nothing was written
    std::string content_type{};   // "text/html; charset=utf-8", as the server said; may be empty
    std::string etag{};           // as the server said, quotes and all; may be empty
    std::string last_modified{};  // as the server said; may be empty
    std::string final_address{};  // where redirections ended
};

// Gets pages from web servers. Implemented where HTTP is known; owned here so that sources need not know it.
// Threads: one call at a time for one instance is enough.
class Fetcher {
  public:
    virtual ~Fetcher() = default;

    // Writes the body to the file `target`, which is replaced when it exists. `etag` and `last_modified` are what an
    // earlier answer for this address carried, for a conditional request; empty when there was none. Follows redirections,
    // and only to hosts that may be called.
    // Errors, which decide what becomes of the document:
    //     not_found      the server answered that there is no such page (404, 410): the document is gone
    //     unavailable    the server does not answer at all: no such name, no connection, no answer in time. The other
    //                    addresses of the host are left alone this time
    //     forbidden      an administrator has not named the host, or the server wants somebody to sign in (401, 403)
    //     anything else  this page alone: busy (429, 5xx), too_large, corrupt …
    [[nodiscard]] virtual Result<Fetched> fetch(const std::string& address, const std::string& etag,
                                                const std::string& last_modified,
                                                const std::filesystem::path& target) = 0;
};

}  // namespace kansli::documents
