#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "json/binder.hpp"
#include "plan/formats/care_audit.hpp"
#include "plan/formats/read.hpp"
#include "plan/homecare/annealing.hpp"
#include "plan/homecare/random_care.hpp"

using namespace kansli::plan;
using formats::Format;
using kansli::statistics::Generator;

namespace {

// Three patients, of whom one takes two at a time and one takes two after each other.
constexpr std::string_view small_mankowska = R"({"patients": [
  {"id": "p1", "location": [1, 2], "time_window": [0, 60], "required_caregivers": [{"service": "s1", "duration": 10.5}]},
  {"id": "p2", "time_window": [20, 60], "required_caregivers": [{"service": "s1"}, {"service": "s2", "duration": 5}],
   "synchronization": {"type": "simultaneous"}},
  {"id": "p3", "time_window": [30, 90], "required_caregivers": [{"service": "s1", "duration": 5}, {"service": "s2", "duration": 5}],
   "synchronization": {"type": "sequential", "distance": [10, 20]}}],
 "services": [{"id": "s1", "default_duration": 8}, {"id": "s2", "default_duration": 8}],
 "caregivers": [{"id": "c1", "abilities": ["s1"]}, {"id": "c2", "abilities": ["s1", "s2"]}],
 "central_offices": [{"id": "d", "location": [0, 0]}],
 "distances": [[0, 10, 10.25, 10], [10, 0, 5, 5], [10.25, 5, 0, 5], [10, 5, 5, 0]]})";

constexpr std::string_view small_bredstrom = R"(#./transfer/small
set N0 = 0;
set Shared_Visited:= (1,3),;
param kn:= 2;
param dn:= 1;
param T:= 100;
param s_id:	1	:=
0	0
1	10
2	10
3	10
;
param t_ij:  0	1	2	3	:=
0	0	10	20	10
1	10	10000	15	10000
2	20	15	10000	15
3	10	10000	15	10000
;
param e_id:	1	:=
0	0
1	30
2	0
3	30
;
param l_id:	1	:=
0	100
1	40
2	90
3	40
;
)";

formats::CareInstance read_care(std::string_view text) {
    return formats::read_care_instance(text, formats::format_of(text).value()).value();
}

std::string with(std::string_view text, std::string_view part, std::string_view other) {
    std::string changed(text);
    REQUIRE(changed.find(part) != std::string::npos);
    return changed.replace(changed.find(part), part.size(), other);
}

// A random day as if it had been read from a file.
formats::CareInstance random_instance(Generator& generator) {
    formats::CareInstance instance{
        .problem = homecare::random_care(generator, 1 + generator.below(12), 2 + generator.below(4))};
    for (std::size_t i = 0; i < instance.problem.tasks().size(); ++i) {
        instance.task_ids.push_back(
            fmt::format("besök {}", instance.problem.visit_of(static_cast<homecare::Index>(i))));
        instance.services.push_back(fmt::format("insats {}", i));
    }
    for (std::size_t i = 0; i < instance.problem.carers().size(); ++i)
        instance.carer_ids.push_back(fmt::format("person {}", i));
    return instance;
}

formats::ReadCarePlan read_again(const formats::WrittenCarePlan& plan) {
    return formats::read_care_plan(kansli::json::write(plan)).value();
}

std::vector<std::string> messages(const formats::CareAudit& audit) {
    std::vector<std::string> found;
    for (const auto& fault : audit.broken)
        found.push_back(fault.where + ": " + fault.message);
    return found;
}

formats::CareAudit audit_of(std::string_view instance, std::string_view plan) {
    return formats::audit(read_care(instance), formats::read_care_plan(plan).value());
}

}  // namespace

TEST_CASE("a file of the home health care problem is read") {
    const auto instance = read_care(small_mankowska);
    const homecare::Problem& problem = instance.problem;
    CHECK(formats::format_of(small_mankowska).value() == Format::mankowska);
    CHECK(instance.task_ids == std::vector<std::string>{"p1", "p2", "p2", "p3", "p3"});
    CHECK(problem.tasks()[0].service == 10'500);
    CHECK(problem.tasks()[1].service == 8'000);
    CHECK(problem.tasks()[2].able == std::vector<homecare::Index>{1});
    CHECK(problem.travel(0, 2) == 10'250);
    CHECK(problem.visits()[1].most_gap == 0);
    CHECK(problem.visits()[2].least_gap == 10'000);
    CHECK(problem.visits()[2].most_gap == 20'000);
    CHECK(problem.late_is_allowed());
    CHECK(instance.faults.empty());
}

TEST_CASE("a file of Bredström and Rönnqvist is read") {
    const auto instance = read_care(small_bredstrom);
    const homecare::Problem& problem = instance.problem;
    CHECK(formats::format_of(small_bredstrom).value() == Format::bredstrom);
    CHECK(instance.carer_ids == std::vector<std::string>{"1", "2"});
    CHECK(problem.visits().size() == 2);
    CHECK(instance.task_ids == std::vector<std::string>{"1", "3", "2"});
    CHECK(problem.visits()[0].is_double());
    CHECK(problem.tasks()[0].window == homecare::TimeWindow{30, 40});
    CHECK(problem.carers()[1].shift.closes == 100);
    CHECK(problem.travel(1, 1) == 0);
    CHECK(!problem.late_is_allowed());
}

TEST_CASE("a patient that cannot be planned is left out and told, and the rest is planned") {
    const auto faults = [](std::string_view part, std::string_view other) {
        const auto instance = read_care(with(small_mankowska, part, other));
        REQUIRE(instance.faults.size() == 1);
        CHECK(!instance.faults[0].cure.empty());
        CHECK(instance.problem.visits().size() == 2);
        return instance.faults[0].where + ": " + instance.faults[0].message;
    };
    CHECK(faults("[0, 60]", "[70, 60]") == "/patients/0: Tidsfönstret stänger innan det öppnar.");
    CHECK(faults("[0, 60]", "[0]") == "/patients/0/time_window: Tidsfönstret ska vara två tal.");
    CHECK(faults("[0, 60]", "[-1, 60]") == "/patients/0/time_window/0: Tiden är för liten eller för stor.");
    CHECK(faults("\"s1\", \"duration\": 10.5", "\"s9\"") ==
          "/patients/0: Ingen kan utföra besöket, eller inte två som det behöver.");
    CHECK(faults("\"p2\"", "\"p1\"") == "/patients/1: Ett annat besök har samma id.");
    CHECK(faults("simultaneous", "någon gång") ==
          "/patients/1/synchronization: Det går inte att se hur de två insatserna hör ihop.");
    CHECK(faults("[10, 20]", "[20, 10]") ==
          "/patients/2: Det minsta avståndet mellan insatserna är större än det största.");
    CHECK(faults("\"id\": \"p3\", ", "").starts_with("/patients/2/id: "));
}

TEST_CASE("two who can never be there at the same time in time are told, where nobody may be late") {
    const auto instance = read_care(with(small_bredstrom, "3	40", "3	29"));
    REQUIRE(instance.faults.size() == 1);
    CHECK(instance.faults[0].where + ": " + instance.faults[0].message ==
          "besök 1: Tidsfönstret stänger innan det öppnar.");
    const auto apart = read_care(with(with(small_bredstrom, "3	30\n;", "3	50\n;"), "3	40", "3	60"));
    REQUIRE(apart.faults.size() == 1);
    CHECK(apart.faults[0].message == "De två insatsernas tidsfönster går inte ihop.");
    CHECK(apart.problem.visits().size() == 1);
}

TEST_CASE("a file that is no day of home care is refused with where and what to do") {
    const auto refused = [](std::string_view text, std::string_view part, std::string_view other) {
        const std::string changed = with(text, part, other);
        const auto read = formats::read_care_instance(changed, formats::format_of(changed).value());
        REQUIRE(!read);
        CHECK(!read.error().advice.empty());
        return read.error().where + ": " + read.error().message;
    };
    CHECK(refused(small_mankowska, "[10, 0, 5, 5]", "[10, 0, 5]") ==
          "/distances: Avstånden är inte lika många som platserna.");
    CHECK(refused(small_mankowska, "10.25", "-1") == "/distances/0/2: Tiden är för liten eller för stor.");
    CHECK(refused(small_mankowska, "\"c2\"", "\"c1\"") == "/caregivers/1/id: Två personer har samma id.");
    CHECK(refused(small_mankowska, "{\"id\": \"d\", \"location\": [0, 0]}", "") ==
          "/central_offices: Filen ska ha en lokal som alla utgår från.");
    CHECK(refused(small_bredstrom, "kn:= 2", "kn:= två") ==
          ": Filen saknar ”kn”, eller så går det inte att läsa.");
    CHECK(refused(small_bredstrom, "kn:= 2", "kn:= 0") == ": Filen har ingen personal.");
    CHECK(refused(small_bredstrom, "15	10000\n;", "15	\n;") == "rad 17: Raden går inte att läsa.");
    CHECK(refused(small_bredstrom, "3	30\n", "") ==
          ": Filen saknar ”s_id, e_id, l_id”, eller så går det inte att läsa.");
    CHECK(refused(small_bredstrom, "(1,3)", "(1,4)") ==
          "rad 3: Ett gemensamt besök finns inte, eller står två gånger.");
    CHECK(refused(small_bredstrom, "(1,3)", "(1,3),(3,2)") ==
          "rad 3: Ett gemensamt besök finns inte, eller står två gånger.");
    CHECK(!formats::read_instance(small_bredstrom));
}

TEST_CASE("the audit and the search agree on every plan, although they share nothing") {
    CHECK(rc::check("audit", [](std::uint64_t seed) {
        Generator generator(seed);
        const auto instance = random_instance(generator);
        const auto plan = homecare::random_plan(generator, instance.problem);
        const auto told = formats::written(instance, plan);
        auto read = read_again(told);
        const auto found = formats::audit(instance, read);
        RC_ASSERT(found.feasible == told.feasible);
        RC_ASSERT(found.cost == told.cost);
        RC_ASSERT(found.travel == told.travel);
        RC_ASSERT(found.lateness == told.lateness);
        RC_ASSERT(found.worst_lateness == told.worst_lateness);
        RC_ASSERT(found.vehicles == told.vehicles);
        // Without times, the earliest are found again.
        for (auto& route : read.routes) {
            for (auto& stop : route.stops)
                stop.begins.reset();
        }
        const auto earliest = formats::audit(instance, read);
        RC_ASSERT(earliest.cost == told.cost);
        RC_ASSERT(earliest.feasible == told.feasible);
    }));
}

TEST_CASE("an audit tells of everything that is wrong") {
    constexpr std::string_view good = R"({"schedule": [
      {"vehicle": "c1", "visits": [{"id": "p2", "service": "s1", "begins": 20}, {"id": "p3", "service": "s1", "begins": 33}]},
      {"vehicle": "c2", "visits": [{"id": "p2", "service": "s2", "begins": 20}, {"id": "p1", "service": "s1", "begins": 30},
                                   {"id": "p3", "service": "s2", "begins": 45.5}]}]})";
    const auto audit = audit_of(small_mankowska, good);
    CHECK(messages(audit).empty());
    CHECK(audit.travel == doctest::Approx(10.25 + 5 + 10 + 10.25 + 5 + 5 + 10));
    CHECK(audit.cost == doctest::Approx(audit.travel / 3));
    const auto wrong = [&](std::string_view part, std::string_view other) {
        const auto found = messages(audit_of(small_mankowska, with(good, part, other)));
        return found.empty() ? std::string("inget") : found.front();
    };
    CHECK(wrong("\"begins\": 30", "\"begins\": 29.9") ==
          "besök p1 (s1): Besöket börjar 0.1 innan någon kan vara där.");
    CHECK(wrong("\"s2\", \"begins\": 20", "\"s2\", \"begins\": 21") ==
          "besök p2 (s1): Insatserna börjar med 1 emellan, men ska ha 0–0.");
    CHECK(wrong("45.5", "53.5") == "besök p3 (s1): Insatserna börjar med 20.5 emellan, men ska ha 10–20.");
    CHECK(wrong("\"c1\"", "\"c9\"") == "rutt 1: Den som rutten är för finns inte.");
    CHECK(wrong("\"c2\", \"visits\": [{\"id\": \"p2\", \"service\": \"s2\"",
                "\"c2\", \"visits\": [{\"id\": \"p2\", \"service\": \"s1\"") ==
          "rutt 2: Besöket ”p2” görs av fler än det behöver.");
    CHECK(wrong("\"p1\"", "\"p9\"") == "rutt 2: Besöket ”p9” finns inte.");
    CHECK(wrong("\"id\": \"p1\", \"service\": \"s1\"", "\"id\": \"p2\", \"service\": \"s2\"") ==
          "rutt 2: Besöket ”p2” görs av fler än det behöver.");
    CHECK(wrong("\"vehicle\": \"c1\"", "\"vehicle\": \"c2\"") == "rutt 2: Personen har redan en rutt.");
    CHECK(wrong("45.5}]}]}", "45.5}]}], \"cost\": 3}").starts_with("kostnad: Planen säger 3, men kostar "));
    CHECK(wrong("[{\"id\": \"p2\", \"service\": \"s1\", \"begins\": 20}, ", "[") ==
          "besök p2 (s1): Besöket finns inte i någon rutt.");
}

TEST_CASE("who does which task is found out where the plan does not say, and who cannot is told") {
    CHECK(messages(audit_of(small_mankowska, R"({"routes": [["p2", "p3"], ["p2", "p1", "p3"]]})")).empty());
    const auto alone =
        messages(audit_of(small_mankowska, R"({"routes": [["p1"], ["p2", "p2", "p3", "p3"]]})"));
    CHECK(std::ranges::count(alone, "besök p2 (s1): Samma person gör båda insatserna.") == 1);
    const auto unable = audit_of(small_mankowska, R"({"schedule": [
      {"vehicle": "c1", "visits": [{"id": "p1"}, {"id": "p2", "service": "s2"}, {"id": "p3", "service": "s1"}]},
      {"vehicle": "c2", "visits": [{"id": "p2"}, {"id": "p3"}]}]})");
    CHECK(messages(unable) == std::vector<std::string>{"besök p2 (s2): ”c1” kan inte utföra det."});
}

TEST_CASE("who waits for somebody who waits for them is told, unless the gap leaves time for it") {
    constexpr std::string_view plan = R"({"routes": [["p3", "p2"], ["p1", "p2", "p3"]]})";
    CHECK(messages(audit_of(small_mankowska, plan)).empty());
    const auto ring = messages(audit_of(with(small_mankowska, "[10, 20]", "[10, 19]"), plan));
    REQUIRE(!ring.empty());
    CHECK(ring.front() == "planen: Några väntar på varandra i en ring.");
}

TEST_CASE("a window that may not be missed, and a day that ends, are rules") {
    const auto hard = audit_of(small_bredstrom, R"({"routes": [["2", "1"], ["3"]], "cost": 65})");
    CHECK(hard.cost == 20 + 15 + 10 + 10 + 10);
    CHECK(messages(hard) == std::vector<std::string>{"besök 1: Besöket börjar 5 för sent.",
                                                     "besök 3: Besöket börjar 5 för sent."});
    const auto over = audit_of(
        small_bredstrom,
        R"({"schedule": [{"vehicle": "1", "visits": [{"id": "1", "begins": 40}, {"id": "2", "begins": 75}]},
                                                     {"vehicle": "2", "visits": [{"id": "3", "begins": 40}]}]})");
    CHECK(messages(over) == std::vector<std::string>{"rutten för 1: Rutten slutar 5 för sent."});
}

TEST_CASE("a plan whose timetables are not its routes is refused") {
    const auto read =
        formats::read_care_plan(R"({"routes": [["a"]], "schedule": [{"visits": [{"id": "b"}]}]})");
    REQUIRE(!read);
    CHECK(read.error().where == "/schedule/0");
}
