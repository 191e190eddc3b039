// How often each 95 % interval holds the true value, and how often two groups that do not differ are said to: simulated, seeded.
//
//     build/bench/bench/quality/measures_coverage_bench [TRIALS]
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "statistics/bootstrap.hpp"
#include "statistics/interval.hpp"

namespace {

using namespace kansli::statistics;

using Draw = std::function<double(Generator&)>;
using Trial = std::function<std::optional<Estimate>(Generator&)>;

double normal(Generator& generator) {
    const double radius = std::sqrt(-2 * std::log(1 - generator.share()));
    return radius * std::cos(2 * std::numbers::pi * generator.share());
}

// Times as they are: skewed to the right, with a standard deviation of about the mean.
constexpr double sigma = 0.83;
double lognormal(Generator& generator) {
    return std::exp(sigma * normal(generator));
}
const double lognormal_mean = std::exp(sigma * sigma / 2);

std::vector<double> sample(Generator& generator, int n, const Draw& draw) {
    std::vector<double> values;
    for (int i = 0; i < n; ++i)
        values.push_back(draw(generator));
    return values;
}

int hits(Generator& generator, int n, double p) {
    int count = 0;
    for (int i = 0; i < n; ++i)
        count += generator.share() < p ? 1 : 0;
    return count;
}

int poisson(Generator& generator, double mean) {
    int count = 0;
    for (double product = generator.share(); product > std::exp(-mean); product *= generator.share())
        ++count;
    return count;
}

// The share of trials whose interval holds the truth, with the uncertainty of the simulation itself.
void report(std::string_view what, int trials, double truth, const Trial& trial) {
    Generator generator(20261130);
    int held = 0;
    int made = 0;
    for (int i = 0; i < trials; ++i) {
        const auto estimate = trial(generator);
        if (!estimate) continue;
        ++made;
        held += estimate->low <= truth && truth <= estimate->high ? 1 : 0;
    }
    const double coverage = static_cast<double>(held) / made;
    fmt::print("{:<64} {:>6.1f} % {:>6.1f} %  ±{:.1f}\n", what, 100 * coverage, 100 * (1 - coverage),
               196 * std::sqrt(coverage * (1 - coverage) / made));
}

void means(int trials) {
    for (const int n : {5, 10, 30, 100}) {
        report(fmt::format("mean, Student, normal, n = {}", n), trials, 0,
               [n](Generator& g) { return mean(sample(g, n, normal)); });
        report(fmt::format("mean, Student, lognormal, n = {}", n), trials, lognormal_mean,
               [n](Generator& g) { return mean(sample(g, n, lognormal)); });
    }
    report("difference of means, Welch, normal 1:3 deviations, n = 10 + 30", trials, 0, [](Generator& g) {
        const auto wide = [](Generator& h) { return 3 * normal(h); };
        return mean_difference(summary_of(sample(g, 10, wide)), summary_of(sample(g, 30, normal)));
    });
    for (const int n : {10, 30, 100})
        report(fmt::format("difference of means, Welch, lognormal, no difference, n = {} + {}", n, n), trials,
               0, [n](Generator& g) {
                   const auto first = summary_of(sample(g, n, lognormal));
                   return mean_difference(first, summary_of(sample(g, n, lognormal)));
               });
}

void medians(int trials, int bootstrap_trials) {
    for (const int n : {5, 6, 10, 30, 100})
        report(fmt::format("median, order statistics, lognormal, n = {}", n), trials, 1,
               [n](Generator& g) { return median(sample(g, n, lognormal)); });
    for (const int n : {5, 10, 30, 100})
        report(fmt::format("difference of medians, bootstrap, lognormal, no difference, n = {} + {}", n, n),
               bootstrap_trials, 0, [n](Generator& g) {
                   const auto first = sample(g, n, lognormal);
                   return median_difference(first, sample(g, n, lognormal), g.next(), 1000);
               });
}

void shares(int trials) {
    for (const auto& [n, p] :
         std::array<std::pair<int, double>, 5>{{{10, 0.05}, {20, 0.05}, {20, 0.5}, {100, 0.02}, {100, 0.3}}})
        report(fmt::format("share, Wilson, p = {}, n = {}", p, n), trials, p,
               [n, p](Generator& g) { return share(hits(g, n, p), n); });
    for (const auto& [n, p] : std::array<std::pair<int, double>, 3>{{{20, 0.1}, {50, 0.05}, {100, 0.3}}})
        report(fmt::format("difference of shares, Newcombe, p = {}, no difference, n = {} + {}", p, n, n),
               trials, 0, [n, p](Generator& g) {
                   const int first = hits(g, n, p);
                   return share_difference(first, n, hits(g, n, p), n);
               });
    for (const double rate_of_count : {2.0, 10.0, 50.0})
        report(fmt::format("count, Byar, mean = {}", rate_of_count), trials, rate_of_count,
               [rate_of_count](Generator& g) { return rate(poisson(g, rate_of_count), 1); });
    report("slope, least squares, normal noise, 10 points", trials, 0.5, [](Generator& g) {
        std::vector<std::pair<double, double>> points;
        for (int i = 0; i < 10; ++i)
            points.emplace_back(i, 0.5 * i + normal(g));
        return slope(points);
    });
}

}  // namespace

int main(int argc, char** argv) {
    int trials = 20000;
    if (argc > 1) {
        const std::string_view given = argv[1];
        const auto [end, status] = std::from_chars(given.data(), given.data() + given.size(), trials);
        if (status != std::errc() || end != given.data() + given.size() || trials < 10) {
            fmt::print(stderr, "usage: measures_coverage_bench [TRIALS]\n");
            return 2;
        }
    }
    fmt::print(
        "{} trials, a tenth of them for the bootstrap; nominal coverage 95.0 %, misses (false positives "
        "where there is no difference) 5.0 %\n\n",
        trials);
    fmt::print("{:<64} {:>8} {:>8}\n", "interval", "holds", "misses");
    means(trials);
    medians(trials, trials / 10);
    shares(trials);
    return 0;
}
