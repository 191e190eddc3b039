#include "archive/subject_extract.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/excerpt.hpp"
#include "archive/detail/item_text.hpp"
#include "archive/detail/markup.hpp"
#include "archive/mention.hpp"
#include "core/file.hpp"
#include "documents/hidden_references.hpp"
#include "json/binder.hpp"
#include "text/language.hpp"

namespace kansli::archive {

namespace {

constexpr std::size_t around = 200;  // bytes of text on each side of a mention

struct ExtractedItem {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    std::string title{};
    Timestamp moment{};
    std::vector<std::string> places{};  // the text around each mention
};
KANSLI_DESCRIBE(ExtractedItem, stock, id, kind, title, moment, places)

struct ExtractedAccount {
    std::string name{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};
    bool disabled = false;
    Timestamp created{};
    std::optional<Timestamp> last_signed_in{};
};
KANSLI_DESCRIBE(ExtractedAccount, name, roles, groups, department, disabled, created, last_signed_in)

struct ExtractFile {
    std::string format = "kansli registerutdrag 1";
    Timestamp moment{};
    Subject subject{};
    std::vector<ExtractedAccount> accounts{};
    std::vector<ExtractedItem> items{};
};
KANSLI_DESCRIBE(ExtractFile, format, moment, subject, accounts, items)

std::string place_of(std::string_view text, const Mention& mention) {
    return detail::excerpt(text, mention.start > around ? mention.start - around : 0, mention.end + around);
}

// All that the subject is known by.
class Seeker {
  public:
    [[nodiscard]] static Result<Seeker> create(const Subject& subject) {
        Seeker seeker;
        for (const auto& name : subject.names)
            if (!text::words(name).empty()) seeker.sought_.emplace_back(name);
        if (!subject.identity_number.empty()) {
            seeker.sought_.emplace_back(subject.identity_number);
            if (!seeker.sought_.back().is_number())
                return fail(ErrorCode::invalid_input, "Det är inget personnummer.", "identity_number");
        }
        if (seeker.sought_.empty())
            return fail(ErrorCode::invalid_input, "Ange namn eller personnummer.", "names");
        return seeker;
    }

    [[nodiscard]] std::vector<std::string> places_in(std::string_view text) const {
        std::vector<Mention> mentions;
        for (const auto& each : sought_)
            std::ranges::move(each.in(text), std::back_inserter(mentions));
        std::ranges::sort(mentions, {}, &Mention::start);
        std::vector<std::string> places;
        for (const auto& mention : mentions)
            places.push_back(place_of(text, mention));
        return places;
    }

  private:
    std::vector<Sought> sought_{};
};

Result<void> add_entries(ExtractFile& file, store::Database& database, documents::Library& library,
                         const access::Caller& caller, const Seeker& seeker) {
    documents::HiddenReferences hidden(library, caller);
    return database.read([&](store::Connection& connection) -> Result<void> {
        return record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
            if (entry.content_removed()) return {};
            auto places = seeker.places_in(detail::text_of(entry));
            if (places.empty() || TRY(hidden.in(entry))) return {};
            file.items.push_back({.stock = Stock::record,
                                  .id = std::to_string(entry.number),
                                  .kind = entry.kind,
                                  .title = fmt::format("Anteckning {}", entry.number),
                                  .moment = entry.moment,
                                  .places = std::move(places)});
            return {};
        });
    });
}

Result<void> add_documents(ExtractFile& file, store::Database& database, documents::Library& library,
                           const access::Caller& caller, const Seeker& seeker) {
    return detail::each_version(
        database, library, caller,
        [&](const documents::KeptVersion& version, const std::string& body) -> Result<void> {
            auto places = seeker.places_in(detail::text_of(version, body));
            if (places.empty()) return {};
            file.items.push_back({.stock = Stock::document,
                                  .id = version.id.str(),
                                  .kind = std::string(documents::to_string(version.attributes.kind)),
                                  .title = version.attributes.title,
                                  .moment = version.imported,
                                  .places = std::move(places)});
            return {};
        });
}

Result<void> add_accounts(ExtractFile& file, access::People& people, const Seeker& seeker) {
    for (const auto& user : TRY(people.users())) {
        if (seeker.places_in(user.name).empty()) continue;
        file.accounts.push_back({.name = user.name,
                                 .roles = user.roles,
                                 .groups = user.groups,
                                 .department = user.department,
                                 .disabled = user.disabled,
                                 .created = user.created,
                                 .last_signed_in = user.last_signed_in});
    }
    return {};
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
        body += fmt::format("<p>{}, {}. Skapat {}.</p>\n", detail::escaped(account.name),
                            detail::escaped(account.department), to_string(day_in_sweden(account.created)));
    }
    body += "<h2>Handlingar</h2>\n";
    if (file.items.empty()) body += "<p>Inga.</p>\n";
    for (const auto& item : file.items) {
        body += fmt::format("<h3>{} ({}), {}</h3>\n", detail::escaped(item.title), detail::escaped(item.kind),
                            to_string(day_in_sweden(item.moment)));
        for (const auto& place : item.places)
            body += "<pre>… " + detail::escaped(place) + " …</pre>\n";
    }
    return detail::page("Registerutdrag", body);
}

}  // namespace

Result<SubjectReport> extract_subject(store::Database& database, documents::Library& library,
                                      record::Record& record, access::People& people,
                                      const access::Caller& caller, const Subject& subject,
                                      const std::filesystem::path& folder, Timestamp moment) {
    if (!access::may(caller, access::Right::protect))
        return fail(ErrorCode::forbidden, "Det här kräver rätten att gallra och lämna ut.");
    const auto seeker = TRY(Seeker::create(subject));
    ExtractFile file{.moment = moment, .subject = subject};
    TRY(add_accounts(file, people, seeker));
    if (access::may(caller, access::Right::audit)) TRY(add_entries(file, database, library, caller, seeker));
    TRY(add_documents(file, database, library, caller, seeker));
    SubjectReport report{.items = static_cast<std::int64_t>(file.items.size()),
                         .accounts = static_cast<std::int64_t>(file.accounts.size())};
    for (const auto& item : file.items)
        report.mentions += static_cast<std::int64_t>(item.places.size());
    TRY(write_file(folder / "registerutdrag.html", page_of(file)));
    TRY(write_file(folder / "registerutdrag.json", json::pretty(TRY(json::parse(json::write(file)))) + "\n"));
    report.entry = TRY(record.append(caller, "subject_extract_made", "", json::write(report), moment)).number;
    return report;
}

}  // namespace kansli::archive
