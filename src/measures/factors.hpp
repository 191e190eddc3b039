#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/describe.hpp"

namespace kansli::measures {

// A number that the figures are computed with and that no record tells.
enum class Factor : std::uint8_t {
    hourly_wage,           // kronor an hour that a person at work costs, with all charges
    electricity_price,     // kronor a kilowatt-hour
    grid_intensity,        // grams of carbon dioxide equivalents a kilowatt-hour
    watts_per_core,        // of the server, where its counters cannot be read
    power_usage,           // PUE: what the hall draws for each watt of the server
    workstation_watts,     // a person's computer and screen
    idle_watts,            // of the server when it does nothing
    machine_year_cost,     // kronor a year: write-off and hosting
    licence_year_cost,     // kronor a year
    admin_hours_month,     // of looking after the program
    training_hours_month,  // of learning to use it, all people together
    investment,            // kronor, once
};
KANSLI_DESCRIBE_ENUM(Factor, hourly_wage, electricity_price, grid_intensity, watts_per_core, power_usage,
                     workstation_watts, idle_watts, machine_year_cost, licence_year_cost, admin_hours_month,
                     training_hours_month, investment)

// What the program takes for granted until somebody has said otherwise, and where that comes from.
struct FactorDefault {
    Factor factor = Factor::hourly_wage;
    double value = 0;
    double least = 0;
    double most = 0;
    std::string_view unit{};
    std::string_view source{};
};
[[nodiscard]] std::span<const FactorDefault> factor_defaults();

// A value that the organisation has given, from a day on until the next.
struct FactorValue {
    Factor factor = Factor::hourly_wage;
    double value = 0;
    Date valid_from{};
    std::string source{};
};
KANSLI_DESCRIBE(FactorValue, factor, value, valid_from, source)

// The value on a day: the last given one that holds then, or the default.
[[nodiscard]] double value_on(std::span<const FactorValue> given, Factor factor, Date day);

// invalid_input for a value outside the factor's limits, a day that does not exist, or no source.
[[nodiscard]] Result<void> check(const FactorValue& value);

}  // namespace kansli::measures
