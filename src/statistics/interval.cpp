#include "statistics/interval.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kansli::statistics {

namespace {

constexpr double upper_tail = 0.975;
constexpr double z = 1.959963984540054;  // the normal distribution's 0.975

// The continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22).
double beta_fraction(double a, double b, double x) {
    constexpr double tiny = 1e-300;
    constexpr double enough = 1e-15;
    double c = 1;
    double d = 1 / std::max(1 - (a + b) * x / (a + 1), tiny);
    double result = d;
    for (int m = 1; m < 500; ++m) {
        const auto step = [&](double numerator) {
            d = 1 + numerator * d;
            c = 1 + numerator / c;
            d = 1 / (std::abs(d) < tiny ? tiny : d);
            c = std::abs(c) < tiny ? tiny : c;
            result *= d * c;
            return d * c;
        };
        step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
        const double change = step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
        if (std::abs(change - 1) < enough) break;
    }
    return result;
}

// The regularised incomplete beta function I_x(a, b).
double incomplete_beta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                     : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

Estimate around(double value, double half, std::int64_t n) {
    return {value, value - half, value + half, n};
}

// How many of the lowest values may be left out so that as many at each end leave the median between them in 95 cases of a hundred.
std::size_t values_left_out(std::size_t n) {
    const auto all = static_cast<double>(n);
    // Of exactly `count` values below the median; by logarithms, for 2 to the power of −n is nought to a computer soon enough.
    const auto probability = [&](double count) {
        return std::exp(std::lgamma(all + 1) - std::lgamma(count + 1) - std::lgamma(all - count + 1) -
                        all * std::log(2.0));
    };
    double below = probability(0);
    std::size_t out = 0;
    while (out + 1 < n && 2 * below <= 1 - 0.95) {
        ++out;
        below += probability(static_cast<double>(out));
    }
    return out;
}

}  // namespace

Summary summary_of(std::span<const double> values) {
    Summary result{.n = static_cast<std::int64_t>(values.size())};
    if (values.empty()) return result;
    const auto n = static_cast<double>(values.size());
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.deviation = values.size() < 2 ? 0 : std::sqrt(squares / (n - 1));
    return result;
}

std::optional<Estimate> mean(std::span<const double> values) {
    return mean(summary_of(values));
}

std::optional<Estimate> mean(const Summary& sample) {
    if (sample.n < 2) return std::nullopt;
    const auto n = static_cast<double>(sample.n);
    return around(sample.mean, student_quantile(upper_tail, n - 1) * sample.deviation / std::sqrt(n),
                  sample.n);
}

std::optional<Estimate> mean_difference(const Summary& first, const Summary& second) {
    if (first.n < 2 || second.n < 2) return std::nullopt;
    const auto n = static_cast<double>(first.n);
    const auto m = static_cast<double>(second.n);
    const double a = first.deviation * first.deviation / n;
    const double b = second.deviation * second.deviation / m;
    const double value = first.mean - second.mean;
    if (a + b <= 0) return around(value, 0, first.n + second.n);
    const double freedom = (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1));
    return around(value, student_quantile(upper_tail, freedom) * std::sqrt(a + b), first.n + second.n);
}

double quantile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= values.size()) return values.back();
    return std::lerp(values[below], values[below + 1], place - static_cast<double>(below));
}

std::optional<Estimate> median(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    const auto n = values.size();
    const auto out = values_left_out(n);
    // With `out` values left out at each end the next ones are the interval's ends.
    const auto end = out == 0 ? 0 : out - 1;
    return Estimate{quantile(values, 0.5), values[end], values[n - 1 - end], static_cast<std::int64_t>(n)};
}

std::optional<Estimate> share(std::int64_t hits, std::int64_t all) {
    if (all <= 0) return std::nullopt;
    const auto n = static_cast<double>(all);
    const double p = static_cast<double>(hits) / n;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    // At the ends the formula is exact but for rounding.
    return Estimate{p, hits == 0 ? 0 : std::max(0.0, middle - half),
                    hits == all ? 1 : std::min(1.0, middle + half), all};
}

std::optional<Estimate> share_difference(std::int64_t hits, std::int64_t all, std::int64_t other_hits,
                                         std::int64_t other_all) {
    const auto first = share(hits, all);
    const auto second = share(other_hits, other_all);
    if (!first || !second) return std::nullopt;
    const double value = first->value - second->value;
    return Estimate{value, value - std::hypot(first->value - first->low, second->high - second->value),
                    value + std::hypot(first->high - first->value, second->value - second->low),
                    all + other_all};
}

std::optional<Estimate> rate(std::int64_t count, double units) {
    if (units <= 0) return std::nullopt;
    const auto x = static_cast<double>(count);
    const auto bound = [](double events, double sign) {
        if (events <= 0) return 0.0;
        const double root = 1 - 1 / (9 * events) + sign * z / (3 * std::sqrt(events));
        return std::max(0.0, events * root * root * root);
    };
    return Estimate{x / units, bound(x, -1) / units, bound(x + 1, 1) / units, count};
}

std::optional<Estimate> slope(std::span<const std::pair<double, double>> points) {
    if (points.size() < 3) return std::nullopt;
    const auto n = static_cast<double>(points.size());
    double x_mean = 0;
    double y_mean = 0;
    for (const auto& [x, y] : points) {
        x_mean += x / n;
        y_mean += y / n;
    }
    double xx = 0;
    double xy = 0;
    for (const auto& [x, y] : points) {
        xx += (x - x_mean) * (x - x_mean);
        xy += (x - x_mean) * (y - y_mean);
    }
    if (xx <= 0) return std::nullopt;
    const double value = xy / xx;
    double rest = 0;
    for (const auto& [x, y] : points) {
        const double off = y - y_mean - value * (x - x_mean);
        rest += off * off;
    }
    const double half = student_quantile(upper_tail, n - 2) * std::sqrt(rest / (n - 2) / xx);
    return around(value, half, static_cast<std::int64_t>(points.size()));
}

double student_probability(double x, double freedom) {
    const double tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + x * x)) / 2;
    return x > 0 ? 1 - tail : tail;
}

double student_quantile(double probability, double freedom) {
    if (probability < 0.5) return -student_quantile(1 - probability, freedom);
    double low = 0;
    double high = 1;
    while (student_probability(high, freedom) < probability && high < 1e300)
        high *= 2;
    for (int round = 0; round < 200 && high - low > 1e-13 * high; ++round) {
        const double middle = (low + high) / 2;
        (student_probability(middle, freedom) < probability ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace kansli::statistics
