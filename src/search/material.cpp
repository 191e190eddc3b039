#include "search/material.hpp"

namespace kansli::search {

Result<std::shared_ptr<const documents::Catalogue>> LibraryMaterial::catalogue() {
    return library_.catalogue();
}

Result<documents::Library::SectionText> LibraryMaterial::section(const access::Caller& caller,
                                                                 const documents::VersionId& version,
                                                                 int ordinal) {
    return library_.section(caller, version, ordinal);
}

Result<void> LibraryMaterial::each_section(const documents::VersionId& version, const Visit& visit) {
    return library_.each_section(version, visit);
}

}  // namespace kansli::search
