#include "extract/detail/office.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

Result<Format> kind_of(const Container& container) {
    if (container.has("word/document.xml")) return Format::docx;
    if (container.has("xl/workbook.xml")) return Format::xlsx;
    if (container.has("ppt/presentation.xml")) return Format::pptx;
    if (container.has("mimetype") && container.has("content.xml")) {
        const auto parts =
            TRY(container.load([](std::string_view name) { return name == "mimetype"; }, 1000));
        const auto type = trim(parts.begin()->second);
        if (type.starts_with("application/vnd.oasis.opendocument.text")) return Format::odt;
        if (type.starts_with("application/vnd.oasis.opendocument.spreadsheet")) return Format::ods;
        if (type.starts_with("application/vnd.oasis.opendocument")) return Format::odp;
    }
    return Format::zip;
}

Result<Extract> read_zip(const Container& container, const std::filesystem::path& workspace,
                         const Limits& limits) {
    if (limits.depth <= 0) {
        return fail(ErrorCode::too_large, "Arkivet ligger för djupt inne i andra arkiv.", {},
                    "Packa upp det och ladda upp filerna var för sig.");
    }
    Writer writer("zip", limits);
    writer.extract().files = TRY(container.unpack(workspace));
    if (writer.extract().files.empty()) writer.warn("Arkivet innehåller inga filer.");
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
