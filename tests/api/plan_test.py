"""`kansli plan`: routes and their audit, against arithmetic of our own."""
import json
import math

import pytest

from kansli_process import SHARED, kansli, kansli_json

DAY = {
    "name": "tisdag",
    "depots": [{"id": "kontor", "x": 0, "y": 0}],
    "profiles": [{"id": "cykel", "speed": 1}],
    "vehicles": [{"id": "Ada", "profile": "cykel", "start": "kontor", "end": "kontor", "available": 2, "capacity": [2], "closes": 5000,
                  "cost_per_distance": 1}],
    "visits": [{"id": name, "x": x, "y": y, "load": [1], "service": 60, "opens": opens, "closes": opens + 1000}
               for name, x, y, opens in [("a", 0, 100, 0), ("b", 0, 200, 0), ("c", 300, 0, 0), ("d", 400, 0, 0)]],
}
SOLOMON = """T4

VEHICLE
NUMBER     CAPACITY
  4         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0     10         10          0          0       200          0
    1     13         15         10          0       150         10
    2      4          7         10         20       150         10
    3     17          3         10          0       150         10
    4      2         18         10         50       160         10
"""


def rows_of(text):
    """The numbers of a Solomon file, read here and not by the program."""
    after = text[text.index("CUSTOMER"):].splitlines()[2:]
    return [[float(field) for field in line.split()] for line in after if line.strip()]


def dimacs(rows, routes):
    """The distance by the DIMACS rule, and whether all windows and the capacity are kept; in tenths, as whole numbers."""
    def tenths(a, b):
        return math.floor(10 * math.hypot(a[1] - b[1], a[2] - b[2]) + 1e-9)
    by_id = {str(int(row[0])): row for row in rows}
    depot, total = rows[0], 0
    for route in routes:
        now, last = 0, depot
        for stop in [by_id[name] for name in route] + [depot]:
            total += tenths(last, stop)
            now = max(now + tenths(last, stop), int(10 * stop[4]))
            assert now <= 10 * stop[5], "a window is missed"
            now += int(10 * stop[6])
            last = stop
    assert sorted(name for route in routes for name in route) == sorted(by_id.keys() - {str(int(depot[0]))})
    return total / 10


@pytest.fixture
def written(tmp_path):
    def write(content, name="dag.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path
    return write


def planned(instance, *arguments):
    return kansli_json("plan", "routes", "--instance", instance, "--iterations", "200", *arguments)


def test_a_small_day_is_planned_at_its_least_cost(written):
    plan = planned(written(DAY))
    assert plan["feasible"] and plan["cost"] == 1200 and plan["vehicles"] == 2
    assert sorted(sorted(route) for route in plan["routes"]) == [["a", "b"], ["c", "d"]]
    times = {visit["id"]: visit for table in plan["schedule"] for visit in table["visits"]}
    assert all(visit["arrives"] <= visit["begins"] <= visit["ends"] - 60 for visit in times.values())
    assert plan["improvements"][-1][1] == 1200 and plan["faults"] == [] and plan["unplanned"] == []


def test_what_was_planned_is_found_good_and_what_was_changed_is_not(written):
    day = written(DAY)
    plan = planned(day)
    audit = kansli_json("plan", "check", "--instance", day, "--solution", written(plan, "plan.json"))
    assert audit["feasible"] and audit["cost"] == plan["cost"] and audit["broken"] == []
    plan["routes"][0], plan["cost"] = ["a", "b", "c"], 1
    plan["routes"][1] = ["d"]
    audit = kansli_json("plan", "check", "--instance", day, "--solution", written(plan, "plan.json"))
    assert not audit["feasible"]
    assert [fault["where"] for fault in audit["broken"]] == ["rutt 1", "kostnad"]


def test_the_cost_of_a_solomon_file_is_by_the_dimacs_rule(written):
    plan = planned(written(SOLOMON, "t4.txt"))
    assert plan["cost"] == pytest.approx(dimacs(rows_of(SOLOMON), plan["routes"]))


def test_fewest_vehicles_come_first_when_asked_for(written):
    plan = planned(written(SOLOMON, "t4.txt"), "--objective", "hierarchical")
    rows = {str(int(row[0])): row for row in rows_of(SOLOMON)}
    depot = rows["0"]
    ways = [[depot, *(rows[name] for name in route), depot] for route in plan["routes"]]
    exact = sum(math.hypot(a[1] - b[1], a[2] - b[2]) for way in ways for a, b in zip(way, way[1:]))
    assert plan["vehicles"] == 2 and plan["cost"] == pytest.approx(exact, abs=1e-4)


def test_the_same_seed_gives_the_same_plan_for_any_number_of_threads(written):
    visits = [{"id": str(i), "x": i * 37 % 100, "y": i * 59 % 100, "load": [1], "service": 10} for i in range(40)]
    day = written({**DAY, "vehicles": [{**DAY["vehicles"][0], "available": 20}], "visits": visits})
    first, second = (planned(day, "--seed", "7", "--seconds", "600", "--threads", threads) for threads in (1, 3))
    assert first["routes"] == second["routes"]


def test_what_cannot_be_planned_is_told_with_a_cure_and_the_rest_is_planned(written):
    visits = [*DAY["visits"], {"id": "e", "x": 0, "y": 1, "load": [3]}, {"id": "a", "x": 0, "y": 1, "load": [1]}, {"id": "f"}]
    plan = planned(written({**DAY, "visits": visits}))
    assert not plan["feasible"] and sorted(name for route in plan["routes"] for name in route) == ["a", "b", "c", "d"]
    assert {fault["where"] for fault in plan["faults"]} == {"/visits/4", "/visits/5", "/visits/6/load"}
    assert all(fault["message"] and fault["cure"] for fault in plan["faults"])


@pytest.mark.parametrize("content, code, told", [
    ("", 3, "tom"), ("Hej", 3, "--format"), ("{}", 3, "name"), ('{"name": 3}', 3, "/name"),
])
def test_a_file_that_is_no_instance_is_refused(written, content, code, told):
    path = written(content)
    refused = kansli("plan", "routes", "--instance", path, "--iterations", "1", check=False)
    assert refused.returncode == code and told in refused.stderr and "dag.json" in refused.stderr


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    refused = kansli("plan", "routes", "--instance", tmp_path / "saknas.txt", check=False)
    assert refused.returncode == 4 and "saknas.txt" in refused.stderr


def test_a_known_benchmark_is_solved_to_its_optimum():
    folder = SHARED / "benchmarks" / "planning" / "vrptw-solomon"
    if not folder.is_dir():
        pytest.skip("the benchmark instances are not there")
    path = folder / "C101.txt"
    plan = planned(path, "--seconds", "600")
    assert plan["cost"] == 827.3 == dimacs(rows_of(path.read_text()), plan["routes"])
