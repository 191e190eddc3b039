"""Learns the trees that rank sections, with XGBoost (Debian's package xgboost), and tells what they are worth.

    build/bench/bench/quality/ranking_material_bench STATUTES MODEL-WITH-LESS.kse 0.1 > statutes.jsonl
    build/bench/bench/quality/ranking_material_bench DEMO MODEL-WITH-LESS.kse 0.1 demo/training_questions.jsonl > demo.jsonl
    python3 bench/quality/ranking/train.py statutes.jsonl demo.jsonl

Prints recall by cross-validation, question by question, beside the search's own order; then learns from all and writes
src/assistants/detail/ranking_trees.hpp. README.md beside this file has the whole recipe.
"""
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
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


def write_rows(path, groups):
    with open(path, "w") as out:
        for number, group in enumerate(groups):
            for section in group["sections"]:
                values = " ".join(f"{at}:{value:.6g}" for at, value in enumerate(section["measures"]))
                out.write(f"{section['grade']} qid:{number} {values}\n")


def xgboost(folder, **settings):
    lines = "\n".join(f'{name} = "{value}"' for name, value in settings.items())
    (folder / "settings.conf").write_text(lines + "\n")
    subprocess.run(["xgboost", "settings.conf"], cwd=folder, check=True, capture_output=True)


def learn(folder, groups, settings):
    teaching = [group for group in groups if any(section["grade"] for section in group["sections"])]
    write_rows(folder / "train.txt", teaching)
    xgboost(folder, **settings, task="train", data="train.txt?format=libsvm", model_out="model.json")


def scores(folder, groups):
    write_rows(folder / "test.txt", groups)
    xgboost(folder, task="pred", **{"test:data": "test.txt?format=libsvm"}, model_in="model.json", name_pred="scores.txt")
    values = iter(map(float, (folder / "scores.txt").read_text().split()))
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
            learn(Path(name), [group for group in groups if fold_of(group) != fold], settings)
            held = [group for group in groups if fold_of(group) == fold]
            pairs += zip(held, scores(Path(name), held))
    return pairs


def trees(folder):
    xgboost(folder, task="dump", model_in="model.json", name_dump="trees.json", dump_format="json")
    return json.loads((folder / "trees.json").read_text())


def nodes_of(tree):
    """In the order of a walk, so that a node's place is its distance from the root."""
    nodes = []

    def walk(node):
        at = len(nodes)
        nodes.append(None)
        if "leaf" in node:
            nodes[at] = (-1, 0, 0, node["leaf"])
            return at
        children = {child["nodeid"]: child for child in node["children"]}
        below, above = walk(children[node["yes"]]), walk(children[node["no"]])
        nodes[at] = (int(str(node["split"]).lstrip("f")), below, above, node["split_condition"])
        return at

    walk(tree)
    return nodes


def write_header(forest):
    roots, rows = [], []
    for tree in forest:
        roots.append(len(rows))
        rows += nodes_of(tree)
    header = ROOT / "src" / "assistants" / "detail" / "ranking_trees.hpp"
    text = header.read_text()
    begin = text.index("inline constexpr std::array<std::uint16_t")
    end = text.index("}  // namespace")
    numbers = ",".join(map(str, roots))
    leaves = ",".join("{%d,%d,%d,%sF}" % (feature, below, above, repr(float(number))) for feature, below, above, number in rows)
    tables = (f"// clang-format off\ninline constexpr std::array<std::uint16_t, {len(roots)}> ranking_roots = {{{wrapped(numbers)}}};\n"
              f"inline constexpr std::array<RankingNode, {len(rows)}> ranking_nodes = {{{{{wrapped(leaves)}}}}};\n// clang-format on\n\n")
    header.write_text(text[:begin].removesuffix("// clang-format off\n") + tables + text[end:])


def wrapped(numbers, width=140):
    lines, line = [], ""
    for part in numbers.replace("},{", "}, {").split(", ") if "{" in numbers else numbers.split(","):
        if len(line) + len(part) > width:
            lines.append(line)
            line = ""
        line += part + (", " if "{" in numbers else ",")
    return "\n".join([*lines, line.rstrip(", ")])


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
        learn(Path(name), groups, settings)
        write_header(trees(Path(name)))


if __name__ == "__main__":
    main()
