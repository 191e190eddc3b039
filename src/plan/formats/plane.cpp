#include <algorithm>
#include <cmath>

#include "plan/formats/draft.hpp"

namespace kansli::plan::formats {

namespace {

double distance_between(const routing::Position& a, const routing::Position& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

double longest_distance(const std::vector<routing::Position>& positions) {
    if (positions.empty()) return 0;
    const auto [left, right] = std::ranges::minmax(positions, {}, &routing::Position::x);
    const auto [low, high] = std::ranges::minmax(positions, {}, &routing::Position::y);
    return std::hypot(right.x - left.x, high.y - low.y);
}

double unit_of(Rounding rounding, double longest) {
    switch (rounding) {
        case Rounding::tenths_down:
            return 10;
        case Rounding::nearest_whole:
            return 1;
        case Rounding::thousandths:
            return 1000;
        case Rounding::fine:
            break;
    }
    double unit = 1e6;
    while (unit > 1 && longest * unit >= routing::no_way / 2.0)
        unit /= 10;
    return unit;
}

routing::Leg leg_of(double distance, double unit, Rounding rounding) {
    const double exact = distance * unit;
    if (rounding == Rounding::tenths_down) {
        const auto cut = static_cast<std::int32_t>(std::floor(exact + 1e-9));
        return {cut, cut};
    }
    const auto nearest = static_cast<std::int32_t>(std::lround(exact));
    if (rounding == Rounding::fine) return {nearest, static_cast<std::int32_t>(std::ceil(exact - 1e-6))};
    return {nearest, nearest};
}

}  // namespace

Result<Plane> plane_of(const std::vector<routing::Position>& positions, Rounding rounding) {
    if (positions.size() > most_nodes)
        return fail(ErrorCode::too_large, "Filen har för många besök.", {}, "Dela upp dagen i områden.");
    const double longest = longest_distance(positions);
    Plane plane{routing::TravelMatrix(positions.size()), unit_of(rounding, longest)};
    if (longest * plane.unit >= routing::no_way)
        return fail(ErrorCode::invalid_input, "Platserna ligger för långt från varandra.", {},
                    "Kontrollera koordinaterna, eller ange dem i en större enhet.");
    for (std::size_t from = 0; from < positions.size(); ++from) {
        for (std::size_t to = 0; to < positions.size(); ++to) {
            plane.matrix.at(static_cast<routing::Node>(from), static_cast<routing::Node>(to)) =
                leg_of(distance_between(positions[from], positions[to]), plane.unit, rounding);
        }
    }
    return plane;
}

std::int64_t in_units(double quantity, double unit) {
    return std::llround(quantity * unit);
}

}  // namespace kansli::plan::formats
