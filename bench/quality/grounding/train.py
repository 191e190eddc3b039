"""Trains the support of src/grounding on the development half of the pairs, and writes its weights as a header.

    build/bench/bench/quality/grounding_bench bench/quality/grounding/pairs.jsonl --measures | python3 bench/quality/grounding/train.py

A logistic regression with a quadratic penalty tells supported sentences from unsupported ones; contradicted ones are left out, since
their words are met and rules are to stop them. The threshold is the one that stops as many unsupported sentences of the development half
as GOAL says, by cross-validation over groups. Of the kept-away half only the sums are printed.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from logistic import fit, logit, probability  # noqa: E402

HEADER = Path(__file__).resolve().parents[3] / "src" / "grounding" / "detail" / "support_weights.hpp"
PENALTY = 1.0
FOLDS = 10
GOAL = 0.94


def samples():
    lines = [json.loads(line) for line in sys.stdin]
    names = list(lines[0]["measures"])
    return names, [{**line, "values": [line["measures"][name] for name in names], "right": float(line["truth"] == "supported")}
                   for line in lines if line["truth"] != "contradicted"]


def trained(part):
    return fit([(sample["values"], sample["right"], 1.0) for sample in part], PENALTY)


def cross_validated(part):
    """Each sample with its probability by weights that have not seen its group."""
    groups = sorted({sample["group"] for sample in part})
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    judged = []
    for held in range(FOLDS):
        weights = trained([sample for sample in part if fold[sample["group"]] != held])
        judged += [(probability(logit(weights, s["values"])), s) for s in part if fold[s["group"]] == held]
    return judged


def threshold_for(judged):
    """The lowest one that stops the share GOAL of what does not hold."""
    wrong = sorted(p for p, sample in judged if not sample["right"])
    return wrong[min(len(wrong) - 1, int(GOAL * len(wrong)))]


def told(title, judged, threshold):
    lost = [p < threshold for p, sample in judged if sample["right"]]
    stopped = [p < threshold for p, sample in judged if not sample["right"]]
    print(f"{title:<32} unsupported stopped {100 * sum(stopped) / len(stopped):5.1f} %  supported lost {100 * sum(lost) / len(lost):5.1f} %")


def write(names, weights, threshold):
    values = [f"{weight:.4f}," for weight in weights[1:]]
    width = max(map(len, values))
    HEADER.write_text("\n".join([
        "#pragma once", "", "#include <array>", "",
        "// Written by bench/quality/grounding/train.py from sentences of which it is known whether they hold; do not edit by hand.",
        "namespace kansli::grounding::detail {", "",
        f"inline constexpr double support_threshold = {threshold:.4f};",
        f"inline constexpr double support_intercept = {weights[0]:.4f};",
        f"inline constexpr std::array<double, {len(names)}> support_weights = {{",
        *(f"    {value:<{width}}  // {name}" for value, name in zip(values, names)), "};", "",
        "}  // namespace kansli::grounding::detail", ""]))


def main():
    names, all_samples = samples()
    development = [sample for sample in all_samples if not sample["kept_away"]]
    kept_away = [sample for sample in all_samples if sample["kept_away"]]
    judged = cross_validated(development)
    threshold = threshold_for(judged)
    weights = trained(development)
    told("development, cross-validated", judged, threshold)
    told("kept away", [(probability(logit(weights, sample["values"])), sample) for sample in kept_away], threshold)
    write(names, weights, threshold)


if __name__ == "__main__":
    main()
