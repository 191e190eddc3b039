#include "documents/detail/preparing.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/file_name.hpp"
#include "core/hash.hpp"
#include "documents/attributes.hpp"
#include "documents/detail/gather.hpp"
#include "documents/detail/json_lines.hpp"
#include "documents/detail/rows.hpp"
#include "documents/detail/words.hpp"

namespace kansli::documents::detail {

namespace {

constexpr int deepest_container = 4;

// Grows when reading becomes better, so that unchanged files are read anew.
constexpr std::string_view reading_revision = "2";

// Everything besides the bytes that decides what becomes of a file.
std::string input_hash(const Task& task, const Batch& batch) {
    json::Value value = json::Value::object();
    value["reading"] = reading_revision;
    value["sidecar"] = task.sidecar;
    value["given"] = to_json(batch.options.given);
    value["as_version_of"] = batch.options.as_version_of ? batch.options.as_version_of->str() : std::string{};
    return sha256(json::write(value));
}

std::string identity_of(const ReadDocument& document, const std::string& name) {
    return document.stated.id.empty() ? "file:" + name : "id:" + document.stated.id;
}

void warn_if_nobody_reads(const Attributes& attributes, std::vector<std::string>& warnings) {
    if (attributes.secrecy.empty() || !attributes.access.empty() || !attributes.owner.empty()) return;
    warnings.emplace_back(
        "Dokumentet har sekretess men varken ansvarig nämnd eller åtkomst; om inte samlingen har en ägare "
        "får "
        "ingen läsa det.");
}

}  // namespace

Prepared Preparer::prepare(Task task, const std::stop_token& stop) const {
    Prepared prepared;
    prepared.task = std::move(task);
    prepared.report.name = prepared.task.where.empty() ? prepared.task.name : prepared.task.where;
    prepared.report.state = FileState::reading;
    auto result = stop.stop_requested() ? Result<void>(fail(ErrorCode::cancelled, "Avbruten."))
                                        : try_prepare(prepared, stop);
    if (!result) {
        const bool cancelled = result.error().code == ErrorCode::cancelled;
        prepared.report.state = cancelled ? FileState::cancelled : FileState::failed;
        if (!cancelled) prepared.report.error = std::move(result).error();
        if (prepared.report.error && prepared.report.error->where.empty())
            prepared.report.error->where = prepared.report.name;
        prepared.document.reset();
    }
    return prepared;
}

Prepared Preparer::store_only(Task task) const {
    Prepared prepared;
    prepared.task = std::move(task);
    prepared.report.name = prepared.task.name;
    if (auto stored = store_original(prepared); !stored) {
        prepared.report.state = FileState::failed;
        prepared.report.error = std::move(stored).error();
    }
    return prepared;
}

Result<void> Preparer::try_prepare(Prepared& prepared, const std::stop_token& stop) const {
    Task& task = prepared.task;
    if (task.depth > deepest_container) {
        return fail(ErrorCode::too_large, "För många arkiv ligger i varandra.", task.name,
                    "Packa upp det och läs in filerna var för sig.");
    }
    if (!task.line && task.name.ends_with(sidecar_ending)) {
        const auto described = task.name.substr(0, task.name.size() - sidecar_ending.size());
        return fail(ErrorCode::unsupported,
                    fmt::format("Filen som {} beskriver finns inte bredvid den.", task.name), task.name,
                    fmt::format("Läs in den och {} tillsammans, i en mapp eller ett ZIP-arkiv. Är den ett "
                                "eget dokument: ge den en annan filändelse, till exempel .txt.",
                                described));
    }
    if (task.line) {
        prepared.document = TRY(read_json_line(*task.line, task.where));
        // A line of a batch is known by its id, wherever the batch lies.
        task.name = shown_file_name(prepared.document->stated.id);
        prepared.report.name = task.name;
    }
    prepared.incoming.file_name = task.name;
    prepared.incoming.input_hash = input_hash(task, batch_);
    TRY(store_original(prepared));
    if (TRY(is_unchanged(prepared))) {
        prepared.document.reset();
        return {};
    }
    if (!task.line) TRY(read_file_of(prepared, stop));
    if (prepared.document) TRY(finish(prepared));
    return {};
}

Result<void> Preparer::store_original(Prepared& prepared) const {
    Task& task = prepared.task;
    if (task.hash.empty()) {
        std::error_code problem;
        const auto status = std::filesystem::status(task.path, problem);
        if (!std::filesystem::exists(status)) {
            return fail(ErrorCode::not_found, "Filen eller mappen finns inte.", task.name,
                        "Kontrollera sökvägen.");
        }
        if (!std::filesystem::is_regular_file(status))
            return fail(ErrorCode::invalid_input, "Det är ingen fil som går att läsa.", task.name);
        task.hash = TRY(folder_.store_file(task.path)).hash;
    }
    prepared.incoming.file_hash = task.hash;
    prepared.incoming.source_hash = task.line ? sha256(*task.line) : task.hash;
    return {};
}

Result<bool> Preparer::is_unchanged(Prepared& prepared) const {
    std::optional<Origin> origin;
    TRY(database_.read([&](store::Connection& connection) -> Result<void> {
        origin = TRY(latest_of(connection, batch_.caller, batch_.options.collection, prepared.task.name));
        return {};
    }));
    if (!origin || origin->withdrawn || origin->source_hash != prepared.incoming.source_hash ||
        origin->input_hash != prepared.incoming.input_hash) {
        return false;
    }
    if (origin->gone) {  // the file is back at its source
        TRY(database_.write([&](store::Connection& connection) -> Result<void> {
            TRY(set_gone(connection, origin->document, std::nullopt, now()));
            return {};
        }));
    }
    prepared.report.state = FileState::unchanged;
    prepared.report.document = origin->document;
    prepared.report.version = origin->version;
    prepared.report.sections = origin->sections;
    return true;
}

Result<void> Preparer::read_file_of(Prepared& prepared, const std::stop_token& stop) const {
    const auto stored = TRY(folder_.file_path(prepared.task.hash));
    auto workspace = std::make_shared<TemporaryFolder>(TRY(TemporaryFolder::create(workspaces_)));
    auto outcome = TRY(read_in_turn(stored, prepared.task.name, workspace->path(), stop));
    TRY(take_inside(prepared, outcome.files, workspace));
    if (!outcome.document.text.empty()) {
        prepared.document = std::move(outcome.document);
    } else if (outcome.files.empty()) {
        return fail(ErrorCode::invalid_input, "Filen innehåller ingen text.", prepared.task.name,
                    "Öppna den och se efter; text i bilder läses bara i PDF.");
    } else {
        prepared.report.warnings = std::move(outcome.document.warnings);
    }
    return {};
}

Result<FileReader::Outcome> Preparer::read_in_turn(const std::filesystem::path& file, const std::string& name,
                                                   const std::filesystem::path& workspace,
                                                   const std::stop_token& stop) const {
    struct Turn {
        std::counting_semaphore<>& free;
        ~Turn() { free.release(); }
    };
    reading_.acquire();
    const Turn turn{reading_};
    return reader_.read(file, name, workspace, stop);
}

Result<void> Preparer::take_inside(Prepared& prepared, const std::vector<extract::EmbeddedFile>& files,
                                   const std::shared_ptr<TemporaryFolder>& folder) const {
    const auto find = [&](const std::string& name) {
        return std::ranges::find(files, name, &extract::EmbeddedFile::name);
    };
    for (const extract::EmbeddedFile& file : files) {
        const std::string last = std::filesystem::path(file.name).filename().string();
        if (is_passed_over(last) || file.name.starts_with("__MACOSX/")) continue;
        const bool is_sidecar =
            file.name.ends_with(sidecar_ending) &&
            find(file.name.substr(0, file.name.size() - sidecar_ending.size())) != files.end();
        if (is_sidecar) continue;
        Task task;
        task.name = prepared.task.name + "/" + shown_file_name(file.name);
        task.path = file.path;
        task.depth = prepared.task.depth + 1;
        task.folder = folder;
        if (const auto sidecar = find(file.name + std::string(sidecar_ending)); sidecar != files.end()) {
            task.sidecar = TRY(read_file(sidecar->path, largest_sidecar));
        }
        prepared.inside.push_back(std::move(task));
    }
    return {};
}

// Sets what the document says of itself and which document it is.
Result<void> Preparer::finish(Prepared& prepared) const {
    ReadDocument& document = *prepared.document;
    if (!prepared.task.sidecar.empty()) {
        const std::string name = prepared.task.name + std::string(sidecar_ending);
        const StatedAttributes sidecar = TRY(read_sidecar(prepared.task.sidecar, name, document.warnings));
        document.attributes = overlay(std::move(document.attributes), sidecar.values);
        document.stated = overlay(std::move(document.stated), sidecar.stated);
    }
    // A text that calls itself repealed without naming the day does not apply today.
    if (document.stated.superseded && !document.attributes.valid_to) {
        document.attributes.valid_to = day_before(day_in_sweden(now()));
    }
    warn_if_nobody_reads(overlay(document.attributes, batch_.options.given), document.warnings);
    IncomingVersion& incoming = prepared.incoming;
    incoming.collection = batch_.options.collection;
    incoming.identity = identity_of(document, prepared.task.name);
    incoming.as_version_of = batch_.options.as_version_of;
    incoming.batch = batch_.number;
    incoming.given = batch_.options.given;
    prepared.report.warnings = document.warnings;
    prepared.report.sections = static_cast<std::int64_t>(document.sections.size());
    return {};
}

}  // namespace kansli::documents::detail
