#include "glossary/glossary.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "glossary/detail/rows.hpp"
#include "glossary/detail/schema.hpp"
#include "json/binder.hpp"
#include "json/value.hpp"
#include "record/record.hpp"

namespace kansli::glossary {

namespace {

constexpr std::size_t longest_line = 1000;                     // bytes
constexpr std::size_t longest_file = std::size_t{256} << 10U;  // bytes
constexpr std::int64_t most_waiting_of_one = 50;               // suggestions of one person
constexpr std::string_view head_of_file =
    "# Kommunens ordlista. En rad är uttryck, ett av tecknen = < > ~ ! och termer; efter | kan uppgifter "
    "stå.\n";

Result<void> require_editor(const access::Caller& caller) {
    if (access::may(caller, access::Right::edit)) return {};
    return fail(ErrorCode::forbidden, "Det här kräver redaktörsrätt.", {}, "Be en administratör om den.");
}

Result<text::LexiconEntry> entry_in(std::string_view line) {
    if (line.size() > longest_line)
        return fail(ErrorCode::too_large, "Raden är för lång.", "line",
                    fmt::format("En rad har högst {} byte. Dela den på flera.", longest_line));
    return text::parse_entry(line);
}

std::string recorded_lines(std::initializer_list<std::pair<std::string_view, std::string_view>> lines) {
    auto content = json::Value::object();
    for (const auto& [name, line] : lines)
        content[name] = line;
    return json::write(content);
}

Result<void> note(store::Connection& connection, store::Database& database, const access::Caller& caller,
                  std::string_view kind, std::string_view subject, std::string_view content,
                  Timestamp moment) {
    record::Record record(database);
    TRY(record.append(connection, caller, kind, subject, content, moment));
    return {};
}

Result<void> remove_row(store::Connection& connection, const EntryId& id) {
    return connection.execute("DELETE FROM glossary_entries WHERE id = ?1", id.str());
}

// Takes a file's lines in, one by one. What is faulty is told and left out.
class Importing {
  public:
    Importing(store::Connection& connection, const access::Caller& caller, Timestamp moment)
        : connection_(connection), caller_(caller), moment_(moment) {}

    Result<void> remove_all_but(const text::LexiconFile& file) {
        std::set<std::string> kept;
        for (const auto& entry : file.entries)
            kept.insert(text::print(entry));
        for (const auto& entry : TRY(detail::load_entries(connection_))) {
            if (kept.contains(entry.line)) continue;
            TRY(remove_row(connection_, entry.id));
            removed_.push_back(entry.line);
        }
        return {};
    }

    Result<ImportReport> take(text::LexiconFile file) {
        std::set<std::string> there;
        for (const auto& entry : TRY(detail::load_entries(connection_)))
            there.insert(entry.line);
        auto known = TRY(detail::KnownPairs::load(connection_));
        ImportReport report{.removed = std::ssize(removed_), .faults = std::move(file.faults)};
        std::set<int> faulty;
        for (const auto& fault : report.faults)
            faulty.insert(fault.line);
        for (std::size_t at = 0; at < file.entries.size(); ++at) {
            const auto& entry = file.entries[at];
            const auto line = text::print(entry);
            if (faulty.contains(file.lines[at])) continue;
            if (there.contains(line)) {
                ++report.unchanged;
            } else if (const auto fits = fits_in(known, entry, line); !fits) {
                report.faults.push_back({file.lines[at], fits.error().message});
            } else {
                TRY(detail::insert_entry(connection_, caller_, entry, moment_));
                known.add(entry);
                added_.push_back(line);
            }
        }
        report.added = std::ssize(added_);
        std::ranges::stable_sort(report.faults, {}, &text::LexiconFault::line);
        return report;
    }

    [[nodiscard]] bool changed() const { return !added_.empty() || !removed_.empty(); }
    [[nodiscard]] std::string recorded() const {
        auto content = json::Value::object();
        content["added"] = json::Value::array();
        for (const auto& line : added_)
            content["added"].push_back(line);
        content["removed"] = json::Value::array();
        for (const auto& line : removed_)
            content["removed"].push_back(line);
        return json::write(content);
    }

  private:
    static Result<void> fits_in(const detail::KnownPairs& known, const text::LexiconEntry& entry,
                                const std::string& line) {
        if (line.size() > longest_line) return fail(ErrorCode::too_large, "Raden är för lång.");
        return known.check_new(entry);
    }

    store::Connection& connection_;
    const access::Caller& caller_;
    Timestamp moment_;
    std::vector<std::string> added_{};
    std::vector<std::string> removed_{};
};

// Whether a suggestion waits, was rejected, or is none yet.
enum class Standing : std::uint8_t { unknown, waiting, rejected };

Result<Standing> standing_of(store::Connection& connection, const std::string& line) {
    auto& row = TRY(connection.prepare("SELECT rejected FROM glossary_suggestions WHERE line = ?1")).get();
    if (!TRY(row.bind(line).step())) return Standing::unknown;
    return row.integer(0) == 0 ? Standing::waiting : Standing::rejected;
}

Result<bool> has_enough_waiting(store::Connection& connection, const access::Caller& caller) {
    auto& row = TRY(connection.prepare("SELECT count(*) FROM glossary_suggestions WHERE author = ?1 AND NOT "
                                       "rejected"))
                    .get();
    return TRY(row.bind(caller.id.str()).step()) && row.integer(0) >= most_waiting_of_one;
}

}  // namespace

struct Glossary::Cache {
    std::mutex mutex{};
    std::int64_t data_version = -1;
    std::int64_t revision = -1;
    std::shared_ptr<const text::Lexicon> lexicon{};
};

Glossary::Glossary(store::Database& database, Clock clock)
    : database_(database), clock_(std::move(clock)), cache_(std::make_unique<Cache>()) {
}
Glossary::~Glossary() = default;

std::span<const store::Migration> Glossary::migrations() {
    return detail::schema();
}

std::span<const store::TableNote> Glossary::table_notes() {
    return detail::table_notes();
}

// The database's own number tells cheaply that nothing at all has changed; ours that no entry has.
Result<std::shared_ptr<const text::Lexicon>> Glossary::lexicon() {
    const std::int64_t data_version = TRY(database_.data_version());
    const std::scoped_lock lock(cache_->mutex);
    if (cache_->lexicon && cache_->data_version == data_version) return cache_->lexicon;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        const auto revision = TRY(detail::current_revision(connection));
        if (cache_->lexicon && cache_->revision == revision) return {};
        const auto combined = std::make_shared<text::Lexicon>(text::Lexicon::share_shipped());
        for (const auto& entry : TRY(detail::load_entries(connection)))
            combined->add(TRY(text::parse_entry(entry.line)));
        cache_->lexicon = combined;
        cache_->revision = revision;
        return {};
    }));
    // What was read may be newer than the number, never older; then the next call reads again.
    cache_->data_version = data_version;
    return cache_->lexicon;
}

text::LexiconSource Glossary::source() {
    return [this] { return lexicon(); };
}

Result<std::vector<GlossaryEntry>> Glossary::entries() {
    std::vector<GlossaryEntry> entries;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        entries = TRY(detail::load_entries(connection));
        return {};
    }));
    return entries;
}

Result<GlossaryEntry> Glossary::add(const access::Caller& caller, std::string_view line) {
    TRY(require_editor(caller));
    const auto entry = TRY(entry_in(line));
    GlossaryEntry made;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto moment = clock_();
        TRY(TRY(detail::KnownPairs::load(connection)).check_new(entry));
        made = TRY(detail::insert_entry(connection, caller, entry, moment));
        TRY(detail::bump_revision(connection));
        return note(connection, database_, caller, "glossary_added", made.id.str(),
                    recorded_lines({{"line", made.line}}), moment);
    }));
    return made;
}

Result<GlossaryEntry> Glossary::change(const access::Caller& caller, const EntryId& id,
                                       std::string_view line) {
    TRY(require_editor(caller));
    const auto entry = TRY(entry_in(line));
    GlossaryEntry changed;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto before = TRY(detail::load_entry(connection, id));
        const auto moment = clock_();
        TRY(TRY(detail::KnownPairs::load(connection, id)).check_new(entry));
        changed = {id, text::print(entry), access::account_name(caller), moment};
        if (changed.line == before.line) {
            changed = before;
            return {};
        }
        TRY(
            connection.execute("UPDATE glossary_entries SET line = ?2, author = ?3, author_name = ?4, "
                               "changed = ?5 WHERE id = ?1",
                               id.str(), changed.line, caller.id.str(), changed.by, to_string(moment)));
        TRY(detail::bump_revision(connection));
        return note(connection, database_, caller, "glossary_changed", id.str(),
                    recorded_lines({{"before", before.line}, {"after", changed.line}}), moment);
    }));
    return changed;
}

Result<void> Glossary::remove(const access::Caller& caller, const EntryId& id) {
    TRY(require_editor(caller));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto entry = TRY(detail::load_entry(connection, id));
        TRY(remove_row(connection, id));
        TRY(detail::bump_revision(connection));
        return note(connection, database_, caller, "glossary_removed", id.str(),
                    recorded_lines({{"line", entry.line}}), clock_());
    });
}

Result<std::string> Glossary::file() {
    std::string text(head_of_file);
    for (const auto& entry : TRY(entries()))
        text += entry.line + '\n';
    return text;
}

Result<ImportReport> Glossary::take_in(const access::Caller& caller, std::string_view file, ImportWay way) {
    TRY(require_editor(caller));
    if (file.size() > longest_file)
        return fail(ErrorCode::too_large, "Filen är för stor.", "file",
                    fmt::format("En ordlista har högst {} kilobyte.", longest_file >> 10U));
    auto parsed = text::parse_lexicon(file);
    // What is there shall not go because of a mistake in a line.
    if (way == ImportWay::replace && !parsed.faults.empty())
        return ImportReport{.faults = std::move(parsed.faults)};
    ImportReport report;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto moment = clock_();
        Importing importing(connection, caller, moment);
        if (way == ImportWay::replace) TRY(importing.remove_all_but(parsed));
        report = TRY(importing.take(std::move(parsed)));
        if (!importing.changed()) return {};
        TRY(detail::bump_revision(connection));
        return note(connection, database_, caller, "glossary_imported", "glossary", importing.recorded(),
                    moment);
    }));
    return report;
}

Result<std::vector<GlossarySuggestion>> Glossary::suggestions() {
    std::vector<GlossarySuggestion> suggestions;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        suggestions = TRY(detail::load_suggestions(connection));
        return {};
    }));
    return suggestions;
}

Result<std::vector<bool>> Glossary::suggest(const access::Caller& caller,
                                            std::span<const text::LexiconEntry> corrections) {
    std::vector<bool> waiting;
    if (corrections.empty()) return waiting;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        waiting.clear();
        const auto known = TRY(detail::KnownPairs::load(connection));
        const auto moment = clock_();
        for (const auto& correction : corrections) {
            const auto line = text::print(correction);
            const auto standing = TRY(standing_of(connection, line));
            waiting.push_back(standing == Standing::waiting);
            if (standing != Standing::unknown || !known.check_new(correction)) continue;
            if (TRY(has_enough_waiting(connection, caller))) continue;
            const SuggestionId id(random_token());
            TRY(connection.execute("INSERT INTO glossary_suggestions VALUES (?1, ?2, 0, ?3, ?4, ?5)",
                                   id.str(), line, caller.id.str(), access::account_name(caller),
                                   to_string(moment)));
            TRY(note(connection, database_, caller, "glossary_suggested", id.str(),
                     recorded_lines({{"line", line}}), moment));
            waiting.back() = true;
        }
        return {};
    }));
    return waiting;
}

Result<GlossaryEntry> Glossary::accept(const access::Caller& caller, const SuggestionId& id) {
    TRY(require_editor(caller));
    GlossaryEntry made;
    TRY(database_.write([&](store::Connection& connection) -> Result<void> {
        const auto suggestion = TRY(detail::load_suggestion(connection, id));
        const auto entry = TRY(text::parse_entry(suggestion.line));
        const auto moment = clock_();
        TRY(TRY(detail::KnownPairs::load(connection)).check_new(entry));
        made = TRY(detail::insert_entry(connection, caller, entry, moment));
        TRY(connection.execute("DELETE FROM glossary_suggestions WHERE id = ?1", id.str()));
        TRY(detail::bump_revision(connection));
        return note(
            connection, database_, caller, "glossary_suggestion_accepted", id.str(),
            recorded_lines({{"line", made.line}, {"suggested_by", suggestion.by}, {"entry", made.id.str()}}),
            moment);
    }));
    return made;
}

Result<void> Glossary::reject(const access::Caller& caller, const SuggestionId& id) {
    TRY(require_editor(caller));
    return database_.write([&](store::Connection& connection) -> Result<void> {
        const auto suggestion = TRY(detail::load_suggestion(connection, id));
        TRY(connection.execute("UPDATE glossary_suggestions SET rejected = 1 WHERE id = ?1", id.str()));
        return note(connection, database_, caller, "glossary_suggestion_rejected", id.str(),
                    recorded_lines({{"line", suggestion.line}, {"suggested_by", suggestion.by}}), clock_());
    });
}

}  // namespace kansli::glossary
