// The text files of the Solomon and the Gehring & Homberger sets: a name, "VEHICLE" with number and capacity, "CUSTOMER" with a
// row for the depot and each visit: number, x, y, demand, ready time, due date, service time.
#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.hpp"
#include "plan/formats/draft.hpp"
#include "plan/formats/readers.hpp"
#include "plan/formats/rows.hpp"

namespace kansli::plan::formats {

namespace {

constexpr std::size_t columns = 7;
constexpr std::string_view row_cure =
    "Raden ska ha sju tal: nummer, x, y, behov, öppnar, stänger och besökets längd.";

struct Customer {
    std::string id;
    std::string where;
    std::array<double, columns> numbers;
};

bool begins_with_number(const Row& row) {
    return number_in(row.fields.front()).has_value();
}

routing::Visit visit_of(const Customer& customer, double unit) {
    const auto& [number, x, y, demand, ready, due, service] = customer.numbers;
    return {.position = {x, y},
            .load = {in_units(demand, 1)},
            .service = in_units(service, unit),
            .window = {in_units(ready, unit), in_units(due, unit)}};
}

// The rows of the depot and the visits. A row that is not as it should be becomes a fault, unless it is the depot's.
Result<std::vector<Customer>> customers_in(const std::vector<Row>& rows, std::vector<Fault>& faults) {
    std::vector<Customer> customers;
    for (const Row& row : rows) {
        const auto numbers = numbers_in(row);
        const bool good = numbers && numbers->size() == columns && numbers->at(3) >= 0 && numbers->at(6) >= 0;
        if (good) {
            Customer& customer = customers.emplace_back(std::string(row.fields[0]), row.where(),
                                                        std::array<double, columns>{});
            std::ranges::copy(*numbers, customer.numbers.begin());
        } else if (customers.empty()) {
            return unreadable(row, "Depåns rad går inte att läsa.", std::string(row_cure));
        } else {
            faults.push_back({row.where(), "Raden går inte att läsa.", std::string(row_cure)});
        }
    }
    return customers;
}

// The parts of the file: what stands before "CUSTOMER", and the rows after its headings.
struct File {
    std::string name;
    std::int64_t vehicles = 0;
    std::int64_t capacity = 0;
    std::vector<Row> customers;
};

Result<File> parts_of(std::string_view text) {
    File file;
    const std::vector<Row> rows = rows_of(text);
    if (!rows.empty()) file.name = std::string(rows.front().fields.front());
    bool after_heading = false;
    for (const Row& row : rows) {
        if (to_lower_ascii(row.fields.front()) == "customer") {
            after_heading = true;
        } else if (after_heading && (begins_with_number(row) || !file.customers.empty())) {
            file.customers.push_back(row);
        } else if (!after_heading && row.fields.size() == 2 && begins_with_number(row)) {
            file.vehicles = whole_number_in(row.fields[0]).value_or(0);
            file.capacity = whole_number_in(row.fields[1]).value_or(-1);
            if (file.vehicles < 1 || file.capacity < 0)
                return unreadable(row, "Antalet fordon eller vad de rymmer är orimligt.",
                                  "Skriv två hela tal: antal fordon och vad vart och ett rymmer.");
        }
    }
    if (file.vehicles == 0 || file.customers.empty())
        return fail(ErrorCode::invalid_input, "Filen saknar fordon eller besök.", {},
                    "En Solomonfil har rubrikerna VEHICLE och CUSTOMER, var och en följd av sina rader.");
    return file;
}

}  // namespace

Result<Instance> read_solomon(std::string_view text, Objective objective) {
    const File file = TRY(parts_of(text));
    Draft draft{.name = file.name};
    const auto customers = TRY(customers_in(file.customers, draft.faults));
    std::vector<routing::Position> positions;
    for (const Customer& customer : customers)
        positions.push_back({customer.numbers[1], customer.numbers[2]});
    const bool hierarchical = objective == Objective::hierarchical;
    auto plane = TRY(plane_of(positions, hierarchical ? Rounding::fine : Rounding::tenths_down));
    draft.time_unit = plane.unit;
    draft.cost_unit = plane.unit * fineness;
    draft.description.profiles.push_back(std::move(plane.matrix));
    const routing::Visit depot = visit_of(customers.front(), plane.unit);
    draft.description.depots.push_back({depot.position, depot.window});
    draft.description.vehicle_types.push_back({.available = static_cast<std::size_t>(file.vehicles),
                                               .capacity = {file.capacity},
                                               .per_distance = fineness});
    draft.vehicle_ids.emplace_back("1");
    for (std::size_t i = 1; i < customers.size(); ++i) {
        draft.description.visits.push_back(visit_of(customers[i], plane.unit));
        draft.visit_ids.push_back(customers[i].id);
        draft.wheres.push_back(customers[i].where);
    }
    draft.fewest_vehicles = hierarchical;
    return finish(std::move(draft));
}

}  // namespace kansli::plan::formats
