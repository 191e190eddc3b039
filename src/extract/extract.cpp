#include "extract/extract.hpp"

#include <exception>
#include <fstream>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "core/file.hpp"
#include "extract/detail/container.hpp"
#include "extract/detail/email.hpp"
#include "extract/detail/format.hpp"
#include "extract/detail/office.hpp"
#include "extract/detail/readers.hpp"

namespace kansli::extract {

namespace {

using detail::Format;
using detail::Source;

constexpr std::size_t sniffed_bytes = std::size_t{64} << 10U;

Result<std::string> read_head(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, "Filen kan inte läsas.");
    std::string head(sniffed_bytes, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    return head;
}

Failure unsupported(Format format) {
    constexpr auto code = ErrorCode::unsupported;
    if (format == Format::rtf) {
        return fail(code, "RTF-filer kan inte läsas.", {}, "Spara den som DOCX eller PDF och försök igen.");
    }
    if (format == Format::image) {
        return fail(code, "Bilder kan inte läsas var för sig.", {},
                    "Spara bilden som PDF, så läses texten i den.");
    }
    if (format == Format::archive) {
        return fail(code, "Den här sortens arkiv kan inte öppnas.", {},
                    "Packa upp det, eller packa om det som ZIP.");
    }
    if (format == Format::odp) {
        return fail(code, "OpenDocument-presentationer kan inte läsas.", {},
                    "Spara presentationen som PPTX eller PDF.");
    }
    return fail(code, "Filens format känns inte igen.", {},
                "Spara den som PDF, DOCX eller text och försök igen.");
}

// A name that promises another format than the bytes hold. Formats of text shade into one another and promise
// little.
bool contradicts(Format promised, std::string_view found) {
    constexpr std::string_view unmarked[] = {"text", "markdown", "csv"};
    const auto is_unmarked = [&](std::string_view format) {
        return format == unmarked[0] || format == unmarked[1] || format == unmarked[2];
    };
    switch (promised) {
        case Format::unknown:
            return false;
        case Format::text:
        case Format::markdown:
        case Format::csv:
            return !is_unmarked(found);
        case Format::pdf:
            return found != "pdf";
        case Format::html:
            return found != "html";
        case Format::email:
            return found != "eml";
        case Format::docx:
            return found != "docx";
        case Format::xlsx:
            return found != "xlsx";
        case Format::pptx:
            return found != "pptx";
        case Format::odt:
            return found != "odt";
        case Format::ods:
            return found != "ods";
        case Format::zip:
            return found != "zip";
        default:
            return true;
    }
}

// Files of Office before 2007, and encrypted ones of later: both are OLE containers.
Failure old_office(const Source& source, const Limits& limits) {
    const auto bytes = read_file(source.path, limits.input_bytes);
    constexpr std::string_view encrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    if (bytes && bytes->find(encrypted) != std::string::npos) {
        return fail(ErrorCode::unsupported, "Filen är skyddad med lösenord.", {},
                    "Spara en kopia utan lösenord och försök igen.");
    }
    return fail(ErrorCode::unsupported, "Äldre Office-filer (.doc, .xls, .ppt) kan inte läsas.", {},
                "Öppna filen och spara den som DOCX, XLSX, PPTX eller PDF.");
}

Result<Extract> read_container(const Source& source, const Limits& limits) {
    const auto container = TRY(detail::Container::open(source.path, limits));
    const auto kind = TRY(detail::kind_of(container));
    switch (kind) {
        case Format::docx:
            return detail::read_docx(container, limits);
        case Format::xlsx:
            return detail::read_xlsx(container, limits);
        case Format::pptx:
            return detail::read_pptx(container, limits);
        case Format::odt:
            return detail::read_odt(container, limits);
        case Format::ods:
            return detail::read_ods(container, limits);
        case Format::zip:
            return detail::read_zip(container, source.workspace, limits);
        default:
            return unsupported(kind);
    }
}

Result<Extract> read_as(Format format, const Source& source, const Limits& limits) {
    if (format == Format::pdf) return detail::read_pdf(source, limits);
    if (format == Format::zip) return read_container(source, limits);
    if (format == Format::old_office) return old_office(source, limits);
    const auto bytes = TRY(read_file(source.path, limits.input_bytes));
    switch (format) {
        case Format::html:
            return detail::read_html(bytes, limits);
        case Format::markdown:
            return detail::read_markdown(bytes, limits);
        case Format::csv:
            return detail::read_csv(bytes, limits);
        case Format::text:
            return detail::read_plain_text(bytes, limits);
        case Format::email:
            return detail::read_email(bytes, source.workspace, limits);
        default:
            return unsupported(format);
    }
}

Result<Extract> read_known(const Source& source, const Limits& limits) {
    std::error_code status;
    const auto size = std::filesystem::file_size(source.path, status);
    if (status) return fail(ErrorCode::not_found, "Filen kan inte läsas.");
    if (size == 0)
        return fail(ErrorCode::invalid_input, "Filen är tom.", {},
                    "Kontrollera filen och ladda upp den igen.");
    if (size > limits.input_bytes) {
        return fail(
            ErrorCode::too_large,
            fmt::format("Filen är {} MiB; gränsen är {} MiB.", size >> 20U, limits.input_bytes >> 20U), {},
            "Dela upp den i mindre delar.");
    }
    const auto format = detail::sniff(TRY(read_head(source.path)), source.name);
    auto extract = TRY(read_as(format, source, limits));
    if (extract.blocks.empty() && extract.files.empty())
        extract.warnings.emplace_back("Ingen text hittades i filen.");
    const Format promised = detail::promised_by(source.name);
    if (contradicts(promised, extract.format)) {
        extract.warnings.insert(
            extract.warnings.begin(),
            fmt::format("Filens ändelse säger {}, men den innehåller {} och lästes som det.",
                        detail::called(promised), detail::called(detail::format_named(extract.format))));
    }
    return extract;
}

}  // namespace

Result<Extract> extract_file(const std::filesystem::path& path, std::string_view name,
                             const std::filesystem::path& workspace, const Limits& limits) {
    const Source source{path, name, workspace};
    const auto attempt = [&]() -> Result<Extract> {
        // The edge of the room: what the libraries of the formats throw ends here.
        try {
            return read_known(source, limits);
        } catch (const std::bad_alloc&) {
            return fail(ErrorCode::too_large, "Filen kräver mer minne än vad som är tillåtet.", {},
                        "Dela upp filen i mindre delar.");
        } catch (const std::exception& exception) {
            return fail(ErrorCode::corrupt, fmt::format("Filen kan inte tolkas ({}).", exception.what()), {},
                        "Spara om den och försök igen.");
        }
    };
    auto result = attempt();
    if (!result && result.error().where.empty()) result.error().where = name;
    return result;
}

}  // namespace kansli::extract
