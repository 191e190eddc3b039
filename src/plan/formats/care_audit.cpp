#include "plan/formats/care_audit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kansli::plan::formats {

namespace {

using homecare::Index;
using homecare::Time;

// Costs that differ by less than this are the same cost, rounded.
constexpr double least_difference = 1e-3;

class CareAuditor {
  public:
    CareAuditor(const CareInstance& instance, const ReadCarePlan& plan)
        : instance_(instance),
          plan_(plan),
          routes_(instance.carer_ids.size()),
          carer_(instance.problem.tasks().size(), homecare::no_carer),
          service_is_told_(instance.problem.tasks().size()),
          begins_(instance.problem.tasks().size()) {
        for (Index task = 0; task < instance.task_ids.size(); ++task)
            tasks_[instance.task_ids[task]].push_back(task);
    }

    CareAudit run() {
        audit_.claimed_cost = plan_.cost;
        for (std::size_t i = 0; i < plan_.routes.size(); ++i)
            add_route(i);
        share_visits();
        check_abilities();
        find_left_out();
        if (!has_times_) find_earliest();
        check_pairs();
        for (Index carer = 0; carer < routes_.size(); ++carer)
            check_route(carer);
        finish_cost();
        audit_.feasible = audit_.broken.empty();
        return std::move(audit_);
    }

  private:
    void note(std::string where, std::string message, std::string cure) {
        audit_.broken.push_back({std::move(where), std::move(message), std::move(cure)});
    }

    [[nodiscard]] std::string told(Index task) const {
        const std::string& service = instance_.services[task];
        return service.empty() ? instance_.task_ids[task]
                               : fmt::format("{} ({})", instance_.task_ids[task], service);
    }

    [[nodiscard]] const homecare::Task& task(Index index) const { return instance_.problem.tasks()[index]; }

    std::optional<Index> carer_of(std::size_t index, const std::string& where) {
        const auto& known = instance_.carer_ids;
        const auto& given = plan_.routes[index].carer;
        const auto found = given ? std::ranges::find(known, *given)
                                 : known.begin() + static_cast<std::ptrdiff_t>(std::min(index, known.size()));
        if (found != known.end()) return static_cast<Index>(found - known.begin());
        note(where, "Den som rutten är för finns inte.", "Ange en person som finns.");
        return std::nullopt;
    }

    // The task that a stop means: of that id, of that service if one is told, and best one that the carer can do.
    std::optional<Index> task_of_stop(const ReadCareStop& stop, Index carer, const std::string& where) {
        const auto found = tasks_.find(stop.id);
        std::vector<Index> meant;
        if (found != tasks_.end()) {
            for (const Index candidate : found->second) {
                if (!stop.service || instance_.services[candidate] == *stop.service)
                    meant.push_back(candidate);
            }
        }
        if (meant.empty()) {
            note(where, fmt::format("Besöket ”{}” finns inte.", stop.id), "Ta bort det ur rutten.");
            return std::nullopt;
        }
        std::erase_if(meant, [&](Index candidate) { return carer_[candidate] != homecare::no_carer; });
        if (meant.empty()) {
            note(where, fmt::format("Besöket ”{}” görs av fler än det behöver.", stop.id),
                 "Ta bort det ena.");
            return std::nullopt;
        }
        const auto fits = [&](Index candidate) { return instance_.problem.can(carer, candidate); };
        const auto fit = std::ranges::find_if(meant, fits);
        return fit != meant.end() ? *fit : meant.front();
    }

    void add_route(std::size_t index) {
        if (plan_.routes[index].stops.empty()) return;
        const auto where = fmt::format("rutt {}", index + 1);
        const auto carer = carer_of(index, where);
        if (!carer) return;
        if (!routes_[*carer].empty())
            note(where, "Personen har redan en rutt.", "Skriv en rutt för var och en.");
        for (const ReadCareStop& stop : plan_.routes[index].stops) {
            const auto task = task_of_stop(stop, *carer, where);
            if (!task) continue;
            carer_[*task] = *carer;
            if (stop.service) service_is_told_[*task] = 1;
            routes_[*carer].push_back(*task);
            if (stop.begins && std::abs(*stop.begins) < 1e9) {
                begins_[*task] = std::llround(*stop.begins * instance_.time_unit);
            } else {
                has_times_ = false;
            }
        }
    }

    // Where the plan does not say who does which task of a visit, each does what they can.
    void share_visits() {
        for (const homecare::Visit& visit : instance_.problem.visits()) {
            if (!visit.is_double() || !is_made(visit) || service_is_told_[visit.first] != 0 ||
                service_is_told_[visit.second] != 0 ||
                instance_.task_ids[visit.first] != instance_.task_ids[visit.second])
                continue;
            const Index one = carer_[visit.first];
            const Index other = carer_[visit.second];
            const auto fits = [&](Index first, Index second) {
                return instance_.problem.can(first, visit.first) &&
                       instance_.problem.can(second, visit.second);
            };
            if (one == other || fits(one, other) || !fits(other, one)) continue;
            std::ranges::replace(routes_[one], visit.first, visit.second);
            std::ranges::replace(routes_[other], visit.second, visit.first);
            std::swap(carer_[visit.first], carer_[visit.second]);
            std::swap(begins_[visit.first], begins_[visit.second]);
        }
    }

    void check_abilities() {
        for (Index index = 0; index < carer_.size(); ++index) {
            if (carer_[index] == homecare::no_carer || instance_.problem.can(carer_[index], index)) continue;
            note(fmt::format("besök {}", told(index)),
                 fmt::format("”{}” kan inte utföra det.", instance_.carer_ids[carer_[index]]),
                 "Ge det till någon som kan.");
        }
    }

    void find_left_out() {
        for (Index task = 0; task < carer_.size(); ++task) {
            if (carer_[task] != homecare::no_carer) continue;
            audit_.unplanned.push_back(instance_.task_ids[task]);
            note(fmt::format("besök {}", told(task)), "Besöket finns inte i någon rutt.",
                 "Lägg in det i en rutt.");
        }
    }

    // When the carer can be there, if what comes before begins when it does.
    [[nodiscard]] Time arrival(Index carer, std::size_t stop) const {
        const homecare::Carer& person = instance_.problem.carers()[carer];
        const Index next = routes_[carer][stop];
        if (stop == 0) return person.shift.opens + instance_.problem.travel(person.base, task(next).place);
        const Index last = routes_[carer][stop - 1];
        return begins_[last] + task(last).service +
               instance_.problem.travel(task(last).place, task(next).place);
    }

    bool delay(Index task, Time until) {
        if (begins_[task] >= until) return false;
        begins_[task] = until;
        return true;
    }

    // Puts off whatever begins too early until nothing does. Who waits in a circle never ends.
    void find_earliest() {
        for (Index index = 0; index < begins_.size(); ++index)
            begins_[index] = task(index).window.opens;
        bool delayed = true;
        std::size_t rounds = 0;
        for (; delayed && rounds <= 2 * begins_.size() + 2; ++rounds) {
            delayed = false;
            for (Index carer = 0; carer < routes_.size(); ++carer) {
                for (std::size_t stop = 0; stop < routes_[carer].size(); ++stop)
                    delayed |= delay(routes_[carer][stop], arrival(carer, stop));
            }
            for (const homecare::Visit& visit : instance_.problem.visits()) {
                if (!visit.is_double() || !is_made(visit)) continue;
                delayed |= delay(visit.second, begins_[visit.first] + visit.least_gap);
                delayed |= delay(visit.first, begins_[visit.second] - visit.most_gap);
            }
        }
        if (delayed)
            note("planen", "Några väntar på varandra i en ring.", "Byt ordning i någon av deras rutter.");
    }

    [[nodiscard]] bool is_made(const homecare::Visit& visit) const {
        return carer_[visit.first] != homecare::no_carer && carer_[visit.second] != homecare::no_carer;
    }

    void check_pairs() {
        for (const homecare::Visit& visit : instance_.problem.visits()) {
            if (!visit.is_double() || !is_made(visit)) continue;
            const auto where = fmt::format("besök {}", told(visit.first));
            if (carer_[visit.first] == carer_[visit.second])
                note(where, "Samma person gör båda insatserna.", "Ge den ena till någon annan.");
            const Time gap = begins_[visit.second] - begins_[visit.first];
            if (gap < visit.least_gap || gap > visit.most_gap)
                note(where,
                     fmt::format("Insatserna börjar med {} emellan, men ska ha {}–{}.",
                                 instance_.told_time(gap), instance_.told_time(visit.least_gap),
                                 instance_.told_time(visit.most_gap)),
                     "Flytta den ena.");
        }
    }

    void check_route(Index carer) {
        const auto& route = routes_[carer];
        if (route.empty()) return;
        ++audit_.vehicles;
        const homecare::Carer& person = instance_.problem.carers()[carer];
        Index place = person.base;
        for (std::size_t stop = 0; stop < route.size(); ++stop) {
            check_time(route[stop], arrival(carer, stop));
            travel_ += instance_.problem.travel(place, task(route[stop]).place);
            place = task(route[stop]).place;
        }
        const Time home = instance_.problem.travel(place, person.base);
        travel_ += home;
        const Time late = begins_[route.back()] + task(route.back()).service + home - person.shift.closes;
        if (late > 0)
            note(fmt::format("rutten för {}", instance_.carer_ids[carer]),
                 fmt::format("Rutten slutar {} för sent.", instance_.told_time(late)),
                 "Flytta besök till någon annan.");
    }

    void check_time(Index index, Time arrives) {
        const auto where = fmt::format("besök {}", told(index));
        const homecare::TimeWindow& window = task(index).window;
        if (begins_[index] < arrives)
            note(where,
                 fmt::format("Besöket börjar {} innan någon kan vara där.",
                             instance_.told_time(arrives - begins_[index])),
                 "Låt det börja senare.");
        if (begins_[index] < window.opens)
            note(where, "Besöket börjar innan tidsfönstret öppnar.", "Låt det börja senare.");
        const Time late = std::max<Time>(0, begins_[index] - window.closes);
        lateness_ += late;
        worst_ = std::max(worst_, late);
        if (late > 0 && !instance_.problem.late_is_allowed())
            note(where, fmt::format("Besöket börjar {} för sent.", instance_.told_time(late)),
                 "Gör det tidigare, eller ge det till någon annan.");
    }

    void finish_cost() {
        const homecare::Weights& weights = instance_.problem.weights();
        homecare::Cost cost = weights.travel * travel_;
        if (instance_.problem.late_is_allowed())
            cost += weights.lateness * lateness_ + weights.worst_lateness * worst_;
        audit_.cost = instance_.told_cost(cost);
        audit_.travel = instance_.told_time(travel_);
        audit_.lateness = instance_.told_time(lateness_);
        audit_.worst_lateness = instance_.told_time(worst_);
        if (audit_.claimed_cost && !(std::abs(*audit_.claimed_cost - audit_.cost) <= least_difference))
            note("kostnad", fmt::format("Planen säger {}, men kostar {}.", *audit_.claimed_cost, audit_.cost),
                 "Räkna om kostnaden.");
    }

    const CareInstance& instance_;
    const ReadCarePlan& plan_;
    CareAudit audit_;
    std::map<std::string, std::vector<Index>> tasks_;  // of each id
    std::vector<std::vector<Index>> routes_;           // of each carer
    std::vector<Index> carer_;                         // of each task
    std::vector<char> service_is_told_;                // of each task
    std::vector<Time> begins_;
    bool has_times_ = true;
    Time travel_ = 0;
    Time lateness_ = 0;
    Time worst_ = 0;
};

}  // namespace

CareAudit audit(const CareInstance& instance, const ReadCarePlan& plan) {
    return CareAuditor(instance, plan).run();
}

}  // namespace kansli::plan::formats
