#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "documents/library.hpp"

namespace kansli::search {

// What the lexical index is derived from and asks while it searches: the part of documents::Library that it needs, so that
// tests and benchmarks can put something smaller in its place.
// Threads: any, like the library behind it.
class Material {
  public:
    virtual ~Material() = default;

    // All versions that searches may see, as of now. The same pointer while nothing has changed.
    [[nodiscard]] virtual Result<std::shared_ptr<const documents::Catalogue>> catalogue() = 0;

    // One section with its text, for snippets. not_found when the caller may not read it.
    [[nodiscard]] virtual Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                                          const documents::VersionId& version,
                                                                          int ordinal) = 0;

    // All sections of a version in order, each with bytes [start, end) of the version's text.
    using Visit = std::function<Result<void>(const documents::Section&, std::string_view)>;
    [[nodiscard]] virtual Result<void> each_section(const documents::VersionId& version,
                                                    const Visit& visit) = 0;
};

// The library of a data folder as material.
class LibraryMaterial final : public Material {
  public:
    explicit LibraryMaterial(documents::Library& library) : library_(library) {}

    Result<std::shared_ptr<const documents::Catalogue>> catalogue() override;
    Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                    const documents::VersionId& version,
                                                    int ordinal) override;
    Result<void> each_section(const documents::VersionId& version, const Visit& visit) override;

  private:
    documents::Library& library_;
};

}  // namespace kansli::search
