#include "archive/release.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "archive/detail/excerpt.hpp"
#include "archive/detail/item_text.hpp"
#include "archive/detail/protector.hpp"
#include "archive/detail/readable_text.hpp"
#include "archive/detail/release_package.hpp"
#include "archive/detail/secrecy_words.hpp"
#include "archive/mention.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/visible_text.hpp"
#include "documents/hidden_references.hpp"
#include "documents/removal.hpp"
#include "json/binder.hpp"
#include "text/language.hpp"

namespace kansli::archive {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t snippet_before = 60;  // bytes
constexpr std::size_t snippet_length = 240;
constexpr std::size_t most_items = 1000;  // of one package

std::string snippet_of(std::string_view text, std::size_t at) {
    const std::size_t start = at > snippet_before ? at - snippet_before : 0;
    std::string snippet = detail::excerpt(text, start, start + snippet_length);
    std::ranges::replace(snippet, '\n', ' ');
    return snippet;
}

// A query made ready to be held against many texts.
class Matcher {
  public:
    explicit Matcher(const ReleaseQuery& query)
        : query_(query), person_(query.person), case_number_(query.case_number) {
        for (const auto& token : text::words(query.words))
            stems_.insert(text::stem(token.folded));
    }

    [[nodiscard]] bool fits(std::string_view kind, Timestamp moment) const {
        const Date day = day_in_sweden(moment);
        return (query_.kind.empty() || query_.kind == kind) && (!query_.from || *query_.from <= day) &&
               (!query_.to || day <= *query_.to);
    }

    // The snippet and the number of mentions when the text fits; `reference`: the case that the thing belongs to.
    struct Match {
        std::string snippet{};
        int mentions = 0;
    };
    [[nodiscard]] std::optional<Match> in(std::string_view text, std::string_view reference = {}) const {
        const auto person = query_.person.empty() ? std::vector<Mention>() : person_.in(text);
        if (!query_.person.empty() && person.empty()) return std::nullopt;
        const bool case_there =
            query_.case_number.empty() || query_.case_number == reference || case_number_.is_in(text);
        if (!case_there) return std::nullopt;
        const auto first_word = place_of_words(text);
        if (!first_word) return std::nullopt;
        return Match{snippet_of(text, person.empty() ? *first_word : person.front().start),
                     static_cast<int>(person.size())};
    }

  private:
    // Where the first of the words stands; nothing unless all are there.
    [[nodiscard]] std::optional<std::size_t> place_of_words(std::string_view text) const {
        if (stems_.empty()) return 0;
        auto missing = stems_;
        std::optional<std::size_t> first;
        for (const auto& token : text::words(text)) {
            if (missing.empty()) break;
            if (missing.erase(text::stem(token.folded)) > 0 && !first) first = token.start;
        }
        return missing.empty() ? first : std::nullopt;
    }

    const ReleaseQuery& query_;
    Sought person_;
    Sought case_number_;
    std::set<std::string> stems_{};
};

// What is found, of which the newest are kept.
class Findings {
  public:
    void add(FoundItem item) {
        ++found_.total;
        found_.items.push_back(std::move(item));
        if (found_.items.size() >= 2 * most_found) keep_newest();
    }
    [[nodiscard]] FoundItems take() && {
        keep_newest();
        return std::move(found_);
    }

  private:
    void keep_newest() {
        std::ranges::stable_sort(found_.items, std::ranges::greater(), &FoundItem::moment);
        if (found_.items.size() > most_found) found_.items.resize(most_found);
    }

    FoundItems found_{};
};

// How far a search has come, and whether it may go on.
class Course {
  public:
    Course(std::int64_t all, const Release::Progress& progress, const std::stop_token& stop)
        : all_(all), progress_(progress), stop_(stop) {}

    [[nodiscard]] Result<void> check() const {
        if (!stop_.stop_requested()) return {};
        return fail(ErrorCode::cancelled, "Sökningen avbröts.");
    }
    [[nodiscard]] Result<void> step() {
        if (progress_) progress_(++done_, all_);
        return check();
    }

  private:
    std::int64_t all_;
    std::int64_t done_ = 0;
    const Release::Progress& progress_;
    const std::stop_token& stop_;
};

Result<void> find_entries(store::Database& database, documents::Library& library,
                          const access::Caller& caller, const Matcher& matcher, Course& course,
                          Findings& findings) {
    documents::HiddenReferences hidden(library, caller);
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        return record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
            TRY(course.check());
            if (entry.content_removed() || !matcher.fits(entry.kind, entry.moment)) return {};
            const auto match = matcher.in(detail::text_of(entry));
            if (!match || TRY(hidden.in(entry))) return {};
            findings.add({.stock = Stock::record,
                          .id = std::to_string(entry.number),
                          .kind = entry.kind,
                          .moment = entry.moment,
                          .snippet = match->snippet,
                          .mentions = match->mentions});
            return {};
        });
    }));
    return course.step();
}

Result<void> find_versions(store::Database& database, documents::Library& library,
                           const access::Caller& caller, const Matcher& matcher, Course& course,
                           Findings& findings) {
    return detail::each_version(
        database, library, caller,
        [&](const documents::KeptVersion& version, const std::string& body) -> Result<void> {
            TRY(course.step());
            const auto& attributes = version.attributes;
            const std::string kind(documents::to_string(attributes.kind));
            if (!matcher.fits(kind, version.imported)) return {};
            const auto match = matcher.in(detail::text_of(version, body), attributes.reference);
            if (!match) return {};
            findings.add({.stock = Stock::document,
                          .id = version.id.str(),
                          .kind = kind,
                          .title = attributes.title,
                          .document = version.document.str(),
                          .current = version.current,
                          .moment = version.imported,
                          .information_class = attributes.information_class,
                          .snippet = match->snippet,
                          .mentions = match->mentions});
            return {};
        });
}

// All versions and, as one more, the record. Some are not for the caller and will not be counted as done.
Result<std::int64_t> count_texts(store::Database& database, bool with_record) {
    std::int64_t all = with_record ? 1 : 0;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        all += static_cast<std::int64_t>(TRY(documents::kept_versions(connection)).size());
        return {};
    }));
    return all;
}

// A field of a blank asks for nothing.
ReleaseQuery without_blanks(ReleaseQuery query) {
    for (std::string* field : {&query.person, &query.case_number, &query.words, &query.kind})
        if (is_blank(*field)) field->clear();
    return query;
}

std::vector<std::string> provisions_of(const std::vector<Mask>& masks) {
    std::set<std::string> provisions;
    for (const Mask& mask : masks)
        provisions.insert(mask.provision);
    return {provisions.begin(), provisions.end()};
}

// What the record keeps of a release: which things, which places of them were masked and why; nothing of what they say.
Result<std::string> log_of(const ReleaseOrder& order, const std::string& manifest) {
    auto content = json::Value::object();
    content["case_number"] = order.case_number;
    if (order.recipient) content["recipient"] = *order.recipient;
    content["manifest"] = manifest;
    content["items"] = TRY(json::parse(json::write(order.items)));
    return json::write(content);
}

Result<void> check(const ReleaseOrder& order) {
    if (is_blank(order.case_number)) {
        return fail(ErrorCode::invalid_input, "Begärans diarienummer saknas.", "case_number",
                    "Registrera begäran i diariet först.");
    }
    if (order.items.empty()) return fail(ErrorCode::invalid_input, "Välj minst en handling.", "items");
    if (order.items.size() > most_items)
        return fail(ErrorCode::too_large, "Ett paket kan ha högst 1 000 handlingar.", "items",
                    "Dela upp det.");
    return {};
}

}  // namespace

Release::Release(store::Database& database, documents::Library& library, record::Record& record, Clock clock)
    : database_(database), library_(library), record_(record), clock_(std::move(clock)) {
}

Result<FoundItems> Release::find(const access::Caller& caller, const ReleaseQuery& query,
                                 const Progress& progress, const std::stop_token& stop) {
    TRY(detail::require_protector(caller));
    const auto wanted = without_blanks(query);
    const bool asked = !wanted.person.empty() || !wanted.case_number.empty() || !wanted.words.empty() ||
                       !wanted.kind.empty() || wanted.from || wanted.to;
    if (!asked)
        return fail(ErrorCode::invalid_input,
                    "Skriv vad som begärs: person, diarienummer, ord, slag eller tid.");
    const bool with_record = access::may(caller, access::Right::audit);
    const Matcher matcher(wanted);
    Course course(TRY(count_texts(database_, with_record)), progress, stop);
    Findings findings;
    if (with_record) TRY(find_entries(database_, library_, caller, matcher, course, findings));
    TRY(find_versions(database_, library_, caller, matcher, course, findings));
    return std::move(findings).take();
}

Result<ReleaseDraft> Release::draft(const access::Caller& caller, const ItemName& name) {
    TRY(detail::require_protector(caller));
    auto item = TRY(detail::item_text(database_, record_, library_, caller, name));
    ReleaseDraft draft{.stock = name.stock,
                       .id = name.id,
                       .kind = std::move(item.kind),
                       .moment = item.moment,
                       .text = std::move(item.text),
                       .original = item.original ? item.ending : std::string()};
    draft.text_hash = sha256(draft.text);
    draft.proposals = detail::mask_proposals(draft.text);
    return draft;
}

Result<ReleaseReport> Release::make(const access::Caller& caller, const ReleaseOrder& order,
                                    const fs::path& folder) {
    TRY(detail::require_protector(caller));
    TRY(check(order));
    const Timestamp moment = clock_();
    detail::ReleasePackage package{.case_number = order.case_number, .moment = moment};
    ReleaseReport report{.items = static_cast<std::int64_t>(order.items.size())};
    for (const ReleaseItem& wanted : order.items) {
        auto item = TRY(detail::item_text(database_, record_, library_, caller, {wanted.stock, wanted.id}));
        if (sha256(item.text) != wanted.text_hash) {
            return fail(ErrorCode::conflict, "Handlingen är inte längre den som granskades.", wanted.id,
                        "Granska den igen.");
        }
        if (wanted.with_original && !wanted.masks.empty()) {
            return fail(ErrorCode::invalid_input,
                        "Originalfilen kan inte följa med när uppgifter är maskade.", wanted.id);
        }
        detail::ReleasedItem released{.stock = wanted.stock,
                                      .kind = item.kind,
                                      .moment = item.moment,
                                      .text = TRY(masked(item.text, wanted.masks)),
                                      .provisions = provisions_of(wanted.masks),
                                      .ending = item.ending};
        if (wanted.with_original) released.original = item.original;
        report.masks += static_cast<std::int64_t>(wanted.masks.size());
        package.items.push_back(std::move(released));
    }
    std::error_code problem;
    if (fs::exists(folder, problem))
        return fail(ErrorCode::conflict, "Mappen finns redan.", folder.string(), "Välj ett annat namn.");
    fs::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::unavailable, "Mappen kan inte skapas.", folder.string(), problem.message());
    fs::permissions(folder, fs::perms::owner_all, problem);
    // A package that the record does not tell of must not be there.
    const auto packed = [&]() -> Result<void> {
        report.manifest = TRY(detail::write_package(package, folder));
        const auto log = TRY(log_of(order, report.manifest));
        report.entry = TRY(record_.append(caller, release_kind, order.case_number, log, moment)).number;
        return {};
    };
    if (auto done = packed(); !done) {
        fs::remove_all(folder, problem);
        return Failure(std::move(done).error());
    }
    return report;
}

}  // namespace kansli::archive
