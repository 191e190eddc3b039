#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "extract/extract.hpp"

namespace kansli::extract::detail {

// A ZIP file: also what DOCX, XLSX, PPTX, ODT and ODS are. Reading keeps within the limits, whatever the file claims about itself.
// Threads: one instance, one thread.
class Container {
  public:
    struct Member {
        std::string name{};  // UTF-8, for people and for looking up; never a path of ours
        bool folder = false;
        bool encrypted = false;
    };

    // corrupt when it is cut off or damaged, too_large when it has too many members.
    [[nodiscard]] static Result<Container> open(const std::filesystem::path& path, const Limits& limits);
    [[nodiscard]] static Result<Container> open_bytes(std::string_view bytes, const Limits& limits);

    [[nodiscard]] const std::vector<Member>& members() const { return members_; }
    [[nodiscard]] bool has(std::string_view name) const;

    // The bytes of the members that `wanted` chooses, by name. A single one over `largest` is too_large.
    using Choice = std::function<bool(std::string_view name)>;
    [[nodiscard]] Result<std::map<std::string, std::string>> load(const Choice& wanted,
                                                                  std::size_t largest) const;

    // Writes every file of the archive into `folder`, under names of ours: "1", "2", ….
    [[nodiscard]] Result<std::vector<EmbeddedFile>> unpack(const std::filesystem::path& folder) const;

  private:
    Container(std::filesystem::path path, std::string_view bytes, const Limits& limits)
        : path_(std::move(path)), bytes_(bytes), limits_(limits) {}
    [[nodiscard]] Result<void> list();
    [[nodiscard]] Result<std::size_t> packed_size() const;

    std::filesystem::path path_;
    std::string_view bytes_;
    Limits limits_;
    std::vector<Member> members_{};
};

}  // namespace kansli::extract::detail
