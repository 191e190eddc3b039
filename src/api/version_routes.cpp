#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"
#include "core/file_name.hpp"
#include "documents/difference.hpp"

namespace kansli::api {

DifferenceView view(const documents::Difference& difference) {
    DifferenceView view;
    for (const auto& section : difference.sections) {
        if (section.change == documents::Change::same) continue;
        auto& shown = view.sections.emplace_back(section.path, section.change);
        for (const auto& span : section.spans)
            shown.pieces.push_back({span.edit, span.text});
    }
    return view;
}

namespace {

using documents::VersionId;

const documents::CatalogueEntry* entry_of(const documents::Catalogue& catalogue, const VersionId& id) {
    return catalogue.find(id);
}

Result<VersionView> view_version(const Call& call) {
    const VersionId id{call.path_value("version")};
    const auto version = TRY(call.services.library.version(call.caller, id));
    VersionView view{.version = id,
                     .title = version.attributes.title,
                     .format = version.format,
                     .pages = version.pages,
                     .page_width = version.page_width,
                     .page_height = version.page_height,
                     .sections = version.sections,
                     .corrections = TRY(shown_corrections(call, id.str(), id.str()))};
    const auto catalogue = TRY(call.services.library.catalogue());
    if (const auto* entry = entry_of(*catalogue, id)) {
        view.document = entry->document;
        view.title = entry->attributes.title;
        view.validity = documents::validity_on(TRY(day_of({})), entry->attributes);
        if (!entry->current && view.validity == documents::Validity::applies)
            view.validity = documents::Validity::replaced;
    }
    return view;
}

Result<PlaceList> view_places(const Call& call) {
    const VersionId id{call.path_value("version")};
    const auto start = TRY(call.number("start", 0, 0, INT32_MAX));
    const auto end = TRY(call.number("end", start, start, INT32_MAX));
    PlaceList list{.places = TRY(call.services.library.places(
                       call.caller, id, static_cast<std::size_t>(start), static_cast<std::size_t>(end)))};
    const auto version = TRY(call.services.library.version(call.caller, id));
    list.page_width = version.page_width;
    list.page_height = version.page_height;
    return list;
}

// A name for the browser's save dialogue that cannot break out of the header (RFC 6266, RFC 8187).
std::string attachment(const std::string& name) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : name) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                           (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_';
        if (plain) {
            encoded += letter;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 0xFU];
        }
    }
    return "attachment; filename*=UTF-8''" + encoded;
}

Result<http::Response> download(const Call& call) {
    const VersionId id{call.path_value("version")};
    const auto path = TRY(call.services.library.original(call.caller, id));
    const auto catalogue = TRY(call.services.library.catalogue());
    const auto* entry = entry_of(*catalogue, id);
    const auto name = saved_file_name(entry != nullptr ? entry->file_name : "", "dokument");
    // Foreign bytes are never shown by the browser under our address, only saved.
    return http::Response::file(path, "application/octet-stream", path.filename().string())
        .with("Content-Disposition", attachment(name));
}

Result<http::Response> page_picture(const Call& call) {
    std::string number = call.path_value("page");
    if (number.ends_with(".png")) number.resize(number.size() - 4);
    if (number.empty() || number.size() > 5 || number.find_first_not_of("0123456789") != std::string::npos) {
        return fail(ErrorCode::not_found, "Sidan finns inte.");
    }
    const VersionId id{call.path_value("version")};
    const auto path = TRY(call.services.page_image(call.caller, id, std::stoi(number)));
    return http::Response::file(path, "image/png", path.filename().string())
        .with("Cache-Control", "private, no-cache");
}

}  // namespace

void add_version_routes(RouteTable& table) {
    table.add<Nothing, VersionView>(
        {http::Method::get, "/api/versions/{version}", "getVersion", "En version med sitt träd av avsnitt."},
        [](Call& call, Nothing) { return view_version(call); });
    table.add_raw({http::Method::get, "/api/versions/{version}/text", "getVersionText",
                   "Versionens normaliserade text. Alla lägen i systemet är byte i denna text."},
                  "text/plain; charset=utf-8", [](Call& call) -> Result<http::Response> {
                      auto version = TRY(
                          call.services.library.version(call.caller, VersionId{call.path_value("version")}));
                      return http::Response::text(std::move(version.text));
                  });
    table.add<Nothing, SectionView>(
        {http::Method::get, "/api/versions/{version}/sections/{section}", "getSection",
         "Ett avsnitt med sin text."},
        [](Call& call, Nothing) -> Result<SectionView> {
            const auto ordinal = TRY(whole_number(call.path_value("section"), "section", 0, INT32_MAX));
            auto found = TRY(call.services.library.section(call.caller, VersionId{call.path_value("version")},
                                                           static_cast<int>(ordinal)));
            return SectionView{std::move(found.section), std::move(found.text), found.page};
        });
    table.add<Nothing, PlaceList>(
        {http::Method::get,
         "/api/versions/{version}/places",
         "getPlaces",
         "Var på sidorna en del av texten står, i punkter från sidans övre vänstra hörn.",
         Right::read,
         {{"start", "Första byten"}, {"end", "Byten efter den sista"}}},
        [](Call& call, Nothing) { return view_places(call); });
    table.add_raw({http::Method::get, "/api/versions/{version}/pages/{page}", "getPageImage",
                   "En bild av en sida, till exempel 3.png."},
                  "image/png", [](Call& call) { return page_picture(call); });
    table.add_raw(
        {http::Method::get, "/api/versions/{version}/original", "getOriginal", "Filen som den kom in."},
        "application/octet-stream", [](Call& call) { return download(call); });
    table.add<Nothing, DifferenceView>(
        {http::Method::get, "/api/versions/{version}/difference/{other}", "getDifference",
         "Vad som skiljer två versioner, avsnitt för avsnitt."},
        [](Call& call, Nothing) -> Result<DifferenceView> {
            const auto before =
                TRY(call.services.library.version(call.caller, VersionId{call.path_value("version")}));
            const auto after =
                TRY(call.services.library.version(call.caller, VersionId{call.path_value("other")}));
            return view(documents::compare(before, after));
        });
}

}  // namespace kansli::api
