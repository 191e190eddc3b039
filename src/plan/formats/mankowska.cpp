// Instances of the home health care routing and scheduling problem: https://github.com/iolab-uniud/hhcrsp tells of the format.
// The cost is that of Mankowska & al. 2014: the mean of what is travelled, how late all tasks together and how late the
// latest of them begin.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "json/binder.hpp"
#include "plan/formats/care_draft.hpp"

namespace kansli::plan::formats {

namespace {

struct ServiceRow {
    std::string id{};
    std::optional<double> default_duration{};
};
KANSLI_DESCRIBE(ServiceRow, id, default_duration)

struct RequirementRow {
    std::string service{};
    std::optional<double> duration{};
};
KANSLI_DESCRIBE(RequirementRow, service, duration)

struct SynchronizationRow {
    std::string type{};
    std::vector<double> distance{};
};
KANSLI_DESCRIBE(SynchronizationRow, type, distance)

struct PatientRow {
    std::string id{};
    std::vector<double> time_window{};
    std::vector<RequirementRow> required_caregivers{};
    std::optional<SynchronizationRow> synchronization{};
};
KANSLI_DESCRIBE(PatientRow, id, time_window, required_caregivers, synchronization)

struct CaregiverRow {
    std::string id{};
    std::vector<std::string> abilities{};
};
KANSLI_DESCRIBE(CaregiverRow, id, abilities)

struct OfficeRow {
    std::string id{};
};
KANSLI_DESCRIBE(OfficeRow, id)

struct CareDocument {
    std::optional<std::string> name{};
    std::vector<json::Value> patients{};  // one by one, so that a bad one spoils no other
    std::vector<ServiceRow> services{};
    std::vector<CaregiverRow> caregivers{};
    std::vector<OfficeRow> central_offices{};
    std::vector<std::vector<double>> distances{};
};
KANSLI_DESCRIBE(CareDocument, name, patients, services, caregivers, central_offices, distances)

constexpr json::ReadOptions lenient{.unknown = json::ReadOptions::Unknown::ignore};

// Published distances have three decimals.
constexpr double thousandths = 1000;
constexpr double terms_of_the_mean = 3;

Failure not_as_told(std::string where, std::string message, std::string cure) {
    return fail(ErrorCode::invalid_input, std::move(message), std::move(where), std::move(cure));
}

Result<homecare::Time> time_of(double given, const std::string& where) {
    if (!(given >= 0 && given <= longest_time))
        return not_as_told(where, "Tiden är för liten eller för stor.",
                           "Skriv ett tal mellan 0 och 1 000 000.");
    return std::llround(given * thousandths);
}

class CareBuilder {
  public:
    explicit CareBuilder(CareDocument file) : file_(std::move(file)) {
        draft_.name = file_.name.value_or("");
        draft_.time_unit = thousandths;
        draft_.cost_unit = thousandths * terms_of_the_mean;
    }

    Result<CareInstance> build() {
        TRY(add_travel());
        TRY(add_carers());
        for (std::size_t i = 0; i < file_.patients.size(); ++i)
            add_patient(i);
        return finish(std::move(draft_));
    }

  private:
    Result<void> add_travel() {
        const std::size_t places = file_.patients.size() + 1;
        if (file_.central_offices.size() != 1)
            return not_as_told("/central_offices", "Filen ska ha en lokal som alla utgår från.",
                               "Ange en, och bara en.");
        if (2 * file_.patients.size() > most_tasks || file_.caregivers.size() > most_carers)
            return fail(ErrorCode::too_large, "Filen har för många besök eller för mycket personal.", {},
                        "Dela upp dagen i områden.");
        if (file_.distances.size() != places ||
            std::ranges::any_of(file_.distances, [&](const auto& row) { return row.size() != places; }))
            return not_as_told("/distances", "Avstånden är inte lika många som platserna.",
                               "Skriv en rad och en kolumn för lokalen och sedan en för varje patient.");
        draft_.day.places = places;
        for (std::size_t row = 0; row < places; ++row) {
            for (std::size_t column = 0; column < places; ++column) {
                const auto way = TRY(time_of(row == column ? 0 : file_.distances[row][column],
                                             fmt::format("/distances/{}/{}", row, column)));
                draft_.day.travel.push_back(static_cast<std::int32_t>(way));
            }
        }
        return {};
    }

    Result<void> add_carers() {
        for (const ServiceRow& service : file_.services)
            able_[service.id];
        for (std::size_t i = 0; i < file_.caregivers.size(); ++i) {
            const CaregiverRow& row = file_.caregivers[i];
            if (std::ranges::find(draft_.carer_ids, row.id) != draft_.carer_ids.end())
                return not_as_told(fmt::format("/caregivers/{}/id", i), "Två personer har samma id.",
                                   "Ge var och en ett eget id.");
            for (const std::string& ability : row.abilities) {
                auto& able = able_[ability];
                if (able.empty() || able.back() != i) able.push_back(static_cast<homecare::Index>(i));
            }
            draft_.carer_ids.push_back(row.id);
            draft_.day.carers.emplace_back();
        }
        return {};
    }

    // A patient that cannot be read becomes a fault.
    void add_patient(std::size_t index) {
        const auto where = fmt::format("/patients/{}", index);
        auto visit = visit_of(index, where);
        if (visit) {
            draft_.visits.push_back(*std::move(visit));
        } else {
            const Error& error = visit.error();
            draft_.faults.push_back(
                {error.where.starts_with(where) ? error.where : where + error.where, error.message,
                 error.advice.empty() ? "Rätta fältet, eller ta bort patienten." : error.advice});
        }
    }

    Result<CareDraft::Visit> visit_of(std::size_t index, const std::string& where) {
        const auto row = TRY(json::read_from<PatientRow>(file_.patients[index], lenient));
        CareDraft::Visit visit{.where = where};
        const std::size_t needed = row.required_caregivers.size();
        if (needed < 1 || needed > 2)
            return not_as_told(where + "/required_caregivers", "Ett besök behöver en eller två insatser.",
                               "Dela upp besöket.");
        if (row.time_window.size() != 2)
            return not_as_told(where + "/time_window", "Tidsfönstret ska vara två tal.",
                               "Skriv när besöket tidigast och senast ska börja.");
        const homecare::TimeWindow window{TRY(time_of(row.time_window[0], where + "/time_window/0")),
                                          TRY(time_of(row.time_window[1], where + "/time_window/1"))};
        for (std::size_t i = 0; i < needed; ++i) {
            const RequirementRow& requirement = row.required_caregivers[i];
            const auto field = fmt::format("{}/required_caregivers/{}", where, i);
            const homecare::Time service = TRY(time_of(duration_of(requirement), field + "/duration"));
            visit.tasks.push_back({row.id,
                                   requirement.service,
                                   {.place = static_cast<homecare::Index>(index + 1),
                                    .service = service,
                                    .window = window,
                                    .able = able_[requirement.service]}});
        }
        if (needed == 2) TRY(add_gap(visit, row));
        return visit;
    }

    [[nodiscard]] double duration_of(const RequirementRow& requirement) const {
        if (requirement.duration) return *requirement.duration;
        const auto service = std::ranges::find(file_.services, requirement.service, &ServiceRow::id);
        return service == file_.services.end() ? 0 : service->default_duration.value_or(0);
    }

    static Result<void> add_gap(CareDraft::Visit& visit, const PatientRow& row) {
        const auto where = visit.where + "/synchronization";
        if (row.synchronization && row.synchronization->type == "simultaneous") return {};
        if (!row.synchronization || row.synchronization->type != "sequential" ||
            row.synchronization->distance.size() != 2)
            return not_as_told(where, "Det går inte att se hur de två insatserna hör ihop.",
                               "Skriv simultaneous, eller sequential med minsta och största avstånd.");
        visit.least_gap = TRY(time_of(row.synchronization->distance[0], where + "/distance/0"));
        visit.most_gap = TRY(time_of(row.synchronization->distance[1], where + "/distance/1"));
        return {};
    }

    CareDocument file_;
    CareDraft draft_;
    std::map<std::string, std::vector<homecare::Index>> able_;  // who can do each service
};

}  // namespace

Result<CareInstance> read_mankowska(std::string_view text) {
    return CareBuilder(TRY(json::read<CareDocument>(text, lenient))).build();
}

}  // namespace kansli::plan::formats
