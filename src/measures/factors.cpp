#include "measures/factors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/visible_text.hpp"

namespace kansli::measures {

namespace {

constexpr std::string_view nothing_said = "Ingen uppgift än: räknas som noll.";
constexpr double ten_million = 10'000'000;

constexpr std::array<FactorDefault, 12> defaults = {{
    {Factor::hourly_wage, 356, 1, 5000, "kr/h",
     "Räkneexempel, inte statistik: 35 000 kr i månaden, 40 % påslag, 1 650 arbetade timmar om året."},
    {Factor::electricity_price, 1.5, 0, 100, "kr/kWh", "Antagande. Byt mot elavtalets pris."},
    {Factor::grid_intensity, 25, 0, 2000, "g CO2e/kWh",
     "Antagande för svensk elmix. Byt mot elhandlarens uppgift."},
    {Factor::watts_per_core, 10, 0.1, 500, "W",
     "Antagande: en serverprocessor på 120 W med 12 kärnor. Används bara där processorns räknare inte går "
     "att läsa."},
    {Factor::power_usage, 1.3, 1, 5, "gånger", "Antagande för en mindre serverhall."},
    {Factor::workstation_watts, 60, 0, 2000, "W", "Antagande: bärbar dator och en skärm."},
    {Factor::idle_watts, 0, 0, 10000, "W", nothing_said},
    {Factor::machine_year_cost, 0, 0, ten_million, "kr/år", nothing_said},
    {Factor::licence_year_cost, 0, 0, ten_million, "kr/år", nothing_said},
    {Factor::admin_hours_month, 0, 0, 10000, "h/månad", nothing_said},
    {Factor::training_hours_month, 0, 0, 10000, "h/månad", nothing_said},
    {Factor::investment, 0, 0, ten_million * 10, "kr", nothing_said},
}};

constexpr std::size_t longest_source = 1000;

}  // namespace

std::span<const FactorDefault> factor_defaults() {
    return defaults;
}

double value_on(std::span<const FactorValue> given, Factor factor, Date day) {
    const FactorValue* last = nullptr;
    for (const auto& one : given) {
        if (one.factor != factor || one.valid_from > day) continue;
        if (last == nullptr || one.valid_from >= last->valid_from) last = &one;
    }
    if (last != nullptr) return last->value;
    return std::ranges::find(defaults, factor, &FactorDefault::factor)->value;
}

Result<void> check(const FactorValue& value) {
    const auto& limits = *std::ranges::find(defaults, value.factor, &FactorDefault::factor);
    if (!std::isfinite(value.value) || value.value < limits.least || value.value > limits.most)
        return fail(
            ErrorCode::invalid_input,
            fmt::format("Värdet ska vara mellan {} och {} {}.", limits.least, limits.most, limits.unit),
            "value");
    if (!value.valid_from.ok())
        return fail(ErrorCode::invalid_input, "Dagen finns inte.", "valid_from", "Skriv ÅÅÅÅ-MM-DD.");
    if (is_blank(value.source))
        return fail(ErrorCode::invalid_input, "Skriv var uppgiften kommer ifrån.", "source");
    if (value.source.size() > longest_source)
        return fail(ErrorCode::too_large, "Texten är för lång.", "source", "Skriv högst 1 000 tecken.");
    return {};
}

}  // namespace kansli::measures
