#include "core/metrics.hpp"

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using namespace kansli;

TEST_CASE("the figures are told as Prometheus reads them") {
    Metrics metrics;
    metrics.declare_counter("kansli_requests_total", "Requests.");
    metrics.declare_gauge("kansli_documents", "Documents,\nall of them.");
    metrics.declare_histogram("kansli_duration_seconds", "Time.", {0.1, 1});
    metrics.add("kansli_requests_total", {{"route", "/api/\"x\"\\{id}"}});
    metrics.add("kansli_requests_total", {{"route", "/api/\"x\"\\{id}"}}, 2);
    metrics.set("kansli_documents", {}, 45);
    metrics.set("kansli_documents", {}, 46);
    for (const double seconds : {0.05, 0.1, 0.5, 30.0})
        metrics.observe("kansli_duration_seconds", {{"method", "GET"}}, seconds);
    CHECK(metrics.text() ==
          "# HELP kansli_documents Documents,\\nall of them.\n"
          "# TYPE kansli_documents gauge\n"
          "kansli_documents 46\n"
          "# HELP kansli_duration_seconds Time.\n"
          "# TYPE kansli_duration_seconds histogram\n"
          "kansli_duration_seconds_bucket{method=\"GET\",le=\"0.1\"} 2\n"
          "kansli_duration_seconds_bucket{method=\"GET\",le=\"1\"} 3\n"
          "kansli_duration_seconds_bucket{method=\"GET\",le=\"+Inf\"} 4\n"
          "kansli_duration_seconds_sum{method=\"GET\"} 30.65\n"
          "kansli_duration_seconds_count{method=\"GET\"} 4\n"
          "# HELP kansli_requests_total Requests.\n"
          "# TYPE kansli_requests_total counter\n"
          "kansli_requests_total{route=\"/api/\\\"x\\\"\\\\{id}\"} 3\n");
}

TEST_CASE("nothing is lost when many threads count") {
    Metrics metrics;
    metrics.declare_counter("kansli_things_total", "Things.");
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&metrics] {
                for (int n = 0; n < 1000; ++n)
                    metrics.add("kansli_things_total", {});
            });
        }
    }
    CHECK(metrics.text().ends_with("kansli_things_total 4000\n"));
}

TEST_CASE("this process holds some memory") {
    CHECK(resident_memory() > 100'000);
}
