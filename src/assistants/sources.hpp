#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"

namespace kansli::assistants {

// What answering needs of the library: the text of a section, the page that a quote stands on, and
// who may read a document.
// Threads: any, like the library behind it.
class Sources {
  public:
    virtual ~Sources() = default;

    // not_found when the caller may not read it.
    [[nodiscard]] virtual Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                                          const documents::VersionId& version,
                                                                          int ordinal) = 0;

    // The first section of that path: "9 kap. 4 §". not_found when there is none or the caller may not read it.
    [[nodiscard]] virtual Result<documents::Library::SectionText> section_called(
        const access::Caller& caller, const documents::VersionId& version, std::string_view path) = 0;

    // The first page that bytes [start, end) of a version stand on; none when the format has no pages.
    [[nodiscard]] virtual Result<std::optional<int>> page(const access::Caller& caller,
                                                          const documents::VersionId& version,
                                                          std::size_t start, std::size_t end) = 0;

    // Who may read a document.
    [[nodiscard]] virtual Result<documents::Protection> protection(const access::Caller& caller,
                                                                   const documents::DocumentId& document) = 0;
};

// The library of a data folder.
class LibrarySources final : public Sources {
  public:
    explicit LibrarySources(documents::Library& library) : library_(library) {}

    Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                    const documents::VersionId& version,
                                                    int ordinal) override;
    Result<documents::Library::SectionText> section_called(const access::Caller& caller,
                                                           const documents::VersionId& version,
                                                           std::string_view path) override;
    Result<std::optional<int>> page(const access::Caller& caller, const documents::VersionId& version,
                                    std::size_t start, std::size_t end) override;
    Result<documents::Protection> protection(const access::Caller& caller,
                                             const documents::DocumentId& document) override;

  private:
    documents::Library& library_;
};

}  // namespace kansli::assistants
