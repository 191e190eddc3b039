#include "web_fetcher.hpp"

#include <utility>

#include "core/file.hpp"

namespace kansli::app {

WebFetcher::WebFetcher(const std::vector<std::string>& allowed_hosts,
                       const std::vector<std::string>& internal_hosts)
    : client_({.hosts = allowed_hosts, .internal = internal_hosts}) {
}

Result<documents::Fetched> WebFetcher::fetch(const std::string& address, const std::string& etag,
                                             const std::string& last_modified,
                                             const std::filesystem::path& target) {
    auto page = TRY(client_.get({.address = address, .etag = etag, .last_modified = last_modified}));
    if (!page.not_modified) TRY(write_file(target, page.body));
    return documents::Fetched{.not_modified = page.not_modified,
                              .content_type = std::move(page.content_type),
                              .etag = std::move(page.etag),
                              .last_modified = std::move(page.last_modified),
                              .final_address = std::move(page.address)};
}

}  // namespace kansli::app
