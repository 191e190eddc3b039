"""Trains the weights of the support score and writes src/assistants/detail/support_weights.hpp.

    python3 bench/quality/support/halves.py build/release/kansli FOLDER
    python3 bench/quality/support/train.py FOLDER/*.json

A question counts as right when the passages that were composed for it are from a source that it names. Logistic regression with a
quadratic penalty, fitted by Newton's method; every file weighs the same. Prints what ten-fold cross-validation says of the
probabilities. Only the standard library.
"""
import json
import math
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEADER = ROOT / "src" / "assistants" / "detail" / "support_weights.hpp"
PENALTY = 1.0
THRESHOLD = 0.36


def read(path):
    rows = []
    for outcome in json.loads(Path(path).read_text())["outcomes"]:
        measures = list(outcome["measures"].values())
        right = outcome["answerable"] and outcome["right"]
        rows.append((measures, 1.0 if right else 0.0, outcome["answerable"], outcome["id"]))
    return rows, list(json.loads(Path(path).read_text())["outcomes"][0]["measures"])


def solve(matrix, right):
    """Gauss with pivoting."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for other in range(size):
            if other != column:
                factor = rows[other][column] / rows[column][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column])]
    return [rows[r][size] / rows[r][r] for r in range(size)]


def probability(weights, measures):
    total = weights[0] + sum(w * m for w, m in zip(weights[1:], measures))
    return 1 / (1 + math.exp(-total))


def fit(samples):
    size = len(samples[0][0]) + 1
    weights = [0.0] * size
    for _ in range(30):
        gradient = [0.0] + [-PENALTY * w for w in weights[1:]]
        hessian = [[(PENALTY if r == c and r > 0 else 0.0) for c in range(size)] for r in range(size)]
        for measures, right, importance in samples:
            row = [1.0, *measures]
            p = probability(weights, measures)
            for r in range(size):
                gradient[r] += importance * (right - p) * row[r]
                for c in range(size):
                    hessian[r][c] += importance * p * (1 - p) * row[r] * row[c]
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(abs(s) for s in step) < 1e-9:
            break
    return weights


def figures(label, judged):
    """`judged`: (probability, right, answerable)."""
    answered = [j for j in judged if j[0] >= THRESHOLD]
    refused = [j for j in judged if j[0] < THRESHOLD]
    share = lambda part, whole: sum(part) / len(whole) if whole else 0.0
    brier = share([(p - r) ** 2 for p, r, _ in judged], judged)
    answerable = [j for j in judged if j[2]]
    unanswerable = [j for j in judged if not j[2]]
    print(f"{label}: {len(judged)} questions, answered {len(answered)}, right of answered {share([j[1] for j in answered], answered):.3f}, "
          f"answerable answered {share([j[0] >= THRESHOLD for j in answerable], answerable):.3f}, "
          f"unanswerable refused {share([j[0] < THRESHOLD for j in unanswerable], unanswerable):.3f}, Brier {brier:.3f}")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        part = [j for j in judged if low <= j[0] < low + 0.2 or (low == 0.8 and j[0] == 1)]
        if part:
            print(f"    support {low:.1f}–{low + 0.2:.1f}: {len(part)} questions, mean {share([j[0] for j in part], part):.2f}, "
                  f"right {share([j[1] for j in part], part):.2f}")


def write(names, weights):
    lines = [f"    {w:.4f},  // {name}" for name, w in zip(names, weights[1:])]
    HEADER.write_text("\n".join([
        "#pragma once", "", "#include <array>", "",
        "// Written by bench/quality/support/train.py from the measures of questions with known sources; do not edit by hand.",
        "namespace kansli::assistants::detail {", "",
        f"inline constexpr double support_intercept = {weights[0]:.4f};",
        f"inline constexpr std::array<double, {len(names)}> support_weights = {{", *lines, "};",
        f"inline constexpr double support_threshold = {THRESHOLD};", "",
        "}  // namespace kansli::assistants::detail", ""]))


def main():
    samples, groups, names = [], [], []
    for path in sys.argv[1:]:
        rows, names = read(path)
        importance = 100 / len(rows)
        groups.append(len(rows))
        samples += [(measures, right, importance, answerable, name) for measures, right, answerable, name in rows]
    # A question is in one fold with all the collections that it was asked of.
    asked = sorted({sample[4] for sample in samples})
    random.Random(1).shuffle(asked)
    judged = [None] * len(samples)
    for fold in range(10):
        questions = set(asked[fold::10])
        held = {at for at, sample in enumerate(samples) if sample[4] in questions}
        weights = fit([s[:3] for at, s in enumerate(samples) if at not in held])
        for at in held:
            judged[at] = (probability(weights, samples[at][0]), samples[at][1], samples[at][3])
    print("threshold, right of answered, answerable answered, unanswerable refused (cross-validated, all files)")
    for threshold in (0.3, 0.36, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        answered = [j for j in judged if j[0] >= threshold]
        can = [j[0] >= threshold for j in judged if j[2]]
        cannot = [j[0] < threshold for j in judged if not j[2]]
        print(f"    {threshold:.2f}  {sum(j[1] for j in answered) / len(answered):.3f}  {sum(can) / len(can):.3f}  {sum(cannot) / len(cannot):.3f}")
    start = 0
    for path, size in zip(sys.argv[1:], groups):
        figures(f"{Path(path).name}, cross-validated", judged[start:start + size])
        start += size
    write(names, fit([s[:3] for s in samples]))


if __name__ == "__main__":
    main()
