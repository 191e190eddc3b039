"""`kansli plan` for home care: visits that take two carers, against arithmetic of our own."""
import json
import re

import pytest

from kansli_process import SHARED, kansli, kansli_json

INSTANCES = SHARED / "benchmarks" / "planning"
WAYS = [[0, 12, 20, 9, 15], [12, 0, 10, 14, 8], [20, 10, 0, 16, 11], [9, 14, 16, 0, 7], [15, 8, 11, 7, 0]]
DAY = {
    "patients": [
        {"id": "Alm", "time_window": [0, 60], "required_caregivers": [{"service": "dusch", "duration": 30}]},
        {"id": "Ek", "time_window": [30, 60], "required_caregivers": [{"service": "lyft"}, {"service": "dusch", "duration": 25}],
         "synchronization": {"type": "simultaneous"}},
        {"id": "Gran", "time_window": [60, 120], "required_caregivers": [{"service": "insulin"}, {"service": "dusch", "duration": 10}],
         "synchronization": {"type": "sequential", "distance": [20, 40]}},
        {"id": "Rönn", "time_window": [0, 200], "required_caregivers": [{"service": "insulin"}]},
    ],
    "services": [{"id": "dusch", "default_duration": 20}, {"id": "lyft", "default_duration": 15}, {"id": "insulin", "default_duration": 5}],
    "caregivers": [{"id": "Ada", "abilities": ["dusch", "lyft"]}, {"id": "Bo", "abilities": ["dusch", "insulin"]},
                   {"id": "Cy", "abilities": ["lyft", "insulin"]}],
    "central_offices": [{"id": "lokal"}],
    "distances": WAYS,
}


def cost_by_hand(day, plan):
    """The papers' cost of a plan's timetable, after asserting every rule; worked out here and not by the program."""
    patients = {patient["id"]: (place, patient) for place, patient in enumerate(day["patients"], 1)}
    able = {carer["id"]: carer["abilities"] for carer in day["caregivers"]}
    usual = {service["id"]: service["default_duration"] for service in day["services"]}
    begins, travel, late = {}, 0, []
    for table in plan["schedule"]:
        place, free = 0, 0
        for stop in table["visits"]:
            to, patient = patients[stop["id"]]
            need = next(need for need in patient["required_caregivers"] if need["service"] == stop["service"])
            assert stop["service"] in able[table["vehicle"]]
            travel += day["distances"][place][to]
            assert stop["begins"] >= free + day["distances"][place][to] - 1e-9 and stop["begins"] >= patient["time_window"][0]
            late.append(max(0, stop["begins"] - patient["time_window"][1]))
            assert (stop["id"], stop["service"]) not in begins
            begins[stop["id"], stop["service"]] = stop["begins"], table["vehicle"]
            place, free = to, stop["begins"] + need.get("duration", usual[stop["service"]])
        travel += day["distances"][place][0] if table["visits"] else 0
    for patient in day["patients"]:
        times = [begins.pop((patient["id"], need["service"])) for need in patient["required_caregivers"]]
        if len(times) == 2:
            least, most = patient["synchronization"].get("distance", [0, 0])
            assert least - 1e-9 <= times[1][0] - times[0][0] <= most + 1e-9 and times[0][1] != times[1][1]
    assert not begins
    return (travel + sum(late) + max(late)) / 3


@pytest.fixture
def written(tmp_path):
    def write(content, name="dag.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path
    return write


def planned(instance, *arguments, steps=30_000):
    return kansli_json("plan", "routes", "--instance", instance, "--iterations", steps, "--seconds", "600", *arguments)


def test_a_day_with_double_visits_is_planned_and_costs_what_it_says(written):
    day = written(DAY)
    plan = planned(day)
    assert plan["feasible"] and plan["cost"] == pytest.approx(cost_by_hand(DAY, plan)) and plan["faults"] == []
    assert [table["vehicle"] for table in plan["schedule"]] == ["Ada", "Bo", "Cy"]
    assert plan["routes"] == [[stop["id"] for stop in table["visits"]] for table in plan["schedule"]]
    assert plan["improvements"][-1][1] == plan["cost"]
    audit = kansli_json("plan", "check", "--instance", day, "--solution", written(plan, "plan.json"))
    assert audit["feasible"] and audit["cost"] == plan["cost"] and audit["broken"] == []


def test_a_plan_in_which_a_colleague_is_not_there_is_found_out(written):
    day, plan = written(DAY), planned(written(DAY))
    stop = next(stop for table in plan["schedule"] for stop in table["visits"] if (stop["id"], stop["service"]) == ("Ek", "lyft"))
    stop["begins"] += 1
    audit = kansli_json("plan", "check", "--instance", day, "--solution", written(plan, "plan.json"))
    assert not audit["feasible"]
    assert any(fault["where"] == "besök Ek (lyft)" and "emellan" in fault["message"] for fault in audit["broken"])


def test_routes_alone_are_given_the_earliest_times(written):
    plan = planned(written(DAY))
    audit = kansli_json("plan", "check", "--instance", written(DAY), "--solution", written({"routes": plan["routes"]}, "plan.json"))
    assert audit["feasible"] and audit["cost"] == pytest.approx(plan["cost"])


def test_the_same_seed_gives_the_same_plan(written):
    first, second = (planned(written(DAY), "--seed", "7", "--threads", "2") for _ in range(2))
    assert first["schedule"] == second["schedule"]


def test_who_nobody_can_help_is_told_and_the_rest_is_planned(written):
    asked = {"id": "Sälg", "time_window": [0, 60], "required_caregivers": [{"service": "sång"}]}
    plan = planned(written({**DAY, "patients": [*DAY["patients"], asked], "distances": [[0] * 6 for _ in range(6)]}))
    assert not plan["feasible"] and "Alm" in {name for route in plan["routes"] for name in route}
    assert [fault["where"] for fault in plan["faults"]] == ["/patients/4"] and plan["faults"][0]["cure"]


def test_another_objective_is_refused(written):
    refused = kansli("plan", "routes", "--instance", written(DAY), "--objective", "hierarchical", check=False)
    assert refused.returncode == 3 and "--objective" in refused.stderr and "dag.json" in refused.stderr


def test_a_published_day_is_planned_at_its_best_known_cost():
    path = INSTANCES / "hhcrsp-mankowska" / "InstanzCPLEX_HCSRP_10_3.json"
    if not path.exists():
        pytest.skip("the benchmark instances are not there")
    plan = planned(path, steps=300_000)
    assert plan["cost"] == pytest.approx(305.858, abs=1e-3)
    assert plan["cost"] == pytest.approx(cost_by_hand(json.loads(path.read_text()), plan))


def test_synchronised_visits_with_hard_windows_are_planned_at_the_optimum():
    path = INSTANCES / "vrptwsyn-bredstrom" / "case_1_20_4_2_2.dat"
    if not path.exists():
        pytest.skip("the benchmark instances are not there")
    plan = planned(path, steps=300_000)
    assert plan["feasible"] and plan["cost"] == 274
    begins = {stop["id"]: stop["begins"] for table in plan["schedule"] for stop in table["visits"]}
    pairs = re.findall(r"\((\d+),(\d+)\)", path.read_text())
    assert pairs and all(begins[one] == begins[other] for one, other in pairs)
    assert sorted(begins, key=int) == [str(node) for node in range(1, 21)]
