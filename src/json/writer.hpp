#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kansli::json {

// Writes JSON piece by piece, so that a large answer never stands in memory twice. Commas are put in by the
// writer. Ill-formed UTF-8 becomes U+FFFD; a number that is not finite becomes null. Requires: begin and end
// calls match, and a key comes before each value in an object. Threads: one instance, one thread.
class Writer {
  public:
    // `indent`: spaces a level; 0 writes everything on one line without spaces.
    explicit Writer(unsigned indent = 0) : indent_(indent) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }
    void key(std::string_view name);

    void null() { word("null"); }
    void boolean(bool value) { word(value ? "true" : "false"); }
    void integer(std::int64_t value);
    void unsigned_integer(std::uint64_t value);
    void number(double value);
    void string(std::string_view value);

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    void begin(char bracket);
    void end(char bracket);
    void word(std::string_view text);
    void separate();
    void line_break();

    std::string text_;
    unsigned indent_;
    unsigned depth_ = 0;
    bool first_ = true;  // nothing yet in the innermost bracket
    bool after_key_ = false;
};

}  // namespace kansli::json
