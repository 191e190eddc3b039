#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"

namespace kansli::json {

// How json::read treats what does not fit exactly.
struct ReadOptions {
    enum class Unknown : bool { refuse, ignore };
    enum class Absent : bool { refuse, keep_default };
    Unknown unknown = Unknown::refuse;  // members that the struct does not have
    Absent absent = Absent::refuse;     // members that are missing; keep_default: they stay as `T{}` has them
    ParseLimits limits{};
    std::size_t longest_text = std::numeric_limits<std::size_t>::max();   // bytes of one text
    std::size_t most_elements = std::numeric_limits<std::size_t>::max();  // of one list
};

namespace detail {

// The part of reading that does not depend on the type read: keeps the place in the text and the first
// failure. All functions return false after a failure.
class Reader {
  public:
    explicit Reader(const ReadOptions& options) : options_(options) {}

    bool read(const Value& value, bool& out);
    bool read(const Value& value, double& out);
    bool read(const Value& value, std::string& out);
    bool read(const Value& value, Date& out);
    bool read(const Value& value, Timestamp& out);
    bool read_signed(const Value& value, std::int64_t least, std::int64_t most, std::int64_t& out);
    bool read_unsigned(const Value& value, std::uint64_t most, std::uint64_t& out);
    // The number of the name in `names`.
    bool read_name(const Value& value, std::span<const std::string_view> names, std::size_t& out);

    // Null after noting the failure.
    const Value::Array* array(const Value& value);
    const Value::Object* object(const Value& value);
    // Notes a member that is missing; true when that is allowed.
    bool absent(std::string_view name, bool may_be_absent);
    bool no_others(const Value::Object& members, std::span<const std::string_view> names);

    void enter(std::string_view name) { path_.emplace_back(name); }
    void enter(std::size_t index) { path_.emplace_back(index); }
    void leave() { path_.pop_back(); }

    bool refuse(std::string message, std::string advice = {});
    [[nodiscard]] Error take_error() { return std::move(*error_); }

  private:
    [[nodiscard]] std::string pointer() const;

    ReadOptions options_;
    std::vector<std::variant<std::string_view, std::size_t>> path_;
    std::optional<Error> error_;
};

}  // namespace detail
}  // namespace kansli::json
