#include "desk/kappa.hpp"

#include <doctest/doctest.h>

using namespace kansli::desk;

TEST_CASE("kappa is what the textbooks say") {
    // Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed., table 18.1.
    const auto diagnoses = cohens_kappa({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}});
    CHECK(diagnoses.pairs == 100);
    CHECK(diagnoses.observed == doctest::Approx(0.89));
    CHECK(diagnoses.expected == doctest::Approx(0.66));
    CHECK(*diagnoses.kappa == doctest::Approx(0.676).epsilon(0.001));
    // Viera & Garrett, Understanding Interobserver Agreement, Family Medicine 37 (2005).
    CHECK(*cohens_kappa({{15, 5}, {10, 70}}).kappa == doctest::Approx(0.57).epsilon(0.01));
    // Smeeton, Early History of the Kappa Statistic, Biometrics 41 (1985): the same agreement, other habits.
    CHECK(*cohens_kappa({{45, 15}, {25, 15}}).kappa == doctest::Approx(0.1304).epsilon(0.001));
    CHECK(*cohens_kappa({{25, 35}, {5, 35}}).kappa == doctest::Approx(0.2593).epsilon(0.001));
}

TEST_CASE("complete agreement is one, chance is nought, and less than chance is below") {
    CHECK(*cohens_kappa({{7, 0}, {0, 3}}).kappa == doctest::Approx(1));
    CHECK(*cohens_kappa({{25, 25}, {25, 25}}).kappa == doctest::Approx(0));
    CHECK(*cohens_kappa({{0, 5}, {5, 0}}).kappa == doctest::Approx(-1));
}

TEST_CASE("there is no kappa without pairs, nor with a rater who always says the same") {
    CHECK_FALSE(cohens_kappa({{0, 0}, {0, 0}}).kappa.has_value());
    const auto batch = cohens_kappa({{9, 1}, {0, 0}});
    CHECK_FALSE(batch.kappa.has_value());
    CHECK(batch.observed == doctest::Approx(0.9));
}
