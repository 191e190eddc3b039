#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "json/binder.hpp"
#include "plan/formats/audit.hpp"
#include "plan/formats/care_audit.hpp"
#include "plan/formats/read.hpp"
#include "plan/homecare/annealing.hpp"
#include "plan/routing/fewest_vehicles.hpp"

// Plans routes for a file, outside any data folder, and checks plans that were made here or elsewhere.
namespace kansli::app {

namespace {

using plan::formats::CareInstance;
using plan::formats::Format;
using plan::formats::Instance;
using plan::formats::Objective;

struct InstanceOptions {
    std::string file{};
    std::string format = "auto";
    std::string objective = "distance";
    bool json = false;
};

struct RoutesOptions {
    InstanceOptions instance{};
    double seconds = 10;
    std::optional<std::uint64_t> iterations{};
    std::size_t threads = 1;
    std::uint64_t seed = 1;
};

struct CheckOptions {
    InstanceOptions instance{};
    std::string solution{};
};

// An error in a file, with the file before the row.
template <typename T>
Result<T> told_of(const std::string& file, Result<T> result) {
    if (!result)
        result.error().where = result.error().where.empty() ? file : file + ", " + result.error().where;
    return result;
}

// A day as it was given: what the file says, and in which format.
struct GivenDay {
    std::string text;
    Format format;
};

Result<GivenDay> read_day(const InstanceOptions& options) {
    auto text = TRY(read_file(options.file));
    const auto named = json::enum_value<Format>(options.format);
    const auto format = named ? *named : TRY(told_of(options.file, plan::formats::format_of(text)));
    if (plan::formats::is_home_care(format) && options.objective != "distance")
        return fail(ErrorCode::invalid_input, "Det målet finns inte för hemtjänst.", options.file,
                    "Utelämna --objective: formatet har sitt eget mål.");
    return GivenDay{std::move(text), format};
}

Result<Instance> routes_in(const InstanceOptions& options, const GivenDay& day) {
    return told_of(options.file,
                   plan::formats::read_instance(day.text, day.format,
                                                json::enum_value<Objective>(options.objective).value()));
}

Result<CareInstance> care_in(const InstanceOptions& options, const GivenDay& day) {
    return told_of(options.file, plan::formats::read_care_instance(day.text, day.format));
}

void print_faults(const std::vector<plan::formats::Fault>& faults) {
    for (const auto& fault : faults)
        fmt::print("  {}: {} {}\n", fault.where, fault.message, fault.cure);
}

// The seconds since it was made, and when to stop.
class Stopwatch {
  public:
    [[nodiscard]] double passed() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }

    [[nodiscard]] plan::StopRule stop_rule(const RoutesOptions& options) const {
        plan::StopRule rule;
        rule.progress = [this, seconds = options.seconds] { return seconds > 0 ? passed() / seconds : 1; };
        if (options.iterations) rule.iterations = *options.iterations;
        return rule;
    }

  private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

template <typename WrittenPlan>
void print_routes(const WrittenPlan& plan) {
    fmt::print("{} rutter, kostnad {:.2f}, {:.1f} s\n", plan.vehicles, plan.cost, plan.seconds);
    for (std::size_t i = 0; i < plan.routes.size(); ++i)
        fmt::print("{:>4}  {}: {}\n", i + 1, plan.schedule[i].vehicle, fmt::join(plan.routes[i], ", "));
}

template <typename WrittenPlan>
void print_what_is_wrong(const WrittenPlan& plan) {
    if (!plan.faults.empty()) fmt::print("Utelämnade ur filen:\n");
    print_faults(plan.faults);
    if (!plan.feasible && plan.faults.empty()) fmt::print("Ingen plan som håller alla regler hittades.\n");
}

void print_shortcomings(const plan::formats::WrittenPlan& plan) {
    if (!plan.unplanned.empty()) fmt::print("Inte planerade: {}\n", fmt::join(plan.unplanned, ", "));
}

void print_shortcomings(const plan::formats::WrittenCarePlan& plan) {
    if (plan.lateness > 0)
        fmt::print("Sammanlagt {:.2f} för sent, som mest {:.2f}.\n", plan.lateness, plan.worst_lateness);
}

template <typename WrittenPlan>
void tell(WrittenPlan plan, const RoutesOptions& options, const Stopwatch& watch) {
    plan.seconds = watch.passed();
    if (options.instance.json) {
        fmt::print("{}\n", json::write(plan));
        return;
    }
    print_routes(plan);
    print_shortcomings(plan);
    print_what_is_wrong(plan);
}

Result<void> plan_vehicles(const RoutesOptions& options, const Instance& instance, const Stopwatch& watch) {
    plan::routing::SearchOptions search;
    search.seed = options.seed;
    search.threads = options.threads;
    search.stop = watch.stop_rule(options);
    std::vector<std::vector<double>> improvements;
    search.on_improvement = [&](const plan::routing::Solution& better) {
        improvements.push_back({watch.passed(), instance.told_cost(better.cost())});
    };
    const auto result = instance.fewest_vehicles
                            ? plan::routing::search_fewest_vehicles(instance.problem, search)
                            : plan::routing::search(instance.problem, search);
    auto plan = plan::formats::written(instance, result.best);
    plan.improvements = std::move(improvements);
    tell(std::move(plan), options, watch);
    return {};
}

Result<void> plan_care(const RoutesOptions& options, const CareInstance& instance, const Stopwatch& watch) {
    plan::homecare::SearchOptions search;
    search.seed = options.seed;
    search.threads = options.threads;
    search.stop = watch.stop_rule(options);
    std::vector<std::vector<double>> improvements;
    search.on_improvement = [&](const plan::homecare::Plan&, plan::homecare::Cost cost) {
        improvements.push_back({watch.passed(), instance.told_cost(cost)});
    };
    const auto result = plan::homecare::search(instance.problem, search);
    auto plan = plan::formats::written(instance, result.best);
    plan.improvements = std::move(improvements);
    tell(std::move(plan), options, watch);
    return {};
}

Result<void> plan_routes(const RoutesOptions& options) {
    const Stopwatch watch;
    const GivenDay day = TRY(read_day(options.instance));
    if (plan::formats::is_home_care(day.format))
        return plan_care(options, TRY(care_in(options.instance, day)), watch);
    return plan_vehicles(options, TRY(routes_in(options.instance, day)), watch);
}

template <typename Audit>
void print_audit(const Audit& audit, bool as_json) {
    if (as_json) {
        fmt::print("{}\n", json::write(audit));
        return;
    }
    fmt::print("{} rutter, kostnad {:.2f}\n", audit.vehicles, audit.cost);
    fmt::print("{}\n", audit.feasible ? "Planen håller alla regler." : "Planen bryter mot:");
    print_faults(audit.broken);
}

Result<void> check_plan(const CheckOptions& options) {
    const GivenDay day = TRY(read_day(options.instance));
    const auto text = TRY(read_file(options.solution));
    if (plan::formats::is_home_care(day.format)) {
        const CareInstance instance = TRY(care_in(options.instance, day));
        const auto plan = TRY(told_of(options.solution, plan::formats::read_care_plan(text)));
        print_audit(plan::formats::audit(instance, plan), options.instance.json);
        return {};
    }
    const Instance instance = TRY(routes_in(options.instance, day));
    const auto plan = TRY(told_of(options.solution, plan::formats::read_plan(text)));
    print_audit(plan::formats::audit(instance, plan), options.instance.json);
    return {};
}

void add_instance_options(CLI::App& command, InstanceOptions& options) {
    command.add_option("--instance", options.file, "Filen med dagens besök")->required()->type_name("FIL");
    command.add_option("--format", options.format, "Filens format")
        ->check(CLI::IsMember({"auto", "solomon", "cvrplib", "kansli", "mankowska", "bredstrom"}))
        ->capture_default_str();
    command
        .add_option("--objective", options.objective,
                    "distance: minsta sträcka. hierarchical: först minst antal fordon")
        ->check(CLI::IsMember({"distance", "hierarchical"}))
        ->capture_default_str();
    command.add_flag("--json", options.json, "Skriv JSON");
}

void add_routes(CLI::App& command, Runner& runner) {
    auto* routes = command.add_subcommand("routes", "Lägg rutter för en dags besök");
    auto options = std::make_shared<RoutesOptions>();
    add_instance_options(*routes, options->instance);
    routes->add_option("--seconds", options->seconds, "Så länge letar programmet")
        ->check(CLI::Range(0.0, 86'400.0))
        ->capture_default_str();
    routes->add_option("--iterations", options->iterations,
                       "Så många planer prövas högst; då ger samma frö samma plan");
    routes->add_option("--threads", options->threads, "Trådar")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    routes->add_option("--seed", options->seed, "Frö för slumpen")->capture_default_str();
    routes->callback([options, &runner] { runner.run([&] { return plan_routes(*options); }); });
}

void add_check(CLI::App& command, Runner& runner) {
    auto* check =
        command.add_subcommand("check", "Granska en plan: håller den reglerna, och vad kostar den?");
    auto options = std::make_shared<CheckOptions>();
    add_instance_options(*check, options->instance);
    check->add_option("--solution", options->solution, "Planen, som JSON med routes")
        ->required()
        ->type_name("FIL");
    check->callback([options, &runner] { runner.run([&] { return check_plan(*options); }); });
}

}  // namespace

void add_plan(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("plan", "Planera rutter, och granska planer");
    command->require_subcommand(1);
    add_routes(*command, runner);
    add_check(*command, runner);
}

}  // namespace kansli::app
