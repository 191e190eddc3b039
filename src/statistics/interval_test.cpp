#include "statistics/interval.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "statistics/bootstrap.hpp"

using namespace kansli::statistics;

TEST_CASE("Student's quantiles are those of the tables") {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2.
    CHECK(student_quantile(0.975, 1) == doctest::Approx(12.7062).epsilon(1e-5));
    CHECK(student_quantile(0.975, 4) == doctest::Approx(2.776445).epsilon(1e-6));
    CHECK(student_quantile(0.975, 10) == doctest::Approx(2.228139).epsilon(1e-6));
    CHECK(student_quantile(0.975, 100) == doctest::Approx(1.983972).epsilon(1e-6));
    CHECK(student_quantile(0.975, 1e7) == doctest::Approx(1.959964).epsilon(1e-5));
    CHECK(student_quantile(0.025, 10) == doctest::Approx(-2.228139).epsilon(1e-6));
    CHECK(student_probability(2.228139, 10) == doctest::Approx(0.975).epsilon(1e-6));
}

TEST_CASE("Wilson and Newcombe are what Newcombe printed") {
    // Statistics in Medicine 17 (1998), pages 857–872 and 873–890, the worked examples.
    const auto wilson = share(81, 263).value();
    CHECK(wilson.low == doctest::Approx(0.2553).epsilon(0.0005));
    CHECK(wilson.high == doctest::Approx(0.3662).epsilon(0.0005));
    CHECK(share(0, 20)->low == 0);
    CHECK(share(0, 20)->high == doctest::Approx(0.1611).epsilon(0.001));
    const auto difference = share_difference(56, 70, 48, 80).value();
    CHECK(difference.value == doctest::Approx(0.2));
    CHECK(difference.low == doctest::Approx(0.0524).epsilon(0.001));
    CHECK(difference.high == doctest::Approx(0.3339).epsilon(0.001));
    CHECK(share_difference(10, 10, 0, 20)->low == doctest::Approx(0.6791).epsilon(0.001));
}

TEST_CASE("Welch's interval has the degrees of freedom of Welch and Satterthwaite") {
    const std::vector<double> a{27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1,
                                21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
    const std::vector<double> b{27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0,
                                24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 23.6};
    const auto first = summary_of(a);
    const auto second = summary_of(b);
    const auto found = mean_difference(first, second).value();
    // By Python's `statistics`: t = -2.8033 with 27.876 degrees of freedom.
    const double error =
        std::sqrt(first.deviation * first.deviation / 15 + second.deviation * second.deviation / 15);
    CHECK(found.value / error == doctest::Approx(-2.8032974).epsilon(1e-6));
    CHECK((found.high - found.value) / error ==
          doctest::Approx(student_quantile(0.975, 27.876182630)).epsilon(1e-9));
    CHECK(mean_difference({1, 2, 0}, second) == std::nullopt);
    CHECK(mean_difference({5, 2, 0}, {5, 1, 0})->low == 1);
}

TEST_CASE("the median lies between the order statistics of the sign test's table") {
    const std::vector<double> ten{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    const auto found = median(ten).value();
    CHECK(found.value == 5.5);
    CHECK(found.low == 2);
    CHECK(found.high == 9);
    std::vector<double> many(3000);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i] = static_cast<double>(i);
    const auto wide = median(many).value();
    CHECK(wide.low == doctest::Approx(1499.5 - 0.98 * std::sqrt(3000.0)).epsilon(0.002));
    CHECK(median({}) == std::nullopt);
    CHECK(quantile({1, 2, 3, 4}, 0.9) == doctest::Approx(3.7));
}

TEST_CASE("a count's rate has the interval of Byar's table, and none comes with nought") {
    // Breslow & Day, Statistical Methods in Cancer Research II, table 2.10: exact limits 4.795 and 18.391 for ten.
    const auto ten = rate(10, 1).value();
    CHECK(ten.low == doctest::Approx(4.79).epsilon(0.005));
    CHECK(ten.high == doctest::Approx(18.39).epsilon(0.005));
    CHECK(rate(0, 5)->low == 0);
    CHECK(rate(0, 1)->high == doctest::Approx(3.69).epsilon(0.03));
    CHECK(rate(3, 0) == std::nullopt);
}

TEST_CASE("a straight line has its own slope") {
    const std::vector<std::pair<double, double>> line{{0, 1}, {1, 3}, {2, 5}, {3, 7}};
    CHECK(slope(line)->value == doctest::Approx(2));
    CHECK(slope(line)->high == doctest::Approx(2));
    const std::vector<std::pair<double, double>> upright{{1, 1}, {1, 2}, {1, 3}};
    CHECK(slope(upright) == std::nullopt);
}

TEST_CASE("every interval holds its own value, is in order, and follows a change of unit") {
    CHECK(rc::check("for any values", [] {
        const auto raw = *rc::gen::resize(
            60, rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5000))));
        const std::vector<double> values(raw.begin(), raw.end());
        const auto in_order = [](const std::optional<Estimate>& one) {
            return !one || (one->low <= one->value + 1e-9 && one->value <= one->high + 1e-9);
        };
        RC_ASSERT(in_order(mean(values)) && in_order(median(values)));
        const auto all = static_cast<int>(values.size());
        const auto hits = *rc::gen::inRange(0, all + 1);
        const auto share_of_all = share(hits, all);
        RC_ASSERT(in_order(share_of_all) && share_of_all->low >= 0 && share_of_all->high <= 1);
        RC_ASSERT(in_order(share_difference(hits, all, all - hits, all)));
        RC_ASSERT(in_order(rate(hits, 3)));
        std::vector<double> minutes;
        for (const double value : values)
            minutes.push_back(value / 60);
        RC_ASSERT(std::abs(median(values)->high - 60 * median(minutes)->high) < 1e-6);
        if (const auto whole = mean(values)) RC_ASSERT(std::abs(whole->low - 60 * mean(minutes)->low) < 1e-6);
    }));
}

TEST_CASE(
    "the bootstrap is the same every time, turns with its samples, and finds no difference in one sample") {
    Generator generator(7);
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 40; ++i) {
        first.push_back(generator.share());
        second.push_back(generator.share() + 1);
    }
    const auto found = median_difference(first, second, 1).value();
    const auto again = median_difference(first, second, 1).value();
    CHECK(found.low == again.low);
    CHECK(found.high == again.high);
    CHECK(found.high < 0);
    CHECK(median_difference(second, first, 1)->low > 0);
    const auto same = median_difference(first, first, 3).value();
    CHECK(same.value == 0);
    CHECK(same.low < 0);
    CHECK(same.high > 0);
    CHECK(median_difference({1}, second, 1) == std::nullopt);
}
