#include "archive/detail/release_package.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/markup.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "json/binder.hpp"

namespace kansli::archive::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view checksum_file = "SHA256SUMS";

// What handlingar.json holds, besides what the pages show.
struct ReleasedEntry {
    std::string page{};
    Stock stock = Stock::record;
    std::string kind{};
    Timestamp moment{};
    std::string text{};
    std::vector<std::string> provisions{};
    std::optional<std::string> original{};
};
KANSLI_DESCRIBE(ReleasedEntry, page, stock, kind, moment, text, provisions, original)

struct ReleasedList {
    std::string format = "kansli utlämnande 1";
    std::string case_number{};
    Timestamp moment{};
    std::vector<ReleasedEntry> items{};
};
KANSLI_DESCRIBE(ReleasedList, format, case_number, moment, items)

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

std::string item_page(const ReleasePackage& package, const ReleasedEntry& item) {
    std::string body = fmt::format("<p>Diarienummer {}</p>\n<pre>{}</pre>\n", escaped(package.case_number),
                                   escaped(item.text));
    if (!item.provisions.empty()) {
        std::string provisions;
        for (const auto& provision : item.provisions)
            provisions += "<li>" + escaped(provision) + "</li>\n";
        body += "<h2>Uppgifter är maskade med stöd av</h2>\n<ul>\n" + provisions + "</ul>\n";
    }
    if (item.original)
        body += fmt::format("<p><a href=\"{0}\">Originalfilen</a></p>\n", escaped(*item.original));
    return page(first_line(item.text), body);
}

std::string index_page(const ReleasePackage& package, const ReleasedList& list) {
    std::string rows;
    for (const auto& item : list.items) {
        rows += fmt::format("<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td></tr>\n", item.page,
                            escaped(first_line(item.text)), to_string(day_in_sweden(item.moment)),
                            item.provisions.empty() ? "hel" : "delvis maskad");
    }
    const auto body = fmt::format(
        "<h1>Utlämnade handlingar</h1>\n<p>Diarienummer {}. Utlämnade {}.</p>\n<table>\n<tr><th "
        "scope=\"col\">Handling</th><th scope=\"col\">Datum</th><th scope=\"col\">Skick</th></tr>\n{}"
        "</table>\n<p>Filernas kontrollsummor står i {}. De kontrolleras med sha256sum --check.</p>\n",
        escaped(package.case_number), to_string(day_in_sweden(package.moment)), rows, checksum_file);
    return page("Utlämnade handlingar", body);
}

// Nothing of the name that the file had: it may say what is masked elsewhere.
Result<std::string> copy_original(const ReleasedItem& item, std::size_t number, const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder / "original", problem);
    auto name = fmt::format("original/{:03}.{}", number, item.ending);
    TRY(copy_and_measure(*item.original, folder / name));
    return name;
}

}  // namespace

Result<std::string> checksums_of(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code problem;
    for (auto at = fs::recursive_directory_iterator(folder, problem);
         !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
        if (at->is_regular_file(problem))
            names.push_back(at->path().lexically_relative(folder).generic_string());
    }
    if (problem)
        return fail(ErrorCode::unavailable, "Mappen kan inte läsas.", folder.string(), problem.message());
    std::ranges::sort(names);
    std::string list;
    for (const auto& name : names) {
        if (name == checksum_file) continue;
        list += fmt::format("{}  {}\n", TRY(measure_file(folder / name)).sha256, name);
    }
    return list;
}

Result<std::string> write_package(const ReleasePackage& package, const fs::path& folder) {
    ReleasedList list{.case_number = package.case_number, .moment = package.moment};
    for (std::size_t i = 0; i < package.items.size(); ++i) {
        const ReleasedItem& item = package.items[i];
        ReleasedEntry entry{.page = fmt::format("{:03}.html", i + 1),
                            .stock = item.stock,
                            .kind = item.kind,
                            .moment = item.moment,
                            .text = item.text,
                            .provisions = item.provisions};
        if (item.original) entry.original = TRY(copy_original(item, i + 1, folder));
        TRY(write_file(folder / entry.page, item_page(package, entry)));
        list.items.push_back(std::move(entry));
    }
    TRY(write_file(folder / "index.html", index_page(package, list)));
    TRY(write_file(folder / "handlingar.json", json::pretty(TRY(json::parse(json::write(list)))) + "\n"));
    const auto sums = TRY(checksums_of(folder));
    TRY(write_file(folder / checksum_file, sums));
    return sha256(sums);
}

}  // namespace kansli::archive::detail
