#pragma once

#include <filesystem>
#include <string_view>

#include "http/message.hpp"

namespace kansli::http {

// "text/html; charset=utf-8" for "index.html"; application/octet-stream for an unknown ending.
[[nodiscard]] std::string_view content_type_of(const std::filesystem::path& file);

// Serves the files of a folder, for Server::fallback. A path without a file that a browser asks for as a page gets
// index.html, so that the routes of a single-page application can be opened directly; everything else that is not there
// goes to `otherwise`. `x.gz` beside `x` is sent instead to clients that take gzip. Files under /assets/ have a hash in
// their name and are kept for ever; all others are asked for again each time (ETag).
// Never leaves the folder: hidden files and links that lead out are not there.
// Threads: any.
[[nodiscard]] Handler static_files(const std::filesystem::path& folder, Handler otherwise);

}  // namespace kansli::http
