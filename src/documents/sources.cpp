#include "documents/sources.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "documents/detail/collections.hpp"
#include "documents/detail/rights.hpp"
#include "documents/detail/source_folder.hpp"
#include "documents/detail/source_plan.hpp"
#include "documents/detail/source_poll.hpp"
#include "documents/detail/source_rows.hpp"
#include "json/binder.hpp"
#include "json/value.hpp"
#include "store/folder_lock.hpp"
#include "text/language.hpp"

namespace kansli::documents {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_addresses = 10'000;
constexpr std::size_t longest_collection = 64;

Failure invalid(std::string message, std::string where, std::string advice = {}) {
    return fail(ErrorCode::invalid_input, std::move(message), std::move(where), std::move(advice));
}

Result<void> require_administrator(const access::Caller& caller) {
    if (access::may(caller, access::Right::administer)) return {};
    return fail(ErrorCode::forbidden, "Källor sköts av en administratör.", {}, "Be en administratör om det.");
}

// As the importer wants it, so that the first reading does not fail.
Result<void> check_collection(const std::string& name) {
    TRY(detail::check_collection_name(name));
    const bool printable = std::ranges::all_of(
        name, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7F && c != '/'; });
    if (!name.empty() && printable && name.size() <= longest_collection && text::is_valid_utf8(name))
        return {};
    return invalid("Samlingens namn ska ha 1–64 tecken och inget snedstreck.", "collection");
}

Result<void> check_interval(int minutes) {
    if (minutes >= 1 && minutes <= longest_interval_minutes) return {};
    return invalid(fmt::format("Intervallet är {} minuter.", minutes), "interval_minutes",
                   fmt::format("Välj 1 till {} minuter (30 dagar).", longest_interval_minutes));
}

// Whether one of the folders lies in the other, links and all.
bool overlap(const fs::path& a, const fs::path& b) {
    return detail::is_within(a, b) || detail::is_within(b, a);
}

Result<std::string> check_folder(const std::string& location, const fs::path& workspace) {
    const fs::path folder(location);
    if (!text::is_valid_utf8(location) || location.find('\0') != std::string::npos)
        return invalid("Mappens namn är inte UTF-8.", "locations", "Byt namn på mappen.");
    if (!folder.is_absolute()) {
        return invalid("Mappen måste anges med hela sökvägen.", location,
                       "Skriv till exempel /srv/styrdokument.");
    }
    std::error_code status;
    const fs::path real = fs::canonical(folder, status);
    if (status || !fs::is_directory(real, status)) {
        return invalid("Mappen finns inte på servern.", location,
                       "Kontrollera sökvägen, och att Kansli får läsa den.");
    }
    const fs::path own = fs::weakly_canonical(workspace, status);
    if (detail::is_in_data_folder(real) || (!status && overlap(real, own))) {
        return invalid("Mappen ligger i Kanslis egen datamapp, eller omsluter den.", location,
                       "Välj en annan mapp.");
    }
    const std::string normal = folder.lexically_normal().string();
    return normal.size() > 1 && normal.ends_with('/') ? normal.substr(0, normal.size() - 1) : normal;
}

Result<std::vector<std::string>> check_addresses(const std::vector<std::string>& locations) {
    if (locations.size() > most_addresses) {
        return invalid(fmt::format("Källan har fler än {} webbadresser.", most_addresses), "locations",
                       "Dela upp den på flera källor.");
    }
    std::vector<std::string> addresses;
    for (const auto& location : locations) {
        const auto address = detail::clean_address(location);
        if (!address) {
            return invalid("Det är inte en webbadress som kan hämtas.", location,
                           "Skriv den som https://kommun.example/sida, utan lösenord.");
        }
        if (std::ranges::find(addresses, *address) == addresses.end()) addresses.push_back(*address);
    }
    return addresses;
}

// The source as it is to be kept: its kind found, its locations in their one form.
Result<Source> check(const NewSource& wanted, const fs::path& workspace) {
    TRY(check_collection(wanted.collection));
    TRY(check_interval(wanted.interval_minutes));
    if (wanted.locations.empty()) {
        return invalid("Källan saknar plats.", "locations", "Ange en mapp eller minst en webbadress.");
    }
    Source source{.collection = wanted.collection, .interval_minutes = wanted.interval_minutes};
    if (std::ranges::any_of(wanted.locations, detail::looks_like_address)) {
        source.kind = SourceKind::web;
        source.locations = TRY(check_addresses(wanted.locations));
    } else if (wanted.locations.size() > 1) {
        return invalid("En källa är en enda mapp, eller en lista av webbadresser.", wanted.locations[1],
                       "Lägg till en källa för varje mapp.");
    } else {
        source.locations.push_back(TRY(check_folder(wanted.locations.front(), workspace)));
    }
    return source;
}

bool same_place(const Source& a, const Source& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == SourceKind::web) {
        return std::ranges::find_first_of(a.locations, b.locations) != a.locations.end();
    }
    std::error_code status;
    return overlap(fs::weakly_canonical(a.locations.front(), status),
                   fs::weakly_canonical(b.locations.front(), status));
}

// Two sources that bring in the same file would take turns at its document.
Result<void> check_others(store::Connection& connection, const Source& source) {
    for (const Source& other : TRY(detail::load_sources(connection))) {
        if (other.collection == source.collection && same_place(source, other)) {
            return fail(ErrorCode::conflict, "Samlingen har redan en källa på samma plats.",
                        other.locations.front(), fmt::format("Det är källan {}.", other.id.str()));
        }
    }
    return {};
}

// A file's name tells of what is in it: it is shown to whoever may read one of its documents, and while it has none.
Result<bool> may_know(store::Connection& connection, const access::Caller& caller, const SourceItem& item) {
    for (const DocumentId& document : item.documents) {
        const auto protection = TRY(detail::protection_of_document(connection, document.str()));
        if (protection && access::may_read(caller, protection->rule)) return true;
    }
    return item.documents.empty();
}

std::string content_of(const Source& source) {
    json::Value content = json::Value::object();
    content["kind"] = json::enum_name(source.kind);
    content["collection"] = source.collection;
    content["interval_minutes"] = source.interval_minutes;
    json::Value& locations = content["locations"] = json::Value::array();
    for (const auto& location : source.locations)
        locations.push_back(location);
    return json::write(content);
}

}  // namespace

SourceList::SourceList(store::Database& database, Importer& importer, record::Record& record,
                       Fetcher& fetcher, const std::filesystem::path& workspace, Clock clock)
    : database_(database),
      importer_(importer),
      record_(record),
      fetcher_(fetcher),
      workspace_(workspace / "sources"),
      clock_(std::move(clock)) {
}

std::span<const store::TableNote> SourceList::table_notes() {
    return detail::source_table_notes();
}

std::span<const store::Migration> SourceList::migrations() {
    return detail::source_schema();
}

Result<Source> SourceList::add(const access::Caller& caller, const NewSource& source) {
    TRY(require_administrator(caller));
    Source added = TRY(check(source, workspace_));
    added.id = SourceId("s" + random_token(10));
    added.created = clock_();
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        TRY(check_others(connection, added));
        TRY(detail::insert_source(connection, added));
        TRY(record_.append(connection, caller, "source_added", added.id.str(), content_of(added),
                           added.created));
        return {};
    }));
    return added;
}

Result<void> SourceList::remove(const access::Caller& caller, const SourceId& id) {
    TRY(require_administrator(caller));
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const Source source = TRY(detail::load_source(connection, id));
        TRY(connection.execute("DELETE FROM sources WHERE id = ?1", id.str()));
        TRY(record_.append(connection, caller, "source_removed", id.str(), content_of(source), clock_()));
        return {};
    }));
    std::error_code ignored;
    fs::remove_all(workspace_ / id.str(), ignored);
    return {};
}

Result<std::vector<Source>> SourceList::list(const access::Caller& caller) {
    TRY(require_administrator(caller));
    std::vector<Source> sources;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        sources = TRY(detail::load_sources(connection));
        return {};
    }));
    return sources;
}

Result<Source> SourceList::get(const access::Caller& caller, const SourceId& id) {
    TRY(require_administrator(caller));
    Source source;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        source = TRY(detail::load_source(connection, id));
        return {};
    }));
    return source;
}

Result<std::vector<SourceItem>> SourceList::items(const access::Caller& caller, const SourceId& id) {
    TRY(require_administrator(caller));
    std::vector<SourceItem> items;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        TRY(detail::load_source(connection, id));
        for (SourceItem& item : TRY(detail::load_items(connection, id)))
            if (TRY(may_know(connection, caller, item))) items.push_back(std::move(item));
        return {};
    }));
    return items;
}

Result<PollReport> SourceList::poll(const SourceId& id, const Importer::Progress& progress,
                                    std::stop_token stop) {
    const Source source = TRY(get(access::keeper(), id));
    const fs::path workspace = workspace_ / id.str();
    std::error_code status;
    fs::create_directories(workspace, status);
    if (status) {
        return fail(ErrorCode::unavailable, "Arbetsmappen kan inte skapas.", workspace.string(),
                    status.message());
    }
    const auto lock = store::FolderLock::acquire(workspace, "poll");
    if (!lock && lock.error().code == ErrorCode::busy) {
        return fail(ErrorCode::busy, "Källan läses redan just nu.", id.str(), "Vänta tills det är klart.");
    }
    if (!lock) return Failure(lock.error());
    const detail::PollTools tools{database_, importer_, record_, fetcher_, workspace, clock_};
    return detail::Poll(tools, source, progress, std::move(stop)).run();
}

Result<std::vector<SourceId>> SourceList::due(Timestamp moment) {
    std::vector<std::pair<Timestamp, SourceId>> waiting;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        for (const Source& source : TRY(detail::load_sources(connection))) {
            // One that was never read waits since it was added.
            const Timestamp since = source.polled
                                        ? *source.polled + std::chrono::minutes(source.interval_minutes)
                                        : source.created;
            if (since <= moment) waiting.emplace_back(since, source.id);
        }
        return {};
    }));
    std::ranges::sort(waiting);
    std::vector<SourceId> ids;
    for (auto& [since, id] : waiting)
        ids.push_back(std::move(id));
    return ids;
}

}  // namespace kansli::documents
