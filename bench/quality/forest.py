"""Boosted decision trees: learned by XGBoost (Debian's package xgboost), written as a header that the program reads."""
import json
import subprocess
from pathlib import Path

DETAIL = Path(__file__).resolve().parents[2] / "src" / "assistants" / "detail"
WIDTH = 140


def xgboost(folder, **settings):
    (folder / "settings.conf").write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    subprocess.run(["xgboost", "settings.conf"], cwd=folder, check=True, capture_output=True)


def learn(folder, rows, settings):
    """`rows`: lines of LIBSVM. Leaves the model in the folder."""
    (folder / "train.txt").write_text("".join(rows))
    xgboost(folder, **settings, task="train", data="train.txt?format=libsvm", model_out="model.json")


def predict(folder, rows):
    (folder / "test.txt").write_text("".join(rows))
    xgboost(folder, task="pred", **{"test:data": "test.txt?format=libsvm"}, model_in="model.json", name_pred="predicted.txt")
    return list(map(float, (folder / "predicted.txt").read_text().split()))


def measures_of(values):
    return " ".join(f"{at}:{value:.6g}" for at, value in enumerate(values))


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
        else:
            children = {child["nodeid"]: child for child in node["children"]}
            below, above = walk(children[node["yes"]]), walk(children[node["no"]])
            nodes[at] = (int(str(node["split"]).lstrip("f")), below, above, node["split_condition"])
        return at

    walk(tree)
    return nodes


def wrapped(parts):
    lines, line = [], ""
    for part in parts:
        if len(line) + len(part) > WIDTH:
            lines.append(line.rstrip())
            line = ""
        line += part + ", "
    return "\n    ".join([*lines, line.rstrip(" ,")])


def short(number):
    text = f"{number:.5g}"
    return text if set(text) & set(".e") else text + "."


def write_header(name, learned_from, forest, numbers=()):
    """`numbers`: (name, value) of what else belongs to the trees."""
    roots, rows = [], []
    for tree in forest:
        roots.append(str(len(rows)))
        rows += ["{%d,%d,%d,%sF}" % (feature, below, above, short(number)) for feature, below, above, number in nodes_of(tree)]
    (DETAIL / f"{name}_trees.hpp").write_text(f"""#pragma once

#include <array>
#include <cstdint>

#include "assistants/detail/forest.hpp"

// Written by {learned_from}; do not edit by hand.
namespace kansli::assistants::detail {{

// clang-format off
inline constexpr std::array<std::uint16_t, {len(roots)}> {name}_roots = {{
    {wrapped(roots)}}};
inline constexpr std::array<TreeNode, {len(rows)}> {name}_nodes = {{{{
    {wrapped(rows)}}}}};
// clang-format on
{"".join(f"inline constexpr double {key} = {value};{chr(10)}" for key, value in numbers)}
}}  // namespace kansli::assistants::detail
""")
