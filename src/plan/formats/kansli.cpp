// Our own format: docs/plan/instance.md tells what each member means.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "json/binder.hpp"
#include "plan/formats/draft.hpp"
#include "plan/formats/readers.hpp"

namespace kansli::plan::formats {

namespace {

using Numbers = std::vector<std::optional<std::int64_t>>;

struct DepotRow {
    std::string id{};
    std::optional<double> x{};
    std::optional<double> y{};
    std::optional<std::int64_t> place{};
    std::optional<std::int64_t> opens{};
    std::optional<std::int64_t> closes{};
};
KANSLI_DESCRIBE(DepotRow, id, x, y, place, opens, closes)

struct ProfileRow {
    std::string id{};
    std::vector<Numbers> distances{};
    std::vector<Numbers> durations{};
    std::optional<double> speed{};
    std::optional<double> detour{};
};
KANSLI_DESCRIBE(ProfileRow, id, distances, durations, speed, detour)

struct VehicleRow {
    std::string id{};
    std::string profile{};
    std::string start{};
    std::string end{};
    std::optional<std::int64_t> available{};
    std::vector<std::int64_t> capacity{};
    std::optional<std::int64_t> opens{};
    std::optional<std::int64_t> closes{};
    std::optional<std::int64_t> longest{};
    std::optional<double> fixed_cost{};
    std::optional<double> cost_per_distance{};
    std::optional<double> cost_per_duration{};
};
KANSLI_DESCRIBE(VehicleRow, id, profile, start, end, available, capacity, opens, closes, longest, fixed_cost,
                cost_per_distance, cost_per_duration)

struct VisitRow {
    std::string id{};
    std::optional<double> x{};
    std::optional<double> y{};
    std::optional<std::int64_t> place{};
    std::vector<std::int64_t> load{};
    std::optional<std::int64_t> service{};
    std::optional<std::int64_t> opens{};
    std::optional<std::int64_t> closes{};
    std::optional<std::int64_t> release{};
    std::optional<bool> required{};
    std::optional<double> prize{};
};
KANSLI_DESCRIBE(VisitRow, id, x, y, place, load, service, opens, closes, release, required, prize)

struct Document {
    std::string name{};
    std::vector<DepotRow> depots{};
    std::vector<ProfileRow> profiles{};
    std::vector<VehicleRow> vehicles{};
    std::vector<json::Value> visits{};  // one by one, so that a bad one spoils no other
};
KANSLI_DESCRIBE(Document, name, depots, profiles, vehicles, visits)

// Costs have up to four decimals.
constexpr double cost_unit = 10'000;
constexpr std::int64_t largest_quantity = 10'000'000;  // seconds, metres, load
constexpr double largest_cost = 1'000'000;
constexpr double largest_rate = 10;  // per metre or second

Failure refuse(std::string where, std::string message, std::string cure) {
    return fail(ErrorCode::invalid_input, std::move(message), std::move(where), std::move(cure));
}

Result<std::int64_t> quantity(const std::optional<std::int64_t>& given, std::int64_t otherwise,
                              const std::string& where) {
    if (!given) return otherwise;
    if (*given < 0 || *given > largest_quantity)
        return refuse(where, "Talet är för litet eller för stort.",
                      "Skriv ett helt tal mellan 0 och 10 000 000.");
    return *given;
}

Result<std::int64_t> cost_of(const std::optional<double>& given, double otherwise, double largest,
                             const std::string& where) {
    const double cost = given.value_or(otherwise) * cost_unit;
    if (!(cost >= 0 && cost <= largest * cost_unit))
        return refuse(where, "Kostnaden är för liten eller för stor.",
                      fmt::format("Skriv ett tal mellan 0 och {}.", largest));
    if (std::abs(cost - std::round(cost)) > 1e-6 * std::max(cost, 1.0))
        return refuse(where, "Kostnaden har för många decimaler.", "Skriv högst fyra decimaler.");
    return std::llround(cost);
}

Result<routing::TimeWindow> window_of(const std::optional<std::int64_t>& opens,
                                      const std::optional<std::int64_t>& closes, const std::string& where) {
    return routing::TimeWindow{TRY(quantity(opens, 0, where + "/opens")),
                               TRY(quantity(closes, routing::never, where + "/closes"))};
}

// Where a depot or visit lies: on the map, in the matrices, or both.
struct Spot {
    routing::Position position{};
    bool on_map = false;
    std::int64_t place = -1;
};

template <typename Item>
Spot spot_of(const Item& row) {
    return {{row.x.value_or(0), row.y.value_or(0)}, row.x && row.y, row.place.value_or(-1)};
}

// The places that a profile tells of; all its lists are as long.
Result<std::size_t> places_of(const ProfileRow& profile, const std::string& where) {
    const std::size_t count = profile.durations.size();
    const auto is_square = [&](const std::vector<Numbers>& matrix) {
        return matrix.size() == count &&
               std::ranges::all_of(matrix, [&](const Numbers& row) { return row.size() == count; });
    };
    if (!is_square(profile.durations) || !is_square(profile.distances))
        return refuse(where, "Avstånden och restiderna är inte lika många åt båda hållen.",
                      "Skriv en lika lång rad för varje plats i distances och i durations.");
    return count;
}

Result<std::int32_t> leg_number(const std::optional<std::int64_t>& given, const std::string& where) {
    if (!given) return routing::no_way;
    return static_cast<std::int32_t>(TRY(quantity(given, 0, where)));
}

// A profile whose ways are listed; null stands where there is none.
Result<routing::TravelMatrix> listed(const ProfileRow& profile, const std::vector<Spot>& spots,
                                     const std::string& where) {
    const auto count = static_cast<std::int64_t>(TRY(places_of(profile, where)));
    routing::TravelMatrix matrix(spots.size());
    for (std::size_t from = 0; from < spots.size(); ++from) {
        for (std::size_t to = 0; to < spots.size(); ++to) {
            const auto [row, column] = std::pair(spots[from].place, spots[to].place);
            if (row < 0 || row >= count || column < 0 || column >= count)
                return refuse(where, "En depå eller ett besök saknar plats i tabellen.",
                              "Ange place: radens nummer i distances och durations, räknat från 0.");
            const auto cell = fmt::format("{}/{}/{}", where, row, column);
            const auto i = static_cast<std::size_t>(row);
            const auto j = static_cast<std::size_t>(column);
            matrix.at(static_cast<routing::Node>(from), static_cast<routing::Node>(to)) = {
                TRY(leg_number(profile.distances[i][j], cell)),
                TRY(leg_number(profile.durations[i][j], cell))};
        }
    }
    return matrix;
}

// A profile that knows no roads: the straight way times a detour factor, at one speed.
Result<routing::TravelMatrix> straight(const ProfileRow& profile, const std::vector<Spot>& spots,
                                       const std::string& where) {
    const double detour = profile.detour.value_or(1);
    if (!(*profile.speed > 0.01 && *profile.speed < 1000 && detour >= 1 && detour <= 10))
        return refuse(where, "Farten eller omvägen är orimlig.",
                      "Ange speed i meter per sekund, och detour mellan 1 och 10.");
    routing::TravelMatrix matrix(spots.size());
    for (std::size_t from = 0; from < spots.size(); ++from) {
        for (std::size_t to = 0; to < spots.size(); ++to) {
            const auto& [a, b] = std::pair(spots[from].position, spots[to].position);
            const double metres = std::hypot(a.x - b.x, a.y - b.y) * detour;
            if (!spots[from].on_map ||
                !(metres / std::min(*profile.speed, 1.0) <= static_cast<double>(largest_quantity)))
                return refuse(where, "En depå eller ett besök saknar läge, eller ligger orimligt långt bort.",
                              "Ange x och y i meter.");
            matrix.at(static_cast<routing::Node>(from), static_cast<routing::Node>(to)) = {
                static_cast<std::int32_t>(std::lround(metres)),
                static_cast<std::int32_t>(std::ceil(metres / *profile.speed - 1e-9))};
        }
    }
    return matrix;
}

class Builder {
  public:
    explicit Builder(Document file) : file_(std::move(file)) {
        draft_.name = file_.name;
        draft_.cost_unit = cost_unit;
    }

    Result<Instance> build() {
        if (file_.depots.empty() || file_.profiles.empty() || file_.vehicles.empty())
            return refuse("/", "Filen saknar depå, färdsätt eller fordon.",
                          "Ange minst en av var: depots, profiles, vehicles.");
        TRY(require_room(file_.profiles.size(), file_.depots.size() + file_.visits.size()));
        dimensions_ = file_.vehicles.front().capacity.size();
        TRY(add_depots());
        add_visits();
        TRY(add_profiles());
        TRY(add_vehicles());
        return finish(std::move(draft_));
    }

  private:
    Result<void> add_depots() {
        for (std::size_t i = 0; i < file_.depots.size(); ++i) {
            const DepotRow& row = file_.depots[i];
            const auto where = fmt::format("/depots/{}", i);
            if (!depots_.emplace(row.id, i).second)
                return refuse(where, "En annan depå har samma id.", "Ge den ett eget id.");
            spots_.push_back(spot_of(row));
            draft_.description.depots.push_back(
                {spots_.back().position, TRY(window_of(row.opens, row.closes, where))});
        }
        return {};
    }

    void add_visits() {
        for (std::size_t i = 0; i < file_.visits.size(); ++i) {
            const auto where = fmt::format("/visits/{}", i);
            if (const auto added = add_visit(file_.visits[i], where); !added) {
                const Error& error = added.error();
                draft_.faults.push_back({error.where.starts_with(where) ? error.where : where + error.where,
                                         error.message, error.advice});
            }
        }
    }

    Result<void> add_visit(const json::Value& value, const std::string& where) {
        const auto row = TRY(json::read_from<VisitRow>(value));
        if (row.load.size() != dimensions_)
            return refuse(where + "/load", "Besöket har inte lika många behov som fordonen har utrymmen.",
                          "Skriv lika många tal i load som i fordonens capacity.");
        const Spot spot = spot_of(row);
        TRY(require_spot(spot, where));
        routing::Visit visit{.position = spot.position, .load = row.load};
        for (const auto load : row.load)
            (void)TRY(quantity(load, 0, where + "/load"));
        visit.service = TRY(quantity(row.service, 0, where + "/service"));
        visit.window = TRY(window_of(row.opens, row.closes, where));
        visit.release = TRY(quantity(row.release, 0, where + "/release"));
        visit.required = row.required.value_or(true);
        visit.prize = TRY(cost_of(row.prize, 0, largest_cost, where + "/prize"));
        draft_.description.visits.push_back(std::move(visit));
        draft_.visit_ids.push_back(row.id);
        draft_.wheres.push_back(where);
        spots_.push_back(spot);
        return {};
    }

    // What each profile asks of a place, so that a visit without one does not spoil the rest.
    [[nodiscard]] Result<void> require_spot(const Spot& spot, const std::string& where) const {
        for (const ProfileRow& profile : file_.profiles) {
            const auto places = static_cast<std::int64_t>(profile.durations.size());
            if (profile.speed && !spot.on_map)
                return refuse(where, "Besöket saknar läge.", "Ange x och y i meter.");
            if (!profile.speed && (spot.place < 0 || spot.place >= places))
                return refuse(where + "/place", "Platsen finns inte i restiderna.",
                              "Ange radens nummer i durations, räknat från 0.");
        }
        return {};
    }

    Result<void> add_profiles() {
        for (std::size_t i = 0; i < file_.profiles.size(); ++i) {
            const ProfileRow& row = file_.profiles[i];
            const auto where = fmt::format("/profiles/{}", i);
            if (!profiles_.emplace(row.id, i).second)
                return refuse(where, "Ett annat färdsätt har samma id.", "Ge det ett eget id.");
            draft_.description.profiles.push_back(row.speed ? TRY(straight(row, spots_, where))
                                                            : TRY(listed(row, spots_, where)));
        }
        return {};
    }

    static Result<std::size_t> index_of(const std::map<std::string, std::size_t>& known,
                                        const std::string& id, const std::string& where) {
        const auto found = known.find(id);
        if (found == known.end())
            return refuse(where, fmt::format("”{}” finns inte.", id), "Ange ett id som finns i filen.");
        return found->second;
    }

    Result<void> add_vehicles() {
        for (std::size_t i = 0; i < file_.vehicles.size(); ++i) {
            const VehicleRow& row = file_.vehicles[i];
            const auto where = fmt::format("/vehicles/{}", i);
            if (std::ranges::find(draft_.vehicle_ids, row.id) != draft_.vehicle_ids.end())
                return refuse(where, "Ett annat fordon har samma id.", "Ge det ett eget id.");
            if (row.capacity.size() != dimensions_)
                return refuse(where + "/capacity", "Fordonen har inte lika många utrymmen.",
                              "Skriv lika många tal för alla.");
            for (const auto capacity : row.capacity)
                (void)TRY(quantity(capacity, 0, where + "/capacity"));
            routing::VehicleType& type = draft_.description.vehicle_types.emplace_back();
            type.available = static_cast<std::size_t>(TRY(quantity(row.available, 1, where + "/available")));
            type.capacity = row.capacity;
            type.start = TRY(index_of(depots_, row.start, where + "/start"));
            type.end = TRY(index_of(depots_, row.end, where + "/end"));
            type.shift = TRY(window_of(row.opens, row.closes, where));
            type.longest = TRY(quantity(row.longest, routing::never, where + "/longest"));
            type.fixed = TRY(cost_of(row.fixed_cost, 0, largest_cost, where + "/fixed_cost"));
            type.per_distance =
                TRY(cost_of(row.cost_per_distance, 0, largest_rate, where + "/cost_per_distance"));
            type.per_duration =
                TRY(cost_of(row.cost_per_duration, 0, largest_rate, where + "/cost_per_duration"));
            type.profile = TRY(index_of(profiles_, row.profile, where + "/profile"));
            draft_.vehicle_ids.push_back(row.id);
        }
        return {};
    }

    Document file_;
    Draft draft_;
    std::size_t dimensions_ = 0;
    std::vector<Spot> spots_;  // by node
    std::map<std::string, std::size_t> depots_;
    std::map<std::string, std::size_t> profiles_;
};

}  // namespace

Result<Instance> read_kansli(std::string_view text) {
    return Builder(TRY(json::read<Document>(text))).build();
}

}  // namespace kansli::plan::formats
