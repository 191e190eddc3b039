#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "extract/extract.hpp"

namespace kansli::extract::detail {

// Collects the blocks of one file: tidies their text, drops empty ones and keeps within the limit.
// Threads: one instance, one thread.
class Writer {
  public:
    Writer(std::string_view format, const Limits& limits);

    void heading(int level, std::string_view text);
    void paragraph(std::string_view text);
    void item(std::string_view marker, int level, std::string_view text);
    void row(const std::vector<std::string>& cells);
    void add(Block block);  // with text that is tidy already

    // A line whose role only its words tell: a chapter, a list item with its mark, or a paragraph.
    void line(std::string_view text);

    void metadata(std::string_view key, std::string_view value);  // the first value of a key stays
    void warn(std::string sentence);

    // What lies in too many elements is not followed; finish() fails when that was all there is.
    void too_deep();

    // Takes the title that the file's properties state, and forgets one that only a program gave: "Microsoft Word - taxa.doc".
    void title_from_properties();

    // Whether the text is over the limit; readers stop then, and finish() fails.
    [[nodiscard]] bool full() const { return bytes_ > limit_; }
    [[nodiscard]] Extract& extract() { return extract_; }

    // Sets the title from the first heading when nothing else has.
    [[nodiscard]] Result<Extract> finish() &&;

  private:
    Extract extract_{};
    std::size_t limit_ = 0;
    std::size_t bytes_ = 0;
    bool too_deep_ = false;
};

}  // namespace kansli::extract::detail
