#include "api/imports.hpp"

#include "json/binder.hpp"

namespace kansli::api {

namespace {

std::optional<ShownError> shown(const std::optional<Error>& error) {
    if (!error) return std::nullopt;
    return ShownError{error->message, error->where, error->advice};
}

}  // namespace

ImportedFile view(const documents::FileReport& report) {
    return {.name = report.name,
            .state = report.state,
            .document = report.document,
            .version = report.version,
            .new_version = report.new_version,
            .sections = report.sections,
            .error = shown(report.error),
            .warnings = report.warnings};
}

ImportView view(const jobs::Job& job) {
    ImportView view{
        .id = job.id.str(), .state = job.state, .created = job.created, .error = shown(job.error)};
    const auto& told = job.result.empty() ? job.progress : job.result;
    if (auto progress = json::read<ImportProgress>(told)) view.files = std::move(progress->files);
    if (const auto payload = json::read<ImportPayload>(job.payload); payload && view.files.empty()) {
        const bool cancelled = job.state == jobs::JobState::cancelled;
        for (const auto& file : payload->files) {
            view.files.push_back(
                {.name = file.name,
                 .state = cancelled ? documents::FileState::cancelled : documents::FileState::waiting});
        }
    }
    return view;
}

documents::ImportOptions options_of(const ImportForm& form) {
    documents::ImportOptions options{.collection = form.collection, .as_version_of = form.as_version_of};
    options.given.title = form.title.value_or("");
    options.given.kind = form.kind.value_or(documents::DocumentKind::other);
    options.given.owner = form.owner.value_or("");
    options.given.information_class = form.information_class.value_or(access::InformationClass::open);
    options.given.access = form.access;
    options.given.secrecy = form.secrecy.value_or("");
    options.given.valid_from = form.valid_from;
    options.given.valid_to = form.valid_to;
    return options;
}

}  // namespace kansli::api
