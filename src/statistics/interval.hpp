#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

// Values with their 95 % confidence intervals. Pure.
namespace kansli::statistics {

// What was estimated, from how many observations. `low` ≤ `high`; the true value lies between them in 95 samples of a hundred, as far as
// the method's assumptions hold.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;
    std::int64_t n = 0;
};

// A sample of which nothing else is known, such as a measurement that was made elsewhere.
struct Summary {
    std::int64_t n = 0;
    double mean = 0;
    double deviation = 0;  // the sample's standard deviation, with n − 1
};
[[nodiscard]] Summary summary_of(std::span<const double> values);

// The mean with Student's interval. Nothing for fewer than two values.
[[nodiscard]] std::optional<Estimate> mean(std::span<const double> values);
[[nodiscard]] std::optional<Estimate> mean(const Summary& sample);
// The mean of `first` less that of `second`, with Welch's interval (Biometrika 34, 1947). Nothing when a sample has fewer than two.
[[nodiscard]] std::optional<Estimate> mean_difference(const Summary& first, const Summary& second);

// The value below which a share of the values lies, between neighbours in proportion (Hyndman & Fan's type 7). Requires values.
[[nodiscard]] double quantile(std::vector<double> values, double share);
// The median with the narrowest symmetrical pair of order statistics that holds it in at least 95 cases of a hundred; below six values
// no pair does, and the outermost are given. Nothing without values.
[[nodiscard]] std::optional<Estimate> median(std::vector<double> values);

// So many of all: the share with Wilson's interval (JASA 22, 1927). Nothing when there are none.
[[nodiscard]] std::optional<Estimate> share(std::int64_t hits, std::int64_t all);
// The first share less the second, with Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10).
[[nodiscard]] std::optional<Estimate> share_difference(std::int64_t hits, std::int64_t all,
                                                       std::int64_t other_hits, std::int64_t other_all);

// A count in so many units of time: the rate with Byar's interval for a Poisson count. Nothing when there is no time.
[[nodiscard]] std::optional<Estimate> rate(std::int64_t count, double units);

// The slope of a straight line through the points (x, y), by least squares. Nothing for fewer than three, or when all x are equal.
[[nodiscard]] std::optional<Estimate> slope(std::span<const std::pair<double, double>> points);

// P(T ≤ x) and its inverse, for Student's distribution. Requires freedom > 0 and 0 < probability < 1.
[[nodiscard]] double student_probability(double x, double freedom);
[[nodiscard]] double student_quantile(double probability, double freedom);

}  // namespace kansli::statistics
