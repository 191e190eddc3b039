#pragma once

#include <string>
#include <vector>

#include "documents/fetcher.hpp"
#include "http/client.hpp"

namespace kansli::app {

// Gets web pages for the sources, over the client that calls only hosts an administrator has named.
class WebFetcher final : public documents::Fetcher {
  public:
    // `internal_hosts` may also have addresses inside the organisation.
    WebFetcher(const std::vector<std::string>& allowed_hosts, const std::vector<std::string>& internal_hosts);

    Result<documents::Fetched> fetch(const std::string& address, const std::string& etag,
                                     const std::string& last_modified,
                                     const std::filesystem::path& target) override;

  private:
    http::Client client_;
};

}  // namespace kansli::app
