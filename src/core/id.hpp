#pragma once

#include <compare>
#include <string>
#include <utility>

namespace kansli {

// A name of one kind of thing that cannot be mixed up with the name of another. The text is opaque: it is
// compared, stored and printed, never taken apart.
template <typename Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    std::string text_;
};

}  // namespace kansli

template <typename Tag>
struct std::hash<kansli::Id<Tag>> {
    std::size_t operator()(const kansli::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.str());
    }
};
