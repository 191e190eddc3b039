#!/usr/bin/env python3
"""How far from the best known plan `kansli plan routes` ends on published days of home care, with visits that take two carers.

    python3 bench/speed/plan/homecare.py mankowska [--seconds 60] [--threads 2] [--seed 1] [--only InstanzCPLEX_HCSRP_25]

Families: mankowska, kummer, italian (the mean of travel, total and worst lateness), bredstrom (travel time). Every plan is checked by
`kansli plan check`. No program that plans such days is a Debian package; the best known values and the peer's figures are published ones.
"""
import csv
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from common import SHARED, need  # noqa: E402
from routes import compare, options_of  # noqa: E402

FOLDER = SHARED / "benchmarks" / "planning"
# Folder and peers.
FAMILIES = {
    "mankowska": ("hhcrsp-mankowska", "BRKGA of GECCO 2020, 1 thread: 25_1 0.1 % in 3 s, 50_1 2.3 % in 13 s, 75_1 7.9 % in 36 s, 100_1 8.9 % in 75 s"),
    "kummer": ("hhcrsp-kummer", "none published here"),
    "italian": ("hhcrsp-italian", "none published here"),
    "bredstrom": ("vrptwsyn-bredstrom", "none published here"),
}
HOURS_OF_A_DAY = 9


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def best_known(folder):
    """Each instance file with its best known cost, in units of the file."""
    if folder.name != "vrptwsyn-bredstrom":
        for row in rows_of(folder / "bks.csv"):
            yield folder / f"{row['instance']}.json", float(row["total_cost_mean_of_three"])
        return
    for row in rows_of(folder / "bks-travel-time.csv"):
        path = folder / f"{row['file']}.dat"
        length = int(re.search(r"param T:=\s*(\d+)", path.read_text())[1])
        # Whole units; hours are published with two decimals.
        yield path, round(float(row["best_known_travel_hours_T_is_9h"]) * length / HOURS_OF_A_DAY)


def main():
    options = options_of(__doc__, FAMILIES, seconds=60)
    name, peers = FAMILIES[options.family]
    need(FOLDER / name, "the set of instances")
    instances = ((path, best) for path, best in best_known(FOLDER / name) if path.exists())
    # Published values have six digits.
    compare(instances, options, "at best known up to 50 visits, 1 % above", peers, alike=1e-3)


if __name__ == "__main__":
    main()
