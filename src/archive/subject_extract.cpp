#include "archive/subject_extract.hpp"

#include <utility>

#include <fmt/format.h>

#include "archive/detail/markup.hpp"
#include "core/file.hpp"
#include "json/binder.hpp"

namespace kansli::archive {

namespace {

struct ExtractFile {
    std::string format = "kansli registerutdrag 2";
    Timestamp moment{};
    Subject subject{};
    std::vector<SubjectAccount> accounts{};
    std::vector<SubjectItem> items{};
    std::vector<CoveredTable> searched{};  // so that the person can see that it was all
};
KANSLI_DESCRIBE(ExtractFile, format, moment, subject, accounts, items, searched)

std::vector<CoveredTable> searched_tables() {
    auto tables = coverage();
    std::erase_if(tables, [](const CoveredTable& table) { return !table.personal; });
    return tables;
}

std::string heading_of(const SubjectItem& item) {
    const auto& name = item.title.empty() ? item.kind : item.title;
    auto heading = detail::escaped(name);
    if (name != item.kind) heading += fmt::format(" ({})", detail::escaped(item.kind));
    if (item.moment) heading += ", " + to_string(day_in_sweden(*item.moment));
    return heading;
}

std::string page_of_item(const SubjectItem& item) {
    std::string body = fmt::format("<h3>{}</h3>\n", heading_of(item));
    if (item.restricted) body += "<p>Behandlingen av uppgifterna är begränsad.</p>\n";
    if (item.own) body += "<p>Gjort av personen, eller personens egen uppgift.</p>\n";
    for (const auto& place : item.places)
        body += "<pre>… " + detail::escaped(place) + " …</pre>\n";
    const auto more = item.mentions - static_cast<std::int64_t>(item.places.size());
    if (more > 0) body += fmt::format("<p>Och {} omnämnanden till i samma handling.</p>\n", more);
    for (const auto& note : item.corrections) {
        body += fmt::format("<p>Rättat {}: {}</p>\n", to_string(day_in_sweden(note.moment)),
                            detail::escaped(note.right));
    }
    return body;
}

std::string page_of(const ExtractFile& file) {
    std::string body =
        fmt::format("<h1>Registerutdrag</h1>\n<p>Gjort {}. Sökt efter {}{}{}.</p>\n<h2>Konton</h2>\n",
                    to_string(day_in_sweden(file.moment)),
                    detail::escaped(fmt::format("{}", fmt::join(file.subject.names, ", "))),
                    file.subject.names.empty() || file.subject.identity_number.empty() ? "" : " och ",
                    detail::escaped(file.subject.identity_number));
    if (file.accounts.empty()) body += "<p>Inga.</p>\n";
    for (const auto& account : file.accounts) {
        body += fmt::format("<p>{} ({}), {} {}. Skapat {}.</p>\n", detail::escaped(account.name),
                            detail::escaped(account.user_name), detail::escaped(account.department),
                            detail::escaped(account.email), to_string(day_in_sweden(account.created)));
    }
    body += "<h2>Handlingar och andra uppgifter</h2>\n";
    if (file.items.empty()) body += "<p>Inga.</p>\n";
    for (const auto& item : file.items)
        body += page_of_item(item);
    body += "<h2>Det här har sökts igenom</h2>\n<ul>\n";
    for (const auto& table : file.searched)
        body += "<li>" + detail::escaped(table.about) + "</li>\n";
    return detail::page("Registerutdrag", body + "</ul>\n");
}

}  // namespace

Result<SubjectReport> extract_subject(const SubjectStores& stores, const access::Caller& caller,
                                      const Subject& subject, const std::filesystem::path& folder,
                                      Timestamp moment, const SubjectProgress& progress,
                                      std::stop_token stop) {
    ExtractFile file{.moment = moment, .subject = subject, .searched = searched_tables()};
    SubjectReport report;
    TRY(each_of_subject(
        stores, caller, subject,
        [&](SubjectItem item) -> Result<void> {
            report.mentions += item.mentions;
            file.items.push_back(std::move(item));
            return {};
        },
        progress, std::move(stop)));
    file.accounts = TRY(accounts_of(stores, subject));
    report.items = static_cast<std::int64_t>(file.items.size());
    report.accounts = static_cast<std::int64_t>(file.accounts.size());
    TRY(write_file(folder / "registerutdrag.html", page_of(file)));
    TRY(write_file(folder / "registerutdrag.json", json::pretty(TRY(json::parse(json::write(file)))) + "\n"));
    report.entry =
        TRY(stores.record.append(caller, "subject_extract_made", "", json::write(report), moment)).number;
    return report;
}

}  // namespace kansli::archive
