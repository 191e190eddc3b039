#include "http/detail/uploads.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/hash.hpp"
#include "core/log.hpp"

namespace kansli::http::detail {

namespace {

Failure cannot_store(int number) {
    log::error("an upload cannot be stored: {}", std::generic_category().message(number));
    const bool full = number == ENOSPC || number == EDQUOT;
    return fail(ErrorCode::unavailable, full ? "Disken är full." : "Filen kunde inte sparas.", {},
                "Be den som sköter servern om hjälp.");
}

}  // namespace

FormReader::FormReader(std::filesystem::path folder, std::string_view boundary, const MultipartLimits& limits)
    : folder_(std::move(folder)), parser_(boundary, limits, *this) {
}

FormReader::~FormReader() {
    file_.close();
    std::error_code ignored;
    for (const auto& path : paths_)
        std::filesystem::remove(path, ignored);
}

Result<void> FormReader::finish(Request& request) {
    TRY(parser_.finish());
    request.fields = std::move(fields_);
    request.files = std::move(files_);
    return {};
}

Result<void> FormReader::field(std::string name, std::string value) {
    fields_.insert_or_assign(std::move(name), std::move(value));
    return {};
}

Result<void> FormReader::begin_file(std::string field, std::string name, std::string content_type) {
    auto path = folder_ / ("upload-" + random_token());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
    file_ = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file_) return cannot_store(errno);
    paths_.push_back(path);
    files_.push_back({std::move(field), std::move(name), std::move(content_type), std::move(path), 0});
    return {};
}

Result<void> FormReader::file_bytes(std::string_view bytes) {
    files_.back().size += bytes.size();
    while (!bytes.empty()) {
        const auto written = ::write(file_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_store(errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> FormReader::end_file() {
    file_.close();
    // What browsers send for a file field that was left empty.
    if (files_.back().name.empty() && files_.back().size == 0) files_.pop_back();
    return {};
}

}  // namespace kansli::http::detail
