// PDF by way of poppler's programs: its licence does not allow linking it, and a process of its own is the better fence anyway.
#include <chrono>
#include <string>

#include <fmt/format.h>

#include "core/process.hpp"
#include "extract/detail/pdf_blocks.hpp"
#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/pdf_ocr.hpp"
#include "extract/detail/readers.hpp"
#include "extract/detail/tidy.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t largest_layout = std::size_t{400} << 20U;  // about 13,000 pages of dense text
constexpr auto longest_analysis = std::chrono::minutes{10};

Failure damaged_pdf() {
    return fail(ErrorCode::corrupt, "PDF-filen är skadad eller avbruten.", {},
                "Öppna den i ett PDF-program, spara om den och försök igen.");
}

Failure refused(const ProcessOutcome& outcome) {
    if (outcome.errors.find("Incorrect password") != std::string::npos) {
        return fail(ErrorCode::unsupported, "PDF-filen är skyddad med lösenord.", {},
                    "Spara en kopia utan lösenord och försök igen.");
    }
    if (outcome.exit_status == 3) {
        return fail(ErrorCode::unsupported, "PDF-filen tillåter inte att texten kopieras.", {},
                    "Spara en kopia utan begränsningar och försök igen.");
    }
    return damaged_pdf();
}

void describe(Writer& writer, const PrintedPages& printed) {
    auto& extract = writer.extract();
    for (const auto& [key, value] : printed.properties)
        writer.metadata(key, value);
    writer.title_from_properties();
    extract.pages = static_cast<int>(printed.pages.size());
    extract.page_width = printed.pages.front().width;
    extract.page_height = printed.pages.front().height;
}

}  // namespace

Result<Extract> read_pdf(const Source& source, const Limits& limits) {
    ProcessRequest request{.arguments = {"pdftotext", "-bbox-layout", "-l", std::to_string(limits.pages + 1),
                                         source.path.string(), "-"}};
    request.output_limit = largest_layout;
    request.time_limit = longest_analysis;
    const auto outcome = TRY(run_process(request));
    if (outcome.exit_status != 0) return refused(outcome);
    auto printed = parse_layout(outcome.output);
    if (printed.pages.empty()) return damaged_pdf();
    if (std::ssize(printed.pages) > limits.pages) {
        return fail(ErrorCode::too_large, fmt::format("PDF-filen har fler än {} sidor.", limits.pages), {},
                    "Dela upp den i mindre delar.");
    }
    Writer writer("pdf", limits);
    describe(writer, printed);
    if (outcome.errors.find("Syntax Error") != std::string::npos) {
        writer.warn("PDF-filen har fel i sin uppbyggnad; kontrollera att all text kom med.");
    }
    TRY(read_scanned_pages(source, limits, printed.pages, writer));
    remove_furniture(printed.pages);
    for (auto& page : printed.pages) {
        attach_leads(page);
        restore_order(page);
    }
    write_pages(writer, printed.pages);
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
