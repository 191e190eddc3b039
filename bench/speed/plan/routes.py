#!/usr/bin/env python3
"""How far from the best known plan `kansli plan routes` ends after so many seconds, on published instances.

    python3 bench/speed/plan/routes.py solomon [--seconds 10] [--threads 2] [--seed 1] [--only R1]

Families: solomon, homberger, cvrp, mdvrptw, sdvrptw, pcvrptw. Every plan is checked by `kansli plan check`. No routing program of this kind
is a Debian package, so the peers' columns are their published figures, on other machines; see bench/README.md.
"""
import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from common import SHARED, kansli_json, need  # noqa: E402

FOLDER = SHARED / "benchmarks" / "planning"
# Folder, column of the best known cost, goal of the mean gap in per cent, published mean gaps of peers in per cent.
FAMILIES = {
    "solomon": ("vrptw-solomon", "dimacs_distance_1dec_truncated", 0.05, "10 s, 1 thread: HGS-DIMACS 0.00, PyVRP 0.13 0.18"),
    "homberger": ("vrptw-homberger", "dimacs_distance_1dec_truncated", 0.5,
                  "60 s, 1 thread, 1000 visits: PyVRP 0.13 1.40, HGS-DIMACS 2.23, OR-Tools 9.4 (2 h)"),
    "cvrp": ("cvrp-x", "best_known_cost", 0.4, "published: HGS-CVRP 0.11, PyVRP 0.14 0.31, OR-Tools 4.42"),
    "mdvrptw": ("vrp-mdvrptw", "best_known_cost", 1.0, "published: PyVRP 0.14 0.81"),
    "sdvrptw": ("vrp-sdvrptw", "best_known_cost", 1.0, "none published here"),
    "pcvrptw": ("vrp-pcvrptw", "best_known_cost", 1.0, "published: PyVRP 0.14 0.18"),
}


def best_known(folder, column):
    with open(folder / "bks.csv", newline="") as file:
        return {row["instance"]: float(row[column]) for row in csv.DictReader(file) if row[column]}


def gap_of(path, best, options):
    """Gap in per cent, cost, and the seconds after which the last better plan was found."""
    plan = kansli_json("plan", "routes", "--instance", path, "--seconds", options.seconds, "--threads", options.threads,
                       "--seed", options.seed)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        audit = kansli_json("plan", "check", "--instance", path, "--solution", file.name)
    if not (plan["feasible"] and audit["feasible"]):
        return None, plan["cost"], 0
    return 100 * (plan["cost"] / best - 1), plan["cost"], plan["improvements"][-1][0]


def options_of(description, families, seconds):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("family", choices=families)
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="instances whose name begins so")
    return parser.parse_args()


def compare(instances, options, goal, peers, alike=1e-6):
    """`instances`: (file, best known cost). Gaps in per cent that are no larger than `alike` are those of figures as they are published."""
    print(f"{'instance':<58}{'cost':>12}{'best known':>12}{'gap %':>9}{'last at s':>11}")
    gaps, without = [], 0
    for path, best in instances:
        if not path.stem.startswith(options.only):
            continue
        gap, cost, last = gap_of(path, best, options)
        shown = "none" if gap is None else f"{gap:.3f}"
        print(f"{path.stem:<58}{cost:>12.2f}{best:>12.2f}{shown:>9}{last:>11.1f}", flush=True)
        if gap is None:
            without += 1
        else:
            gaps.append(gap)
    if gaps:
        print(f"mean gap {sum(gaps) / len(gaps):.3f} % over {len(gaps)} instances, worst {max(gaps):.3f} %; "
              f"{sum(gap <= alike for gap in gaps)} at or below best known, {sum(gap < -alike for gap in gaps)} below it, "
              f"{without} without a plan    goal: {goal}")
    print(f"peers: {peers}")


def instances_of(folder, column):
    for instance, best in sorted(best_known(folder, column).items()):
        paths = [path for path in folder.glob(f"{instance}.*") if path.suffix in (".txt", ".vrp")]
        if paths:
            yield paths[0], best


def main():
    options = options_of(__doc__, FAMILIES, seconds=10)
    name, column, goal, peers = FAMILIES[options.family]
    need(FOLDER / name, "the set of instances")
    compare(instances_of(FOLDER / name, column), options, f"{goal} %", peers)


if __name__ == "__main__":
    main()
