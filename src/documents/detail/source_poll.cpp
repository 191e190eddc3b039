#include "documents/detail/source_poll.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "documents/detail/versions.hpp"
#include "json/value.hpp"

namespace kansli::documents::detail {

namespace {

// Errors that say nothing of the file itself, so that it is worth another try as it is.
bool passes(ErrorCode code) {
    return code == ErrorCode::busy || code == ErrorCode::unavailable;
}

// The input that a report is about. A file inside an archive is reported under the archive's name with its own after it.
std::size_t input_of(const FileReport& report, const std::vector<Candidate>& candidates) {
    if (candidates.size() == 1) return 0;
    std::size_t best = candidates.size();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const std::string& name = candidates[i].input.name;
        if (!report.name.starts_with(name)) continue;
        if (best == candidates.size() || name.size() > candidates[best].input.name.size()) best = i;
    }
    return best;
}

using Reports = std::vector<const FileReport*>;

bool is_unfinished(const Reports& reports) {
    return reports.empty() || std::ranges::any_of(reports, [](const FileReport* report) {
               return report->state == FileState::waiting || report->state == FileState::cancelled;
           });
}

// The documents that the item holds now: those that were reported, and of those that it held before the ones that may be
// in it still. What is in a file that has not changed is not reported, and what failed says nothing of what it held.
std::vector<HeldDocument> documents_now(const Reports& reports, const std::vector<HeldDocument>& before) {
    std::vector<HeldDocument> documents;
    for (const FileReport* report : reports) {
        if (report->document) documents.push_back({*report->document, report->name});
    }
    const bool unsure = documents.empty() ||
                        std::ranges::find(reports, FileState::failed, &FileReport::state) != reports.end();
    for (const HeldDocument& held : before) {
        const auto keeps = [&](const FileReport* report) {
            return report->state == FileState::unchanged && held.part.starts_with(report->name + "/");
        };
        if (unsure || std::ranges::any_of(reports, keeps)) documents.push_back(held);
    }
    return documents;
}

}  // namespace

std::string in_words(const Error& error) {
    return error.advice.empty() ? error.message : error.message + " " + error.advice;
}

Poll::Poll(const PollTools& tools, Source source, const Importer::Progress& progress, std::stop_token stop)
    : tools_(tools),
      source_(std::move(source)),
      progress_(progress),
      stop_(std::move(stop)),
      moment_(tools.clock()) {
}

Result<PollReport> Poll::run() {
    const auto read = source_.kind == SourceKind::folder ? read_folder() : read_pages();
    if (!read) {
        // A stop is no problem of the source, and the rest of it is still due.
        if (read.error().code != ErrorCode::cancelled) TRY(finish(to_line(read.error())));
        return Failure(read.error());
    }
    TRY(finish(TRY(problem())));
    return report_;
}

Result<void> Poll::import(std::vector<Candidate> candidates, const ImportOptions& options) {
    if (candidates.empty()) return {};
    std::vector<ImportInput> inputs;
    for (const Candidate& candidate : candidates)
        inputs.push_back(candidate.input);
    const auto reports = TRY(tools_.importer.import(access::keeper(), inputs, options, progress_, stop_));
    std::map<std::size_t, std::vector<const FileReport*>> by_input;
    for (const FileReport& report : reports)
        by_input[input_of(report, candidates)].push_back(&report);
    bool unfinished = false;
    TRY(tools_.database.write([&](store::Connection& connection) -> Result<void> {
        TRY(load_source(connection, source_.id));  // it may have been removed meanwhile
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (is_unfinished(by_input[i])) {
                unfinished = true;
                continue;
            }
            TRY(remember(connection, std::move(candidates[i].seen), by_input[i]));
        }
        return {};
    }));
    return unfinished ? Result<void>(stopped()) : check_stop();
}

Result<void> Poll::remember(store::Connection& connection, ItemRow item, const Reports& reports) {
    const auto before = TRY(documents_of(connection, source_.id, item.name));
    const auto documents = documents_now(reports, before);
    if (const auto failed = std::ranges::find(reports, FileState::failed, &FileReport::state);
        failed != reports.end()) {
        ++report_.failed;
        const Error error = (*failed)->error.value_or(Error{.message = "Filen kunde inte läsas."});
        item.problem = in_words(error);
        if (passes(error.code)) item.stamp.clear();
    } else {
        ++(std::ranges::any_of(reports, &FileReport::new_version) ? report_.imported : report_.unchanged);
    }
    std::vector<HeldDocument> left;
    std::ranges::copy_if(before, std::back_inserter(left), [&](const HeldDocument& held) {
        return std::ranges::find(documents, held.id, &HeldDocument::id) == documents.end();
    });
    TRY(save_item(connection, source_.id, item));
    TRY(set_documents(connection, source_.id, item.name, documents));
    TRY(let_go(connection, left, item.name));
    return take_back(connection, documents, item.name);
}

Result<void> Poll::move(const std::vector<std::string>& vanished, const std::vector<std::string>& back) {
    if (vanished.empty() && back.empty()) return {};
    return tools_.database.write([&](store::Connection& connection) -> Result<void> {
        const auto set = [&](const std::string& name, bool gone) -> Result<void> {
            auto item = TRY(load_item(connection, source_.id, name));
            if (!item) return {};
            item->gone = gone;
            return save_item(connection, source_.id, *item);
        };
        // All first, since a document may have moved from one file to another.
        for (const auto& name : vanished)
            TRY(set(name, true));
        for (const auto& name : back)
            TRY(set(name, false));
        for (const auto& name : vanished)
            TRY(let_go(connection, TRY(documents_of(connection, source_.id, name)), name));
        for (const auto& name : back)
            TRY(take_back(connection, TRY(documents_of(connection, source_.id, name)), name));
        report_.gone += static_cast<std::int64_t>(vanished.size());
        return {};
    });
}

Result<void> Poll::let_go(store::Connection& connection, const std::vector<HeldDocument>& documents,
                          const std::string& name) {
    for (const HeldDocument& document : documents) {
        if (TRY(is_held(connection, document.id))) continue;
        if (TRY(set_gone(connection, document.id, day_in_sweden(moment_), moment_))) {
            TRY(note(connection, "document_gone", document.id, name));
        }
    }
    return {};
}

Result<void> Poll::take_back(store::Connection& connection, const std::vector<HeldDocument>& documents,
                             const std::string& name) {
    for (const HeldDocument& document : documents) {
        if (TRY(set_gone(connection, document.id, std::nullopt, moment_))) {
            TRY(note(connection, "document_back", document.id, name));
        }
    }
    return {};
}

Result<void> Poll::note(store::Connection& connection, std::string_view kind, const DocumentId& document,
                        const std::string& name) {
    json::Value content = json::Value::object();
    content["source"] = source_.id.str();
    content["name"] = name;
    content["day"] = to_string(day_in_sweden(moment_));
    TRY(tools_.record.append(connection, access::keeper(), kind, document.str(), json::write(content),
                             moment_));
    return {};
}

Result<ItemRow> Poll::known_item(const std::string& name) {
    std::optional<ItemRow> item;
    TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
        item = TRY(load_item(connection, source_.id, name));
        return {};
    }));
    return item ? *std::move(item) : ItemRow{.name = name};
}

Failure Poll::stopped() const {
    return fail(ErrorCode::cancelled, "Läsningen av källan avbröts; det som hann läsas är kvar.",
                source_.id.str());
}

Result<void> Poll::check_stop() const {
    return stop_.stop_requested() ? Result<void>(stopped()) : Result<void>();
}

void Poll::trouble(const std::string& name, const std::string& problem) {
    ++report_.failed;
    troubles_.push_back(fmt::format("{}: {}", name, problem));
}

Result<void> Poll::finish(const std::optional<std::string>& problem) {
    return tools_.database.write([&](store::Connection& connection) -> Result<void> {
        return note_poll(connection, source_.id, moment_, problem, identity_);
    });
}

Result<std::optional<std::string>> Poll::problem() {
    Problems known;
    TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
        known = TRY(problems_of(connection, source_.id));
        return {};
    }));
    const auto count = known.count + static_cast<std::int64_t>(troubles_.size());
    if (count == 0) return std::nullopt;
    const std::string& first = troubles_.empty() ? known.first : troubles_.front();
    return count == 1 ? first : fmt::format("{} (och {} till)", first, count - 1);
}

}  // namespace kansli::documents::detail
