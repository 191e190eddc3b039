"""Learns the trees that rank sections, with XGBoost (Debian's package xgboost), and tells what they are worth.

    build/bench/bench/quality/ranking_material_bench STATUTES MODEL-WITH-LESS.kse 0.1 > statutes.jsonl
    build/bench/bench/quality/ranking_material_bench DEMO MODEL-WITH-LESS.kse 0.1 demo/training_questions.jsonl > demo.jsonl
    python3 bench/quality/ranking/train.py statutes.jsonl demo.jsonl

Prints recall by cross-validation, question by question, beside the search's own order; then learns from all and writes
src/assistants/detail/ranking_trees.hpp. README.md beside this file has the whole recipe.
"""
import hashlib
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from forest import learn, measures_of, predict, trees, write_header  # noqa: E402

FOLDS = 5
EITHER_WAY = ("length", "statute", "terms")  # of all other measures more is never worse
SETTINGS = {
    "objective": "rank:pairwise",
    "eta": 0.1,
    "max_depth": 4,
    "min_child_weight": 4,
    "subsample": 0.8,
    "colsample_bytree": 0.7,
    "lambda": 2,
    "num_round": 120,
    "seed": 1,
    "nthread": 2,
    "tree_method": "exact",
}


def settings_for(names):
    directions = ",".join("0" if name in EITHER_WAY else "1" for name in names)
    return {**SETTINGS, "monotone_constraints": f"({directions})"}


def read(files):
    """The names of the measures, and the questions of all files."""
    names, groups = [], []
    for number, file in enumerate(files):
        first, *lines = Path(file).read_text().splitlines()
        names = json.loads(first)
        for line in lines:
            groups.append({**json.loads(line), "file": number})
    return names, groups


def rows_of(groups):
    return [f"{section['grade']} qid:{number} {measures_of(section['measures'])}\n"
            for number, group in enumerate(groups) for section in group["sections"]]


def teach(folder, groups, settings):
    learn(folder, rows_of([group for group in groups if any(section["grade"] for section in group["sections"])]), settings)


def scores(folder, groups):
    values = iter(predict(folder, rows_of(groups)))
    return [[next(values) for _ in group["sections"]] for group in groups]


def fold_of(group):
    return hashlib.sha256(group["question"].encode()).digest()[0] % FOLDS


def place(group, values):
    order = sorted(range(len(values)), key=lambda at: -values[at])
    return next((rank for rank, at in enumerate(order, 1) if group["sections"][at]["grade"]), None)


def report(name, groups, values):
    places = [place(group, one) for group, one in zip(groups, values)]
    shares = [sum(1 for at in places if at and at <= limit) / max(1, len(places)) for limit in (1, 5, 20)]
    print(f"{name:<46}{len(groups):>6}" + "".join(f"{share:>8.3f}" for share in shares))


def compare(name, pairs, found):
    groups = [group for group, _ in pairs]
    if not groups:
        return
    report(f"{name}: the search's order", groups, [[section["measures"][found] for section in group["sections"]] for group in groups])
    report(f"{name}: the trees' order", groups, [values for _, values in pairs])


def cross_validate(groups, settings):
    pairs = []
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as name:
            teach(Path(name), [group for group in groups if fold_of(group) != fold], settings)
            held = [group for group in groups if fold_of(group) == fold]
            pairs += zip(held, scores(Path(name), held))
    return pairs


def main():
    names, groups = read(sys.argv[1:])
    settings, found = settings_for(names), names.index("found")
    print(f"{'recall':<46}{'':>6}{'@1':>8}{'@5':>8}{'@20':>8}")
    pairs = cross_validate(groups, settings)
    for number, file in enumerate(sys.argv[1:]):
        of_file = [(group, values) for group, values in pairs if group["file"] == number]
        compare(f"{Path(file).stem}, questions known about it", [pair for pair in of_file if pair[0]["known_about"]], found)
        compare(f"{Path(file).stem}, none known about it", [pair for pair in of_file if not pair[0]["known_about"]], found)
    with tempfile.TemporaryDirectory() as name:
        teach(Path(name), groups, settings)
        write_header("ranking", "bench/quality/ranking/train.py from known questions", trees(Path(name)))


if __name__ == "__main__":
    main()
