#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "desk/kind.hpp"
#include "measures/figures.hpp"
#include "measures/material.hpp"
#include "statistics/blocks.hpp"
#include "statistics/interval.hpp"

// How observations become figures that may be told.
namespace kansli::measures::detail {

// Observations of one figure, apart by what is never put together in a block.
struct Group {
    std::string kind{};
    std::string experiment{};
    desk::Arm arm = desk::Arm::none;
    friend auto operator<=>(const Group&, const Group&) = default;
};
using Gathered = std::map<Group, std::vector<statistics::Observation>>;

struct ToldBlock {
    bool with_ai = true;
    std::int32_t first = 0;
    std::int32_t last = 0;
    std::vector<double> values{};
};

// The values that may be told of.
struct Told {
    std::vector<double> all{};         // with what engines prepare, in and out of experiments
    std::vector<double> with_ai{};     // of the experiment that is compared
    std::vector<double> without_ai{};  // its control group
    std::vector<ToldBlock> blocks{};   // in order of time
    [[nodiscard]] std::optional<std::int32_t> first() const;
    [[nodiscard]] std::optional<std::int32_t> last() const;
};

class Teller {
  public:
    Teller(const Material& material, const Query& query, desk::Kinds kinds, Date today);

    [[nodiscard]] const Material& material() const { return material_; }
    [[nodiscard]] const std::string& experiment() const { return experiment_; }
    [[nodiscard]] bool wants(std::string_view kind) const;
    [[nodiscard]] double factor(Factor factor, Date day) const {
        return value_on(material_.factors, factor, day);
    }
    [[nodiscard]] double factor(Factor factor) const { return this->factor(factor, today_); }

    using ValueOf = std::function<std::optional<double>(const desk::Handled&)>;
    // One observation for each decided item that has the value, in the week of its decision.
    [[nodiscard]] Gathered decided(const ValueOf& value) const;

    [[nodiscard]] Told told(const Gathered& gathered);
    // The figure of what may be told.
    [[nodiscard]] Figure figure(std::string name, Unit unit, Statistic statistic, const Told& told) const;

    [[nodiscard]] bool something_waits() const { return waits_; }
    [[nodiscard]] std::optional<std::int32_t> first() const { return first_; }
    [[nodiscard]] std::optional<std::int32_t> last() const { return last_; }

  private:
    [[nodiscard]] std::optional<statistics::Summary> baseline(const std::string& figure) const;

    const Material& material_;
    const Query& query_;
    desk::Kinds kinds_;
    Date today_;
    std::int32_t last_closed_ = 0;
    std::string experiment_{};
    bool waits_ = false;
    std::optional<std::int32_t> first_{};
    std::optional<std::int32_t> last_{};
};

// The statistic of the values; nothing where it cannot be computed.
[[nodiscard]] std::optional<Shown> shown(Statistic statistic, const std::vector<double>& values);
[[nodiscard]] std::optional<Shown> shown(const std::optional<statistics::Estimate>& estimate);

// A number without an interval; not told when there is none.
[[nodiscard]] Figure plain(std::string name, Unit unit, std::optional<double> value, std::int64_t n);

// Whose work an item is: the reviewers', or the owner's while nobody has reviewed it.
[[nodiscard]] std::vector<std::string> people_of(const desk::Handled& item);

// One function for each question.
[[nodiscard]] std::vector<Figure> time_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> environment_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> wellbeing_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> cost_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> error_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> satisfaction_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> throughput_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> integration_figures(Teller& teller);
[[nodiscard]] std::vector<Figure> sustainability_figures(Teller& teller);

// Values that several questions use.
[[nodiscard]] bool is_timed(const desk::Handled& item);
[[nodiscard]] bool with_engine(const desk::Handled& item);
[[nodiscard]] double machine_watt_hours(const Teller& teller, const desk::Handled& item);
[[nodiscard]] double person_watt_hours(const Teller& teller, const desk::Handled& item);

}  // namespace kansli::measures::detail
