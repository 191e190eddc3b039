#include "core/log.hpp"

#include <atomic>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/detail/log_line.hpp"
#include "core/time.hpp"

namespace kansli::log {

namespace {

spdlog::level::level_enum translate(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made =
            std::make_shared<spdlog::logger>("kansli", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");  // lay_out() says the rest
        return made;
    }();
    return *instance;
}

std::atomic<Format>& format() {
    static std::atomic<Format> chosen{Format::text};
    return chosen;
}

std::string& current_request() {
    thread_local std::string id;
    return id;
}

}  // namespace

void set_level(Level level) {
    logger().set_level(translate(level));
}

void set_format(Format chosen) {
    format() = chosen;
}

void write(Level level, std::string_view line, std::initializer_list<Field> fields) {
    const auto translated = translate(level);
    if (!logger().should_log(translated)) return;
    const auto time = to_string(now());
    const auto text = detail::lay_out({.time = time,
                                       .level = level,
                                       .message = line,
                                       .request = current_request(),
                                       .fields = {fields.begin(), fields.end()}},
                                      format());
    logger().log(translated, spdlog::string_view_t(text.data(), text.size()));
}

RequestScope::RequestScope(std::string id) : before_(std::exchange(current_request(), std::move(id))) {
}

RequestScope::~RequestScope() {
    current_request() = std::move(before_);
}

}  // namespace kansli::log
