#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/formats/instance.hpp"
#include "plan/homecare/problem.hpp"

namespace kansli::plan::formats {

// A day of home care as a file tells of it.
struct CareInstance {
    std::string name{};
    homecare::Problem problem;
    std::vector<std::string> task_ids{};  // of each task; the two of a double visit may have the same
    std::vector<std::string> services{};  // what each task is; empty where the format has no names for it
    std::vector<std::string> carer_ids{};
    // How many units of time and of cost in the problem make one of the file's.
    double time_unit = 1;
    double cost_unit = 1;
    std::vector<Fault> faults{};

    // As the file counts them.
    [[nodiscard]] double told_cost(homecare::Cost cost) const {
        return static_cast<double>(cost) / cost_unit;
    }
    [[nodiscard]] double told_time(homecare::Time time) const {
        return static_cast<double>(time) / time_unit;
    }
};

[[nodiscard]] constexpr bool is_home_care(Format format) {
    return format == Format::mankowska || format == Format::bredstrom;
}

// The instance in a text of a format of home care. Single visits that cannot be planned become faults of the instance; a text
// that is no instance at all is invalid_input with its row or field.
[[nodiscard]] Result<CareInstance> read_care_instance(std::string_view text, Format format);

}  // namespace kansli::plan::formats
