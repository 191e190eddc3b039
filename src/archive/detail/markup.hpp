#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kansli::archive::detail {

// The text with what HTML and XML would take for markup written out, and without characters that XML forbids.
[[nodiscard]] std::string escaped(std::string_view text);

// A whole page in Swedish that needs nothing but itself. `body` is markup.
[[nodiscard]] std::string page(std::string_view title, std::string_view body);

// Writes an XML document, indented, an element at a time. Names are ours and not checked; texts are escaped.
class XmlWriter {
  public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    XmlWriter();
    void open(std::string_view name, const Attributes& attributes = {});
    void close();
    void empty(std::string_view name, const Attributes& attributes = {});
    void text(std::string_view name, std::string_view text, const Attributes& attributes = {});
    // Requires: all that was opened is closed.
    [[nodiscard]] std::string take();

  private:
    void begin(std::string_view name, const Attributes& attributes);

    std::string text_{};
    std::vector<std::string> open_{};
};

}  // namespace kansli::archive::detail
