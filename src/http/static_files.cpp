#include "http/static_files.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "http/detail/ascii.hpp"

namespace kansli::http {

namespace {

namespace fs = std::filesystem;

// True when a header such as "br;q=1, gzip;q=0.5" takes the coding.
bool accepts(std::string_view header, std::string_view coding) {
    while (!header.empty()) {
        const auto piece = header.substr(0, header.find(','));
        header.remove_prefix(std::min(piece.size() + 1, header.size()));
        const auto name = detail::trim(piece.substr(0, piece.find(';')));
        if (!detail::equal_names(name, coding)) continue;
        const auto weight = piece.find("q=");
        return weight == piece.npos || piece.substr(weight + 2).find_first_of("123456789") != piece.npos;
    }
    return false;
}

// The file that a path means: a regular file inside the folder, links followed.
std::optional<fs::path> find_file(const fs::path& folder, std::string_view path) {
    if (path.find('\0') != path.npos || path.find("/.") != path.npos || path.find('\\') != path.npos) {
        return std::nullopt;
    }
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    std::error_code failed;
    const auto file = fs::canonical(folder / path, failed);
    if (failed || !fs::is_regular_file(file, failed) || failed) return std::nullopt;
    const auto [end, ignored] = std::ranges::mismatch(folder, file);
    return end == folder.end() ? std::optional(file) : std::nullopt;
}

// A path of the application rather than of a file that is missing.
bool is_page(const Request& request) {
    const auto last = request.path.substr(request.path.rfind('/') + 1);
    return last.find('.') == last.npos &&
           request.header("accept").value_or("").find("text/html") != std::string::npos;
}

Response send(const fs::path& folder, const fs::path& file, const Request& request) {
    const bool forever = request.path.starts_with("/assets/");
    auto response = Response::file(file, std::string(content_type_of(file)));
    response.with("Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    auto packed = file;
    packed += ".gz";
    if (const auto found = find_file(folder, "/" + packed.lexically_relative(folder).string())) {
        response.with("Vary", "Accept-Encoding");
        if (accepts(request.header("accept-encoding").value_or(""), "gzip")) {
            response.body = FileBody{*found, {}};
            response.with("Content-Encoding", "gzip");
        }
    }
    return response;
}

}  // namespace

std::string_view content_type_of(const std::filesystem::path& file) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 24> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".webp", "image/webp"},
        {".gif", "image/gif"},
        {".ico", "image/x-icon"},
        {".woff", "font/woff"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/markdown; charset=utf-8"},
        {".xml", "application/xml"},
        {".pdf", "application/pdf"},
        {".wasm", "application/wasm"},
        {".csv", "text/csv; charset=utf-8"},
        {".pmtiles", "application/vnd.pmtiles"},
    }};
    const auto ending = detail::lower(file.extension().string());
    const auto* const found =
        std::ranges::find(types, ending, &std::pair<std::string_view, std::string_view>::first);
    return found != types.end() ? found->second : "application/octet-stream";
}

Handler static_files(const std::filesystem::path& folder, Handler otherwise) {
    std::error_code failed;
    const auto root = fs::canonical(folder, failed);
    if (failed) return otherwise;
    return [root, otherwise = std::move(otherwise)](Request& request) {
        if (request.method != Method::get && request.method != Method::head) return otherwise(request);
        auto file = find_file(root, request.path == "/" ? "/index.html" : request.path);
        if (!file && is_page(request)) file = find_file(root, "/index.html");
        return file ? send(root, *file, request) : otherwise(request);
    };
}

}  // namespace kansli::http
