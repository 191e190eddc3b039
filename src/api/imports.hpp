#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/descriptions.hpp"
#include "core/time.hpp"
#include "documents/importer.hpp"
#include "jobs/queue.hpp"
#include "json/describe.hpp"

// Imports that somebody started in the browser: durable jobs that the page can follow and cancel.
namespace kansli::api {

inline constexpr std::string_view import_job = "import";

// What the form says of the files; empty fields leave it to the files themselves.
struct ImportForm {
    std::string collection{};
    std::optional<std::string> title{};
    std::optional<documents::DocumentKind> kind{};
    std::optional<std::string> owner{};
    std::optional<access::InformationClass> information_class{};
    std::vector<std::string> access{};
    std::optional<std::string> secrecy{};
    std::optional<Date> valid_from{};
    std::optional<Date> valid_to{};
    std::optional<documents::DocumentId> as_version_of{};
};
KANSLI_DESCRIBE(ImportForm, collection, title, kind, owner, information_class, access, secrecy, valid_from,
                valid_to, as_version_of)

// An upload that waits under a name of ours, and the name that the user knows it by.
struct WaitingFile {
    std::string path{};
    std::string name{};
};
KANSLI_DESCRIBE(WaitingFile, path, name)

struct ImportPayload {
    std::vector<WaitingFile> files{};
    ImportForm form{};
};
KANSLI_DESCRIBE(ImportPayload, files, form)

struct ShownError {
    std::string message{};
    std::string where{};
    std::string advice{};
};
KANSLI_DESCRIBE(ShownError, message, where, advice)

struct ImportedFile {
    std::string name{};
    documents::FileState state = documents::FileState::waiting;
    std::optional<documents::DocumentId> document{};
    std::optional<documents::VersionId> version{};
    bool new_version = false;
    std::int64_t sections = 0;
    std::optional<ShownError> error{};
    std::vector<std::string> warnings{};
};
KANSLI_DESCRIBE(ImportedFile, name, state, document, version, new_version, sections, error, warnings)

struct ImportProgress {
    std::vector<ImportedFile> files{};
};
KANSLI_DESCRIBE(ImportProgress, files)

// A job as the page shows it.
struct ImportView {
    std::string id{};
    jobs::JobState state = jobs::JobState::waiting;
    Timestamp created{};
    std::vector<ImportedFile> files{};
    std::optional<ShownError> error{};
};
KANSLI_DESCRIBE(ImportView, id, state, created, files, error)

[[nodiscard]] ImportView view(const jobs::Job& job);
[[nodiscard]] ImportedFile view(const documents::FileReport& report);
[[nodiscard]] documents::ImportOptions options_of(const ImportForm& form);

}  // namespace kansli::api
