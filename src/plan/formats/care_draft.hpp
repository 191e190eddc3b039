#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/formats/care_instance.hpp"

namespace kansli::plan::formats {

// More than this are too many for one day: tasks, carers, and places.
inline constexpr std::size_t most_tasks = 4000;
inline constexpr std::size_t most_carers = 1000;
inline constexpr std::size_t most_places = 4001;

// Times and ways beyond this many units of the file are mistakes, and below it no sum overflows.
inline constexpr double longest_time = 1'000'000;

// What a reader has understood of a file, before it is known whether each visit can be made at all.
struct CareDraft {
    struct Task {
        std::string id{};
        std::string service{};
        homecare::Task task{};
    };
    struct Visit {
        std::string where{};        // its row or field
        std::vector<Task> tasks{};  // one or two
        homecare::Time least_gap = 0;
        homecare::Time most_gap = 0;
    };

    std::string name{};
    homecare::Description day{};  // without tasks and visits
    std::vector<Visit> visits{};
    std::vector<std::string> carer_ids{};
    double time_unit = 1;
    double cost_unit = 1;
    std::vector<Fault> faults{};
};

// Leaves out, with a fault each, the visits that nobody can make.
[[nodiscard]] Result<CareInstance> finish(CareDraft draft);

// One function a format; read_care_instance chooses between them.

// JSON of the instances of Mankowska & al., of Kummer & al. and of Ceschia & al., as the latter publish them.
[[nodiscard]] Result<CareInstance> read_mankowska(std::string_view text);
// The data files of Bredström and Rönnqvist. Of their days, the first.
[[nodiscard]] Result<CareInstance> read_bredstrom(std::string_view text);

}  // namespace kansli::plan::formats
