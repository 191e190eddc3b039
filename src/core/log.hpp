#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

// The one singleton of the house. Lines go to standard error; no personal data and no document text is ever
// logged.
namespace kansli::log {

enum class Level : std::uint8_t { debug, info, warning, error };

enum class Format : std::uint8_t {
    text,  // "2026-11-22T08:30:00.000Z info line name=value …", for people
    json,  // one object a line: time, level, message, and the fields, for programs (RFC 8259)
};

void set_level(Level level);
void set_format(Format format);

// A fact beside a line's message: a word of ours, an id or a number, never what a person has written.
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double> value;
};

// Adds the time, and the id of the request that this thread works on.
void write(Level level, std::string_view line, std::initializer_list<Field> fields = {});

// What this thread writes while the object lives belongs to the request with this id.
class RequestScope {
  public:
    explicit RequestScope(std::string id);
    ~RequestScope();
    RequestScope(const RequestScope&) = delete;
    RequestScope& operator=(const RequestScope&) = delete;

  private:
    std::string before_;
};

template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace kansli::log
