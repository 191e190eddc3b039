#include "http/multipart.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "http/detail/ascii.hpp"
#include "http/detail/parameters.hpp"
#include "http/detail/utf8.hpp"

namespace kansli::http {

namespace {

Failure malformed(std::string_view reason) {
    return fail(ErrorCode::invalid_input, fmt::format("Formuläret med filer är felaktigt: {}.", reason), {},
                "Ladda upp filerna igen.");
}

// What one part's header says.
struct PartHeader {
    std::string name{};
    std::optional<std::string> file_name{};
    std::string content_type = "application/octet-stream";
};

// Browsers write these three characters of a name so (WHATWG HTML, "multipart/form-data encoding algorithm").
std::string without_escapes(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text.substr(i, 3);
        if (code == "%22" || code == "%0D" || code == "%0A") {
            if (code == "%22") result += '"';
            i += 2;
        } else if (!detail::is_control(text[i])) {
            result += text[i];
        }
    }
    return result;
}

Result<void> read_disposition(std::string_view value, PartHeader& part) {
    if (!detail::equal_names(detail::trim(value.substr(0, value.find(';'))), "form-data")) {
        return malformed("en del är inte form-data");
    }
    bool named = false;
    const bool good = detail::read_parameters(value, [&](const std::string& key, std::string text) {
        if (key == "name") {
            part.name = without_escapes(text);
            named = true;
        } else if (key == "filename") {
            part.file_name = without_escapes(text);
        }
    });
    if (!good || !named) return malformed("en del saknar namn");
    return {};
}

Result<PartHeader> read_part_header(std::string_view text) {
    PartHeader part;
    bool disposed = false;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find("\r\n"));
        text.remove_prefix(std::min(line.size() + 2, text.size()));
        const auto colon = line.find(':');
        if (colon == line.npos || colon == 0) return malformed("en rad i en dels huvud saknar kolon");
        if (!detail::is_utf8(line)) return malformed("en dels huvud är inte giltig UTF-8");
        const auto name = line.substr(0, colon);
        const auto value = detail::trim(line.substr(colon + 1));
        if (detail::equal_names(name, "content-disposition")) {
            if (disposed) return malformed("en del har två Content-Disposition");
            TRY(read_disposition(value, part));
            disposed = true;
        } else if (detail::equal_names(name, "content-type")) {
            part.content_type = value;
        } else if (detail::equal_names(name, "content-transfer-encoding") &&
                   !detail::equal_names(value, "binary") && !detail::equal_names(value, "8bit") &&
                   !detail::equal_names(value, "7bit")) {
            return malformed("en del är kodad på ett sätt som inte stöds");
        }
    }
    if (!disposed) return malformed("en del saknar Content-Disposition");
    return part;
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
    std::string boundary;
    const bool good = detail::read_parameters(content_type, [&](const std::string& key, std::string text) {
        if (key == "boundary") boundary = std::move(text);
    });
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ";
    if (!good || boundary.empty() || boundary.size() > 70 || boundary.back() == ' ' ||
        boundary.find_first_not_of(allowed) != boundary.npos) {
        return malformed("dess gränsmärke saknas eller är inte tillåtet");
    }
    return boundary;
}

MultipartParser::MultipartParser(std::string_view boundary, const MultipartLimits& limits,
                                 MultipartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), limits_(limits), sink_(sink) {
}

Result<void> MultipartParser::feed(std::string_view bytes) {
    if (place_ == Place::epilogue) return {};
    pending_ += bytes;
    while (TRY(step())) {
    }
    pending_.erase(0, at_);
    at_ = 0;
    return {};
}

Result<void> MultipartParser::finish() const {
    if (place_ != Place::epilogue) return malformed("det tar slut för tidigt");
    return {};
}

// Finds as std::string::find does, but without its bad cases: content of nothing but line ends is as fast as any other.
std::size_t MultipartParser::find_delimiter() const {
    const auto* const found = static_cast<const char*>(
        ::memmem(pending_.data() + at_, pending_.size() - at_, delimiter_.data(), delimiter_.size()));
    return found != nullptr ? static_cast<std::size_t>(found - pending_.data()) : std::string::npos;
}

// From here on the bytes could be the beginning of a boundary.
std::size_t MultipartParser::uncertain_from() const {
    const auto tail = delimiter_.size() - 1;
    return std::max(at_, pending_.size() > tail ? pending_.size() - tail : 0);
}

Result<bool> MultipartParser::step() {
    switch (place_) {
        case Place::preamble:
            return skip_preamble();
        case Place::after_boundary:
            return after_boundary();
        case Place::header:
            return header();
        case Place::field:
        case Place::file:
            return content();
        case Place::epilogue:
            break;
    }
    at_ = pending_.size();
    return false;
}

Result<bool> MultipartParser::skip_preamble() {
    const auto found = find_delimiter();
    const auto end = found != pending_.npos ? found : uncertain_from();
    preamble_bytes_ += end - at_;
    if (preamble_bytes_ > limits_.header_bytes) return malformed("gränsmärket kommer inte");
    at_ = end;
    if (found == pending_.npos) return false;
    at_ += delimiter_.size();
    place_ = Place::after_boundary;
    return true;
}

Result<bool> MultipartParser::after_boundary() {
    const std::string_view rest = std::string_view(pending_).substr(at_);
    if (rest.size() < 2) return false;
    if (rest.starts_with("--")) {
        place_ = Place::epilogue;
        return true;
    }
    const auto end = std::min(rest.find_first_not_of(" \t"), rest.size());  // padding that RFC 2046 allows
    if (end > limits_.header_bytes) return malformed("raden efter gränsmärket tar inte slut");
    if (rest.size() - end < 2) return false;
    if (rest.substr(end, 2) != "\r\n") return malformed("gränsmärket följs av något annat");
    at_ += end;  // the line's end stays, so that an empty header ends as any other
    place_ = Place::header;
    return true;
}

Result<bool> MultipartParser::header() {
    const auto end = pending_.find("\r\n\r\n", at_);
    // Up to three bytes may be the beginning of the end.
    const auto size = (end != pending_.npos ? end : std::max(at_ + 3, pending_.size()) - 3) - at_;
    if (size > limits_.header_bytes)
        return fail(ErrorCode::too_large, "Huvudet till en fil i formuläret är för stort.");
    if (end == pending_.npos) return false;
    TRY(open_part(size < 2 ? std::string_view{} : std::string_view(pending_).substr(at_ + 2, size - 2)));
    at_ = end + 4;
    return true;
}

Result<bool> MultipartParser::content() {
    const auto found = find_delimiter();
    const auto end = found != pending_.npos ? found : uncertain_from();
    TRY(take(std::string_view(pending_).substr(at_, end - at_)));
    at_ = end;
    if (found == pending_.npos) return false;
    at_ += delimiter_.size();
    TRY(close_part());
    place_ = Place::after_boundary;
    return true;
}

Result<void> MultipartParser::open_part(std::string_view header) {
    auto part = TRY(read_part_header(header));
    if (part.name.size() > limits_.name_bytes || part.file_name.value_or("").size() > limits_.name_bytes) {
        return fail(ErrorCode::too_large, fmt::format("Ett namn är längre än {} byte.", limits_.name_bytes));
    }
    if (!part.file_name) {
        if (++fields_ > limits_.fields) {
            return fail(ErrorCode::too_large, fmt::format("Formuläret har fler än {} fält.", limits_.fields));
        }
        name_ = std::move(part.name);
        place_ = Place::field;
        return {};
    }
    if (++files_ > limits_.files) {
        return fail(ErrorCode::too_large,
                    fmt::format("Högst {} filer kan laddas upp på en gång.", limits_.files), {},
                    "Ladda upp färre filer åt gången.");
    }
    place_ = Place::file;
    return sink_.begin_file(std::move(part.name), *std::move(part.file_name), std::move(part.content_type));
}

Result<void> MultipartParser::take(std::string_view bytes) {
    if (bytes.empty()) return {};
    if (place_ == Place::file) {
        file_bytes_ += bytes.size();
        if (file_bytes_ > limits_.file_bytes) {
            return fail(ErrorCode::too_large,
                        fmt::format("Filerna är tillsammans större än {} byte.", limits_.file_bytes), {},
                        "Ladda upp färre filer åt gången, eller dela upp dem.");
        }
        return sink_.file_bytes(bytes);
    }
    field_bytes_ += bytes.size();
    if (field_bytes_ > limits_.field_bytes) {
        return fail(ErrorCode::too_large,
                    fmt::format("Formulärets fält är tillsammans större än {} byte.", limits_.field_bytes));
    }
    value_ += bytes;
    return {};
}

Result<void> MultipartParser::close_part() {
    if (place_ == Place::file) return sink_.end_file();
    if (!detail::is_utf8(value_)) return malformed("ett fält är inte giltig UTF-8");
    return sink_.field(std::exchange(name_, {}), std::exchange(value_, {}));
}

}  // namespace kansli::http
