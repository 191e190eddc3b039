#include "extract/detail/pdf_ocr.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "core/process.hpp"
#include "extract/detail/pdf_signs.hpp"

namespace kansli::extract::detail {

namespace {

constexpr double usual_dpi = 300;
constexpr double most_pixels = 5000;        // along the longer side
constexpr double doubtful_confidence = 60;  // percent; below it people find errors in most sentences
constexpr std::size_t largest_image = std::size_t{64} << 20U;
constexpr auto page_time = std::chrono::minutes{2};

double dpi_of(const Page& page) {
    const double longer = std::max({page.width, page.height, 1.0});
    return std::clamp(most_pixels * 72 / longer, 20.0, usual_dpi);
}

// Whether a grey image (PGM) has next to no ink on it.
bool is_blank(std::string_view pgm) {
    const auto pixels = pgm.substr(std::min<std::size_t>(pgm.size(), 32));
    const auto dark =
        std::ranges::count_if(pixels, [](char c) { return static_cast<unsigned char>(c) < 128; });
    return static_cast<double>(dark) < 0.0001 * static_cast<double>(pixels.size());
}

Result<std::string> draw(const Source& source, const Page& page, const std::filesystem::path& image) {
    auto stem = image;
    stem.replace_extension();
    ProcessRequest request{.arguments = {"pdftoppm", "-gray", "-singlefile", "-r",
                                         fmt::format("{:.0f}", dpi_of(page)), "-f",
                                         std::to_string(page.number), "-l", std::to_string(page.number),
                                         source.path.string(), stem.string()}};
    request.time_limit = page_time;
    const auto outcome = TRY(run_process(request));
    if (outcome.exit_status != 0) return fail(ErrorCode::corrupt, "Sidan kan inte ritas.");
    return read_file(image, largest_image);
}

// The words of one page; true when there were any.
Result<bool> read_page(const Source& source, Page& page, Writer& writer) {
    const auto image = source.workspace / fmt::format("sida-{}.pgm", page.number);
    const auto drawn = draw(source, page, image);
    if (drawn && is_blank(*drawn)) {
        std::error_code ignored;
        std::filesystem::remove(image, ignored);
        return false;
    }
    if (!drawn) return Failure(drawn.error());
    ProcessRequest request{.arguments = {"tesseract", image.string(), "stdout", "-l", "swe", "--dpi",
                                         fmt::format("{:.0f}", dpi_of(page)), "tsv"}};
    request.environment = {"OMP_THREAD_LIMIT=1"};
    request.time_limit = page_time;
    const auto outcome = run_process(request);
    std::error_code ignored;
    std::filesystem::remove(image, ignored);
    if (!outcome) return Failure(outcome.error());
    if (outcome->exit_status != 0)
        return fail(ErrorCode::unavailable, "Texten på skannade sidor kan inte läsas just nu.");
    const double confidence = parse_tesseract(outcome->output, 72 / dpi_of(page), page);
    if (confidence < 0) return false;
    writer.warn(fmt::format("Sida {} är skannad och lästes med OCR.", page.number));
    if (confidence < doubtful_confidence) {
        writer.warn(fmt::format("Sida {} är svår att läsa (säkerhet {:.0f} %); jämför texten med originalet.",
                                page.number, confidence));
    }
    return true;
}

}  // namespace

Result<void> read_scanned_pages(const Source& source, const Limits& limits, std::vector<Page>& pages,
                                Writer& writer) {
    std::vector<Page*> scanned;
    for (auto& page : pages) {
        if (!page.runs.empty()) continue;
        if (std::ssize(scanned) == limits.scanned_pages) {
            writer.warn(fmt::format("Bara de första {} skannade sidorna lästes.", limits.scanned_pages));
            break;
        }
        const auto outcome = read_page(source, page, writer);
        if (!outcome && outcome.error().code == ErrorCode::unavailable) return Failure(outcome.error());
        if (!outcome)
            writer.warn(fmt::format("Sida {} saknar text och kunde inte läsas med OCR.", page.number));
        if (outcome && *outcome) scanned.push_back(&page);
    }
    mend_section_signs(scanned);
    return {};
}

}  // namespace kansli::extract::detail
