#include "documents/page_images.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "core/log.hpp"
#include "core/process.hpp"
#include "jobs/confinement.hpp"
#include "json/binder.hpp"

namespace kansli::documents {

namespace {

using namespace std::chrono_literals;

constexpr int dots_per_inch = 110;
constexpr auto render_time = 20s;

struct RenderRequest {
    std::string pdf{};
    int page = 0;
    std::string target{};  // without the ending, as pdftoppm wants it
};
KANSLI_DESCRIBE(RenderRequest, pdf, page, target)

// Empty when it went well, else what went wrong.
std::string render(std::string_view frame) {
    const auto request = json::read<RenderRequest>(frame);
    if (!request) return to_line(request.error());
    const auto page = std::to_string(request->page);
    const auto outcome =
        run_process({.arguments = {"pdftoppm", "-png", "-singlefile", "-r", std::to_string(dots_per_inch),
                                   "-f", page, "-l", page, request->pdf, request->target},
                     .time_limit = render_time});
    if (!outcome) return to_line(outcome.error());
    return outcome->exit_status == 0 ? "" : "Sidan kan inte ritas.";
}

}  // namespace

PageImages::PageImages(Library& library, std::filesystem::path folder, std::vector<std::string> worker)
    : library_(library),
      folder_(std::move(folder)),
      workers_(std::move(worker), {.cpu_time = render_time, .wall_time = render_time}) {
}

Result<std::filesystem::path> PageImages::image(const access::Caller& caller, const VersionId& version,
                                                int page) {
    const auto original = TRY(library_.original(caller, version));
    const auto document = TRY(library_.version(caller, version));
    if (page < 1 || page > document.pages || document.format != "pdf") {
        return fail(ErrorCode::not_found, "Sidan finns inte.");
    }
    // Originals are named by their hash, so the name says all that the picture depends on.
    auto picture = folder_ / fmt::format("{}-{}.png", original.filename().string(), page);
    std::error_code status;
    if (std::filesystem::exists(picture, status)) return picture;
    const auto part = folder_ / ("part-" + random_token(8));
    const auto complaint =
        TRY(workers_.exchange(json::write(RenderRequest{original.string(), page, part.string()}), {}));
    if (!complaint.empty()) return fail(ErrorCode::corrupt, complaint, document.attributes.title);
    std::filesystem::rename(part.string() + ".png", picture, status);
    if (status)
        return fail(ErrorCode::unavailable, "Bilden kan inte sparas.", picture.string(), status.message());
    return picture;
}

int run_page_worker(const std::filesystem::path& files, const std::filesystem::path& folder) {
    const auto confined = jobs::confine({.readable = {files}, .writable = {folder}});
    if (!confined) {
        log::error("{}", to_line(confined.error()));
        return 1;
    }
    return jobs::serve_frames(render);
}

}  // namespace kansli::documents
