#include "assistants/sources.hpp"

namespace kansli::assistants {

Result<documents::Library::SectionText> LibrarySources::section(const access::Caller& caller,
                                                                const documents::VersionId& version,
                                                                int ordinal) {
    return library_.section(caller, version, ordinal);
}

Result<documents::Library::SectionText> LibrarySources::section_called(const access::Caller& caller,
                                                                       const documents::VersionId& version,
                                                                       std::string_view path) {
    return library_.section_called(caller, version, path);
}

Result<std::optional<int>> LibrarySources::page(const access::Caller& caller,
                                                const documents::VersionId& version, std::size_t start,
                                                std::size_t end) {
    const auto places = TRY(library_.places(caller, version, start, end));
    return places.empty() ? std::optional<int>{} : std::optional<int>{places.front().page};
}

Result<documents::Protection> LibrarySources::protection(const access::Caller& caller,
                                                         const documents::DocumentId& document) {
    return library_.protection(caller, document);
}

}  // namespace kansli::assistants
