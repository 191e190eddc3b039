#include "statistics/bootstrap.hpp"

#include <algorithm>

namespace kansli::statistics {

namespace {

double middle_of(std::vector<double>& values) {
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), half, values.end());
    if (values.size() % 2 == 1) return *half;
    return (*half + *std::max_element(values.begin(), half)) / 2;
}

double resampled_median(const std::vector<double>& sample, Generator& generator, std::vector<double>& drawn) {
    drawn.resize(sample.size());
    for (double& value : drawn)
        value = sample[generator.below(sample.size())];
    return middle_of(drawn);
}

}  // namespace

std::optional<Estimate> median_difference(const std::vector<double>& first, const std::vector<double>& second,
                                          std::uint64_t seed, int rounds) {
    if (first.size() < 2 || second.size() < 2) return std::nullopt;
    Generator generator(seed);
    std::vector<double> drawn;
    std::vector<double> differences;
    differences.reserve(static_cast<std::size_t>(rounds));
    for (int round = 0; round < rounds; ++round) {
        const double one = resampled_median(first, generator, drawn);
        differences.push_back(one - resampled_median(second, generator, drawn));
    }
    return Estimate{quantile(first, 0.5) - quantile(second, 0.5), quantile(differences, 0.025),
                    quantile(differences, 0.975), static_cast<std::int64_t>(first.size() + second.size())};
}

}  // namespace kansli::statistics
