#include "http/detail/traffic.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "core/log.hpp"

namespace kansli::http::detail {

namespace {

constexpr std::string_view requests = "kansli_http_requests_total";
constexpr std::string_view durations = "kansli_http_request_duration_seconds";
constexpr std::string_view streams = "kansli_http_open_streams";

log::Level level_of(const Answered& answered) {
    if (answered.status >= 500) return log::Level::warning;
    return answered.quiet ? log::Level::debug : log::Level::info;
}

}  // namespace

void Answered::begin(const Request& request, const Router::Route* found) {
    request_id = request.id;
    method = method_name(request.method);
    if (found == nullptr) return;
    route = found->pattern;
    quiet = found->options.quiet;
}

void Traffic::count_in(Metrics& metrics) {
    metrics.declare_counter(std::string(requests), "Answered requests by route, method and class of status.");
    metrics.declare_histogram(
        std::string(durations),
        "From a request's first byte to its answer's last, in seconds; to its first for "
        "streams without an end.",
        {0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30});
    metrics.declare_gauge(std::string(streams), "Event streams that are open.");
    metrics.set(streams, {}, 0);
    metrics_ = &metrics;
}

void Traffic::tell(const Answered& answered) {
    log::write(level_of(answered), "request",
               {{"request", std::string_view(answered.request_id)},
                {"method", answered.method},
                {"route", answered.route},
                {"status", std::int64_t{answered.status}},
                {"ms", answered.seconds * 1000}});
    if (metrics_ == nullptr) return;
    Labels labels{{"route", std::string(answered.route)}, {"method", std::string(answered.method)}};
    metrics_->observe(durations, labels, answered.seconds);
    labels.emplace_back("status", fmt::format("{}xx", answered.status / 100));
    metrics_->add(requests, labels);
}

void Traffic::stream_changed(int by) {
    const int now_open = streams_ += by;
    if (metrics_ != nullptr) metrics_->set(streams, {}, now_open);
}

}  // namespace kansli::http::detail
